"""How far down each node of a graph reaches."""

from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

from platctl.scheduling.cycles import cycles
from platctl.scheduling.name import Name


def depths(edges: Mapping[Name, Iterable[Name]]) -> dict[Name, int]:
    """By node: the number of edges on the longest way from it. Members of a cycle count as one node.

    `edges` has a key for every node. Linear in nodes and edges.
    """
    leader = {node: node for node in edges}
    for members in cycles(edges):
        leader |= dict.fromkeys(members, members[0])
    joined: dict[Name, set[Name]] = {each: set() for each in leader.values()}
    for node, targets in edges.items():
        joined[leader[node]] |= {leader[each] for each in targets} - {leader[node]}
    depth: dict[Name, int] = {}
    for node in TopologicalSorter(joined).static_order():
        depth[node] = max((depth[each] + 1 for each in joined[node]), default=0)
    return {node: depth[leader[node]] for node in edges}
