"""Stretches on a time axis as SVG."""

from collections.abc import Iterator

from platctl.page import Schedule, Stretch
from platctl.render.picture.svg_elements import (
    EDGE,
    GAP,
    LEAST_BAR,
    LINE,
    MOST_LABEL,
    ROW_GAP,
    SIZE,
    WIDTH,
    rect,
    shown,
    text_lines,
    widest,
)
from platctl.render.picture.text_width import width, wrapped
from platctl.render.picture.time_axis import TimeAxis

_BOLD = 1.2
"""How much wider bold text is at most."""


def schedule_drawn(schedule: Schedule) -> tuple[list[str], int]:
    """The elements of the chart and its height; no elements without stretches."""
    return _Drawing(schedule).drawn()


def span(each: Stretch) -> str:
    """A stretch as text."""
    note = f", {each.note}" if each.note else ""
    return f"{each.label}: {each.start.isoformat()} to {each.end.isoformat()}{note}"


class _Drawing:
    """Rows of stretches right of their labels, below the names of the periods."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        stretches = [each for lane in schedule.lanes for each in lane.stretches]
        self._labels = {id(each): wrapped(shown(each.label), MOST_LABEL, SIZE) for each in stretches}
        self._left = EDGE + widest(list(self._labels.values())) + GAP
        self._axis = TimeAxis(schedule.start, schedule.end, self._left)

    def drawn(self) -> tuple[list[str], int]:
        if not self._labels:
            return [], 0
        y, rows = LINE + ROW_GAP, []
        for lane in self._schedule.lanes:
            title = wrapped(shown(lane.title), WIDTH - 2 * EDGE, SIZE * _BOLD) if lane.stretches else []
            y += ROW_GAP if lane.stretches else 0
            rows += text_lines(EDGE, y, title, "lane")
            y += len(title) * LINE + (ROW_GAP // 2 if title else 0)
            for each in lane.stretches:
                rows += self._row(each, y)
                y += max(len(self._labels[id(each)]), 1) * LINE + ROW_GAP
        axis = self._axis.drawn(self._schedule.ticks, y)
        return [*axis, *rows, *self._axis.today(self._schedule.today, y)], y + LINE

    def _row(self, each: Stretch, y: int) -> Iterator[str]:
        yield from text_lines(EDGE, y, self._labels[id(each)])
        last = WIDTH - EDGE - LEAST_BAR
        x = min(self._axis.x(each.start), last)
        end = max(self._axis.after(max(each.start, each.end)), x + LEAST_BAR)
        yield rect(x, y, end - x, each.tone, span(each))
        note = shown(each.note)
        needed = width(note, SIZE) + 6
        if note and end + needed <= WIDTH:
            yield from text_lines(end + 6, y, [note], "tick")
        elif note and x - needed >= self._left:
            yield from text_lines(round(x - needed), y, [note], "tick")
