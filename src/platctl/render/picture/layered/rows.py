"""The rows of a layered drawing: bands from the top, and in a band the longest way down."""

from collections.abc import Sequence
from itertools import pairwise

from platctl.record import record
from platctl.scheduling.depth import depths

Link = tuple[int, int]
"""From one node to another, by their numbers."""


@record
class LayerRows:
    """Vertices in rows, the top one first: nodes from 0, and behind them the bends of links that pass several rows.

    `band` is that of each row. A chain leads from the start of a link, over its bends, to its end; `links` are the
    steps of all chains between a row and the next one below, as (upper, lower). A link between nodes of one row has no
    bends and no step.
    """

    nodes: int
    rows: tuple[tuple[int, ...], ...]
    bands: tuple[int, ...]
    chains: tuple[tuple[int, ...], ...]
    links: tuple[tuple[Link, ...], ...]

    @property
    def vertices(self) -> int:
        return sum(map(len, self.rows))


def rows_of(bands: Sequence[int], links: Sequence[Link], most: int | None = None) -> LayerRows:
    """LayerRows for nodes, by the band of each; members of a cycle in one band share a row.

    No row has more nodes than `most`: what has no link to the rest of its row can as well stand below it.
    """
    row_of, band_of_row = _numbered(bands, _depths(bands, links), most)
    rows: list[list[int]] = [[] for _ in band_of_row]
    for node, row in enumerate(row_of):
        rows[row].append(node)
    between: list[list[Link]] = [[] for _ in band_of_row]
    chains = []
    fresh = len(bands)
    for start, end in links:
        first, last = row_of[start], row_of[end]
        step = 1 if last > first else -1
        passed = range(first + step, last, step) if first != last else range(0)
        bends = range(fresh, fresh + len(passed))
        fresh += len(passed)
        for bend, row in zip(bends, passed, strict=True):
            rows[row].append(bend)
        chain = (start, *bends, end)
        chains.append(chain)
        for nth, (one, other) in enumerate(pairwise(chain) if first != last else ()):
            upper = min(first + nth * step, first + (nth + 1) * step)
            between[upper].append((one, other) if step > 0 else (other, one))
    steps = tuple(map(tuple, between[:-1]))
    return LayerRows(len(bands), tuple(map(tuple, rows)), tuple(band_of_row), tuple(chains), steps)


def _depths(bands: Sequence[int], links: Sequence[Link]) -> list[int]:
    """The longest way down from each node that stays in its band."""
    below: dict[int, set[int]] = {node: set() for node in range(len(bands))}
    for start, end in links:
        if bands[start] == bands[end]:
            below[start].add(end)
    return list(depths(below).values())


def _numbered(bands: Sequence[int], depths: Sequence[int], most: int | None) -> tuple[list[int], list[int]]:
    """The row of each node, and the band of each row; wide rows are split."""
    members: dict[tuple[int, int], list[int]] = {}
    for node, key in enumerate(zip(bands, (-each for each in depths), strict=True)):
        members.setdefault(key, []).append(node)
    row_of = [0] * len(bands)
    band_of_row: list[int] = []
    for key in sorted(members):
        parts = -(-len(members[key]) // most) if most else 1
        for nth, node in enumerate(members[key]):
            row_of[node] = len(band_of_row) + nth % parts
        band_of_row += [key[0]] * parts
    return row_of, band_of_row
