"""Time in weeks: ISO weeks from today on, worked on from Monday to Friday."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property

from platctl.model.calendar import Date, Period, PeriodUnit
from platctl.questions.plan.slots import UNIT, Slot
from platctl.record import record

_FRIDAY = 4


def monday_of(week: str) -> Date:
    """The first day of a week such as `2027-W05`."""
    return Date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


@record(slots=False)
class Weeks:
    """The weeks from today on, counted from 0; on a weekend, from the next one on."""

    today: Date
    count: int

    @cached_property
    def _monday(self) -> Date:
        back = self.today.weekday()
        return self.today - timedelta(days=back if back <= _FRIDAY else back - 7)

    def first(self, week: int) -> Date:
        """The first day of a week on which there is work, not before today."""
        return max(self.today, self._monday + timedelta(weeks=week))

    def last(self, week: int) -> Date:
        """The last day of a week on which there is work; before the first week, today."""
        return max(self.today, self._monday + timedelta(weeks=week, days=_FRIDAY)) if week >= 0 else self.today

    def name(self, week: int) -> str:
        year, number, _ = (self._monday + timedelta(weeks=week)).isocalendar()
        return str(Period(year, PeriodUnit.WEEK, number))

    def of(self, day: Date) -> int:
        """The week of a day; a weekend belongs to the week before it."""
        return (day - self._monday).days // 7

    def from_day(self, day: Date) -> int:
        """The first week that begins on a day or later."""
        return max(0, -((self._monday - day).days // 7)) if day > self.today else 0

    def until(self, day: Date) -> int:
        """The number of weeks whose work is done on a day; below 0 for how many weeks ago that was."""
        return (day - self._monday - timedelta(days=_FRIDAY)).days // 7 + 1

    def amounts(self, slots: Sequence[Slot], units: Sequence[int]) -> tuple[float, ...]:
        """Person-weeks in each week, of units in slots, which are spread evenly over the days of their slot."""
        found = [0.0] * self.count
        for slot, amount in zip(slots, units, strict=True):
            week = max(0, self.of(slot.first))
            while amount and week < self.count and self._monday + timedelta(weeks=week) <= slot.last:
                begin = max(slot.first, self._monday + timedelta(weeks=week))
                end = min(slot.last, self._monday + timedelta(weeks=week, days=6))
                found[week] += amount * ((end - begin).days + 1) / slot.days / UNIT
                week += 1
        return tuple(found)
