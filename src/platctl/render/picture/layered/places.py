"""Where vertices stand in their rows: as near to what they are linked with as the order allows."""

from collections.abc import Sequence
from itertools import pairwise

from platctl.render.picture.layered.crossings import Order
from platctl.render.picture.layered.rows import LayerRows

_SWEEPS = 40
_GAP = 12.0
_BEND = 4.0
_BEND_GAP = 5.0
"""Between two bends; they are lines, not boxes."""


def placed(rows: LayerRows, order: Order, widths: Sequence[float]) -> list[float]:
    """The middle of each vertex, from 0 at the left edge of the leftmost: weighted least squares in the given order,
    with gaps, row after row. Links between bends weigh more, so that long ones run straight.
    """
    width = [*widths, *[_BEND] * (rows.vertices - rows.nodes)]
    pulls = _pulls(rows)
    loads = [sum(weight for _, weight in each) for each in pulls]
    gaps = [[_apart(rows, width, left, right) for left, right in pairwise(row)] for row in order]
    place = _side_by_side(order, width)
    for sweep in range(_SWEEPS):
        for nth in range(len(order)) if sweep % 2 == 0 else range(len(order) - 1, -1, -1):
            row = order[nth]
            wanted = [_mean(pulls[each], place) if loads[each] else place[each] for each in row]
            for each, at in zip(row, isotonic(wanted, [loads[one] or 1.0 for one in row], gaps[nth]), strict=True):
                place[each] = at
    left = min((place[each] - width[each] / 2 for each in range(rows.vertices)), default=0.0)
    return [round(each - left, 1) for each in place]


def _mean(pulls: list[tuple[int, float]], place: list[float]) -> float:
    return sum(place[other] * weight for other, weight in pulls) / sum(weight for _, weight in pulls)


def _side_by_side(order: Order, width: Sequence[float]) -> list[float]:
    place = [0.0] * len(width)
    for row in order:
        at = 0.0
        for each in row:
            place[each] = at + width[each] / 2
            at += width[each] + _GAP
    return place


def _pulls(rows: LayerRows) -> list[list[tuple[int, float]]]:
    """By vertex: what it is linked with, and how much that counts."""
    pulls: list[list[tuple[int, float]]] = [[] for _ in range(rows.vertices)]
    for links in rows.links:
        for one, other in links:
            bends = (one >= rows.nodes) + (other >= rows.nodes)
            weight = (1.0, 4.0, 11.0)[bends]
            pulls[one].append((other, weight))
            pulls[other].append((one, weight))
    return pulls


def _apart(rows: LayerRows, width: Sequence[float], left: int, right: int) -> float:
    """The least distance between the middles of two neighbours."""
    gap = _BEND_GAP if left >= rows.nodes and right >= rows.nodes else _GAP
    return (width[left] + width[right]) / 2 + gap


def isotonic(wanted: Sequence[float], weights: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Places in this order, at least `gaps` apart, with the least weighted squares of the distance to those wanted.

    Pools adjacent violators: blocks that would overlap move together.
    """
    offsets, at = [0.0], 0.0
    for gap in gaps:
        at += gap
        offsets.append(at)
    blocks: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=False):
        block = (want - offset, weight, 1)
        while blocks and blocks[-1][0] > block[0]:
            mean, load, count = blocks.pop()
            whole = load + block[1]
            block = ((mean * load + block[0] * block[1]) / whole, whole, count + block[2])
        blocks.append(block)
    flat = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=False)]
