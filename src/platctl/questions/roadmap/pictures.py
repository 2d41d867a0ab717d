"""The charts of a roadmap: bars on a time axis."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.page import Arrow, Box, Diagram, Lane, Periods, Schedule, Stretch, Tone
from platctl.questions.roadmap.choices import View
from platctl.questions.roadmap.report import Confidence, Heading, Item, RoadmapReport

CONFIDENCE = {
    Confidence.DONE: Tone.GOOD,
    Confidence.FIRM: Tone.STRONG,
    Confidence.PLANNED: Tone.PLAIN,
    Confidence.DOUBTFUL: Tone.WARN,
    Confidence.TENTATIVE: Tone.DIM,
}


def pictures(report: RoadmapReport) -> Iterator[Schedule | Periods]:
    """What can be drawn: work on a time axis, or in now, next and later."""
    if report.ticks:
        schedule = _schedule(report)
        if any(lane.stretches for lane in schedule.lanes):
            yield schedule
    elif any(group.items for group in report.groups):
        columns = (
            (group.title, tuple(each.initiative.label for each in report.of(group.items))) for group in report.groups
        )
        yield Periods("", tuple(columns))


def picture(report: RoadmapReport) -> Schedule | Periods | Diagram:
    """The chart that fits the view; views by subject show which work waits for which."""
    if report.view in (View.TIMELINE, View.NOW_NEXT_LATER):
        return next(pictures(report), Periods("", ()))
    nodes = tuple(Box(str(item.initiative.ref), item.initiative.label, _BOXES[item.horizon]) for item in report.items)
    arrows = tuple(
        Arrow(str(before.ref), str(item.initiative.ref)) for item in report.items for before in item.waits_for
    )
    return Diagram(nodes, arrows)


_BOXES = {
    Heading.OVERDUE: Tone.WARN,
    Heading.NOW: Tone.GOOD,
    Heading.NEXT: Tone.NOTE,
    Heading.LATER: Tone.PLAIN,
    Heading.PAST: Tone.DIM,
}


def _schedule(report: RoadmapReport) -> Schedule:
    lanes = tuple(
        Lane(group.title, tuple(stretch for item in report.of(group.items) for stretch in _stretch(item, report.today)))
        for group in report.groups
    )
    last = max([report.ticks[-1][1], *(stretch.end for lane in lanes for stretch in lane.stretches)])
    drawn = tuple(lane for lane in lanes if lane.stretches)
    return Schedule("", report.ticks[0][1], last, report.ticks, drawn, report.today)


def _stretch(item: Item, today: Date) -> Iterator[Stretch]:
    """From its first to its last day; overdue work until today. Proposals whose days have passed are not drawn."""
    start, end = item.start or item.end, item.end or item.start
    if start and end and start.day and end.day and not item.is_lapsed:
        tone = CONFIDENCE[item.confidence] if item.confidence else Tone.PLAIN
        is_overdue = item.horizon is Heading.OVERDUE
        note = f"overdue since {end.text}" if is_overdue else ""
        yield Stretch(item.initiative.label, start.day, max(end.day, today) if is_overdue else end.day, tone, note)
