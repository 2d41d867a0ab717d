"""Marks of days on a time axis as SVG."""

from collections.abc import Iterator

from platctl.page import DayChart, DayMarks, Stretch, Tone
from platctl.render.escape import element
from platctl.render.picture.schedule_svg import span
from platctl.render.picture.svg_elements import EDGE, LEAST_BAR, LINE, ROW_GAP, SIZE, WIDTH, rect, shown, text_lines
from platctl.render.picture.text_width import width
from platctl.render.picture.time_axis import TimeAxis

_MARK, _STEP = 8, 7
"""The width of a mark, and the distance from one to the next."""
_MOST = 16
"""The number of marks that are drawn for one day; the text counts all."""
_MOST_ROWS = 6
"""The number of rows of texts; what has no room there has only its tooltip."""


def days_drawn(chart: DayChart) -> tuple[list[str], int]:
    """The elements of the chart and its height; no elements without days."""
    return _DayDrawing(chart).drawn() if chart.days else ([], 0)


class _DayDrawing:
    """From above: the periods, rows of texts, the marks on their line, the bands, and the key."""

    def __init__(self, chart: DayChart) -> None:
        self._chart = chart
        self._axis = TimeAxis(chart.start, chart.end, EDGE)
        self._places = list(self._found_places())
        rows = 1 + max((row for row, _ in filter(None, self._places)), default=0)
        highest = max(min(len(each.marks), _MOST) for each in chart.days)
        self._lowest = LINE + rows * LINE
        self._line = self._lowest + LINE + highest * _STEP

    def drawn(self) -> tuple[list[str], int]:
        chart, bottom = self._chart, self._line + (LINE + ROW_GAP if self._chart.bands else ROW_GAP)
        parts = [*self._axis.drawn(chart.ticks, bottom)]
        parts.append(f'<path class="grid" d="M{EDGE} {self._line}H{WIDTH - EDGE}"/>')
        parts += map(self._band, chart.bands)
        for each, place in zip(chart.days, self._places, strict=True):
            parts += self._stack(each, place)
        parts += self._axis.today(chart.today, bottom)
        return [*parts, *self._key(bottom + LINE + ROW_GAP)], bottom + 3 * LINE

    def _found_places(self) -> Iterator[tuple[int, int] | None]:
        """The start of the text of each day, and the lowest row in which it runs into no other; None without room."""
        ends: list[int] = [0] * _MOST_ROWS
        for each in self._chart.days:
            length = round(width(shown(each.text), SIZE))
            x = max(EDGE, min(self._axis.x(each.day) + _MARK, WIDTH - EDGE - length))
            row = next((nth for nth, end in enumerate(ends) if end <= x - _MARK), None)
            if row is not None:
                ends[row] = x + length + _MARK
            yield None if row is None else (row, x)

    def _band(self, each: Stretch) -> str:
        x = self._axis.x(each.start)
        return rect(x, self._line + 4, max(LEAST_BAR, self._axis.after(each.end) - x), Tone.DIM, span(each))

    def _stack(self, each: DayMarks, place: tuple[int, int] | None) -> Iterator[str]:
        """The marks of a day, a line up to its text, and the text."""
        x, marks = self._axis.x(each.day), each.marks[:_MOST]
        top = self._line - len(marks) * _STEP
        if place:
            row, text_x = place
            y = self._lowest - row * LINE
            yield f'<path class="grid" d="M{x} {top}V{y + SIZE}H{text_x - 2}"/>'
            yield from text_lines(text_x, y, [shown(each.text)])
        said = element(f"{each.day.isoformat()}: {each.text}")
        for nth, tone in enumerate(marks, 1):
            at = f'x="{x - _MARK // 2}" y="{self._line - nth * _STEP}" width="{_MARK}" height="5"'
            yield f'<rect {at} class="{tone.value}"><title>{said}</title></rect>'

    def _key(self, y: int) -> Iterator[str]:
        x = EDGE
        for tone, text in self._chart.key:
            yield f'<rect x="{x}" y="{y + 6}" width="{_MARK}" height="5" class="{tone.value}"/>'
            yield from text_lines(x + 2 * _MARK, y, [shown(text)], "tick")
            x += 5 * _MARK + round(width(shown(text), SIZE))
