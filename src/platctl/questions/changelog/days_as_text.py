"""How a report on changes shows days: the one place that knows how exactly its reader may know them."""

from platctl.model.calendar import Date, Period
from platctl.model.settings.audience import Dates, Precision
from platctl.model.window import last_day
from platctl.outlook.difference import as_text
from platctl.record import record


@record
class Days:
    """Days as text. `dates` is how an audience is told them; without it they stand as they are."""

    dates: Dates | None = None

    @property
    def are_exact(self) -> bool:
        return self.dates is None or self.dates.precision is Precision.DAY

    def text(self, when: Date | Period | None) -> str | None:
        """A day, or the end of a period; a period stays one where days may be known."""
        if when is None or self.dates is None or self.are_exact:
            return str(when) if when else None
        day = last_day(when, self.dates.calendar)
        return self.dates.text(day) if day else None

    def value(self, value: object) -> str | None:
        """Any short value as text, days as exactly as they may be known; None for what can't be shown."""
        if value is None:
            return None
        return self.text(value) if isinstance(value, Date | Period) else as_text(value) or None

    def end_of(self, day: Date | None) -> Date | None:
        """The last of all days that read like this one: only what comes after it is later."""
        return self.dates.coarse(day) if day and self.dates else day

    def between(self, was: Date | None, now: Date | None) -> int | None:
        """By how many days something moved, later is positive; None where days may not be known."""
        return (now - was).days if was and now and self.are_exact else None
