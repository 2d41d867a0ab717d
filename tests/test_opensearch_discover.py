"""The release manifests of OpenSearch as a history: where its record begins, and which of them are placeholders."""

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from repos import Repo
from running import platctl
from test_opensearch_example import RAW, needs_raw

PLACEHOLDERS = ["2.10.1", "2.11.2", "2.12.1"]


def releases() -> list[str]:
    """All of the engine, the oldest first."""
    found = (re.fullmatch(r"opensearch-([0-9.]+)", path.stem) for path in RAW.glob("opensearch-*.yml"))
    return sorted(
        (match[1] for match in found if match), key=lambda version: [int(part) for part in version.split(".")]
    )


def components(version: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((RAW / f"opensearch-{version}.yml").read_text("utf-8"))["components"]
    return found


def day_of(number: int) -> str:
    """A release each half a month."""
    month = number // 2
    return f"{2023 + month // 12}-{month % 12 + 1:02}-{1 + number % 2 * 14:02}"


def edges(version: str) -> int:
    return sum(len(each.get("depends_on", ())) for each in components(version))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One commit a release: a file for each component, and the distribution that uses them all."""
    repo = Repo(tmp_path_factory.mktemp("releases") / "engine")
    for number, version in enumerate(releases()):
        for file in repo.path.glob("*.yaml"):
            file.unlink()
        for each in components(version):
            document = {"kind": "component", "id": each["name"], "version": each["ref"].removeprefix("tags/")}
            repo.write(f"{each['name']}.yaml", json.dumps(document | {"depends_on": each.get("depends_on", [])}))
        uses = [each["name"] for each in components(version)]
        repo.write("product.yaml", json.dumps({"kind": "consumer", "id": "opensearch", "uses": uses}))
        repo.commit(date=f"{day_of(number)}T12:00:00Z")
    return repo.path


@pytest.fixture(scope="module")
def report(repository: Path) -> Any:
    done = platctl("discover", "--format", "json", cwd=repository)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@needs_raw
def test_the_jump_of_2_12_is_the_beginning_of_the_record(report: Any) -> None:
    assert (edges("2.11.1"), edges("2.12.0")) == (0, 23)
    found = [
        (each["at"]["day"], {one["field"]: (one["new"], one["total"]) for one in each["appear"]})
        for each in report["traps"]
        if each["kind"] == "recording-begins"
    ]
    first, begun = day_of(0), day_of(releases().index("2.12.0"))
    old, new = (len(components(version)) for version in ("2.10.0", "2.12.0"))
    assert found == [(first, {"uses": (old, old)}), (begun, {"depends_on": (23, 23), "uses": (new - old, new)})]


@needs_raw
def test_the_placeholders_are_told_as_such_and_nothing_else_is(report: Any) -> None:
    listed = releases()
    assert {version for version in listed if len(components(version)) == 1} == set(PLACEHOLDERS)
    found = [each for each in report["traps"] if each["kind"] == "lists-almost-nothing"]
    assert [(each["at"]["day"], each["until"]["day"]) for each in found] == [
        (day_of(listed.index(version)), day_of(listed.index(version) + 1)) for version in PLACEHOLDERS
    ]
    assert {each["has"] for each in found} == {1}
    assert len(report["traps"]) == 5


@needs_raw
def test_nothing_emerges_where_no_owner_is_written(repository: Path, report: Any) -> None:
    assert (report["found"], report["missing"]) == ([], ["owners"])
    text = platctl("discover", cwd=repository, env={"COLUMNS": "120"}).stdout
    assert "recording begins, as 23 of 23 dependencies of components (`depends_on`) and 2 of 23" in text
    assert "No component and no consumer names an owner, so nothing says what teams share" in text


@needs_raw
def test_with_owners_nobody_left_or_came_back_over_a_placeholder(repository: Path) -> None:
    """Each component gets a team of its own in the last state, and becomes part of the product layer."""
    clone = Repo(repository).clone("owned")
    for file in clone.path.glob("*.yaml"):
        document = json.loads(file.read_text())
        more = {"layer": "product"} if document["kind"] == "component" else {}
        file.write_text(json.dumps(document | more | {"owner": f"team-{document['id']}"}))
    clone.commit(date="2026-01-01T12:00:00Z")
    done = platctl("discover", "--format", "json", cwd=clone.path)
    found = {each["component"]["entity"]["id"]: each for each in json.loads(done.stdout)["found"]}
    last = components(releases()[-1])
    users = {name: {each["name"] for each in last if name in each.get("depends_on", ())} for name in found}
    begun = day_of(releases().index("2.12.0"))
    assert {name for name, each in users.items() if each} == {
        each["name"] for each in last if any(each["name"] in other.get("depends_on", ()) for other in last)
    }
    for name, each in found.items():
        told = {user["user"]["id"]: user for user in each["component"]["users"] if user["user"]["id"] != "opensearch"}
        assert told.keys() == users[name]
        for user, row in told.items():
            versions = [version for version in releases() if version not in PLACEHOLDERS and needs(version, user, name)]
            assert row["came"]["day"] == day_of(releases().index(versions[0])), (user, name)
            assert (row["how"] == "recorded") == (row["came"]["day"] == begun)
            assert len(row["pauses"]) == pauses(user, name)


def needs(version: str, user: str, used: str) -> bool:
    return any(each["name"] == user and used in each.get("depends_on", ()) for each in components(version))


def pauses(user: str, used: str) -> int:
    """How often it needed it again, in the releases that are no placeholders."""
    said = [needs(version, user, used) for version in releases() if version not in PLACEHOLDERS]
    return sum(now and not before for before, now in itertools.pairwise(said)) - (not said[0])
