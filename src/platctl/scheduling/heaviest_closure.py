"""The heaviest closed set of a graph, by a minimum cut."""

from collections.abc import Mapping, Sequence


def heaviest_closure(weights: Sequence[int], needs: Sequence[Sequence[int]]) -> set[int]:
    """The closed set (one that contains everything its members need) with the greatest sum of weights; the smallest one
    among equals.

    Empty if no set has a positive sum. Weights are whole numbers, so that the result is exact.
    """
    worth = list(weights)
    rest = {node: set(each) for node, each in enumerate(needs)}
    chosen, tied = _reduce(worth, rest)
    if rest:
        chosen |= _by_cut(worth, rest)
    for node, other in reversed(tied):
        if other in chosen:
            chosen.add(node)
    return chosen


def _reduce(worth: list[int], needs: dict[int, set[int]]) -> tuple[set[int], list[tuple[int, int]]]:
    """Remove the nodes that need no cut (in a forest, all of them). Returns the chosen nodes, and pairs of which the
    first is chosen exactly if the second is; the second has the weight of both.

    A node that no other needs is dropped if its weight is not positive; a node that needs no other is chosen if its
    weight is positive. Any other node with a single neighbour is merged with it.
    """
    chosen: set[int] = set()
    tied: list[tuple[int, int]] = []
    users: dict[int, set[int]] = {node: set() for node in needs}
    for node, below in needs.items():
        for each in below:
            users[each].add(node)
    stack = list(needs)
    while stack:
        node = stack.pop()
        if node not in needs:
            continue
        below, above = needs[node], users[node]
        if worth[node] > 0 and not below:
            chosen.add(node)
        elif worth[node] <= 0 and not above:
            pass
        elif len(below) + len(above) == 1:
            (other,) = below or above
            worth[other] += worth[node]
            tied.append((node, other))
        else:
            continue
        for each in below:
            users[each].discard(node)
        for each in above:
            needs[each].discard(node)
        stack += (*below, *above)
        del needs[node], users[node]
    return chosen, tied


def _by_cut(weights: Sequence[int], needs: Mapping[int, set[int]]) -> set[int]:
    """Picard 1976, maximal closure of a graph, with all arcs reversed: the cut that NetworkX finds leaves the smallest
    possible set on the side of the sink."""
    import networkx as nx

    source, sink = -1, -2
    network: nx.DiGraph[int] = nx.DiGraph()
    network.add_nodes_from((source, sink))
    for node, needed in needs.items():
        if weights[node] > 0:
            network.add_edge(node, sink, capacity=weights[node])
        elif weights[node] < 0:
            network.add_edge(source, node, capacity=-weights[node])
        network.add_edges_from((each, node) for each in needed)
    _, (_, chosen) = nx.minimum_cut(network, source, sink)
    return chosen - {sink}
