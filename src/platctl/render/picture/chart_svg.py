"""Schedules, bars and marks of days as SVG: a separate file, or a part of an HTML page.

They have no scripts, fonts or external content.
"""

from collections.abc import Iterator

from platctl.page import Bars, DayChart, Schedule
from platctl.render.escape import element
from platctl.render.picture import palette
from platctl.render.picture.bars_svg import bars_drawn
from platctl.render.picture.days_svg import days_drawn
from platctl.render.picture.schedule_svg import schedule_drawn, span
from platctl.render.picture.svg_elements import WIDTH

STYLE = """
.plot text { font-size: 13px; fill: var(--text); } .plot .lane { font-weight: bold; } .plot .tick { fill: var(--dim); }
.plot path { fill: none; }
.plot .grid { stroke: var(--line); } .plot .today { stroke: var(--bad); stroke-dasharray: 4 3; }
.plot rect { fill: var(--note); fill-opacity: 0.4; stroke: var(--note); } .plot .strong { fill-opacity: 1; }
.plot .dim { fill: none; stroke: var(--dim); stroke-dasharray: 3 2; }
.plot .bad { fill: var(--bad); fill-opacity: 1; stroke: var(--bad); }
.plot .warn { fill: var(--warn); fill-opacity: 1; stroke: var(--warn); }
.plot .good { fill: var(--good); fill-opacity: 1; stroke: var(--good); }
"""
"""The style that a page needs once for such charts; colours come from the page."""

Plot = Schedule | Bars | DayChart


def render(plot: Plot, title: str) -> str:
    """A chart as a file, readable on light and dark backgrounds."""
    body, height = _drawn(plot)
    size = f' xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
    return "\n".join((*_head(plot, title, height, size), f"<style>{palette.of_file(STYLE)}</style>", *body, "</svg>\n"))


def picture(plot: Plot, title: str) -> str:
    """A chart as a part of a page that has `STYLE`; "" if there is nothing to draw."""
    body, height = _drawn(plot)
    return "\n".join((*_head(plot, title, height, ""), *body, "</svg>")) if body else ""


def _head(plot: Plot, title: str, height: int, size: str) -> Iterator[str]:
    yield f'<svg{size} class="plot" viewBox="0 0 {WIDTH} {height}" role="img">'
    yield f"<title>{element(title).strip() or 'Chart'}</title>"
    yield f"<desc>{element('; '.join(_said(plot)))}</desc>"


def _said(plot: Plot) -> Iterator[str]:
    """The content of the chart, for readers who can't see it."""
    match plot:
        case Bars():
            yield from (f"{bar.label}: {bar.text}" for bar in plot.bars)
        case DayChart():
            yield from (f"{each.day.isoformat()}: {each.text}" for each in plot.days)
            yield from map(span, plot.bands)
        case Schedule():
            yield from (span(each) for lane in plot.lanes for each in lane.stretches)


def _drawn(plot: Plot) -> tuple[list[str], int]:
    """The elements of a chart and its height."""
    match plot:
        case Bars():
            return bars_drawn(plot)
        case DayChart():
            return days_drawn(plot)
        case Schedule():
            return schedule_drawn(plot)
