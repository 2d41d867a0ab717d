"""Charts as mermaid: flow charts, Gantt charts and timelines, with every label escaped."""

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from platctl.page import Box, Diagram, Periods, Schedule, Stretch, Tone
from platctl.render import escape

_CLASSES = {
    Tone.BAD: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Tone.WARN: "fill:#fff1c2,stroke:#9a6700,color:#1f2328",
    Tone.GOOD: "fill:#d2f5d9,stroke:#1a7f37,color:#1f2328",
    Tone.RISK: "fill:#ece2ff,stroke:#6b4aa8,color:#1f2328",
    Tone.NOTE: "fill:#d8ecff,stroke:#0969da,color:#1f2328",
    Tone.STRONG: "fill:#eaeef2,stroke:#57606a,color:#1f2328,stroke-width:2px",
    Tone.DIM: "fill:#f6f8fa,stroke:#d0d7de,color:#57606a",
}
_TAGS = {Tone.BAD: "crit, ", Tone.WARN: "crit, ", Tone.STRONG: "active, ", Tone.GOOD: "done, "}
_KEYWORD = re.compile(
    "(?i)(?=gantt|timeline|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|excludes|includes|todaymarker"
    "|weekday|weekend|title|section|acctitle|accdescr|click|call|href|direction|end)."
)
"""Text with another meaning at the start of a line (mermaid, gantt.jison and timeline.jison)."""

_ARROW = re.compile(r" -(?:-|\.-)> ?")
Picture = Diagram | Schedule | Periods


_MOST_CHARACTERS = 50_000
_MOST_EDGES = 500
"""What hosts draw (mermaid, defaults of `maxTextSize` and `maxEdges`); beyond it they show an error instead."""


def render(picture: Picture) -> str:
    """The text of a chart, without a fence; "" if there is nothing to draw.

    A chart that is too large for hosts is cut, and says how much is missing.
    """
    text = _text(picture)
    if _is_drawn(text):
        return text
    size = _size(picture)
    # The largest part that fits: the key is False up to it, and True from there on.
    keep = bisect_left(range(size), True, key=lambda most: not _is_drawn(_text(_cut(picture, most + 1))))
    return _text(_cut(picture, keep))


def _is_drawn(text: str) -> bool:
    return len(text) <= _MOST_CHARACTERS and len(_ARROW.findall(text)) <= _MOST_EDGES


def _size(picture: Picture) -> int:
    match picture:
        case Diagram():
            return len(picture.boxes)
        case Schedule():
            return sum(len(lane.stretches) for lane in picture.lanes)
        case Periods():
            return sum(len(entries) for _, entries in picture.columns)


def _cut(picture: Picture, most: int) -> Picture:
    """The first parts of a picture, and the number of the others."""
    more = f"{_size(picture) - most:,} more not shown"
    match picture:
        case Diagram():
            return replace(picture, boxes=(*picture.boxes[:most], Box("", more, Tone.DIM)))
        case Schedule():
            stretches = islice((each for lane in picture.lanes for each in lane.stretches), most)
            lanes = tuple(
                replace(lane, stretches=tuple(islice(stretches, len(lane.stretches)))) for lane in picture.lanes
            )
            return replace(picture, title=f"{picture.title} ({more})".strip(), lanes=lanes)
        case Periods():
            entries = islice((each for _, column in picture.columns for each in column), most)
            columns = tuple((name, tuple(islice(entries, len(column)))) for name, column in picture.columns)
            return replace(picture, title=f"{picture.title} ({more})".strip(), columns=columns)


def _text(picture: Picture) -> str:
    match picture:
        case Diagram():
            lines = ["flowchart LR", *_flowchart(picture)] if picture.boxes else []
        case Schedule():
            lines = [*_gantt_head(picture), *_gantt(picture)] if any(lane.stretches for lane in picture.lanes) else []
        case Periods():
            lines = ["timeline", *_timeline(picture)] if any(entries for _, entries in picture.columns) else []
    return "\n".join(lines)


def _flowchart(diagram: Diagram) -> Iterator[str]:
    names = {box.name: f"n{index}" for index, box in enumerate(diagram.boxes)}
    for band in sorted({box.band for box in diagram.boxes}):
        if diagram.bands:
            yield f'  subgraph b{band}["{_label(diagram.bands[band])}"]'
        yield from (_node(names[box.name], box) for box in diagram.boxes if box.band == band)
        if diagram.bands:
            yield "  end"
    for arrow in diagram.arrows:
        if arrow.start in names and arrow.end in names:
            text = f'|"{escape.mermaid(arrow.label)}"|' if arrow.label.strip() else ""
            line = "-.->" if arrow.is_soft else "-->"
            yield f"  {names[arrow.start]} {line}{text} {names[arrow.end]}"
    for tone in dict.fromkeys(box.tone for box in diagram.boxes if box.tone in _CLASSES):
        yield f"  classDef {tone.value} {_CLASSES[tone]}"


def _node(name: str, box: Box) -> str:
    style = f":::{box.tone.value}" if box.tone in _CLASSES else ""
    note = f"<br>{escape.mermaid(box.note)}" if box.note else ""
    return f'  {name}["{_label(box.label)}{note}"]{style}'


def _gantt_head(schedule: Schedule) -> Iterator[str]:
    yield "gantt"
    if schedule.title:
        yield f"  title {_label(schedule.title)}"
    # Today's line would move from day to day.
    yield from ("  dateFormat YYYY-MM-DD", "  axisFormat %Y-%m", "  inclusiveEndDates", "  todayMarker off")


def _gantt(schedule: Schedule) -> Iterator[str]:
    number = 0
    for lane in schedule.lanes:
        if lane.stretches:
            yield f"  section {_first(lane.title)}"
        for each in lane.stretches:
            yield f"  {_first(each.label)} :{_TAGS.get(each.tone, '')}t{number}, {_days(each, schedule.start)}"
            number += 1


def _days(stretch: Stretch, first: datetime.date) -> str:
    """From the first day of the chart at the earliest: mermaid draws all days that it is told."""
    start = max(stretch.start, first)
    return f"{start.isoformat()}, {max(start, stretch.end).isoformat()}"


def _timeline(periods: Periods) -> Iterator[str]:
    if periods.title:
        yield f"  title {_label(periods.title)}"
    for name, entries in periods.columns:
        if entries:
            yield f"  {_first(name)} : {' : '.join(map(_first, entries))}"


def _label(text: str) -> str:
    return escape.mermaid(text).strip() or "#8203;"


def _first(text: str) -> str:
    """A label at the start of a line, without quotes."""
    label = _label(text)
    return _KEYWORD.sub(f"#{ord(label[0])};", label, count=1) if _KEYWORD.match(label) else label
