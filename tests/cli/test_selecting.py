"""`--select` and `--exclude` in the commands that report on entities."""

import json
from operator import itemgetter
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from running import platctl


@pytest.fixture
def streaming(unpacked: Path) -> Path:
    return unpacked


def impact(folder: Path, *arguments: str) -> dict[str, Any]:
    call = ("-C", str(folder), "impact", "--base", "HEAD~1", "--format", "json", *arguments)
    found = json.loads(platctl(*call).stdout)
    return dict(whole(found, found["steps"]))


def whole(value: Any, steps: list[Any]) -> Any:
    """The same with the steps of each path in place of their numbers."""
    if isinstance(value, list):
        return [whole(each, steps) for each in value]
    if not isinstance(value, dict):
        return value
    found = {key: whole(item, steps) for key, item in value.items()}
    return found | {"steps": [steps[number] for number in value["steps"]]} if "reason" in value else found


def test_an_impact_of_selected_consumers_has_their_verdicts_alone(streaming: Path) -> None:
    everything, some = impact(streaming), impact(streaming, "--select", "tier:1", "--exclude", "tv-app")
    wanted = [each for each in everything["verdicts"] if each["tier"] == 1 and each["consumer"]["id"] != "tv-app"]
    assert some["verdicts"] == wanted
    assert some["summary"]["breaks"] == sum(each["level"] == "breaks" for each in wanted)
    assert some["changes"] == everything["changes"], "what they follow from stays in sight"
    assert some["compared"]["only"] == "`tier:1`, without `tv-app`"


def test_findings_of_what_differs_from_the_base(streaming: Path) -> None:
    run = platctl("-C", str(streaming), "validate", "--select", "state:affected", "--base", "HEAD~1", "-q")
    assert "only `state:affected`" in " ".join(run.stdout.split())
    planned = ("--select", "state:modified,kind:initiative", "--base", "HEAD~1", "--format", "json")
    report = json.loads(platctl("-C", str(streaming), "validate", *planned).stdout)
    files = {each["finding"]["span"]["path"] for each in report["diagnostics"]}
    assert files == {"initiatives/partner-api-2.yaml"}


def test_a_what_if_may_be_about_a_selection(streaming: Path) -> None:
    def what_if(*what: str) -> dict[str, Any]:
        arguments = ("impact", *what, "--effect", "breaking", "--format", "json")
        return json.loads(platctl("-C", str(streaming), *arguments).stdout)

    chosen, listed = what_if("tag:storage"), what_if("postgres", "object-store")
    assert chosen["verdicts"] == listed["verdicts"]
    by_subject = itemgetter("subject")
    assert sorted(chosen["changes"], key=by_subject) == sorted(listed["changes"], key=by_subject)


def error(run: "CompletedProcess[str]") -> str:
    assert (run.returncode, run.stdout) == (2, "")
    return run.stderr


def test_a_selector_that_cannot_be_read_is_shown_with_a_caret(streaming: Path) -> None:
    for command in (["validate"], ["impact", "--base", "HEAD~1"]):
        said = error(platctl("-C", str(streaming), *command, "--select", "tag:pci+,kind:consmer"))
        assert said.splitlines()[-3:] == [
            "1 | tag:pci+,kind:consmer",
            "  |               ^^^^^^^",
            "help: did you mean `consumer`?",
        ]


def test_a_hostile_selector_comes_out_harmless(streaming: Path) -> None:
    said = error(platctl("-C", str(streaming), "validate", "--select", "a\x1b[31m\n::error::x b"))
    assert "\x1b" not in said
    assert not any(line.startswith("::") for line in said.splitlines())


def test_a_selector_that_names_nothing_is_said(streaming: Path) -> None:
    run = platctl("-C", str(streaming), "validate", "--select", "lifecycle:retired")
    assert run.returncode == 0
    assert "note: the selector `lifecycle:retired` matches nothing" in run.stderr
    said = error(platctl("-C", str(streaming), "validate", "--select", "lifecycle:retired", "--fail-on-empty"))
    assert "matches nothing" in said


@pytest.mark.parametrize(
    ("selector", "help_"), [("@", "next to the `@`"), ("zzz", "use an id from the model, or a pattern such as `auth*`")]
)
def test_every_fault_of_a_selector_says_what_to_write(streaming: Path, selector: str, help_: str) -> None:
    assert help_ in error(platctl("-C", str(streaming), "owners", selector))
