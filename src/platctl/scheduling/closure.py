"""The heaviest closed set of a graph, by a minimum cut."""

from collections import deque
from collections.abc import Sequence


def heaviest_closure(weights: Sequence[int], needs: Sequence[Sequence[int]]) -> frozenset[int]:
    """The smallest of the sets with the greatest sum of weights that hold all that their members need.

    Empty where no set is heavier than nothing. Weights are whole numbers, so that the answer is exact.
    Source: Picard 1976, maximal closure of a graph; Dinic 1970 for the flow.
    """
    if max(map(len, needs), default=0) < 2 and (found := _of_forest(weights, needs)) is not None:
        return found
    size = len(weights)
    network = _Network(size + 2)
    source, sink = size, size + 1
    infinite = sum(weight for weight in weights if weight > 0) + 1
    for node, weight in enumerate(weights):
        if weight > 0:
            network.connect(source, node, weight)
        elif weight < 0:
            network.connect(node, sink, -weight)
        for needed in needs[node]:
            network.connect(node, needed, infinite)
    network.saturate(source, sink)
    return frozenset(node for node in network.reachable(source) if node < size)


def _of_forest(weights: Sequence[int], needs: Sequence[Sequence[int]]) -> frozenset[int] | None:
    """The same where each needs at most one other, without a cut: a branch is worth having where it adds something.

    None if some need each other in a circle.
    """
    order = [node for node, needed in enumerate(needs) if not needed]
    branches: list[list[int]] = [[] for _ in weights]
    for node, needed in enumerate(needs):
        for each in needed:
            branches[each].append(node)
    for node in order:
        order += branches[node]
    if len(order) < len(weights):
        return None
    worth = list(weights)
    for node in reversed(order):
        for each in needs[node]:
            worth[each] += max(worth[node], 0)
    found: set[int] = set()
    for node in order:
        if worth[node] > 0 and found.issuperset(needs[node]):
            found.add(node)
    return frozenset(found)


class _Network:
    """Arcs in pairs, each with what it can still carry; the arc beside an arc leads back."""

    def __init__(self, size: int) -> None:
        self.arcs: list[list[int]] = [[] for _ in range(size)]
        self.heads: list[int] = []
        self.free: list[int] = []

    def connect(self, start: int, end: int, capacity: int) -> None:
        self.arcs[start].append(len(self.heads))
        self.arcs[end].append(len(self.heads) + 1)
        self.heads += (end, start)
        self.free += (capacity, 0)

    def saturate(self, source: int, sink: int) -> None:
        """Sends as much as can be sent."""
        while (levels := self._levels(source))[sink] >= 0:
            self._block(source, sink, levels)

    def reachable(self, source: int) -> set[int]:
        """What can still be reached: the smallest side of a minimum cut."""
        return {node for node, level in enumerate(self._levels(source)) if level >= 0}

    def _levels(self, source: int) -> list[int]:
        """By node: how many arcs away it is; -1 where no way leads."""
        levels = [-1] * len(self.arcs)
        levels[source] = 0
        queue = deque([source])
        while queue:
            node = queue.popleft()
            for arc in self.arcs[node]:
                if self.free[arc] and levels[self.heads[arc]] < 0:
                    levels[self.heads[arc]] = levels[node] + 1
                    queue.append(self.heads[arc])
        return levels

    def _block(self, source: int, sink: int, levels: list[int]) -> None:
        """Sends along shortest ways until none is left. A path is kept and cut back, so that nothing recurses."""
        left = [0] * len(self.arcs)
        path: list[int] = []
        node = source
        while True:
            if node == sink:
                node = self._send(path, source)
            elif (arc := self._next(node, left, levels)) is not None:
                path.append(arc)
                node = self.heads[arc]
            elif not path:
                return
            else:
                levels[node] = -1
                node = self.heads[path.pop() ^ 1]

    def _next(self, node: int, left: list[int], levels: list[int]) -> int | None:
        arcs = self.arcs[node]
        while left[node] < len(arcs):
            arc = arcs[left[node]]
            if self.free[arc] and levels[self.heads[arc]] == levels[node] + 1:
                return arc
            left[node] += 1
        return None

    def _send(self, path: list[int], source: int) -> int:
        """Sends what fits through a whole path; returns the node before the first arc that is full now."""
        amount = min(self.free[arc] for arc in path)
        for arc in path:
            self.free[arc] -= amount
            self.free[arc ^ 1] += amount
        cut = next(place for place, arc in enumerate(path) if not self.free[arc])
        node = self.heads[path[cut] ^ 1] if cut else source
        del path[cut:]
        return node
