"""Judges that are not ours: the schemas in tests/data, and what a host requires beyond them."""

import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import xmlschema
from jsonschema import Draft4Validator

DATA = Path(__file__).parents[1] / "data"


@cache
def _sarif_schema() -> Draft4Validator:
    return Draft4Validator(json.loads((DATA / "sarif-schema-2.1.0.json").read_text("utf-8")))


@cache
def _junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(DATA / "junit-10.xsd")


def sarif_run(text: str) -> dict[str, Any]:
    """The only run of a valid SARIF file."""
    document = json.loads(text)
    _sarif_schema().validate(document)
    (run,) = document["runs"]
    return run  # type: ignore[no-any-return]


def junit_suites(text: str) -> ElementTree.Element:
    """Valid test results whose counts and names hold."""
    _junit_schema().validate(text)
    root = ElementTree.fromstring(text)
    for suite in root:
        cases = list(suite)
        assert suite.get("tests") == str(len(cases))
        assert suite.get("failures") == str(len(list(suite.iter("failure"))))
        assert suite.get("skipped") == str(len(list(suite.iter("skipped"))))
        assert len({case.get("name") for case in cases}) == len(cases) > 0
    return root


def code_quality(text: str) -> list[dict[str, Any]]:
    """The entries of a Code Quality report, as strict as GitLab documents them.

    Sources: GitLab, "Code Quality report format"; its parser drops all after the first entry without description,
    fingerprint, severity or location (app/validators/json_schemas/codeclimate.json).
    """
    entries: list[dict[str, Any]] = json.loads(text)
    for entry in entries:
        assert entry.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(entry[name], str) for name in entry.keys() - {"location"})
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"].keys() == {"path", "lines"}
        path = PurePosixPath(entry["location"]["path"])
        assert not path.is_absolute()
        assert entry["location"]["lines"].keys() == {"begin"}
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    return entries
