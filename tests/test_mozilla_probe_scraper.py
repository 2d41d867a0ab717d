"""Mozilla's registry of telemetry libraries and applications, as a platctl model."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from platctl.graph.graph import Graph, Use
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.workspace.workspace import open_workspace

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("PLATCTL_SHARED_DATA", ROOT.parent / "shared" / "data"))
REPOSITORIES = DATA / "probe-scraper" / "repositories.yaml"
GLEAN_CORE = Ref("component", "default", "glean-core")

pytestmark = pytest.mark.skipif(
    not REPOSITORIES.is_file(),
    reason="the raw probe-scraper data is not here; PLATCTL_SHARED_DATA names the folder of it",
)


@dataclass(frozen=True, slots=True)
class Edge:
    """One written dependency: of the whole application, or of one of its channels only."""

    application: str
    dependency_name: str
    channel: str | None = None


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(REPOSITORIES.read_text("utf-8"))
    return loaded


def edges_of(application: dict[str, Any]) -> Iterator[Edge]:
    """In the order of the file; two channels that name the same dependency are two edges."""
    name = application["app_name"]
    for dependency in application["dependencies"]:
        yield Edge(name, dependency)
    for channel in application["channels"]:
        for dependency in channel.get("additional_dependencies", []):
            yield Edge(name, dependency, channel["v1_name"])


def targets(raw: dict[str, Any]) -> dict[str, str]:
    """What a `dependency_name` means: a library, or the interface for its variant where it has several."""
    return {
        variant["dependency_name"]: library["library_name"]
        + (f"#{variant['v1_name']}" if len(library["variants"]) > 1 else "")
        for library in raw["libraries"]
        for variant in library["variants"]
    }


def component(library: dict[str, Any]) -> str:
    variants = library["variants"]
    lines = [
        "kind: component",
        f"id: {library['library_name']}",
        f"description: {json.dumps(library['description'])}",
        f"links: [{{url: {json.dumps(library['url'])}}}]",
        "type: library",
    ]
    if all(variant.get("deprecated") for variant in variants):
        lines.append("lifecycle: deprecated")
    if len(variants) > 1:
        lines += ["interfaces:", *(f"  - id: {variant['v1_name']}" for variant in variants)]
    return "\n".join(lines) + "\n"


def consumer(application: dict[str, Any], names: dict[str, str]) -> str:
    lines = [
        "kind: consumer",
        f"id: {application['app_name']}",
        f"title: {json.dumps(application['canonical_app_name'])}",
        "type: product",
    ]
    edges = list(edges_of(application))
    if edges:
        lines.append("uses:")
    for edge in edges:
        lines.append(f"  - component: {names[edge.dependency_name]}")
        if edge.channel:
            lines.append(f"    note: channel {edge.channel}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def folder(raw: dict[str, Any], tmp_path: Path) -> Path:
    names = targets(raw)
    libraries = [component(each) for each in raw["libraries"]]
    applications = [consumer(each, names) for each in raw["applications"]]
    (tmp_path / "libraries.yaml").write_text("---\n".join(libraries), "utf-8")
    (tmp_path / "applications.yaml").write_text("---\n".join(applications), "utf-8")
    return tmp_path


def open_model(folder: Path) -> Model:
    workspace = open_workspace(folder)
    return workspace.model(workspace.source.working_tree())


def sources(uses: tuple[Use, ...]) -> set[Ref]:
    return {use.source for use in uses}


def test_the_raw_file_has_20_libraries_57_applications_and_128_edges(raw: dict[str, Any]) -> None:
    edges = [edge for application in raw["applications"] for edge in edges_of(application)]
    of_channels = [edge for edge in edges if edge.channel]
    assert (len(raw["libraries"]), len(raw["applications"])) == (20, 57)
    assert (len(edges) - len(of_channels), len(of_channels)) == (118, 10)


def test_the_raw_file_has_31_applications_that_use_glean_core_as_a_whole(raw: dict[str, Any]) -> None:
    edges = [edge for application in raw["applications"] for edge in edges_of(application)]
    as_a_whole = {edge.application for edge in edges if edge.dependency_name == "glean-core" and not edge.channel}
    at_all = {edge.application for edge in edges if edge.dependency_name == "glean-core"}
    assert len(as_a_whole) == 31
    assert at_all - as_a_whole == {"mozilla_vpn"}


def test_the_model_has_them_all_and_nothing_is_unclear(folder: Path) -> None:
    model = open_model(folder)
    uses = Graph(model).uses
    assert model.findings == ()
    assert (len(model.components), len(model.consumers), len(uses)) == (20, 57, 128)
    assert {use.target for use in uses} <= model.components.keys()


def test_31_applications_use_glean_core_in_the_graph_and_one_more_in_channels_only(folder: Path) -> None:
    users = Graph(open_model(folder)).users_of[GLEAN_CORE]
    as_a_whole = sources(tuple(use for use in users if use.dependency.note is None))
    assert len(as_a_whole) == 31
    assert {ref.id for ref in sources(users) - as_a_whole} == {"mozilla_vpn"}


def test_the_graph_has_exactly_the_edges_of_the_raw_file(raw: dict[str, Any], folder: Path) -> None:
    names = targets(raw)
    written = sorted(
        (edge.application.lower(), names[edge.dependency_name].lower())
        for application in raw["applications"]
        for edge in edges_of(application)
    )
    assert sorted((use.source.id, use.target_name) for use in Graph(open_model(folder)).uses) == written


@pytest.mark.parametrize(("date", "meant"), [("2023-14-05", "2023-05-14"), ("2025-30-01", "2025-01-30")])
def test_a_date_with_day_and_month_swapped_is_a_finding_and_costs_only_itself(
    folder: Path, date: str, meant: str
) -> None:
    applications = folder / "applications.yaml"
    text = applications.read_text("utf-8")
    before, use, after = text.partition("  - component: glean-core\n")
    applications.write_text(f"{before}{use}    confirmed: {date}\n{after}", "utf-8")

    model = open_model(folder)

    [finding] = model.findings
    assert finding.rule == "invalid-value"
    assert f"`{date}` is not a date" in finding.message
    assert f"did you mean `{meant}`?" in finding.message
    assert finding.span is not None
    line = before.count("\n") + 2
    assert (finding.span.path, finding.span.line, finding.span.column) == ("applications.yaml", line, 16)
    assert len(Graph(model).uses) == 128
