"""Dates and periods of a plan, and the calendar that defines when a period starts and ends."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from platctl.record import record

Date = datetime.date
_DAY = datetime.timedelta(days=1)
_PERIOD = re.compile(
    r"(?:FY([0-9]{2})|(?:FY)?([0-9]{4}))(?:-(?:Q([0-9])|H([0-9])|S([0-9]{2})|W([0-9]{2})|([0-9]{2})))?"
)
_TO = ".."
SPRINT_START = Date(2024, 1, 1)
"""A Monday: where sprints start if nothing else is declared."""
PERIOD_HELP = (
    "use a form such as `2027-Q1`, `FY27-Q1`, `2027-03`, `2027-H1`, `2027-S05` (sprint), `2027-W05` (week), `2027`, "
    "or `2027-Q1..2027-Q3`"
)


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
    WEEK = "week"


_MARKS = {
    PeriodUnit.YEAR: "",
    PeriodUnit.HALF: "-H{}",
    PeriodUnit.QUARTER: "-Q{}",
    PeriodUnit.MONTH: "-{:02}",
    PeriodUnit.SPRINT: "-S{:02}",
    PeriodUnit.WEEK: "-W{:02}",
}


@record
class Period:
    """A named period: a year, or the nth half, quarter, month, sprint or ISO week of a year; with `last`, all from this
    one to that."""

    year: int
    unit: PeriodUnit
    number: int = 1
    last: "Period | None" = None

    def __str__(self) -> str:
        first = f"{self.year:04}{_MARKS[self.unit].format(self.number)}"
        return f"{first}{_TO}{self.last}" if self.last else first


def parse_period(text: str) -> Period:
    """Parse a period, by a calendar that is not known. Raises ValueError that states the problem."""
    first, is_range, last = text.partition(_TO)
    return replace(_one_period(first), last=_one_period(last)) if is_range else _one_period(text)


def _one_period(text: str) -> Period:
    match = _PERIOD.fullmatch(text)
    if match is None or match[2] == "0000":
        raise ValueError(f"`{text}` is not a period")
    short, long, quarter, half, sprint, week, month = (int(part) if part else None for part in match.groups())
    year = long if long is not None else 2000 + (short or 0)
    if week is not None:
        return Period(year, PeriodUnit.WEEK, _known_week(text, year, week))
    if sprint == 0:
        raise ValueError(f"`{text}` is not a period: sprints are counted from 01")
    for unit, number, count, plural in (
        (PeriodUnit.QUARTER, quarter, 4, "quarters"),
        (PeriodUnit.HALF, half, 2, "halves"),
        (PeriodUnit.MONTH, month, 12, "months"),
    ):
        if number is not None:
            if not 1 <= number <= count:
                raise ValueError(f"`{text}` is not a period: a year has {count} {plural}")
            return Period(year, unit, number)
    if sprint is not None:
        return Period(year, PeriodUnit.SPRINT, sprint)
    return Period(year, PeriodUnit.YEAR)


def _known_week(text: str, year: int, week: int) -> int:
    # The last days of December may belong to the first week of the next year.
    count = Date(year, 12, 28).isocalendar().week
    if not 1 <= week <= count:
        raise ValueError(f"`{text}` is not a period: {year} has {count} weeks")
    return week


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
    """When periods start: the first month of the fiscal year, and a day on which a sprint starts.

    Sprints follow each other without a gap, before and after that day. A sprint belongs to the year in which it starts.
    """

    cadence: Cadence = Cadence.QUARTER
    fiscal_year_start: int = 1
    sprint_start: Date = SPRINT_START
    sprint_weeks: int = 2

    def period(self, text: str) -> Period:
        """Parse a period. Raises ValueError that states the problem, such as a sprint that the year does not have."""
        period = parse_period(text)
        for each in filter(None, (period, period.last)):
            if each.unit is PeriodUnit.SPRINT and each.number > (count := self.sprints_in(each.year)):
                raise ValueError(f"`{text}` is not a period: {each.year} has {count} sprints")
        if period.last and self.bounds(replace(period, last=None))[0] > self.bounds(period.last)[1]:
            raise ValueError(f"`{text}` is not a period: it ends before it begins")
        return period

    def sprints_in(self, year: int) -> int:
        """How many sprints start in a year."""
        return (Date(year, 12, 31).toordinal() - self._first_sprint(year)) // self._sprint_days + 1

    def bounds(self, period: Period) -> tuple[Date, Date]:
        """First and last day of a period. A fiscal year is named after the calendar year in which it starts.

        A sprint that the year does not have, as in the past of a plan with another calendar, is counted on.
        """
        if period.last:
            return self.bounds(replace(period, last=None))[0], self.bounds(period.last)[1]
        if period.unit is PeriodUnit.SPRINT:
            return self._sprint(period)
        if period.unit is PeriodUnit.WEEK:
            monday = Date.fromisocalendar(period.year, period.number, 1)
            return monday, _nth_day(monday.toordinal() + 6)
        if period.unit is PeriodUnit.MONTH:
            return self._months(period.year, period.number - 1, 1)
        length = {PeriodUnit.YEAR: 12, PeriodUnit.HALF: 6, PeriodUnit.QUARTER: 3}[period.unit]
        return self._months(period.year, self.fiscal_year_start - 1 + (period.number - 1) * length, length)

    def _months(self, year: int, month: int, count: int) -> tuple[Date, Date]:
        start = _first_of(year, month)
        return start, _first_of(year, month + count) - _DAY

    def _sprint(self, period: Period) -> tuple[Date, Date]:
        start = self._first_sprint(period.year) + self._sprint_days * (period.number - 1)
        # The days before the first sprint of year 1 belong to it, as there is no year before.
        first = Date.min if (period.year, period.number) == (1, 1) else _nth_day(start)
        return first, _nth_day(start + self._sprint_days - 1)

    def _first_sprint(self, year: int) -> int:
        """The ordinal of the day on which the first sprint of a year starts."""
        new_year = Date(year, 1, 1).toordinal()
        return new_year + (self.sprint_start.toordinal() - new_year) % self._sprint_days

    @property
    def _sprint_days(self) -> int:
        return 7 * self.sprint_weeks

    def period_of(self, day: Date) -> Period:
        """The period of the calendar's cadence that contains a day."""
        if self.cadence is Cadence.MONTH:
            return Period(day.year, PeriodUnit.MONTH, day.month)
        if self.cadence is Cadence.QUARTER:
            months = day.year * 12 + day.month - self.fiscal_year_start
            return Period(months // 12, PeriodUnit.QUARTER, months % 12 // 3 + 1)
        start = day.toordinal() - (day - self.sprint_start).days % self._sprint_days
        year = _nth_day(max(start, 1)).year
        number = (start - self._first_sprint(year)) // self._sprint_days + 1
        return Period(year, PeriodUnit.SPRINT, max(number, 1))

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
