"""A layered drawing: which row and place each node has, and over which places each link runs."""

from collections.abc import Sequence

from platctl.record import record
from platctl.render.picture.layered.crossings import all_crossings, ordered, together
from platctl.render.picture.layered.places import placed
from platctl.render.picture.layered.rows import Link, rows_of

Place = tuple[float, int]
"""A place in a row, and the row."""


@record
class Layered:
    """`nodes` has the spot of each node, `routes` for each link the spots from its start over its bends to its end.

    `bands` is that of each row, from the top, `width` reaches from 0 to the right edge of all boxes and routes, and
    `crossings` counts pairs of links that cross.
    """

    nodes: tuple[Place, ...]
    routes: tuple[tuple[Place, ...], ...]
    bands: tuple[int, ...]
    width: float
    crossings: int


def layout(
    bands: Sequence[int],
    widths: Sequence[float],
    links: Sequence[Link],
    rings: Sequence[str] = (),
    most: int | None = None,
) -> Layered:
    """Nodes in rows, by the band and the width of each; `most` is the largest number of nodes in a row.

    Nodes of a row with the same ring stand next to each other; the ring of a node that is in none is "".

    Work is bounded by sweeps, not by time, and equal input gives equal output.
    """
    rows = rows_of(bands, links, most)
    order = together(ordered(rows), rings)
    place = placed(rows, order, widths)
    boxes = (place[node] + width / 2 for node, width in enumerate(widths))
    row_of = {vertex: nth for nth, row in enumerate(order) for vertex in row}
    spots = [(place[vertex], row_of[vertex]) for vertex in range(rows.vertices)]
    return Layered(
        nodes=tuple(spots[: rows.nodes]),
        routes=tuple(tuple(spots[each] for each in chain) for chain in rows.chains),
        bands=rows.bands,
        width=round(max((*place[rows.nodes :], *boxes), default=0.0), 1),
        crossings=all_crossings(rows, order),
    )
