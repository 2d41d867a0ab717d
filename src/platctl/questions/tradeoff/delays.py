"""What each of the compared initiatives delays if it goes first."""

import math
from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.model.entity.initiative import Initiative
from platctl.model.entity.team import Team
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.window import window
from platctl.outlook.effort import efforts
from platctl.questions.tradeoff.report import Later, Order
from platctl.ranking.graph_values import DAYS_A_WEEK
from platctl.ranking.ordering import Ranking
from platctl.record import record


@record(slots=False)
class Delays:
    """The loss if one of the compared goes first, including other work that waits for one of them."""

    ranking: Ranking
    work: tuple[Ref, ...]

    @property
    def model(self) -> Model:
        return self.ranking.model

    def orders(self) -> Iterator[Order]:
        """The orders in which each of the compared goes first."""
        place = {ref: at for at, ref in enumerate(self.ranking.ordered)}
        usual = sorted(self.work, key=lambda ref: (place.get(ref, len(place)), ref))
        for first in self.work:
            yield self._order(first, (first, *(ref for ref in usual if ref != first)))

    def _order(self, first: Ref, order: tuple[Ref, ...]) -> Order:
        names = tuple(named(self.model, ref) for ref in order)
        earlier = {*self.ranking.criteria.plan.upstream(first)}
        waits_for = tuple(named(self.model, ref) for ref in order if ref in earlier)
        work, unit = self._size(first), self._unit
        if waits_for:
            return Order(names, work, unit, (), None, None, waits_for, ())
        later = tuple(self._later(first, order[1:], work))
        uncounted = tuple(each.initiative for each in later if each.gain is None) if self.is_ratio else ()
        cost = math.fsum(each.cost or 0.0 for each in later) if work is not None else None
        return Order(names, work, unit, later, cost, self._total(order), (), uncounted)

    @property
    def is_ratio(self) -> bool:
        return self.ranking.method.is_ratio

    @property
    def _unit(self) -> str:
        """The unit of the size; the formula itself if it has several parts."""
        method = self.ranking.method
        if method.size_formula is None:
            return ""
        alone = method.size if method.size_formula.names == (method.size,) else None
        inputs = [found for ref in self.work if (found := self.ranking.scores[ref].input(alone or ""))]
        units = {each.unit for each in inputs}
        return (units.pop() if len(units) == 1 else None) or f"({method.size})"

    def _size(self, ref: Ref) -> float | None:
        return self.ranking.scores[ref].work if self.is_ratio else None

    def _gain(self, ref: Ref) -> float | None:
        return self.ranking.scores[ref].gain

    @cached_property
    def _needs(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """Other work that waits for some of the compared: by initiative, those it waits for."""
        found: dict[Ref, list[Ref]] = {}
        for ref in self.work:
            for later in self.ranking.criteria.plan.downstream(ref):
                if later not in self.work:
                    found.setdefault(later, []).append(ref)
        return {ref: tuple(needs) for ref, needs in found.items()}

    def _later(self, first: Ref, others: tuple[Ref, ...], work: float | None) -> Iterator[Later]:
        """The others, each followed by what waits for it; work that also needs the first one loses nothing by it."""
        seen: set[Ref] = set()
        for other in others:
            yield self._delayed(first, other, other, work)
            for ref, needs in self._needs.items():
                if other in needs and first not in needs and ref not in seen:
                    seen.add(ref)
                    yield self._delayed(first, ref, other, work)

    def _delayed(self, first: Ref, ref: Ref, via: Ref, work: float | None) -> Later:
        gain = self._gain(ref)
        cost = gain * work if gain is not None and work is not None else None
        weeks, team = self._busy(self.model.initiatives[first], self.model.initiatives[via])
        return Later(named(self.model, ref), named(self.model, via) if via != ref else None, gain, cost, weeks, team)

    def _total(self, order: tuple[Ref, ...]) -> float | None:
        """The sum of value times completion, of the compared and of what waits for them; None without all sizes.

        Waiting work counts from the completion of the last one that it needs; its own size is the same in all orders.
        Source: Smith 1956, weighted completion time.
        """
        done: dict[Ref, float] = {}
        time = 0.0
        for ref in order:
            size = self._size(ref)
            if size is None:
                return None
            time += size
            done[ref] = time
        waiting = math.fsum(
            (self._gain(ref) or 0.0) * max(done[each] for each in needs) for ref, needs in self._needs.items()
        )
        return math.fsum((self._gain(ref) or 0.0) * done[ref] for ref in order) + waiting

    def _busy(self, first: Initiative, other: Initiative) -> tuple[float | None, Named | None]:
        """The weeks until the last team that both need is done with the first one, and that team.

        A team spends its full capacity of the period in which the first one begins. Without a declared capacity, the
        weeks are None.
        """
        shared = self._efforts(first).keys() & self._efforts(other).keys()
        if not shared:
            return None, None
        found = [
            (self._efforts(first)[ref] / capacity, ref)
            for ref in sorted(shared)
            if (capacity := self._a_week(self.model.teams[ref], first))
        ]
        if not found:
            return None, named(self.model, min(shared))
        weeks, team = max(found, key=lambda each: each[0])
        return weeks, named(self.model, team)

    def _efforts(self, initiative: Initiative) -> Mapping[Ref, float]:
        weeks: dict[Ref, float] = {}
        for each in efforts(self.model, initiative):
            if each.team.ref in self.model.teams:
                weeks[each.team.ref] = weeks.get(each.team.ref, 0.0) + each.weeks
        return weeks

    def _a_week(self, team: Team, first: Initiative) -> float | None:
        """Person-weeks that a team can do in a week."""
        calendar = self.model.config.calendar.calendar
        days = [day for day in (window(first, calendar).start, self.ranking.today) if day]
        if not days:
            return None
        period = calendar.period_of(max(days))
        begin, end = calendar.bounds(period)
        capacity = team.capacity.of(period)
        return capacity / ((end - begin).days + 1) * DAYS_A_WEEK if capacity else None
