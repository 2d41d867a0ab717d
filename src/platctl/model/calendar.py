"""Dates and periods of a plan, and the calendar that defines when a period starts and ends."""

import datetime
import re
from collections.abc import Iterator
from enum import StrEnum

from platctl.record import record

Date = datetime.date
_DAY = datetime.timedelta(days=1)
_PERIOD = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|H([12])|S([0-9]{2})|([0-9]{2})))?")
PERIOD_HELP = "use a form such as `2027-Q1`, `2027-03`, `2027-H1`, `2027-S05` (sprint) or `2027`"


class Cadence(StrEnum):
    """How a plan divides time."""

    QUARTER = "quarter"
    MONTH = "month"
    SPRINT = "sprint"


class PeriodUnit(StrEnum):
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    SPRINT = "sprint"


@record
class Period:
    """A named period: a year, or the nth half, quarter, month or sprint of a year."""

    year: int
    unit: PeriodUnit
    number: int = 1

    def __str__(self) -> str:
        mark = {PeriodUnit.HALF: "H{}", PeriodUnit.QUARTER: "Q{}", PeriodUnit.MONTH: "{:02}"}
        if self.unit is PeriodUnit.YEAR:
            return f"{self.year:04}"
        return f"{self.year:04}-" + mark.get(self.unit, "S{:02}").format(self.number)


def parse_period(text: str) -> Period:
    """Parse a period. Raises ValueError that states the problem."""
    match = _PERIOD.fullmatch(text)
    if match is None or match[1] == "0000":
        raise ValueError(f"`{text}` is not a period")
    year, quarter, half, sprint, month = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101  the pattern requires it
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"`{text}` is not a period: there is no month {month:02}")
    if sprint == 0:
        raise ValueError(f"`{text}` is not a period: sprints are counted from 01")
    for unit, number in (
        (PeriodUnit.QUARTER, quarter),
        (PeriodUnit.HALF, half),
        (PeriodUnit.SPRINT, sprint),
        (PeriodUnit.MONTH, month),
    ):
        if number is not None:
            return Period(year, unit, number)
    return Period(year, PeriodUnit.YEAR)


def parse_date(text: str) -> Date:
    """Parse an ISO date. Raises ValueError that states the problem and suggests the date probably meant."""
    match = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if match is None:
        raise ValueError(f"`{text}` is not a date; use the form `2027-03-31`")
    year, month, day = (int(part) for part in match.groups())
    try:
        return Date(year, month, day)
    except ValueError:
        if 1 <= day <= 12 < month <= 31:
            meant = f"{year:04}-{day:02}-{month:02}"
            raise ValueError(f"`{text}` is not a date: there is no month {month}; did you mean `{meant}`?") from None
        reason = f"there is no month {month}" if not 1 <= month <= 12 else f"that month has no day {day}"
        raise ValueError(f"`{text}` is not a date: {reason}") from None


@record
class Calendar:
    """When periods start: the first month of the fiscal year, and how sprints are counted."""

    cadence: Cadence = Cadence.QUARTER
    fiscal_year_start: int = 1
    sprint_start: Date | None = None
    sprint_weeks: int = 2

    def bounds(self, period: Period) -> tuple[Date, Date]:
        """First and last day of a period. A fiscal year is named after the calendar year in which it starts."""
        if period.unit is PeriodUnit.SPRINT:
            return self._sprint(period)
        if period.unit is PeriodUnit.MONTH:
            return self._months(period.year, period.number - 1, 1)
        length = {PeriodUnit.YEAR: 12, PeriodUnit.HALF: 6, PeriodUnit.QUARTER: 3}[period.unit]
        return self._months(period.year, self.fiscal_year_start - 1 + (period.number - 1) * length, length)

    def _months(self, year: int, month: int, count: int) -> tuple[Date, Date]:
        start = _first_of(year, month)
        return start, _first_of(year, month + count) - _DAY

    def _sprint(self, period: Period) -> tuple[Date, Date]:
        first = self.sprint_start or Date(period.year, 1, 1)
        if first.year != period.year:
            first = Date(period.year, 1, 1)
        start = first.toordinal() + 7 * self.sprint_weeks * (period.number - 1)
        return _nth_day(start), _nth_day(start + 7 * self.sprint_weeks - 1)

    def period_of(self, day: Date) -> Period:
        """The period of the calendar's cadence that contains a day."""
        if self.cadence is Cadence.MONTH:
            return Period(day.year, PeriodUnit.MONTH, day.month)
        if self.cadence is Cadence.QUARTER:
            months = day.year * 12 + day.month - self.fiscal_year_start
            return Period(months // 12, PeriodUnit.QUARTER, months % 12 // 3 + 1)
        first = self.sprint_start if self.sprint_start and self.sprint_start.year == day.year else None
        days = (day - (first or Date(day.year, 1, 1))).days
        return Period(day.year, PeriodUnit.SPRINT, max(days, 0) // (7 * self.sprint_weeks) + 1)

    def periods(self, start: Date, end: Date) -> Iterator[tuple[Period, Date, Date]]:
        """The periods from `start` to `end`, in order, each with the first and last day in it."""
        day = start
        while day <= end:
            period = self.period_of(day)
            last = min(max(self.bounds(period)[1], day), end)
            yield period, day, last
            if last == end:
                return
            day = last + _DAY


def _nth_day(number: int) -> Date:
    """The day with this ordinal, capped at the last day of year 9999."""
    return Date.fromordinal(min(number, Date.max.toordinal()))


def _first_of(year: int, month: int) -> Date:
    """The first day of a month, counted from January (0) of a year; capped at the last day of year 9999."""
    year, month = year + month // 12, month % 12 + 1
    return Date(year, month, 1) if year <= datetime.MAXYEAR else Date.max
