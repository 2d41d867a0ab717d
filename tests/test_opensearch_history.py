"""The history of OpenSearch, one commit a release, says what the release manifests say one after another."""

import functools
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from platctl.model.past import Past
from platctl.outlook.lifelines import lives
from platctl.questions.history.derive import story
from platctl.questions.history.report import Happening
from platctl.workspace.past_reader import read_past
from platctl.workspace.workspace import open_workspace
from repos import Repo
from running import platctl
from test_opensearch_example import PRODUCTS, RAW, converter, needs_raw, raw_manifests

__all__ = ["converter"]
Needs = dict[str, frozenset[str]]
"""By component of a release: what it depends on."""


def releases() -> list[str]:
    """Those of which both manifests are there, the oldest first."""
    found = [
        {
            match[1]
            for each in RAW.glob(f"{product}-*.yml")
            if (match := re.fullmatch(rf"{product}-([0-9.]+)", each.stem))
        }
        for product in PRODUCTS
    ]
    return sorted(set.intersection(*found), key=lambda version: [int(part) for part in version.split(".")])


@functools.cache
def manifests(version: str) -> list[dict[str, Any]]:
    """Those of both products."""
    return raw_manifests(version)


def needs(version: str) -> Needs:
    """What the raw manifests say, in lower case, as ids are compared."""
    return {
        component["name"].lower(): frozenset(each.lower() for each in component.get("depends_on", ()))
        for manifest in manifests(version)
        for component in manifest["components"]
    }


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, converter: Any) -> Path:
    """A repository with one commit a release."""
    repo = Repo(tmp_path_factory.mktemp("opensearch") / "releases")
    for month, version in enumerate(releases()):
        shutil.rmtree(repo.path / "components", ignore_errors=True)
        for path, text in converter.convert(*manifests(version)).items():
            repo.write(path, text)
        repo.commit(date=f"{2024 + month // 12}-{month % 12 + 1:02}-01T12:00:00Z")
    return repo.path


@pytest.fixture(scope="module")
def past(repository: Path) -> Past:
    return read_past(open_workspace(repository))


Told = set[tuple[str, str, str]]
"""Of a release: component, what happened to it, and which dependency."""


def told(past: Past) -> dict[str, Told]:
    """By commit, from the story of each component."""
    found: dict[str, Told] = {moment.at.commit: set() for moment in past.moments}
    for life in lives(past).all:
        if life.ref.kind == "component":
            for chapter in story(past, life).chapters:
                for event in chapter.events:
                    if event.field == "depends_on":
                        word, names = ("needs", event.now) if event.now else ("needs no more", event.was)
                        found[chapter.at.commit].add((life.ref.id, word, names or ""))
                    elif event.what in (Happening.ADDED, Happening.RETURNED, Happening.REMOVED):
                        found[chapter.at.commit].add((life.ref.id, event.what.value, ""))
    return found


def expected() -> Iterator[Told]:
    """By release, from the raw files."""
    seen: Needs = {}
    before: Needs = {}
    for now in map(needs, releases()):
        found = {(name, "removed", "") for name in before.keys() - now.keys()}
        for name in now.keys() - before.keys():
            found.add((name, "returned" if name in seen else "added", ""))
        for name in now.keys() & seen.keys():
            found |= {(name, "needs", each) for each in now[name] - seen[name]}
            found |= {(name, "needs no more", each) for each in seen[name] - now[name]}
        yield found
        seen |= now
        before = now


@needs_raw
def test_components_and_dependencies_come_and_go_as_in_the_raw_manifests(past: Past) -> None:
    assert len(releases()) > 20
    assert past.broken == ()
    wanted = list(expected())
    assert list(told(past).values()) == wanted
    words = {word for each in wanted[1:] for _, word, _ in each}
    assert words >= {"added", "removed", "needs", "needs no more"}


@needs_raw
def test_the_command_tells_the_versions_of_a_component_in_the_order_of_releases(repository: Path) -> None:
    result = platctl("-C", repository, "history", "common-utils", "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    events = [event for chapter in json.loads(result.stdout)["chapters"] for event in chapter["events"]]
    moved = [(event["was"], event["now"]) for event in events if event["what"] == "offer"]
    versions = [
        component["ref"].removeprefix("tags/") if component["ref"].startswith("tags/") else manifest["build"]["version"]
        for manifest in (manifests(each)[0] for each in releases())
        for component in manifest["components"]
        if component["name"] == "common-utils"
    ]
    assert moved == [(old, new) for old, new in itertools.pairwise(versions) if old != new]
