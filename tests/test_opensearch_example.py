"""The OpenSearch example says what the release manifests say."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from platctl.graph.graph import Graph
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.workspace.workspace import open_workspace

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "opensearch"
RAW = Path(os.environ.get("PLATCTL_SHARED_DATA", ROOT.parent / "shared" / "data")) / "opensearch"
PRODUCTS = ("opensearch", "opensearch-dashboards")
DEPENDENTS = [
    # component, direct, transitive: components of release 3.8.0, distributions not counted
    ("common-utils", 14, 18),
    ("job-scheduler", 12, 12),
    ("security", 2, 9),
    ("ml-commons", 5, 7),
    ("k-NN", 4, 4),
]
needs_raw = pytest.mark.skipif(
    not RAW.is_dir(), reason="the raw release manifests are not here; PLATCTL_SHARED_DATA names the folder of them"
)


def raw_manifests(version: str) -> list[dict[str, Any]]:
    return [yaml.safe_load((RAW / f"{product}-{version}.yml").read_text("utf-8")) for product in PRODUCTS]


def files_below(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


@pytest.fixture(scope="module")
def converter() -> ModuleType:
    spec = importlib.util.spec_from_file_location("opensearch_convert", EXAMPLE / "convert.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def state(folder: Path, *layers: str) -> Model:
    for layer in layers:
        shutil.copytree(EXAMPLE / layer, folder, dirs_exist_ok=True)
    workspace = open_workspace(folder)
    return workspace.model(workspace.source.working_tree())


@pytest.fixture
def release_3_7(tmp_path: Path) -> Model:
    return state(tmp_path / "3.7.0", "model")


@pytest.fixture
def release_3_8(tmp_path: Path) -> Model:
    return state(tmp_path / "3.8.0", "model", "change")


@needs_raw
def test_the_base_is_release_3_7_0_converted(converter: ModuleType) -> None:
    assert files_below(EXAMPLE / "model") == converter.convert(*raw_manifests("3.7.0"))


@needs_raw
def test_the_change_is_what_differs_in_release_3_8_0(converter: ModuleType) -> None:
    before, after = (converter.convert(*raw_manifests(version)) for version in ("3.7.0", "3.8.0"))
    assert before.keys() == after.keys()
    assert files_below(EXAMPLE / "change") == {path: text for path, text in after.items() if text != before[path]}


@needs_raw
def test_the_command_writes_the_same_files(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLE / "convert.py", RAW, "3.7.0", tmp_path], check=True)
    assert files_below(tmp_path) == files_below(EXAMPLE / "model")


def test_a_ref_that_is_no_tag_has_the_version_of_the_build(converter: ModuleType) -> None:
    files = converter.convert(manifest("OpenSearch", "3.9.0", "main", "k-NN"), manifest("Dashboards", "3.9.0", "main"))
    assert "id: k-NN\nversion: 3.9.0\n" in files["components/engine.yaml"]


def test_a_component_of_both_manifests_is_written_once_and_used_by_both(converter: ModuleType) -> None:
    both = [manifest(name, "3.8.0", "tags/3.8.0", "shared") for name in ("OpenSearch", "Dashboards")]
    files = converter.convert(*both)
    assert [path for path, text in files.items() if "id: shared" in text] == ["components/engine.yaml"]
    assert [path for path, text in files.items() if "- shared" in text] == [
        "consumers/opensearch.yaml",
        "consumers/dashboards.yaml",
    ]


def test_a_component_that_the_manifests_describe_differently_is_refused(converter: ModuleType) -> None:
    one, other = manifest("OpenSearch", "3.8.0", "tags/1.0", "x"), manifest("Dashboards", "3.8.0", "tags/2.0", "x")
    with pytest.raises(ValueError, match="`x` is not the same in the manifests of OpenSearch and Dashboards"):
        converter.convert(one, other)


@pytest.mark.parametrize("text", ["3.8", "12", "no", "null", "2027-03-31", "a: b", "# x", "- x", "", "é"])
def test_what_yaml_would_read_as_something_else_is_quoted(converter: ModuleType, text: str) -> None:
    assert converter.scalar(text) != text
    assert yaml.safe_load(converter.scalar(text)) == text


@needs_raw
@pytest.mark.parametrize(("name", "direct", "transitive"), DEPENDENTS)
@pytest.mark.parametrize("manifests", [slice(0, 1), slice(0, 2)], ids=["engine alone", "both manifests"])
def test_so_many_stand_on_it_in_the_raw_manifests(manifests: slice, name: str, direct: int, transitive: int) -> None:
    needs = {
        component["name"]: set(component.get("depends_on", []))
        for manifest in raw_manifests("3.8.0")[manifests]
        for component in manifest["components"]
    }
    naming_it = {each for each in needs if name in needs[each]}
    reached = {name}
    while more := {each for each in needs if needs[each] & reached} - reached:
        reached |= more
    assert (len(naming_it), len(reached - {name})) == (direct, transitive)


@pytest.mark.parametrize(("name", "direct", "transitive"), DEPENDENTS)
def test_so_many_stand_on_it_in_the_graph(release_3_8: Model, name: str, direct: int, transitive: int) -> None:
    graph, ref = Graph(release_3_8), Ref("component", "default", name.lower())
    assert release_3_8.entities[ref].id == name
    naming_it = {use.source for use in graph.users_of[ref]}
    reached = {*graph.dependents([ref])} - {ref}
    assert (components(naming_it), components(reached)) == (direct, transitive)


def components(refs: set[Ref] | frozenset[Ref]) -> int:
    return sum(ref.kind == "component" for ref in refs)


@pytest.mark.parametrize("release", ["release_3_7", "release_3_8"])
def test_each_release_loads_without_a_finding(release: str, request: pytest.FixtureRequest) -> None:
    model: Model = request.getfixturevalue(release)
    assert model.findings == ()
    assert model.is_complete
    uses = {consumer.id: len(consumer.uses) for consumer in model.consumers.values()}
    assert (len(model.components), uses) == (47, {"opensearch": 29, "opensearch-dashboards": 18})
    assert {reference.target for reference in model.references} <= model.entities.keys()


def test_the_change_moves_every_version_and_no_dependency(release_3_7: Model, release_3_8: Model) -> None:
    before, after = release_3_7.components, release_3_8.components
    assert before.keys() == after.keys()
    assert all(before[ref].depends_on == after[ref].depends_on for ref in before)
    assert {ref for ref in before if before[ref].version == after[ref].version} == set()


def test_nothing_is_claimed_that_the_manifests_do_not_say(release_3_8: Model) -> None:
    assert all(use.dependency.requires is None for use in Graph(release_3_8).uses)
    assert all(entity.owner is None for entity in release_3_8.entities.values())


def manifest(name: str, version: str, ref: str, *components: str) -> dict[str, Any]:
    return {
        "build": {"name": name, "version": version},
        "components": [
            {"name": each, "repository": f"https://example.org/{each}.git", "ref": ref} for each in components
        ],
    }
