"""The facts of a model that a plan has to keep: what may be chosen, what it takes, and what binds it."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.outlook.demands import Demands
from platctl.outlook.earliest import Outlook
from platctl.outlook.effort import efforts
from platctl.outlook.plan import Plan
from platctl.questions.plan.options import PlanOptions
from platctl.questions.plan.rules import PlanRules
from platctl.questions.plan.slots import UNIT, Slots, portioned
from platctl.ranking.criteria import Criteria
from platctl.ranking.scoring import Scoring
from platctl.record import record
from platctl.scheduling.cycles import cycles
from platctl.scheduling.placing import Piece, Placing

_OF_DELAY = frozenset({"cost_of_delay", "delay_cost"})
_FINEST = 100  # steps of a unit of value, unless values are great
_GREATEST = 10_000_000
"""Steps of the greatest value, so that a solver can tell them apart."""


class PlanLimit(StrEnum):
    """What keeps work out of a plan, whatever else is chosen."""

    GIVEN_UP = "given-up"
    WAITS = "waits"
    APPROVAL = "approval"
    BANNED = "banned"
    TIME = "time"
    NO_END = "no-end"
    CIRCLE = "circle"


@record
class Blocked:
    """Work that can't be chosen: the limit, and what it waits for."""

    limit: PlanLimit
    by: tuple[Ref, ...] = ()


@record(slots=False)
class PlanFacts:
    """A model as a problem of placing work."""

    model: Model
    options: PlanOptions

    @cached_property
    def plan(self) -> Plan:
        return Plan(self.model, self.options.today)

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def criteria(self) -> Criteria:
        return Criteria(self.graph, self.options.today)

    @cached_property
    def slots(self) -> Slots:
        options = self.options
        count = options.horizon + options.beyond
        uncut = Slots(self.plan.calendar, options.today, count, options.horizon)
        return replace(uncut, cuts=frozenset(self._cuts(uncut)))

    def _cuts(self, uncut: Slots) -> Iterator[Date]:
        """The days on which a slot has to begin."""
        day = timedelta(days=1)
        for ref, each in self.open.items():
            limits = [self.latest(ref)]
            limits += [self._end(each)] if each.status is Status.ACTIVE else []
            yield from (limit + day for limit in limits if limit and limit < uncut.last)
            yield from filter(None, [each.earliest])
            if each.gap:
                yield from (last + timedelta(days=math.ceil(each.gap * 7) + 1) for _, last in uncut.bounds)
            for consumer in self._frozen[ref]:
                for freeze in self.model.consumers[consumer].freezes:
                    yield from (freeze.start, freeze.end + day if freeze.end < uncut.last else freeze.end)

    # What there is

    @cached_property
    def open(self) -> Mapping[Ref, Initiative]:
        """The open work that may be chosen, or that is there anyway."""
        only = self.options.only
        return {
            ref: each
            for ref, each in sorted(self.plan.open_work.items())
            if only is None or ref in only or each.status.is_committed
        }

    @cached_property
    def active(self) -> frozenset[Ref]:
        """What is running: it keeps its days."""
        return frozenset(ref for ref, each in self.open.items() if each.status is Status.ACTIVE)

    def _end(self, initiative: Initiative) -> Date | None:
        """The last day of active work; what is overdue ends today at the earliest."""
        end = self.plan.window(initiative).end
        return max(end, self.options.today) if end else None

    @cached_property
    def blocked(self) -> Mapping[Ref, Blocked]:
        """What can't be chosen, and why."""
        found: dict[Ref, Blocked] = {}
        for ref, each in self.open.items():
            if ref in self.options.wishes.bans:
                found[ref] = Blocked(PlanLimit.BANNED)
            elif ref in self.options.unapproved and ref not in self.active:
                found[ref] = Blocked(PlanLimit.APPROVAL)
            elif ref in self._circles and ref not in self.active:
                found[ref] = Blocked(PlanLimit.CIRCLE)
            elif ref in self.active and self._end(each) is None:
                found[ref] = Blocked(PlanLimit.NO_END)
            elif ref in self.active and (self._end(each) or Date.max) > self.slots.last:
                found[ref] = Blocked(PlanLimit.TIME)
        waiting = True
        while waiting:
            waiting = False
            for ref, each in self.open.items():
                lacking = tuple(sorted(self._lacking(each, found)))
                if ref not in found and ref not in self.active and lacking:
                    found[ref] = Blocked(PlanLimit.WAITS, lacking)
                    waiting = True
        return found

    @cached_property
    def _circles(self) -> frozenset[Ref]:
        """What waits for itself."""
        found = cycles({ref: self.plan.prerequisites(each) for ref, each in self.open.items()})
        return frozenset(ref for circle in found for ref in circle)

    def _lacking(self, initiative: Initiative, blocked: Mapping[Ref, Blocked]) -> Iterator[Ref]:
        """What it waits for that no plan can bring."""
        for before in self.plan.prerequisites(initiative):
            other = self.model.initiatives.get(before)
            if other is not None and other.status is Status.DONE:
                continue
            if other is None or before not in self.open or before in blocked:
                yield before

    @cached_property
    def candidates(self) -> Mapping[Ref, Initiative]:
        """What the plan places."""
        return {ref: each for ref, each in self.open.items() if ref not in self.blocked}

    # Days

    def latest(self, ref: Ref) -> Date | None:
        """The last day on which it may end."""
        days = [self.open[ref].deadline, self.needed.get(ref)]
        return min(filter(None, days), default=None)

    @cached_property
    def needed(self) -> Mapping[Ref, Date]:
        """By committed work: the first day by which a consumer needs what it brings."""
        found: dict[Ref, Date] = {}
        demands = Demands(Outlook(self.model, self.options.today))
        for ref, consumer in self.model.consumers.items():
            if any(use.need_by for use in consumer.uses):
                for need in demands.requirements(ref):
                    if need.need_by and need.brought_by and need.brought_by.ref in self.plan.committed:
                        by = need.brought_by.ref
                        found[by] = min(found.get(by, need.need_by), need.need_by)
        return found

    @cached_property
    def _frozen(self) -> Mapping[Ref, frozenset[Ref]]:
        """By initiative: the consumers for whom nothing may change in their freezes."""
        return {
            ref: frozenset(
                consumer
                for change in each.changes
                if change.effect is not ChangeEffect.INTERNAL
                for consumer in self.plan.consumers_of(change)
            )
            for ref, each in self.open.items()
        }

    def is_frozen(self, ref: Ref, day: Date) -> bool:
        """Whether it can't end on a day, since nothing may change for a consumer then."""
        return any(self.model.consumers[consumer].frozen_on(day) for consumer in self._frozen[ref])

    def is_committed(self, ref: Ref) -> bool:
        """Whether a plan has to bring it: planned work that is to end within the horizon."""
        each = self.open[ref]
        end = self.plan.window(each).end
        last = self.slots.last
        latest = self.latest(ref)
        is_due = (end is not None and end <= last) or (latest is not None and latest <= last)
        return each.status is Status.ACTIVE or (each.status.is_committed and is_due)

    def written(self, ref: Ref) -> int | None:
        """The slot in which it ends as written; None if that is not known, or not within the horizon."""
        end = self.plan.window(self.open[ref]).end
        return None if end is None else self.slots.at(max(end, self.options.today))

    # Value

    @cached_property
    def scores(self) -> Mapping[Ref, float | None]:
        """What each piece of work is worth: the gain of a ratio, or else the score; None if it has none."""
        scoring = Scoring(self.options.method, self.criteria, tuple(self.open))
        found = {}
        for ref in self.open:
            score = None if self.options.method.classes else scoring.score(ref)
            value = None if score is None else score.gain if self.options.method.is_ratio else score.value
            found[ref] = value
        return found

    @property
    def is_of_delay(self) -> bool:
        """Whether the value is a cost of delay per week."""
        method = self.options.method
        return not method.classes and bool(_OF_DELAY.intersection(method.value_formula.names))

    @cached_property
    def steps(self) -> float:
        """How many steps of worth are a unit of value: a power of ten."""
        most = max((self._value(ref, 0) for ref in self.open), default=0.0)
        steps = float(_FINEST)
        while most * steps > _GREATEST:
            steps /= 10
        return steps

    def worth(self, ref: Ref, slot: int) -> int:
        """What it is worth if it ends in a slot, in steps."""
        return round(self._value(ref, slot) * self.steps)

    def _value(self, ref: Ref, slot: int) -> float:
        value = max(self.scores[ref] or 0.0, 0.0)
        if self.is_of_delay:
            return value * (self.slots.last - self.slots.slots[slot].last).days / 7
        return value * (1 - self.model.config.plan.discount) ** self.slots.slots[slot].period

    # The problem

    @cached_property
    def problem(self) -> Placing[Ref]:
        pieces = {ref: self._piece(ref, each) for ref, each in self.candidates.items()}
        rules = PlanRules(self.criteria, self.options.method, self.options.today, self.candidates)
        return Placing(
            pieces=pieces,
            capacity={team: tuple(max(units, 0) for units in left) for team, left in self.left.items()},
            slots=len(self.slots.slots),
            one_of=tuple(rules.one_of()),
            order=tuple(rules.order()),
            at_once={ref: self._at_once(ref, most) for ref in self.capacity if (most := self.model.teams[ref].at_once)},
            bounds=tuple(rules.bounds()),
        )

    @cached_property
    def capacity(self) -> Mapping[Ref, tuple[int, ...]]:
        """By team whose capacity is known: its units in each slot, with what is added to it."""
        found = {}
        for ref, team in self.model.teams.items():
            units = self.slots.capacity(team)
            if units is not None:
                found[ref] = self._with_more(ref, units)
        return found

    def _with_more(self, team: Ref, units: tuple[int, ...]) -> tuple[int, ...]:
        more = list(units)
        for (who, period), weeks in (self.options.wishes.capacity or {}).items():
            if who == team:
                at = [nth for nth, slot in enumerate(self.slots.slots) if slot.period == period]
                days = [self.slots.slots[nth].days for nth in at]
                for nth, added in zip(at, _signed(round(weeks * UNIT), days), strict=True):
                    more[nth] = max(0, more[nth] + added)
        return tuple(more)

    @cached_property
    def fixed(self) -> Mapping[Ref, Mapping[Ref, tuple[int, ...]]]:
        """By team and active initiative: the units that it still takes in each slot."""
        found: dict[Ref, dict[Ref, tuple[int, ...]]] = {}
        for ref in sorted(self.active):
            each = self.open[ref]
            days = self.plan.window(each)
            if days.end is None or days.end < self.options.today:
                continue
            start = days.start or self.options.today
            for team, weeks in self.efforts[ref].items():
                units = self.slots.spread(round(weeks * UNIT), min(start, days.end), days.end)
                found.setdefault(team, {})[ref] = units
        return found

    def _at_once(self, team: Ref, most: int) -> tuple[int, ...]:
        """How many pieces of work a team can begin beside active work, in each slot."""
        active = self.fixed.get(team, {}).values()
        return tuple(max(most - sum(1 for units in active if units[at]), 0) for at in range(len(self.slots.slots)))

    @cached_property
    def left(self) -> Mapping[Ref, tuple[int, ...]]:
        """What active work leaves of the capacity; below zero where it takes more."""
        return {
            team: tuple(
                units - sum(taken[slot] for taken in self.fixed.get(team, {}).values())
                for slot, units in enumerate(capacity)
            )
            for team, capacity in self.capacity.items()
        }

    @cached_property
    def efforts(self) -> Mapping[Ref, Mapping[Ref, float]]:
        """By initiative and team: person-weeks."""
        return {ref: self._effort(each) for ref, each in self.open.items()}

    def _effort(self, initiative: Initiative) -> dict[Ref, float]:
        found: dict[Ref, float] = {}
        for each in efforts(self.model, initiative):
            found[each.team.ref] = found.get(each.team.ref, 0.0) + each.weeks
        if self.options.with_migration:
            for move in self.criteria.benefit(initiative.ref).moves:
                team = self.model.owner_of(self.model.entities[move.use.source])
                if team in self.model.teams and team is not None:
                    found[team] = found.get(team, 0.0) + move.weeks
        return found

    def _piece(self, ref: Ref, each: Initiative) -> Piece[Ref]:
        slots = self.slots.slots
        effort = self.efforts[ref]
        units = {
            team: math.ceil(weeks * UNIT - 1e-9) for team, weeks in sorted(effort.items()) if team in self.capacity
        }
        after = tuple(before for before in self.plan.prerequisites(each) if before in self.candidates)
        if ref in self.active:
            end = self.slots.at(self._end(each) or self.options.today)
            only = tuple(self.worth(ref, at) if at == end else None for at in range(len(slots)))
            return Piece(ref, {}, only, must=True)
        release = self.slots.from_day(each.earliest) if each.earliest else 0
        return Piece(
            name=ref,
            units={team: amount for team, amount in units.items() if amount},
            worth=tuple(self._worth_in(ref, each, at, release) for at in range(len(slots))),
            release=release,
            first=tuple(self._period_start(at) for at in range(len(slots))) if each.whole else None,
            after=after,
            lag=tuple(self._after_gap(at, each.gap) for at in range(len(slots))) if each.gap else None,
            pattern=self._patterns(each, units) if each.duration else None,
            must=self.is_committed(ref) or ref in self.options.wishes.pins,
        )

    def _worth_in(self, ref: Ref, each: Initiative, at: int, release: int) -> int | None:
        slot, latest, wishes = self.slots.slots[at], self.latest(ref), self.options.wishes
        pin = wishes.pins.get(ref)
        delay = (wishes.delays or {}).get(ref)
        is_too_soon = at < release or (delay is not None and slot.period < delay)
        is_too_late = latest is not None and slot.last > latest
        if is_too_soon or is_too_late or (pin is not None and slot.period != pin):
            return None
        if self.is_frozen(ref, slot.last):
            return None
        if each.duration and self._first_day(each, at) < max(self.options.today, each.earliest or Date.min):
            return None
        return self.worth(ref, at)

    def _first_day(self, each: Initiative, at: int) -> Date:
        """The first day of work with a duration that ends in a slot."""
        days = max(round((each.duration or 0) * 7), 1)
        return self.slots.slots[at].last - timedelta(days=days - 1)

    def _patterns(self, each: Initiative, units: Mapping[Ref, int]) -> dict[int, dict[Ref, tuple[int, ...]]]:
        slots = self.slots
        return {
            at: {
                team: slots.spread(amount, self._first_day(each, at), slots.slots[at].last)
                for team, amount in units.items()
            }
            for at in range(len(slots.slots))
        }

    def _period_start(self, at: int) -> int:
        slots = self.slots.slots
        return next(nth for nth, slot in enumerate(slots) if slot.period == slots[at].period)

    def _after_gap(self, at: int, gap: float) -> int:
        """The first slot that begins when the weeks after a slot have passed."""
        return self.slots.from_day(self.slots.slots[at].last + timedelta(days=math.ceil(gap * 7) + 1))


def _signed(total: int, parts: list[int]) -> list[int]:
    found = portioned(abs(total), parts)
    return [-each for each in found] if total < 0 else found
