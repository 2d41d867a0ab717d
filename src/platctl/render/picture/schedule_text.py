"""Stretches on a time axis, drawn with characters."""

import datetime

from platctl.page import Line, Run, Schedule, Stretch, Tone, line
from platctl.render.cells import padded, shown, wrapped
from platctl.render.picture.bars_text import FULL, GAP, NARROWEST, label_width

_LIGHT = "\N{LIGHT SHADE}"


def schedule_lines(schedule: Schedule, room: int) -> list[Line]:
    """Lanes with a line for each stretch: its label, and its bar below the axis."""
    labels = [shown(line(each.label)) for lane in schedule.lanes for each in lane.stretches]
    width = label_width(labels, room)
    axis = _Axis(schedule.start, schedule.end, max(NARROWEST, room - width - GAP))
    lines: list[Line] = [line(Run(" " * (width + GAP)), Run(_ticks(schedule, axis), Tone.DIM))]
    for lane in schedule.lanes:
        lines += wrapped(shown(line(Run(lane.title, Tone.STRONG))), room, GAP)
        for each in lane.stretches:
            *above, last = wrapped(shown(line(each.label)), width, GAP) or [()]
            lines += above
            lines.append((*padded(last, width + GAP), Run(_stretch(each, axis), each.tone)))
    return lines


class _Axis:
    """Days as columns."""

    def __init__(self, start: datetime.date, end: datetime.date, width: int) -> None:
        self._start, self.width = start.toordinal(), width
        self._days = max(1, end.toordinal() - self._start + 1)

    def column(self, ordinal: int) -> int:
        """The column of the start of a day."""
        return min(max(0, (ordinal - self._start) * self.width // self._days), self.width)


def _stretch(stretch: Stretch, axis: _Axis) -> str:
    first = min(axis.column(stretch.start.toordinal()), axis.width - 1)
    after = axis.column(stretch.end.toordinal() + 1)
    sign = _LIGHT if stretch.tone is Tone.DIM else FULL
    return " " * first + sign * max(1, after - first)


def _ticks(schedule: Schedule, axis: _Axis) -> str:
    """The names of the periods at their starts; one that would run into the next is omitted."""
    text = ""
    for name, day in schedule.ticks:
        column = axis.column(day.toordinal())
        if column >= len(text) + bool(text) and column + len(name) <= axis.width:
            text = text.ljust(column) + name
    return text
