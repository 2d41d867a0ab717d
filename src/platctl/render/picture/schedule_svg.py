"""Stretches on a time axis as SVG."""

import datetime
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
        self._first = schedule.start.toordinal()
        self._days = max(1, schedule.end.toordinal() - self._first + 1)

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
        return [*self._axis(y), *rows, *self._today(y)], y + LINE

    def _x(self, ordinal: int) -> int:
        """The position of the start of a day."""
        share = min(max(0, ordinal - self._first), self._days) / self._days
        return self._left + round(share * (WIDTH - EDGE - self._left))

    def _axis(self, bottom: int) -> Iterator[str]:
        """A line at the start of each period, and its name unless it would run into the next."""
        ends = [*(self._x(day.toordinal()) for _, day in self._schedule.ticks[1:]), WIDTH]
        for (name, day), end in zip(self._schedule.ticks, ends, strict=False):
            x = self._x(day.toordinal())
            yield f'<path class="grid" d="M{x} {LINE + 6}V{bottom}"/>'
            if x + width(shown(name), SIZE) <= end:
                yield from text_lines(x, 4, [shown(name)], "tick")

    def _row(self, each: Stretch, y: int) -> Iterator[str]:
        yield from text_lines(EDGE, y, self._labels[id(each)])
        last = WIDTH - EDGE - LEAST_BAR
        x = min(self._x(each.start.toordinal()), last)
        end = max(self._x(max(each.start, each.end).toordinal() + 1), x + LEAST_BAR)
        yield rect(x, y, end - x, each.tone, span(each))
        note = shown(each.note)
        needed = width(note, SIZE) + 6
        if note and end + needed <= WIDTH:
            yield from text_lines(end + 6, y, [note], "tick")
        elif note and x - needed >= self._left:
            yield from text_lines(round(x - needed), y, [note], "tick")

    def _today(self, bottom: int) -> Iterator[str]:
        today: datetime.date | None = self._schedule.today
        if today is None or not self._schedule.start <= today <= self._schedule.end:
            return
        x = self._x(today.toordinal())
        yield f'<path class="today" d="M{x} {LINE + 6}V{bottom}"/>'
        text = f"today, {today.isoformat()}"
        yield from text_lines(min(x, round(WIDTH - EDGE - width(text, SIZE))), bottom, [text], "tick")
