"""How days are shown: the one place that knows how exactly an audience may know them."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from platctl.analysis.diff import as_text
from platctl.model.calendar import Calendar, Date, Period
from platctl.model.schedule import last_day

_DAY = datetime.timedelta(days=1)
_HORIZONS = ("now", "next", "later")


class Precision(StrEnum):
    """How exactly days may be known."""

    DAY = "day"
    PERIOD = "period"
    HORIZON = "horizon"


@dataclass(frozen=True, slots=True)
class Days:
    """Days as text: as they are, as the period they lie in, or as now, next or later than the period of `today`."""

    calendar: Calendar = field(default_factory=Calendar)
    precision: Precision = Precision.DAY
    today: Date | None = None

    def text(self, when: Date | Period | None) -> str | None:
        """A day, or the end of a period; a period stays one where days may be known."""
        if when is None or self.precision is Precision.DAY:
            return str(when) if when else None
        day = last_day(when, self.calendar)
        assert day is not None  # noqa: S101  of a day or a period
        if self.precision is Precision.PERIOD:
            return str(self.calendar.period_of(day))
        return _HORIZONS[sum(day > end for end in self._horizons)]

    def limit(self, day: Date) -> Date:
        """The last day that reads the same: what comes after it is visibly later."""
        if self.precision is Precision.DAY:
            return day
        if self.precision is Precision.PERIOD:
            return self.calendar.bounds(self.calendar.period_of(day))[1]
        return next((end for end in self._horizons if day <= end), Date.max)

    @property
    def _horizons(self) -> tuple[Date, ...]:
        """Now ends with today's period, next with the one after it. Without a today, nothing is near."""
        if self.today is None:
            return (Date.min, Date.min)
        now = self.calendar.bounds(self.calendar.period_of(self.today))[1]
        after = min(now, Date.max - _DAY) + _DAY
        return now, self.calendar.bounds(self.calendar.period_of(after))[1]

    def value(self, value: object) -> str | None:
        """Any short value as text, days as exactly as they may be known; None for what can't be shown."""
        if value is None:
            return None
        return self.text(value) if isinstance(value, Date | Period) else as_text(value) or None

    def between(self, was: Date | None, now: Date | None) -> int | None:
        """By how many days something moved, later is positive; None where days may not be known."""
        return (now - was).days if was and now and self.precision is Precision.DAY else None
