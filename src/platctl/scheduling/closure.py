"""What can be reached from every node at once, by sets of bits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import compress
from typing import Generic

from platctl.scheduling.name import Name


@dataclass(frozen=True, slots=True)
class Closure(Generic[Name]):
    """By node: the set of all others that it leads to, as bits in the order of `nodes`. No node counts as reached
    from itself, not even in a cycle.
    """

    nodes: tuple[Name, ...]
    reached: Mapping[Name, int]

    def bits(self, nodes: Iterable[Name]) -> int:
        """A set of nodes; unknown ones are left out."""
        wanted = set(nodes)
        return sum(1 << index for index, node in enumerate(self.nodes) if node in wanted)

    def named(self, bits: int) -> list[Name]:
        """The nodes of a set."""
        return list(compress(self.nodes, selectors(bits)))


def selectors(bits: int) -> bytes:
    """A byte of 0 or 1 for each bit, as `itertools.compress` takes them; up to the last bit that is set."""
    return f"{bits:b}"[::-1].encode().translate(_AS_NUMBERS)


_AS_NUMBERS = bytes.maketrans(b"01", b"\x00\x01")


def closure(edges: Mapping[Name, Iterable[Name]], order: Iterable[Name] = ()) -> Closure[Name]:
    """The transitive closure; linear in nodes and edges, times the width of a set of bits.

    The nodes are those of `order`, then all others that the edges name.
    """
    successors = {node: tuple(targets) for node, targets in edges.items()}
    others = (target for targets in successors.values() for target in targets)
    nodes = tuple(dict.fromkeys((*order, *successors, *others)))
    place = {node: index for index, node in enumerate(nodes)}
    with_self: dict[Name, int] = {}
    for group in _groups(successors):
        bits = 0
        for node in group:
            bits |= 1 << place[node]
        for node in group:
            for target in successors.get(node, ()):
                bits |= with_self.get(target, 0)
        with_self |= dict.fromkeys(group, bits)
    return Closure(nodes, {node: with_self.get(node, 0) & ~(1 << place[node]) for node in nodes})


def _groups(edges: Mapping[Name, Iterable[Name]]) -> Iterable[list[Name]]:
    """Nodes that lead to each other, after those that they lead to."""
    try:
        return [[node] for node in TopologicalSorter(edges).static_order()]
    except CycleError:
        import networkx as nx

        graph: nx.DiGraph[Name] = nx.DiGraph(
            (source, target) for source, targets in edges.items() for target in targets
        )
        graph.add_nodes_from(edges)
        condensed = nx.condensation(graph)
        return [sorted(condensed.nodes[each]["members"]) for each in reversed(list(nx.topological_sort(condensed)))]
