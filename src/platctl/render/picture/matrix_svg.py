"""Points over two axes as SVG: a separate file, or a part of an HTML page."""

import math
from collections.abc import Iterator
from itertools import product

from platctl.page import Matrix, Point
from platctl.render.escape import element

_WIDTH, _HEIGHT = 720, 480
_LEFT, _TOP = 48, 40
_INSET = 18
"""From the edge of the fields to the outermost points."""
_RADIUS = 13
_ROW = 20
_LEGEND = 420
_LONGEST = 58
"""The number of characters of a name that fit next to the chart."""
_STYLE = (
    "svg { color: #1f2328; background: #ffffff; font: 13px system-ui, sans-serif; }"
    " @media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #0d1117; } }"
)


def render(matrix: Matrix, title: str) -> str:
    """A file with the chart and, next to it, the legend of the marks."""
    height = max(_HEIGHT, _TOP + _ROW * (len(matrix.points) + 1))
    inner = (f"<style>{_STYLE}</style>", *_body(matrix), *_legend(matrix.points))
    opening = _opening(title, _WIDTH + _LEGEND, height, ' xmlns="http://www.w3.org/2000/svg"')
    return "\n".join((opening, *inner, "</svg>\n"))


def picture(matrix: Matrix, title: str) -> str:
    """The chart as a part of a page, in the colour of its text."""
    return "\n".join((_opening(title, _WIDTH, _HEIGHT), *_body(matrix), "</svg>"))


def _opening(title: str, width: int, height: int, more: str = "") -> str:
    return f'<svg{more} viewBox="0 0 {width} {height}" role="img" aria-label="{element(title)}">'


def _body(matrix: Matrix) -> Iterator[str]:
    right, bottom = _WIDTH - _LEFT, _HEIGHT - _TOP
    across, down = _at(*matrix.split)
    line = 'fill="none" stroke="currentColor" stroke-opacity="0.35"'
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{right - _LEFT}" height="{bottom - _TOP}" {line}/>'
    yield f'<path d="M{across} {_TOP}V{bottom}M{_LEFT} {down}H{right}" {line}/>'
    upper_left, upper_right, lower_left, lower_right = matrix.fields
    yield _text(_LEFT, _TOP - 8, upper_left, "start")
    yield _text(right, _TOP - 8, upper_right, "end")
    yield _text(_LEFT, bottom + 18, lower_left, "start")
    yield _text(right, bottom + 18, lower_right, "end")
    yield _text((_LEFT + right) // 2, bottom + 32, f"{matrix.x_title} →", "middle")
    middle = (_TOP + bottom) // 2
    yield _text(20, middle, f"{matrix.y_title} →", "middle", f' transform="rotate(-90 20 {middle})"')
    taken: list[tuple[int, int]] = []
    for point in matrix.points:
        taken.append(_free(_at(point.x, point.y), taken))
        yield _mark(point, *taken[-1])


def _at(x: float, y: float) -> tuple[int, int]:
    wide, high = _WIDTH - 2 * (_LEFT + _INSET), _HEIGHT - 2 * (_TOP + _INSET)
    return round(_LEFT + _INSET + x * wide), round(_HEIGHT - _TOP - _INSET - y * high)


def _free(place: tuple[int, int], taken: list[tuple[int, int]]) -> tuple[int, int]:
    """The place, or the nearest one at which no mark covers another; unchanged if there is none nearby."""
    nearby = sorted(product(range(-4, 5), repeat=2), key=lambda step: (math.hypot(*step), step))
    for across, down in nearby:
        x, y = place[0] + across * _RADIUS, place[1] + down * _RADIUS
        if all(math.hypot(x - other, y - below) >= 2 * _RADIUS for other, below in taken):
            return x, y
    return place


def _mark(point: Point, x: int, y: int) -> str:
    """A circle with the mark, and the name as a tooltip."""
    circle = f'<circle cx="{x}" cy="{y}" r="{_RADIUS}" fill="#0969da" fill-opacity="0.25" stroke="currentColor"/>'
    return f"<g><title>{element(point.name)}</title>{circle}{_text(x, y + 4, point.mark, 'middle')}</g>"


def _legend(points: tuple[Point, ...]) -> Iterator[str]:
    for nth, point in enumerate(points):
        name = point.name if len(point.name) <= _LONGEST else f"{point.name[: _LONGEST - 1]}…"
        y = _TOP + 4 + nth * _ROW
        yield _text(_WIDTH + 18, y, point.mark, "end") + _text(_WIDTH + 28, y, name, "start")


def _text(x: int, y: int, text: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor"{more}>{element(text)}</text>'
