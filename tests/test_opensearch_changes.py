"""The changelog of a repository with one commit a release says what the raw release manifests say."""

from collections.abc import Iterator
from itertools import pairwise
from types import ModuleType

import pytest

from platctl.outlook.compared import Compared
from platctl.questions.changelog.derive import ChangelogOptions, changelog
from platctl.questions.changelog.report import ChangelogEntry, Depends, Kind
from platctl.workspace.workspace import Workspace, open_workspace
from running import git
from test_opensearch_example import RAW, converter, needs_raw, raw_manifests

__all__ = ["converter"]

Edges = set[tuple[str, str]]


def releases() -> list[str]:
    """The versions that have both manifests, in order."""
    names = {path.stem for path in RAW.glob("opensearch-*.yml")}
    found = [name.removeprefix("opensearch-dashboards-") for name in names if "dashboards" in name]
    both = [each for each in found if f"opensearch-{each}" in names]
    return sorted(both, key=lambda version: [int(part) for part in version.split(".")])


PAIRS = [*pairwise(releases())] if RAW.is_dir() else []


@pytest.fixture(scope="module")
def history(converter: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A repository in which each release is a commit with its version as tag."""
    folder = tmp_path_factory.mktemp("opensearch")
    git(folder, "init", "-q", "-b", "main")
    for version in releases():
        for path, text in converter.convert(*raw_manifests(version)).items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        git(folder, "add", "--all")
        git(folder, "commit", "-q", "-m", version)
        git(folder, "tag", version)
    return open_workspace(folder)


def told(history: Workspace, before: str, after: str) -> tuple[ChangelogEntry, ...]:
    base, head = (history.model(history.source.at(each)) for each in (before, after))
    return changelog(base, head, Compared(after, before), ChangelogOptions()).entries


def raw_components(version: str) -> dict[str, set[str]]:
    """By name: what each component of a release depends on. Of two manifests with the same one, both say the same."""
    return {
        each["name"].lower(): {name.lower() for name in each.get("depends_on", ())}
        for manifest in reversed(raw_manifests(version))
        for each in manifest["components"]
    }


def raw_products(version: str) -> dict[str, set[str]]:
    return {
        manifest["build"]["name"].lower().replace(" ", "-"): {each["name"].lower() for each in manifest["components"]}
        for manifest in raw_manifests(version)
    }


def edges(sources: dict[str, set[str]], known: set[str]) -> Edges:
    return {(source, target) for source in sources.keys() & known for target in sources[source]}


def of(entries: tuple[ChangelogEntry, ...], kind: Kind, *, entity: str) -> Iterator[ChangelogEntry]:
    return (each for each in entries if each.kind is kind and each.entity.ref.kind == entity)


def names(entries: tuple[ChangelogEntry, ...], kind: Kind) -> set[str]:
    return {each.entity.ref.id for each in of(entries, kind, entity="component")}


def dependencies(entries: tuple[ChangelogEntry, ...], kind: Kind, entity: str) -> Edges:
    return {
        (each.entity.ref.id, each.fact.on.lower())
        for each in of(entries, kind, entity=entity)
        if isinstance(each.fact, Depends)
    }


@needs_raw
@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_components_and_dependencies_change_as_in_the_raw_manifests(
    history: Workspace, before: str, after: str
) -> None:
    entries = told(history, before, after)
    was, now = raw_components(before), raw_components(after)
    assert names(entries, Kind.ENTITY_ADDED) == now.keys() - was.keys()
    assert names(entries, Kind.ENTITY_REMOVED) == was.keys() - now.keys()
    kept = was.keys() & now.keys()
    for entity, old, new in (
        ("component", edges(was, kept), edges(now, kept)),
        (
            "consumer",
            edges(raw_products(before), {*raw_products(after)}),
            edges(raw_products(after), {*raw_products(before)}),
        ),
    ):
        assert dependencies(entries, Kind.DEPENDENCY_ADDED, entity) == new - old
        assert dependencies(entries, Kind.DEPENDENCY_REMOVED, entity) == old - new


@needs_raw
def test_the_releases_say_something() -> None:
    changed = [pair for pair in PAIRS if raw_components(pair[0]) != raw_components(pair[1])]
    assert (len(PAIRS) > 20, len(changed) > 8) == (True, True)


@needs_raw
def test_a_release_that_is_the_same_twice_changed_nothing(history: Workspace) -> None:
    assert told(history, PAIRS[0][0], PAIRS[0][0]) == ()
