"""How many links between two neighbouring rows cross, and how to have fewer."""

from bisect import bisect_right
from collections.abc import Sequence

from platctl.render.picture.layered.rows import LayerRows, Link

Order = list[list[int]]
"""The vertices of each row, from left to right."""

_WORK = 240_000
"""How many vertices all sweeps of a search look at, roughly."""
_SWEEPS = range(8, 25)
_PASSES = range(2, 13)
"""Over all rows, swapping neighbours; fewer if nothing improves."""
_PATIENCE = 8
"""The number of sweeps in a row that may improve nothing, in a drawing that is not small."""
_SMALL = 2_000
"""The number of vertices from which a drawing is not small."""


def crossings(upper: Sequence[int], lower: Sequence[int], links: Sequence[Link]) -> int:
    """Pairs of links between two rows that cross."""
    place_up = {vertex: nth for nth, vertex in enumerate(upper)}
    place_down = {vertex: nth for nth, vertex in enumerate(lower)}
    ends: list[int] = []
    count = 0
    for _, end in sorted((place_up[one], place_down[other]) for one, other in links):
        at = bisect_right(ends, end)
        count += len(ends) - at
        ends.insert(at, end)
    return count


def all_crossings(rows: LayerRows, order: Order) -> int:
    """Pairs of links that cross, in all rows."""
    return sum(crossings(order[nth], order[nth + 1], links) for nth, links in enumerate(rows.links))


def ordered(rows: LayerRows) -> Order:
    """An order with few crossings: barycentres down and up, then swaps of neighbours; the best one found.

    It starts in the order of the numbers and in that of a search along the links, which keeps together what hangs
    together; small drawings also start in the reverse of both, and with a sweep upwards.
    """
    above, below = _neighbours(rows)
    starts = [_by_number(rows), _by_search(rows, above, below)]
    if rows.vertices < _SMALL:
        starts += [[row[::-1] for row in each] for each in starts]
    ways = (0, 1) if rows.vertices < _SMALL else (0,)
    found = [_improved(rows, start, above, below, first) for start in starts for first in ways]
    return min(found, key=lambda each: each[0])[1]


def together(order: Order, rings: Sequence[str]) -> Order:
    """The same order, but what has one ring stands where the middle one of them stood."""
    return [_gathered(row, rings) if any(rings[each] for each in row if each < len(rings)) else row for row in order]


def _gathered(row: list[int], rings: Sequence[str]) -> list[int]:
    places: dict[str, list[int]] = {}
    ring_of = [rings[each] if each < len(rings) else "" for each in row]
    for nth, ring in enumerate(ring_of):
        places.setdefault(ring, []).append(nth)
    middle = {ring: found[len(found) // 2] for ring, found in places.items()}
    keys = [(middle[ring] if ring else nth, ring, nth) for nth, ring in enumerate(ring_of)]
    return [row[nth] for _, _, nth in sorted(keys)]


def _budget(allowed: range, rows: LayerRows) -> int:
    """Fewer rounds for large drawings."""
    return min(max(_WORK // (rows.vertices or 1), allowed.start), allowed.stop - 1)


Neighbours = list[list[int]]


def _neighbours(rows: LayerRows) -> tuple[Neighbours, Neighbours]:
    above: Neighbours = [[] for _ in range(rows.vertices)]
    below: Neighbours = [[] for _ in range(rows.vertices)]
    for links in rows.links:
        for upper, lower in links:
            above[lower].append(upper)
            below[upper].append(lower)
    return above, below


def _by_number(rows: LayerRows) -> Order:
    return [list(row) for row in rows.rows]


def _by_search(rows: LayerRows, above: Neighbours, below: Neighbours) -> Order:
    """Depth first from the top, each vertex at the end of its row when it is found."""
    row_of = {vertex: nth for nth, row in enumerate(rows.rows) for vertex in row}
    order: Order = [[] for _ in rows.rows]
    seen: set[int] = set()
    for row in rows.rows:
        for start in row:
            stack = [start]
            while stack:
                vertex = stack.pop()
                if vertex in seen:
                    continue
                seen.add(vertex)
                order[row_of[vertex]].append(vertex)
                stack += reversed([*below[vertex], *above[vertex]])
    return order


def _improved(rows: LayerRows, start: Order, above: Neighbours, below: Neighbours, first: int) -> tuple[int, Order]:
    """The fewest crossings and their order; the first sweep goes down (0) or up (1)."""
    order = [list(row) for row in start]
    best = [list(row) for row in start]
    least, since = all_crossings(rows, best), 0
    passes = _budget(_PASSES, rows)
    for sweep in range(_budget(_SWEEPS, rows)):
        if not least or (since == _PATIENCE and rows.vertices >= _SMALL):
            break
        is_down = sweep % 2 == first
        near, step = (above, -1) if is_down else (below, 1)
        for nth in range(1, len(order)) if is_down else range(len(order) - 2, -1, -1):
            order[nth] = _by_barycentre(order[nth], order[nth + step], near)
        tried = _swapped([list(row) for row in order], above, below, passes)
        since += 1
        if (now := all_crossings(rows, tried)) < least:
            best, least, since = tried, now, 0
    return least, best


def _by_barycentre(row: list[int], other: list[int], near: Neighbours) -> list[int]:
    """A row by the mean place of the neighbours in the row before; what has none stays about where it is."""
    place = {vertex: (nth + 0.5) / len(other) for nth, vertex in enumerate(other)}
    mean = {vertex: (nth + 0.5) / len(row) for nth, vertex in enumerate(row)}
    mean |= {vertex: sum(place[each] for each in near[vertex]) / len(near[vertex]) for vertex in row if near[vertex]}
    return sorted(row, key=lambda vertex: (round(mean[vertex], 9), vertex))


def _swapped(order: Order, above: Neighbours, below: Neighbours, passes: int) -> Order:
    """Swaps neighbours in a row for as long as that removes crossings; rows between unchanged ones are passed over."""
    last = len(order) - 1
    due = set(range(len(order)))
    for _ in range(passes):
        rows, due = sorted(due), set()
        for nth in rows:
            row = order[nth]
            high = _places(row, above, order[nth - 1] if nth else [])
            low = _places(row, below, order[nth + 1] if nth < last else [])
            if _swaps(row, high, low):
                due |= {max(nth - 1, 0), nth, min(nth + 1, last)}
        if not due:
            break
    return order


def _swaps(row: list[int], high: dict[int, list[int]], low: dict[int, list[int]]) -> bool:
    """Whether swapping neighbours, once along the row, removed crossings."""
    is_better = False
    for at in range(len(row) - 1):
        one, other = row[at], row[at + 1]
        now = _crossed(high[one], high[other]) + _crossed(low[one], low[other])
        if now and _crossed(high[other], high[one]) + _crossed(low[other], low[one]) < now:
            row[at], row[at + 1] = other, one
            is_better = True
    return is_better


def _places(row: list[int], near: Neighbours, other: list[int]) -> dict[int, list[int]]:
    """By vertex: the sorted places of its neighbours in another row."""
    place = {vertex: nth for nth, vertex in enumerate(other)}
    places = {vertex: [place[each] for each in near[vertex]] for vertex in row}
    for each in places.values():
        if len(each) > 1:
            each.sort()
    return places


def _crossed(left: list[int], right: list[int]) -> int:
    """How many links of two neighbours cross, if the first stands left: by the sorted places of their other ends."""
    if not left or not right or left[-1] <= right[0]:
        return 0
    count = at = 0
    for each in left:
        while at < len(right) and right[at] < each:
            at += 1
        count += at
    return count
