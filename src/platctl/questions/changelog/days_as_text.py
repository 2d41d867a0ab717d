"""How a report on changes shows days: the only place that knows how precise days may be for an audience."""

from platctl.model.calendar import Date, Period
from platctl.model.settings.audience import Dates, Horizon, Precision
from platctl.model.window import last_day
from platctl.outlook.difference import as_text
from platctl.record import record


@record
class Days:
    """Days as text. `dates` is the precision for an audience; without it, days are exact."""

    dates: Dates | None = None

    @property
    def are_exact(self) -> bool:
        return self.dates is None or self.dates.precision is Precision.DAY

    def text(self, when: Date | Period | None) -> str | None:
        """A day, or the end of a period; a period is kept if days are exact."""
        if when is None or self.dates is None or self.are_exact:
            return str(when) if when else None
        day = last_day(when, self.dates.calendar)
        return self.dates.text(day) if day else None

    def past(self, day: Date | None) -> str | None:
        """A day that has passed; None for an audience that knows only that it is past."""
        is_vague = self.dates is not None and self.dates.precision is Precision.HORIZON
        return None if is_vague else self.text(day)

    def value(self, value: object) -> str | None:
        """Any short value as text, days with the allowed precision; None if it can't be shown."""
        if value is None:
            return None
        return told(self.text(value)) if isinstance(value, Date | Period) else as_text(value) or None

    def end_of(self, day: Date | None) -> Date | None:
        """The last day with the same text as this one: only days after it are later."""
        return self.dates.coarse(day) if day and self.dates else day

    def between(self, was: Date | None, now: Date | None) -> int | None:
        """The number of days between, positive for later; None if days are not exact."""
        return (now - was).days if was and now and self.are_exact else None


def is_past(day: str | None) -> bool:
    """Whether only this is known of a day: that it has passed."""
    return day == Horizon.PAST


def told(day: str | None) -> str:
    """A day within a sentence, where `past` alone would not be one; nothing for None."""
    return "a past date" if is_past(day) else day or ""
