"""What depends on what: each picture against its table, its data, and slow ways to find the same."""

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import model
from platctl.model.level import Level
from platctl.model.lookup import find_any
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.page import CellKind, Table
from platctl.questions.graph.derive import graph
from platctl.questions.graph.folding import MOST_BOXES, BoxMember, folded
from platctl.questions.graph.levels import levels_of
from platctl.questions.graph.page import body, diagram, matrix, page
from platctl.questions.graph.part import GraphOptions
from platctl.questions.graph.report import GraphReport
from platctl.questions.graph.table import network
from platctl.questions.impact.derive import ImpactOptions, impact
from platctl.render.data import dot, graphml
from platctl.render.data.json import document
from platctl.render.page.text import render as as_text

EXAMPLES = Path(__file__).parents[2] / "examples"


def ask(plan: Model, *of: str, **more: object) -> GraphReport:
    subjects = tuple(find_any(plan, each) for each in of)
    return graph(plan, "here", GraphOptions(subjects=subjects, **more))  # type: ignore[arg-type]


def shown(report: GraphReport) -> str:
    return as_text(page(report), width=100, color=False)


@pytest.fixture(scope="module")
def streaming() -> Model:
    return example()


def example(*, without: str | None = None) -> Model:
    """The example, with or without a version of identity."""
    texts = []
    for path in sorted((EXAMPLES / "streaming/model").rglob("*.yaml")):
        lines = path.read_text("utf-8").splitlines()
        if path.name == "identity.yaml" and without:
            at = next(nth for nth, each in enumerate(lines) if f"version: {without}" in each)
            end = next(nth for nth in range(at + 1, len(lines)) if "- version:" in lines[nth])
            lines = [*lines[:at], *lines[end:]]
        if path.name != "platctl.yaml":
            texts.append("\n".join(lines))
    return model(*texts, config=(EXAMPLES / "streaming/model/platctl.yaml").read_text("utf-8"))


# Any model --------------------------------------------------------------------------------------------------

_LAYERS = ("product", "platform", "technology", None)


@st.composite
def models(draw: st.DrawFn, most: int = 8) -> Model:
    """Components in any layer, also without one, with any dependencies, and consumers."""
    count = draw(st.integers(1, most))
    ends = st.integers(0, count - 1)
    texts = []
    for nth in range(count):
        layer = draw(st.sampled_from(_LAYERS))
        on = draw(st.lists(ends, unique=True, max_size=3))
        soft = draw(st.booleans())
        texts.append(
            f"kind: component\nid: c{nth}\nowner: t{draw(st.integers(0, 2))}\n"
            + (f"layer: {layer}\n" if layer else "")
            + f"depends_on: [{', '.join(_use(each, soft=soft) for each in on)}]\n"
        )
    for nth in range(draw(st.integers(0, 4))):
        on = draw(st.lists(ends, max_size=3))
        texts.append(f"kind: consumer\nid: u{nth}\nuses: [{', '.join(_use(each) for each in on)}]\n")
    return model("---\n".join(texts))


def _use(nth: int, *, soft: bool = False) -> str:
    return f"{{component: c{nth}{', strength: soft' if soft else ''}}}"


def pairs(plan: Model) -> set[tuple[str, str]]:
    """Dependent and dependency, straight from what is written."""
    found = {(str(ref), each.component.component) for ref, one in plan.components.items() for each in one.depends_on}
    found |= {(str(ref), each.component.component) for ref, one in plan.consumers.items() for each in one.uses}
    return {(one, str(other)) for one, other in found}


@given(models())
def test_the_data_are_all_entities_and_all_pairs_of_which_one_uses_the_other(plan: Model) -> None:
    report = ask(plan)
    entities = {str(ref) for ref in (*plan.components, *plan.consumers)}
    assert {node.id for node in report.nodes} == entities
    assert {(edge.source, edge.target) for edge in report.edges} == pairs(plan)
    read = nx.node_link_graph(json.loads(json.dumps(document(report, "graph"))), edges="edges")
    assert (set(read.nodes), set(read.edges)) == (entities, pairs(plan))


@given(models())
def test_cycles_are_those_that_networkx_finds(plan: Model) -> None:
    written = nx.DiGraph(pairs(plan))
    parts = [each for each in nx.strongly_connected_components(written) if len(each) > 1]
    parts += [{one} for one, other in written.edges if one == other and not any(one in part for part in parts)]
    found = [{str(each.ref) for each in members} for members in ask(plan).cycles]
    assert sorted(map(sorted, found)) == sorted(map(sorted, parts))


@given(models())
def test_each_picture_says_what_its_table_says(plan: Model) -> None:
    for with_matrix in (False, True):
        report = ask(plan, with_matrix=with_matrix)
        (section, *_) = body(report)
        (table,) = [block for block in section.blocks if isinstance(block, Table)]
        told = {_anchor(row[0]): {run.to.anchor for run in row[-2] if run.to} for row in table.rows}
        picture = diagram(report)
        drawn: dict[str, set[str]] = {box.name: set() for box in picture.boxes}
        for arrow in picture.arrows:
            drawn[arrow.start].add(arrow.end)
        assert told == drawn
        if report.matrix:
            cells = matrix(report.matrix)
            names = [run.to.anchor for run in cells.names if run.to]
            marked: dict[str, set[str]] = {name: set() for name in names}
            for row, column, kind in cells.cells:
                if kind is not CellKind.REACHES:
                    marked[names[row]].add(names[column])
            assert told == marked


def _anchor(cell: tuple[object, ...]) -> str:
    (name,) = [run.anchor for run in cell if run.anchor]  # type: ignore[attr-defined]
    return str(name)


@given(models())
def test_the_matrix_reaches_what_a_transitive_closure_does(plan: Model) -> None:
    found = ask(plan, with_matrix=True).matrix
    assert found
    names = [box.name for box in found.drawing.boxes]
    told = {(names[each.row], names[each.column]) for each in found.cells if each.row != each.column}
    written = nx.DiGraph(pairs(plan))
    assert told == {(one, other) for one in written for other in nx.descendants(written, one)}


@given(models())
def test_a_mark_left_of_the_diagonal_goes_up_or_is_in_a_cycle(plan: Model) -> None:
    report = ask(plan, with_matrix=True)
    assert report.matrix
    boxes = report.matrix.drawing.boxes
    cycle = {str(each.ref): nth for nth, members in enumerate(report.cycles) for each in members}
    for line in report.matrix.drawing.lines:
        names = [box.name for box in boxes]
        if names.index(line.target) < names.index(line.source):
            one, other = (next(box for box in boxes if box.name == name) for name in (line.source, line.target))
            assert other.band < one.band or cycle[one.name] == cycle[other.name]


@given(models(), st.data())
def test_a_part_is_what_hangs_on_the_subject_in_both_directions(plan: Model, data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from(sorted(plan.components)))
    written = nx.DiGraph(pairs(plan))
    written.add_node(str(subject))
    wanted = nx.descendants(written, str(subject)) | nx.ancestors(written, str(subject)) | {str(subject)}
    report = ask(plan, str(subject))
    assert {node.id for node in report.nodes} == wanted
    ways = {
        (one, other)
        for one, other in written.edges
        for up in [nx.ancestors(written, str(subject)) | {str(subject)}]
        for down in [nx.descendants(written, str(subject)) | {str(subject)}]
        if {one, other} <= up or {one, other} <= down
    }
    assert {(edge.source, edge.target) for edge in report.edges} == ways


# Large models -----------------------------------------------------------------------------------------------

_members = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(0, 4), st.sampled_from([None, None, None, 1, 2])),
    max_size=150,
)


@given(_members, st.booleans(), st.integers(8, 60))
def test_every_entity_is_in_one_box_and_boxes_are_few(
    parts: list[tuple[int, int, int, int | None]], is_about: bool, most: int
) -> None:
    members = [
        BoxMember(Ref("component", "default", f"c{nth}"), band, Ref("team", "default", f"t{owner}"), cycle, distance)
        for nth, (band, owner, distance, cycle) in enumerate(parts)
    ]
    bundles = folded(members, most=most, is_about=is_about)
    assert sorted(ref for each in bundles for ref in each.members) == sorted(each.ref for each in members)
    assert len(bundles) <= most
    by_ref = {each.ref: each for each in members}
    for each in bundles:
        # Only a cycle can reach into other layers; it stands in the highest of them.
        assert {by_ref[ref].band for ref in each.members if not by_ref[ref].cycle} <= {each.band}
        assert each.band == min(by_ref[ref].band for ref in each.members)
    if is_about:
        alone = {each.members[0] for each in bundles if len(each.members) == 1}
        nearest = [each.ref for each in members if each.distance == 0]
        assert len(nearest) > most // 2 or set(nearest) <= alone


def large(count: int) -> Model:
    """Components of five teams in three layers, each on two of the ones before it, and as many consumers by a tenth."""
    texts = []
    for nth in range(count):
        on = {nth // 2, 2 * nth // 3} if nth else set()
        layer = ("technology", "platform", "product")[3 * nth // count]
        uses = ", ".join(f"{{component: c{each}}}" for each in sorted(on))
        texts.append(f"kind: component\nid: c{nth}\nowner: t{nth % 5}\nlayer: {layer}\ndepends_on: [{uses}]\n")
    texts += [f"kind: consumer\nid: u{nth}\nowner: t1\nuses: [{{component: c{nth}}}]\n" for nth in range(count // 10)]
    return model("---\n".join(texts))


def test_a_thousand_entities_are_groups_whose_counts_add_up() -> None:
    report = ask(large(1000))
    drawing = report.drawing
    assert len(report.nodes) == 1100
    assert len(drawing.boxes) == 16
    assert sum(len(box.entities) for box in drawing.boxes) == 1100
    on_lines = sum(line.dependencies for line in drawing.lines)
    assert on_lines + sum(box.inside for box in drawing.boxes) == sum(edge.dependencies for edge in report.edges)
    text = shown(report)
    assert "t0 (67): c667, c670" not in text
    assert len(text.splitlines()) < 200
    assert "A group has the number of its entities" in text


def test_around_one_of_a_thousand_the_nearest_stand_for_themselves() -> None:
    report = ask(large(1000), "c9")
    drawing = report.drawing
    assert len(report.nodes) > MOST_BOXES >= len(drawing.boxes)
    alone = {box.entities[0].id for box in drawing.boxes if not box.is_group}
    direct = {each.target for each in report.edges if each.source == "component:c9"}
    assert {"c9", *(name.removeprefix("component:") for name in direct)} <= alone
    assert any(box.is_group for box in drawing.boxes)


def test_a_cycle_in_a_large_model_is_one_box() -> None:
    plan = model(
        "---\n".join(
            f"kind: component\nid: c{nth}\nowner: t{nth}\ndepends_on: [c{(nth + 1) % 3 if nth < 3 else 0}]\n"
            for nth in range(80)
        )
    )
    report = ask(plan)
    (box,) = [box for box in report.drawing.boxes if box.cycle]
    assert (box.label, len(box.entities), box.inside) == ("cycle 1", 3, 3)
    assert "Depend on each other (1)" in shown(report)


# Examples ---------------------------------------------------------------------------------------------------


def test_layers_are_bands_from_the_top_down(streaming: Model) -> None:
    assert ask(streaming).drawing.layers == ("consumers", "product", "platform", "technology")
    assert "11 consumers and 17 components, 84 dependencies, no cycle." in shown(ask(streaming))


def test_members_of_a_small_cycle_are_framed() -> None:
    plan = model("kind: component\nid: a\ndepends_on: [b]\n---\nkind: component\nid: b\ndepends_on: [a]")
    rings = [box.ring for box in diagram(ask(plan)).boxes]
    assert rings == ["cycle 1", "cycle 1"]
    assert {(arrow.start, arrow.end) for arrow in diagram(ask(plan)).arrows} == {
        ("component:a", "component:b"),
        ("component:b", "component:a"),
    }


def test_two_dependencies_on_one_component_are_one_line() -> None:
    plan = model(
        """
        kind: component
        id: api
        interfaces: [{id: rest, type: http}, {id: events, type: events}]
        ---
        kind: consumer
        id: app
        uses: [{component: api#rest}, {component: api#events, strength: soft}]
        """
    )
    (edge,) = ask(plan).edges
    assert (edge.dependencies, edge.interfaces, edge.is_soft) == (2, ("events", "rest"), False)
    assert "2 dependencies" in shown(ask(plan))


def test_counts_of_one_word_are_one_count() -> None:
    plan = model(
        """
        kind: component
        id: api
        depends_on: [api]
        interfaces: [{id: rest, type: http}, {id: events, type: events}]
        ---
        kind: consumer
        id: app
        uses: [{component: api#rest}, {component: api#events}, {component: ghost}]
        """
    )
    report = ask(plan)
    assert "1 consumer and 1 component, 3 dependencies, 1 cycle." in shown(report)
    (api,) = [box for box in report.drawing.boxes if box.label == "api"]
    (node,) = [node for node in report.nodes if node.entity.id == "api"]
    assert api.users == node.users == 1
    assert "1 dependency leads to what does not exist: ghost" in shown(report)


def test_a_layer_may_be_called_as_a_band_is() -> None:
    config = "layers: ['no layer', consumers]"
    plan = model(
        "kind: component\nid: a\nlayer: consumers\n---\nkind: component\nid: b\nlayer: no layer\n"
        "---\nkind: component\nid: c\n---\nkind: consumer\nid: u\nuses: [a]\n",
        config=config,
    )
    report = ask(plan, with_matrix=True)
    assert [box.band for box in report.drawing.boxes] == [0, 1, 2, 3]
    assert report.drawing.layers == ("consumers", "consumers", "no layer", "no layer")
    assert report.matrix
    assert [count for _, count in matrix(report.matrix).bands] == [1, 1, 1, 1]


def test_without_any_layer_components_are_one_band() -> None:
    assert ask(model("kind: component\nid: a")).drawing.layers == ("components",)


def test_a_line_tells_all_that_its_colour_and_mark_tell(streaming: Model) -> None:
    text = shown(ask(streaming))
    assert "identity (exposes)" in text
    assert "notifications (soft)" in text


def test_nothing_to_draw_is_said() -> None:
    last = shown(ask(model("kind: team\nid: a"))).splitlines()[-1]
    assert last == "no components, 0 dependencies, no cycle."


# The effects of a change ------------------------------------------------------------------------------------


def test_levels_are_those_of_impact(streaming: Model) -> None:
    head = example(without="2.4.0")
    report = impact(streaming, head, Compared("head", "base"), ImpactOptions(None, None))
    found = ask(head, levels=levels_of(report, head), compared="base -> head")
    told = {node.entity.ref: node.level for node in found.nodes if node.entity.ref.kind == "consumer" and node.level}
    assert told == {each.consumer.ref: each.level for each in report.verdicts}
    assert {node.entity.id for node in found.nodes if node.is_changed} == {"identity"}
    by_id: Mapping[str, Level | None] = {node.id: node.level for node in found.nodes}
    for edge in found.edges:
        # An effect that comes over a line is not stronger than what it does where it arrives.
        if edge.level:
            assert by_id[edge.source]
            assert (by_id[edge.source] or Level.INFORMED).rank <= edge.level.rank
    counted = Counter(each.level for each in report.verdicts)
    assert counted[Level.BREAKS] > 0
    assert any(box.note == "✕ breaks" for box in diagram(found).boxes)


# For other tools --------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(models())
def test_graphml_is_read_as_the_same_graph(plan: Model) -> None:
    report = ask(plan)
    read = nx.parse_graphml(graphml.render(network(report)))
    assert {(one, other) for one, other in read.edges} == pairs(plan)
    assert {name: data.get("layer") for name, data in read.nodes(data=True)} == {
        node.id: node.layer for node in report.nodes
    }
    for name, data in read.nodes(data=True):
        assert data["users"] == sum(other == name != one for one, other in read.edges)


def test_texts_of_other_people_stay_texts_in_graphml_and_dot() -> None:
    plan = model(
        """
        kind: component
        id: a
        title: 'x" ]; <b> \\ & \\N'
        """
    )
    found = network(ask(plan))
    (title,) = [
        each.text
        for each in ElementTree.fromstring(graphml.render(found)).iter("{http://graphml.graphdrawing.org/xmlns}data")
        if (each.text or "").startswith("x")
    ]
    assert title == 'x" ]; <b> \\ & \\N'
    assert r'platctl_title="x\" ]; <b> \\ & \\N"' in dot.render(found)
