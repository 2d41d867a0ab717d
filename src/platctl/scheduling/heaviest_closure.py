"""The heaviest closed set of a graph, by a minimum cut."""

from collections.abc import Mapping, Sequence


def heaviest_closure(weights: Sequence[int], needs: Sequence[Sequence[int]]) -> set[int]:
    """The smallest of the sets with the greatest sum of weights that hold all that their members need.

    Empty where no set is heavier than nothing. Weights are whole numbers, so that the answer is exact.
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
    """Takes out what needs no cut, down to nothing in a forest: what is chosen, and pairs of which the first goes along
    with the second, which gets its worth.

    What nobody needs is left where it has no worth, and what needs nothing is chosen where it has some. Of what has to
    do with one other alone, the rest goes along with that one.
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
    """Picard 1976, maximal closure of a graph, with all arcs turned round: the cut that NetworkX finds leaves as few
    nodes as can be on the side of the sink."""
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
