"""Bars by length as SVG."""

from platctl.page import Bars
from platctl.render.picture.bar_lengths import bar_lengths
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
from platctl.render.picture.text_width import wrapped

_MOST_TEXT = 240


def bars_drawn(chart: Bars) -> tuple[list[str], int]:
    labels = [wrapped(shown(bar.label), MOST_LABEL, SIZE) for bar in chart.bars]
    texts = [wrapped(shown(bar.text), _MOST_TEXT, SIZE) for bar in chart.bars]
    left = EDGE + widest(labels) + GAP
    room = WIDTH - EDGE - left - widest(texts) - GAP
    y, parts = EDGE, []
    for bar, length, label, text in zip(chart.bars, bar_lengths(chart, room, LEAST_BAR), labels, texts, strict=True):
        parts += [*text_lines(EDGE, y, label), *text_lines(left + length + (GAP if length else 0), y, text)]
        parts += [rect(left, y, length, bar.tone, f"{bar.label}: {bar.text}")] if length else []
        y += max(len(label), len(text), 1) * LINE + ROW_GAP
    return parts, y + EDGE - ROW_GAP
