"""Schedules and bars as SVG: a file of its own, or a part of an HTML page. No script, no font, nothing from outside."""

import datetime
from collections.abc import Iterator

from platctl.page import Bar, Bars, Schedule, Stretch, Tone
from platctl.render.escape import element, visible
from platctl.render.picture import palette
from platctl.render.picture.schedule_text import longest
from platctl.render.picture.text_width import width, wrapped

_WIDTH = 960
_EDGE = 8
_SIZE = 13
_LINE = 17
_GAP = 12
_BAR = 14
_ROW_GAP = 7
_MOST_LABEL = 300
_MOST_TEXT = 240
_LEAST_BAR = 3
_BOLD = 1.2
"""How much wider bold text is at most."""

STYLE = """
.plot text { font-size: 13px; fill: var(--text); } .plot .lane { font-weight: bold; } .plot .tick { fill: var(--dim); }
.plot .grid { stroke: var(--line); } .plot .today { stroke: var(--bad); stroke-dasharray: 4 3; }
.plot rect { fill: var(--note); fill-opacity: 0.4; stroke: var(--note); } .plot .strong { fill-opacity: 1; }
.plot .dim { fill: none; stroke: var(--dim); stroke-dasharray: 3 2; }
.plot .bad { fill: var(--bad); fill-opacity: 1; stroke: var(--bad); }
.plot .warn { fill: var(--warn); fill-opacity: 1; stroke: var(--warn); }
.plot .good { fill: var(--good); fill-opacity: 1; stroke: var(--good); }
"""
"""What a page has to say once about such pictures; colours are the page's."""
_OWN = f"""
svg {{ {palette.LIGHT} background: var(--ground); font-family: system-ui, sans-serif; }}
@media (prefers-color-scheme: dark) {{ svg {{ {palette.DARK} }} }}{STYLE}"""

Plot = Schedule | Bars


def render(plot: Plot, title: str) -> str:
    """A picture as a file, readable on light and dark grounds."""
    body, height = _drawn(plot)
    size = f' xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
    return "\n".join((*_head(plot, title, height, size), f"<style>{_OWN}</style>", *body, "</svg>\n"))


def picture(plot: Plot, title: str) -> str:
    """A picture as a part of a page that has `STYLE`; "" if there is nothing to draw."""
    body, height = _drawn(plot)
    return "\n".join((*_head(plot, title, height, ""), *body, "</svg>")) if body else ""


def _head(plot: Plot, title: str, height: int, size: str) -> Iterator[str]:
    yield f'<svg{size} class="plot" viewBox="0 0 {_WIDTH} {height}" role="img">'
    yield f"<title>{element(title).strip() or 'Chart'}</title>"
    yield f"<desc>{element('; '.join(_said(plot)))}</desc>"


def _said(plot: Plot) -> Iterator[str]:
    """What the picture shows, for whoever can't see it."""
    if isinstance(plot, Bars):
        yield from (f"{bar.label}: {bar.text}" for bar in plot.bars)
    else:
        yield from (_span(each) for lane in plot.lanes for each in lane.stretches)


def _span(each: Stretch) -> str:
    note = f", {each.note}" if each.note else ""
    return f"{each.label}: {each.start.isoformat()} to {each.end.isoformat()}{note}"


def _drawn(plot: Plot) -> tuple[list[str], int]:
    """The elements of a picture, and how high it is."""
    return _bars(plot) if isinstance(plot, Bars) else _SchedulePicture(plot).drawn()


def _shown(text: str) -> str:
    return visible(text, whole_line=False)


# Bars --------------------------------------------------------------------------------------------------------


def _bars(chart: Bars) -> tuple[list[str], int]:
    labels = [wrapped(_shown(bar.label), _MOST_LABEL, _SIZE) for bar in chart.bars]
    texts = [wrapped(_shown(bar.text), _MOST_TEXT, _SIZE) for bar in chart.bars]
    left = _EDGE + _widest(labels) + _GAP
    room = _WIDTH - _EDGE - left - _widest(texts) - _GAP
    most, y, parts = longest(chart), _EDGE, []
    for bar, label, text in zip(chart.bars, labels, texts, strict=True):
        length = _length(bar, most, room)
        parts += [*_lines(_EDGE, y, label), *_lines(left + length + (_GAP if length else 0), y, text)]
        parts += [_rect(left, y, length, bar.tone, f"{bar.label}: {bar.text}")] if length else []
        y += max(len(label), len(text), 1) * _LINE + _ROW_GAP
    return parts, y + _EDGE - _ROW_GAP


def _length(bar: Bar, most: float, room: int) -> int:
    if bar.value <= 0 or most <= 0:
        return 0
    return max(_LEAST_BAR, round(min(bar.value / most, 1) * room))


# Schedules ---------------------------------------------------------------------------------------------------


class _SchedulePicture:
    """Rows of stretches right of their labels, below the names of the periods."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        stretches = [each for lane in schedule.lanes for each in lane.stretches]
        self._labels = {id(each): wrapped(_shown(each.label), _MOST_LABEL, _SIZE) for each in stretches}
        self._left = _EDGE + _widest(list(self._labels.values())) + _GAP
        self._first = schedule.start.toordinal()
        self._days = max(1, schedule.end.toordinal() - self._first + 1)

    def drawn(self) -> tuple[list[str], int]:
        if not self._labels:
            return [], 0
        y, rows = _LINE + _ROW_GAP, []
        for lane in self._schedule.lanes:
            title = wrapped(_shown(lane.title), _WIDTH - 2 * _EDGE, _SIZE * _BOLD) if lane.stretches else []
            y += _ROW_GAP if lane.stretches else 0
            rows += _lines(_EDGE, y, title, "lane")
            y += len(title) * _LINE + (_ROW_GAP // 2 if title else 0)
            for each in lane.stretches:
                rows += self._row(each, y)
                y += max(len(self._labels[id(each)]), 1) * _LINE + _ROW_GAP
        return [*self._axis(y), *rows, *self._today(y)], y + _LINE

    def _x(self, ordinal: int) -> int:
        """Where a day begins, within the picture."""
        share = min(max(0, ordinal - self._first), self._days) / self._days
        return self._left + round(share * (_WIDTH - _EDGE - self._left))

    def _axis(self, bottom: int) -> Iterator[str]:
        """A line where each period begins, and its name unless it would run into the next."""
        ends = [*(self._x(day.toordinal()) for _, day in self._schedule.ticks[1:]), _WIDTH]
        for (name, day), end in zip(self._schedule.ticks, ends, strict=False):
            x = self._x(day.toordinal())
            yield f'<path class="grid" d="M{x} {_LINE + 6}V{bottom}"/>'
            if x + width(_shown(name), _SIZE) <= end:
                yield from _lines(x, 4, [_shown(name)], "tick")

    def _row(self, each: Stretch, y: int) -> Iterator[str]:
        yield from _lines(_EDGE, y, self._labels[id(each)])
        last = _WIDTH - _EDGE - _LEAST_BAR
        x = min(self._x(each.start.toordinal()), last)
        end = max(self._x(max(each.start, each.end).toordinal() + 1), x + _LEAST_BAR)
        yield _rect(x, y, end - x, each.tone, _span(each))
        note = _shown(each.note)
        needed = width(note, _SIZE) + 6
        if note and end + needed <= _WIDTH:
            yield from _lines(end + 6, y, [note], "tick")
        elif note and x - needed >= self._left:
            yield from _lines(round(x - needed), y, [note], "tick")

    def _today(self, bottom: int) -> Iterator[str]:
        today: datetime.date | None = self._schedule.today
        if today is None or not self._schedule.start <= today <= self._schedule.end:
            return
        x = self._x(today.toordinal())
        yield f'<path class="today" d="M{x} {_LINE + 6}V{bottom}"/>'
        text = f"today, {today.isoformat()}"
        yield from _lines(min(x, round(_WIDTH - _EDGE - width(text, _SIZE))), bottom, [text], "tick")


# Elements ----------------------------------------------------------------------------------------------------


def _widest(labels: list[list[str]]) -> int:
    return round(max((width(each, _SIZE) for label in labels for each in label), default=0))


def _lines(x: int, y: int, lines: list[str], name: str = "") -> list[str]:
    """Lines of text below each other; `y` is the upper edge of the first."""
    kind = f' class="{name}"' if name else ""
    return [
        f'<text x="{x}" y="{y + _SIZE + nth * _LINE}"{kind}>{element(text)}</text>' for nth, text in enumerate(lines)
    ]


def _rect(x: int, y: int, length: int, tone: Tone, said: str) -> str:
    """A bar that says what it is where the mouse rests on it."""
    kind = f' class="{tone.value}"' if tone not in (Tone.PLAIN, Tone.CODE, Tone.NOTE) else ""
    size = f'x="{x}" y="{y + 1}" width="{length}" height="{_BAR}" rx="2"'
    return f"<rect {size}{kind}><title>{element(said)}</title></rect>"
