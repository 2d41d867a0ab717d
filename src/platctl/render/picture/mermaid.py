"""Charts as mermaid: flow charts, Gantt charts and timelines, with every label escaped."""

import datetime
import re
from collections.abc import Iterator

from platctl.page import Diagram, Periods, Schedule, Stretch, Tone
from platctl.render import escape

_CLASSES = {
    Tone.BAD: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Tone.WARN: "fill:#fff1c2,stroke:#9a6700,color:#1f2328",
    Tone.GOOD: "fill:#d2f5d9,stroke:#1a7f37,color:#1f2328",
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

Picture = Diagram | Schedule | Periods


def render(picture: Picture) -> str:
    """The text of a chart, without a fence; "" if there is nothing to draw."""
    match picture:
        case Diagram():
            lines = ["flowchart LR", *_flowchart(picture)] if picture.nodes else []
        case Schedule():
            lines = [*_gantt_head(picture), *_gantt(picture)] if any(lane.stretches for lane in picture.lanes) else []
        case Periods():
            lines = ["timeline", *_timeline(picture)] if any(entries for _, entries in picture.columns) else []
    return "\n".join(lines)


def _flowchart(diagram: Diagram) -> Iterator[str]:
    names = {node: f"n{index}" for index, (node, _, _) in enumerate(diagram.nodes)}
    for node, label, tone in diagram.nodes:
        style = f":::{tone.value}" if tone in _CLASSES else ""
        yield f'  {names[node]}["{_label(label)}"]{style}'
    for start, end, label in diagram.edges:
        if start in names and end in names:
            text = f'|"{escape.mermaid(label)}"|' if label.strip() else ""
            yield f"  {names[start]} -->{text} {names[end]}"
    for tone in dict.fromkeys(tone for _, _, tone in diagram.nodes if tone in _CLASSES):
        yield f"  classDef {tone.value} {_CLASSES[tone]}"


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
