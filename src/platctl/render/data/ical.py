"""Dates as iCalendar, for any calendar program (RFC 5545). The library comes with `platctl[ical]`."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from platctl.page import CalendarEntry, CalendarSeries
from platctl.render import link
from platctl.render.errors import missing_extra
from platctl.render.escape import guarded, visible

if TYPE_CHECKING:
    from icalendar import Event

_ALONE = CalendarSeries()


def render(entries: Iterable[CalendarEntry], *, name: str, today: date, series: CalendarSeries = _ALONE) -> str:
    """A calendar, by day and then by uid, with CRLF as the format requires; `today` is its date of creation.

    Raises RenderError where the library is missing.
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise missing_extra("iCalendar", "ical") from error
    calendar = Calendar()
    for key, value in (("prodid", "-//platctl//EN"), ("version", "2.0"), ("x-wr-calname", _text(name))):
        calendar.add(key, value)
    for entry in sorted(entries, key=lambda each: (each.day, each.uid)):
        calendar.add_component(_event(entry, series, datetime.combine(today, time(), UTC)))
    data: bytes = calendar.to_ical(sorted=False)
    return data.decode()


def _event(entry: CalendarEntry, series: CalendarSeries, stamp: datetime) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", _text(f"{entry.uid}@{series.id}"))
    event.add("sequence", series.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.day)
    if entry.day < date.max:
        event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", _text(entry.title))
    if entry.description:
        event.add("description", "\n".join(map(_text, entry.description.split("\n"))))
    if entry.categories:
        event.add("categories", list(map(_text, entry.categories)))
    if url := link.address(entry.url):
        event.add("url", url)
    event.add("transp", "TRANSPARENT")  # it does not block any time
    return event


def _text(text: str) -> str:
    """Text that no CI runner takes for a command, even where a long line is folded in the middle of it."""
    return guarded(visible(text, whole_line=False)).replace("::", "∶:")
