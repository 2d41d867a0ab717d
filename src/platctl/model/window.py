"""When initiatives start and end."""

from platctl.model.calendar import Calendar, Date, Period
from platctl.model.entity.initiative import Initiative
from platctl.record import record


@record
class Window:
    """First and last day of a piece of work; None if unknown."""

    start: Date | None = None
    end: Date | None = None


def window(initiative: Initiative, calendar: Calendar) -> Window:
    """The initiative's own days, or else those of its period."""
    start, end = initiative.start, initiative.end
    if initiative.period is not None:
        first, last = calendar.bounds(initiative.period)
        start, end = start or first, end or last
    return Window(start, end)


def last_day(when: Date | Period | None, calendar: Calendar) -> Date | None:
    """The day by which something is due."""
    return calendar.bounds(when)[1] if isinstance(when, Period) else when
