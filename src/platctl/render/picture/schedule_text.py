"""Charts for a terminal: bars by length, and bars on an axis of time."""

import datetime

from platctl.page import Bar, Bars, Line, Run, Schedule, Stretch, Tone, line
from platctl.render.cells import cells, padded, shown, wrapped

_FULL = "\N{FULL BLOCK}"
_LIGHT = "\N{LIGHT SHADE}"
_GAP = 2
_MOST_LABEL = 0.4
_NARROWEST = 10
_LONGEST_BAR = 40


def bar_text(bar: Bar, most: float, room: int) -> str:
    """A bar in at most `room` columns; what is more than nothing shows at least one."""
    if bar.value <= 0 or most <= 0:
        return ""
    return _FULL * max(1, round(min(bar.value / most, 1) * room))


def longest(chart: Bars) -> float:
    """The value that fills the whole length."""
    return chart.most if chart.most is not None else max((bar.value for bar in chart.bars), default=0)


def bar_lines(chart: Bars, room: int) -> list[Line]:
    """Label, bar and value, one bar a line."""
    labels = [shown(line(bar.label)) for bar in chart.bars]
    texts = [shown(line(bar.text)) for bar in chart.bars]
    label_width = _label_width(labels, room)
    text_width = max(map(cells, texts), default=0)
    width = min(_LONGEST_BAR, max(_NARROWEST, room - label_width - text_width - 2 * _GAP))
    lines = []
    for bar, label, text in zip(chart.bars, labels, texts, strict=True):
        *above, last = wrapped(label, label_width, _GAP) or [()]
        drawn = line(Run(bar_text(bar, longest(chart), width), bar.tone))
        lines += above
        lines.append((*padded(last, label_width + _GAP), *padded(drawn, width + _GAP), *text))
    return lines


def schedule_lines(schedule: Schedule, room: int) -> list[Line]:
    """Lanes with a line for each stretch: its label, and its bar below the axis."""
    labels = [shown(line(each.label)) for lane in schedule.lanes for each in lane.stretches]
    label_width = _label_width(labels, room)
    axis = _Axis(schedule.start, schedule.end, max(_NARROWEST, room - label_width - _GAP))
    lines: list[Line] = [line(Run(" " * (label_width + _GAP)), Run(_ticks(schedule, axis), Tone.DIM))]
    for lane in schedule.lanes:
        lines += wrapped(shown(line(Run(lane.title, Tone.STRONG))), room, _GAP)
        for each in lane.stretches:
            *above, last = wrapped(shown(line(each.label)), label_width, _GAP) or [()]
            lines += above
            lines.append((*padded(last, label_width + _GAP), Run(_stretch(each, axis), each.tone)))
    return lines


class _Axis:
    """Days as columns."""

    def __init__(self, start: datetime.date, end: datetime.date, width: int) -> None:
        self._start, self.width = start.toordinal(), width
        self._days = max(1, end.toordinal() - self._start + 1)

    def column(self, ordinal: int) -> int:
        """The column at which a day begins."""
        return min(max(0, (ordinal - self._start) * self.width // self._days), self.width)


def _stretch(stretch: Stretch, axis: _Axis) -> str:
    first = min(axis.column(stretch.start.toordinal()), axis.width - 1)
    after = axis.column(stretch.end.toordinal() + 1)
    sign = _LIGHT if stretch.tone is Tone.DIM else _FULL
    return " " * first + sign * max(1, after - first)


def _ticks(schedule: Schedule, axis: _Axis) -> str:
    """The names of the periods where they begin; one that would run into the next is left out."""
    text = ""
    for name, day in schedule.ticks:
        column = axis.column(day.toordinal())
        if column >= len(text) + bool(text) and column + len(name) <= axis.width:
            text = text.ljust(column) + name
    return text


def _label_width(labels: list[Line], room: int) -> int:
    return min(max(map(cells, labels), default=0), int(room * _MOST_LABEL))
