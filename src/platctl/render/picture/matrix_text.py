"""Points over two axes, drawn with characters."""

from collections.abc import Iterator
from itertools import product

from rich.cells import cell_len

from platctl.page import Line, Matrix, Point, Run, Tone, line
from platctl.render.cells import wrapped
from platctl.render.escape import visible

_HEIGHT = 15
_WIDEST = 76
_MARGIN = "  "
_ROW_COUNTS = 4
"""The number of columns as high as one row."""

Taken = dict[int, dict[int, str]]
"""By row and column, where a mark begins."""


def matrix_lines(matrix: Matrix, room: int) -> list[Line]:
    """The four fields with their names above and below; a mark whose place is taken moves to the nearest that is free.

    Marks for which there is no place are omitted.
    """
    width = min(room, _WIDEST) - len(_MARGIN)
    upper_left, upper_right, lower_left, lower_right = map(_text, matrix.fields)
    return [
        *wrapped(line(Run(f"^ {_text(matrix.y_title)}", Tone.DIM)), room),
        *wrapped(_ends(upper_left, upper_right, width), room),
        *_grid(matrix, width),
        *wrapped(_ends(lower_left, lower_right, width), room),
        *wrapped(_ends("", f"{_text(matrix.x_title)} >", width, Tone.DIM), room),
    ]


def _text(text: str) -> str:
    return visible(text, whole_line=False)


def _ends(left: str, right: str, width: int, tone: Tone = Tone.NOTE) -> Line:
    gap = max(width - cell_len(left) - cell_len(right), 2)
    return line(_MARGIN, Run(f"{left}{' ' * gap}{right}", tone))


def _grid(matrix: Matrix, width: int) -> Iterator[Line]:
    taken: Taken = {}
    for point in matrix.points:
        _put(taken, point, width)
    column, row = round(matrix.split[0] * (width - 1)), round((1 - matrix.split[1]) * (_HEIGHT - 1))
    for nth in range(_HEIGHT):
        ground = ["─" if nth == row else " "] * width
        ground[column] = "┼" if nth == row else "│"
        yield line(_MARGIN, *_runs("".join(ground), taken.get(nth, {})))


def _runs(ground: str, marks: dict[int, str]) -> Iterator[Run]:
    at = 0
    for column, mark in sorted(marks.items()):
        yield Run(ground[at:column], Tone.DIM)
        yield Run(mark, Tone.STRONG)
        at = column + cell_len(mark)
    yield Run(ground[at:], Tone.DIM)


def _put(taken: Taken, point: Point, width: int) -> None:
    mark = _text(point.mark)
    length = cell_len(mark)
    column, row = round(point.x * (width - length)), round((1 - point.y) * (_HEIGHT - 1))

    def distance(place: tuple[int, int]) -> tuple[int, int, int]:
        return _ROW_COUNTS * abs(place[0] - row) + abs(place[1] - column), place[0], place[1]

    places = product(range(_HEIGHT), range(width - length + 1))
    free = (place for place in places if _is_free(taken.get(place[0], {}), place[1], length))
    if found := min(free, key=distance, default=None):
        taken.setdefault(found[0], {})[found[1]] = mark


def _is_free(marks: dict[int, str], column: int, length: int) -> bool:
    """Whether a mark fits there with a space around it."""
    return all(column > start + cell_len(mark) or start > column + length for start, mark in marks.items())
