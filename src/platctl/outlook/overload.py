"""Teams with more committed work in a period than their capacity."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.model.named import Named, named
from platctl.outlook.plan import Plan
from platctl.record import record

_ROUNDING = 1e-9


@record
class LoadShare:
    """What an initiative takes of a team in a period, in person-weeks."""

    initiative: Named
    weeks: float


@record
class Overload:
    """A team over its capacity in a period, which ends on `until`; in person-weeks. The largest share is first."""

    team: Named
    period: str
    until: Date
    weeks: float
    capacity: float
    work: tuple[LoadShare, ...]

    @property
    def text(self) -> str:
        """`18.0 of 12 person-weeks in 2027-Q2`."""
        return f"{self.weeks:.1f} of {self.capacity:g} person-weeks in {self.period}"


def overloads(plan: Plan) -> Iterator[Overload]:
    """All of them, by team and then by day, without periods that are over today: those can't be relieved."""
    model, calendar = plan.model, plan.calendar
    for ref, team in model.teams.items():
        for period, work in sorted(plan.load.get(ref, {}).items(), key=lambda item: calendar.bounds(item[0])):
            capacity, until = team.capacity.of(period), calendar.bounds(period)[1]
            weeks, is_over = sum(work.values()), plan.today is not None and until < plan.today
            if capacity is not None and not is_over and weeks > capacity + _ROUNDING:
                most = sorted(work.items(), key=lambda item: (-item[1], item[0]))
                shares = tuple(LoadShare(named(model, each), round(part, 6)) for each, part in most)
                yield Overload(named(model, ref), str(period), until, round(weeks, 6), capacity, shares)
