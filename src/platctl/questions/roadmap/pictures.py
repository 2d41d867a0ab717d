"""The charts of a roadmap: bars on a time axis."""

from collections.abc import Iterator

from platctl.model.settings.audience import Horizon
from platctl.page import Diagram, Lane, Periods, Schedule, Stretch, Tone
from platctl.questions.roadmap.choices import View
from platctl.questions.roadmap.report import Confidence, Item, RoadmapReport

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
    nodes = tuple((str(item.initiative.ref), item.initiative.label, _BOXES[item.horizon]) for item in report.items)
    edges = tuple((str(before.ref), str(item.initiative.ref), "") for item in report.items for before in item.waits_for)
    return Diagram(nodes, edges)


_BOXES = {Horizon.NOW: Tone.GOOD, Horizon.NEXT: Tone.NOTE, Horizon.LATER: Tone.PLAIN, Horizon.PAST: Tone.DIM}


def _schedule(report: RoadmapReport) -> Schedule:
    lanes = tuple(
        Lane(group.title, tuple(stretch for item in report.of(group.items) for stretch in _stretch(item)))
        for group in report.groups
    )
    last = max([report.ticks[-1][1], *(stretch.end for lane in lanes for stretch in lane.stretches)])
    drawn = tuple(lane for lane in lanes if lane.stretches)
    return Schedule("", report.ticks[0][1], last, report.ticks, drawn, report.today)


def _stretch(item: Item) -> Iterator[Stretch]:
    start, end = item.start or item.end, item.end or item.start
    if start and end and start.day and end.day:
        tone = CONFIDENCE[item.confidence] if item.confidence else Tone.PLAIN
        yield Stretch(item.initiative.label, start.day, end.day, tone)
