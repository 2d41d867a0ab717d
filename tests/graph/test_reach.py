"""How many depend on what: closures against a search from each node, and the figures of a real platform."""

from collections.abc import Iterable
from pathlib import Path

import networkx
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.graph.graph import Graph
from platctl.graph.reach import Count, EdgeSet, Reachability
from platctl.model.ref import Ref
from platctl.scheduling.closure import closure

edges = st.dictionaries(st.integers(0, 7), st.lists(st.integers(0, 9), max_size=4), max_size=8)


def searched(graph: dict[int, list[int]], start: int) -> set[int]:
    """Everything that a walk from a node finds, without the node."""
    seen, waiting = set(), list(graph.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += graph.get(node, ())
    return seen - {start}


@given(edges)
def test_a_closure_is_what_a_walk_from_each_node_finds(graph: dict[int, list[int]]) -> None:
    found = closure(graph)
    assert set(found.nodes) == {*graph, *(each for targets in graph.values() for each in targets)}
    for node in found.nodes:
        assert set(found.named(found.reached[node])) == searched(graph, node)
        assert found.bits(found.named(found.reached[node])) == found.reached[node]


def refs(found: Iterable[Ref]) -> list[str]:
    return [each.id for each in found]


MODEL = """\
kind: component
id: base
---
kind: component
id: mid
depends_on: [{component: base, exposes: true}, {component: missing}]
---
kind: component
id: top
exposes: true
depends_on: [{component: mid, strength: soft}, {component: top}]
---
kind: consumer
id: shop
uses: [{component: top}, {component: "base"}, {component: base}]
"""


def test_direct_and_transitive_dependents_by_set_of_dependencies() -> None:
    graph = Graph(model(MODEL))
    base, shop = Ref("component", "default", "base"), Ref("consumer", "default", "shop")
    found = {each: Reachability(graph, each).dependents(base) for each in EdgeSet}
    assert (refs(found[EdgeSet.ALL].direct), refs(found[EdgeSet.ALL].transitive)) == (
        ["mid", "shop"],
        ["mid", "top", "shop"],
    )
    assert refs(found[EdgeSet.HARD].transitive) == ["mid", "shop"]
    assert refs(found[EdgeSet.EXPOSING].transitive) == ["mid", "top"]
    reach = Reachability(graph)
    assert (reach.count_dependents(base, "consumer"), reach.count_dependents(base, "component")) == (
        Count(1, 1),
        Count(1, 2),
    )
    assert reach.count_dependencies(shop, "component") == Count(2, 3)
    down = Reachability(graph).dependencies(shop)
    assert (refs(down.direct), refs(down.transitive)) == (["base", "top"], ["base", "mid", "top"])
    assert Reachability(graph).pairs(graph.model.components) == 3


DATA = Path(__file__).parents[3] / "shared" / "data" / "opensearch"


@pytest.mark.skipif(not DATA.is_dir(), reason="the manifests are not here")
@pytest.mark.parametrize(
    ("version", "pairs", "nodes"),
    [
        ("2.13.0", 26, 23),
        ("2.19.6", 52, 27),
        ("3.0.0", 38, 27),
        ("3.6.0", 58, 29),
        ("3.7.0", 84, 29),
        ("3.9.0", 84, 29),
    ],
)
def test_propagation_of_the_engine_by_its_manifests(version: str, pairs: int, nodes: int) -> None:
    manifest = yaml.safe_load((DATA / f"opensearch-{version}.yml").read_text())
    documents = [
        yaml.safe_dump({"kind": "component", "id": each["name"], "depends_on": each.get("depends_on", [])})
        for each in manifest["components"]
    ]
    graph = Graph(model("---\n".join(documents)))
    assert (Reachability(graph).pairs(graph.model.components), len(graph.model.components)) == (pairs, nodes)
    # the same by another library
    whole = networkx.DiGraph((use.source, use.target) for use in graph.uses)
    assert sum(len(networkx.descendants(whole, node) - {node}) for node in whole) == pairs


EXAMPLE = Path(__file__).parents[2] / "examples" / "opensearch" / "model"
FIGURES = {
    "common-utils": (14, 18),
    "job-scheduler": (12, 12),
    "security": (2, 9),
    "ml-commons": (5, 7),
    "k-nn": (4, 4),
}


def test_dependents_in_the_shipped_example() -> None:
    graph = Graph(
        model(*(each.read_text("utf-8") for each in sorted(EXAMPLE.rglob("*.yaml")) if "platctl" not in each.name))
    )
    reach, components = Reachability(graph), graph.model.components
    for id_, counts in FIGURES.items():
        (ref,) = (each for each in components if each.id == id_)
        assert reach.count_dependents(ref, "component") == Count(*counts), id_
    assert (reach.pairs(components), len(components)) == (84, 47)
