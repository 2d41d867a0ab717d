"""The dates of a roadmap, for calendars."""

from collections.abc import Iterator

from platctl.page import CalendarEntry
from platctl.questions.roadmap.report import RoadmapEventKind, RoadmapReport, key_of

_TITLES = {
    RoadmapEventKind.RELEASE: "{} ends",
    RoadmapEventKind.DEADLINE: "Deadline: {}",
    RoadmapEventKind.GOAL_DUE: "Due: {}",
    RoadmapEventKind.SUNSET: "Sunset: {}",
}


def entries(report: RoadmapReport) -> Iterator[CalendarEntry]:
    """All events with a day; an audience that sees only now, next and later gets none."""
    for event in report.events:
        if event.day.day:
            name = f"{event.entity.label} {event.subject}".strip()
            uid = "-".join((event.kind.value, key_of(event.entity.ref), *event.subject.split()))
            title = _TITLES[event.kind].format(name)
            yield CalendarEntry(uid, event.day.day, title, categories=(event.kind.value,))
