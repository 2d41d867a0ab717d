"""Finds cycles; NetworkX is loaded only if the standard library has found that there is one."""

from collections.abc import Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from platctl.scheduling.name import Name

if TYPE_CHECKING:
    import networkx as nx

_STARTS = 64
"""The number of members of a large component from which the shortest cycle is searched; all would take too long."""


def cycles(edges: Mapping[Name, Iterable[Name]]) -> list[list[Name]]:
    """Sets of nodes that all lead to each other, or single nodes that lead to themselves, sorted."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        import networkx as nx

        graph: nx.DiGraph[Name] = nx.DiGraph(
            (source, target) for source, targets in edges.items() for target in targets
        )
        components = map(sorted, nx.strongly_connected_components(graph))
        return sorted(each for each in components if len(each) > 1 or graph.has_edge(each[0], each[0]))
    return []


def shortest_cycles(edges: Mapping[Name, Iterable[Name]]) -> list[list[Name]]:
    """One shortest cycle of each of these sets, starting at its smallest member, sorted."""
    return sorted(_shortest(set(members), edges) for members in cycles(edges))


def _shortest(members: Collection[Name], edges: Mapping[Name, Iterable[Name]]) -> list[Name]:
    import networkx as nx

    graph: nx.DiGraph[Name] = nx.DiGraph(
        (source, target) for source in members for target in sorted(edges[source]) if target in members
    )
    found = min((_through(start, graph) for start in sorted(members)[:_STARTS]), key=len)
    first = found.index(min(found))
    return found[first:] + found[:first]


def _through(start: Name, graph: "nx.DiGraph[Name]") -> list[Name]:
    """A shortest cycle through a node, which must be in a cycle."""
    import networkx as nx

    before = {}
    node, steps = start, nx.bfs_edges(graph, start)
    while not graph.has_edge(node, start):
        previous, node = next(steps)
        before[node] = previous
    path = [node]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]
