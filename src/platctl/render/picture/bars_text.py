"""Bars by length, drawn with characters."""

from platctl.page import Bars, Line, Run, line
from platctl.render.cells import cells, padded, shown, wrapped
from platctl.render.picture.bar_lengths import bar_lengths

FULL = "\N{FULL BLOCK}"
GAP = 2
NARROWEST = 10
_MOST_LABEL = 0.4
_LONGEST_BAR = 40


def bar_texts(chart: Bars, room: int) -> list[str]:
    """The bars alone, in at most `room` columns."""
    return [FULL * length for length in bar_lengths(chart, room, 1)]


def bar_lines(chart: Bars, room: int) -> list[Line]:
    """Label, bar and value, one bar per line."""
    labels = [shown(line(bar.label)) for bar in chart.bars]
    texts = [shown(line(bar.text)) for bar in chart.bars]
    width_of_labels = label_width(labels, room)
    width_of_texts = max(map(cells, texts), default=0)
    width = min(_LONGEST_BAR, max(NARROWEST, room - width_of_labels - width_of_texts - 2 * GAP))
    lines = []
    for bar, drawn, label, text in zip(chart.bars, bar_texts(chart, width), labels, texts, strict=True):
        *above, last = wrapped(label, width_of_labels, GAP) or [()]
        lines += above
        bar_cells = padded(line(Run(drawn, bar.tone)), width + GAP)
        lines.append((*padded(last, width_of_labels + GAP), *bar_cells, *text))
    return lines


def label_width(labels: list[Line], room: int) -> int:
    """The number of columns for labels."""
    return min(max(map(cells, labels), default=0), int(room * _MOST_LABEL))
