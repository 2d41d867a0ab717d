"""The dates of a roadmap, for calendars."""

from collections.abc import Iterator

from platctl.page import CalendarEntry
from platctl.questions.roadmap.report import Heading, Item, RoadmapEvent, RoadmapEventKind, RoadmapReport, key_of

_TITLES = {
    RoadmapEventKind.RELEASE: "{} ends",
    RoadmapEventKind.DEADLINE: "Deadline: {}",
    RoadmapEventKind.GOAL_DUE: "Due: {}",
    RoadmapEventKind.SUNSET: "Sunset: {}",
}


def entries(report: RoadmapReport) -> Iterator[CalendarEntry]:
    """All events with a day; an audience that sees only now, next and later gets none."""
    items = {item.initiative.ref: item for item in report.items}
    for event in report.events:
        if event.day.day:
            name = f"{event.entity.label} {event.subject}".strip()
            uid = "-".join((event.kind.value, key_of(event.entity.ref), *event.subject.split()))
            title = _title(event, items.get(event.entity.ref)).format(name)
            yield CalendarEntry(uid, event.day.day, title, categories=(event.kind.value,))


def _title(event: RoadmapEvent, item: Item | None) -> str:
    """What happens on the day; work whose last day has passed did not end then."""
    if event.kind is RoadmapEventKind.RELEASE and item:
        if item.horizon is Heading.OVERDUE:
            return "Overdue: {}"
        if item.is_lapsed:
            return "{} was to end"
    return _TITLES[event.kind]
