"""The time of a plan: its periods, cut into slots at every day that matters."""

from collections.abc import Iterable
from datetime import timedelta
from functools import cached_property

from platctl.model.calendar import Calendar, Date, Period
from platctl.model.entity.team import Team
from platctl.record import record

UNIT = 100
"""Units in a person-week."""
_DAY = timedelta(days=1)


@record
class Slot:
    """Some days of a period."""

    period: int
    first: Date
    last: Date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@record(slots=False)
class Slots:
    """The periods from today on, and the slots in which nothing changes that matters to a plan.

    After the first `known` periods, a team whose capacity is not known has that of the period before.
    """

    calendar: Calendar
    today: Date
    count: int
    known: int
    cuts: frozenset[Date] = frozenset()

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The running period, and those after it."""
        found, day = [], self.today
        for _ in range(self.count):
            found.append(self.calendar.period_of(day))
            day = self.calendar.bounds(found[-1])[1] + _DAY
        return tuple(found)

    @cached_property
    def bounds(self) -> tuple[tuple[Date, Date], ...]:
        """The days of each period that lie ahead."""
        all_ = [self.calendar.bounds(each) for each in self.periods]
        return tuple((max(first, self.today), last) for first, last in all_)

    @property
    def last(self) -> Date:
        """The last day of the horizon."""
        return self.bounds[-1][1]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """A slot begins on each day of `cuts`, and with each period."""
        found = []
        for nth, (first, last) in enumerate(self.bounds):
            starts = sorted({first, *(day for day in self.cuts if first < day <= last)})
            ends = [*(day - _DAY for day in starts[1:]), last]
            found += [Slot(nth, start, end) for start, end in zip(starts, ends, strict=True)]
        return tuple(found)

    def at(self, day: Date) -> int | None:
        """The slot of a day; None if it is not ahead, or after the horizon."""
        return next((at for at, slot in enumerate(self.slots) if slot.first <= day <= slot.last), None)

    def from_day(self, day: Date) -> int:
        """The first slot that begins on a day or later; their number if there is none."""
        return next((at for at, slot in enumerate(self.slots) if slot.first >= day), len(self.slots))

    def until(self, day: Date) -> int:
        """The number of slots that end on a day or before."""
        return sum(1 for slot in self.slots if slot.last <= day)

    def capacity(self, team: Team) -> tuple[int, ...] | None:
        """The units of a team in each slot, by its share of the days of the period; None if it is not known."""
        found: list[int] = []
        before: float | None = None
        for nth, period in enumerate(self.periods):
            weeks = team.capacity.of(period)
            if weeks is None and nth >= self.known:
                weeks = before
            if weeks is None:
                return None
            before = weeks
            first, last = self.calendar.bounds(period)
            days = (last - first).days + 1
            ahead = [slot.days for slot in self.slots if slot.period == nth]
            found += portioned(int(weeks * UNIT * sum(ahead) / days + 1e-9), ahead)
        return tuple(found)

    def spread(self, units: int, first: Date, last: Date) -> tuple[int, ...]:
        """The units of work that is done evenly over some days, in each slot; what lies outside is left out."""
        days = [_shared(slot, first, last) for slot in self.slots]
        whole = (last - first).days + 1
        return tuple(portioned(round(units * sum(days) / whole), days)) if sum(days) else (0,) * len(days)


def portioned(total: int, parts: Iterable[int]) -> list[int]:
    """A whole number divided by parts, so that every sum from the beginning is rounded down."""
    weights = list(parts)
    all_, so_far, given = sum(weights), 0, 0
    found = []
    for weight in weights:
        so_far += weight
        upto = total * so_far // all_ if all_ else 0
        found.append(upto - given)
        given = upto
    return found


def _shared(slot: Slot, first: Date, last: Date) -> int:
    return max(0, (min(slot.last, last) - max(slot.first, first)).days + 1)
