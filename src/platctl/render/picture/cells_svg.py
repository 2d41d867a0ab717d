"""Dependency matrices as SVG: a separate file, or a part of an HTML page."""

from collections.abc import Iterator
from typing import Final

from platctl.page import CellKind, DependencyMatrix, Run
from platctl.render import link
from platctl.render.escape import element
from platctl.render.picture import palette
from platctl.render.picture.svg_elements import shown
from platctl.render.picture.text_width import width

STYLE = """
.cells text { font-size: 13px; fill: var(--text); } .cells .column { font-size: 12px; fill: var(--dim); }
.cells .line { fill: none; stroke: var(--line); } .cells .edge { fill: none; stroke: var(--dim); }
.cells .stripe { fill: var(--tint); } .cells .self { fill: var(--line); } .cells .full { fill: var(--text); }
.cells .hollow { fill: none; stroke: var(--text); stroke-width: 1.5; } .cells .dot { fill: var(--dim); }
"""
"""The style that a page needs once for such matrices; colours come from the page."""

_CELL = 19
_EDGE = 8
_SIZE, _SMALL = 13, 12
_KEY_LINE = 20
_PATHS: Final = {
    CellKind.USES: ("full", "M{x} {y}m-4.5 -4.5h9v9h-9z"),
    CellKind.EXPOSES: ("full", "M{x} {y}m0 -5.5l5.5 10.5h-11z"),
    CellKind.SOFT: ("hollow", "M{x} {y}m-4 -4h8v8h-8z"),
    CellKind.REACHES: ("dot", "M{x} {y}m-1.5 0a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0z"),
}
"""The class and outline of a mark around its middle."""


def render(matrix: DependencyMatrix) -> str:
    """A matrix as a file, readable on light and dark backgrounds."""
    head, body = _drawn(matrix, is_file=True)
    return "\n".join((head, f"<style>{palette.of_file(STYLE)}</style>", *body, "</svg>\n"))


def picture(matrix: DependencyMatrix) -> str:
    """A matrix as a part of a page that has `STYLE`; "" if there is nothing to draw."""
    if not matrix.names:
        return ""
    head, body = _drawn(matrix, is_file=False)
    return "\n".join((head, *body, "</svg>"))


def mark(kind: CellKind) -> str:
    """A small picture of a mark, for the key."""
    name, path = _PATHS[kind]
    drawn = path.format(x=14, y=6)
    return f'<svg class="cells" viewBox="0 0 28 12" aria-hidden="true"><path class="{name}" d="{drawn}"/></svg>'


def _drawn(matrix: DependencyMatrix, *, is_file: bool) -> tuple[str, list[str]]:
    names = [shown(each.text) for each in matrix.names]
    room = round(max((width(each, _SIZE) for each in names), default=0)) + 16
    bands = [(shown(name), count) for name, count in matrix.bands]
    margin = round(max((width(name, _SMALL) for name, _ in bands), default=0)) + 12
    grid = _Grid(len(names), _EDGE + margin + room, _EDGE + room)
    wide, high = grid.left + grid.size + _EDGE, grid.top + grid.size + _EDGE
    key = [*_key(matrix, high)] if is_file else []
    high += len(key) * _KEY_LINE
    kind = ' xmlns="http://www.w3.org/2000/svg" role="img"' if is_file else ' role="group"'
    # Its size in pixels, so that marks stay as large as the text beside them.
    size = f'{kind} width="{wide}" height="{high}"'
    title = element(matrix.title).strip() or "Dependency matrix"
    head = f'<svg{size} class="cells" viewBox="0 0 {wide} {high}">\n<title>{title}</title>'
    body = [*grid.ground(bands), *_marks(matrix, grid), *key]
    for nth, (run, name) in enumerate(zip(matrix.names, names, strict=True)):
        text = f'<text x="{grid.left - 8}" y="{grid.middle(nth) + 5}" text-anchor="end">{element(name)}</text>'
        body.append(text if is_file else _linked(run, text))
        x, y = grid.middle(nth) + 4 - grid.top + grid.left, grid.top - 8
        turned = f'transform="translate({x} {y}) rotate(-90)" aria-hidden="true"'
        body.append(f'<text class="column" {turned}>{element(name)}</text>')
    return head, body


class _Grid:
    def __init__(self, count: int, left: int, top: int) -> None:
        self.left, self.top, self.size = left, top, count * _CELL

    def middle(self, nth: int) -> int:
        """The middle of a row, from the top."""
        return self.top + nth * _CELL + _CELL // 2

    def ground(self, bands: list[tuple[str, int]]) -> Iterator[str]:
        """A stripe for every second band, the names of all, the diagonal, hairlines, and lines between bands."""
        counts = [count for _, count in bands]
        starts = [sum(counts[:nth]) for nth in range(len(counts) + 1)]
        for nth, count in enumerate(counts):
            if nth % 2 == 0:
                size = f'width="{self.left - _EDGE + self.size}" height="{count * _CELL}"'
                yield f'<rect class="stripe" x="{_EDGE}" y="{self.top + starts[nth] * _CELL}" {size}/>'
            y = self.middle(starts[nth]) + 4
            yield f'<text class="column" x="{_EDGE + 4}" y="{y}">{element(bands[nth][0])}</text>'
        rows = self.size // _CELL
        steps = range(0, self.size, _CELL)
        diagonal = "".join(f"M{self.left + at} {self.top + at}h{_CELL}v{_CELL}h-{_CELL}z" for at in steps)
        yield f'<path class="self" d="{diagonal}"/>'
        yield f'<path class="line" d="{"".join(self._cross(nth) for nth in range(rows + 1))}"/>'
        yield f'<path class="edge" d="{"".join(self._cross(nth) for nth in starts)}"/>'

    def _cross(self, nth: int) -> str:
        at = nth * _CELL
        return f"M{_EDGE} {self.top + at}H{self.left + self.size}M{self.left + at} {_EDGE}V{self.top + self.size}"


def _marks(matrix: DependencyMatrix, grid: _Grid) -> Iterator[str]:
    """One path for each kind of mark, however many there are."""
    for kind, (name, path) in _PATHS.items():
        places = [(row, column) for row, column, each in matrix.cells if each is kind]
        drawn = "".join(
            path.format(x=grid.middle(column) - grid.top + grid.left, y=grid.middle(row)) for row, column in places
        )
        if drawn:
            yield f'<path class="{name}" d="{drawn}"/>'


def _key(matrix: DependencyMatrix, top: int) -> Iterator[str]:
    """What the marks mean, one below the other."""
    for nth, (kind, text) in enumerate(matrix.key):
        name, path = _PATHS[kind]
        y = top + nth * _KEY_LINE + _KEY_LINE // 2
        said = f'<text class="column" x="34" y="{y + 4}">{element(shown(text))}</text>'
        yield f'<path class="{name}" d="{path.format(x=20, y=y)}"/>{said}'


def _linked(run: Run, text: str) -> str:
    if run.to is None:
        return text
    address = link.href(run.to)
    return f'<a href="{element(address)}">{text}</a>' if address else text
