"""The best plan of a model, how good it is, and why it is not better."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import Named, all_named, named
from platctl.model.ref import Ref
from platctl.questions.plan.facts import PlanFacts, PlanLimit
from platctl.questions.plan.options import NO_WISHES, PlanOptions, PlanWishes
from platctl.questions.plan.report import (
    BrokenCommitment,
    MoreCapacity,
    OtherPlans,
    PeriodLoad,
    PlacedWork,
    PlanDifference,
    PlanPeriod,
    PlanReport,
    Proof,
    TeamLoad,
    WrittenBreak,
)
from platctl.questions.plan.slots import UNIT
from platctl.questions.plan.solving import CapacityClash, Planner, Solved, by_rule, without_solver
from platctl.questions.plan.why import PlanReasons, more_capacity
from platctl.record import record
from platctl.scheduling.placing import Ends, loads, window, worth_of

_DAY = timedelta(days=1)


@record
class PlanShown:
    """What a report shows besides the plan: the worth of one more person-week of a team, or why work is left out.

    `why` is of how much work that is left out it is computed what it would displace, and `given` are the wishes of the
    `scenario`, which the wishes that are asked are compared with.
    """

    explained: Ref | None = None
    why: int = 10
    asked: tuple[str, ...] = ()
    checks: bool = False
    said: str = ""
    audience: str | None = None
    scenario: Named | None = None
    given: PlanWishes = NO_WISHES


def plan(model: Model, state: str, options: PlanOptions, shown: PlanShown, planner: Planner | None) -> PlanReport:
    """The plan that is asked for; without a planner, one by simple rules."""
    return _Solving(model, options, shown, planner).report(state)


def proof_of(solved: Solved) -> Proof:
    """How good a plan is known to be."""
    if solved.bound is None:
        return Proof.UNPROVEN
    return Proof.OPTIMAL if solved.is_proven else Proof.FEASIBLE


def _limit_at(facts: PlanFacts, ref: Ref) -> Span:
    """The place of what limits work."""
    each = facts.open[ref]
    return facts.model.at(ref, (each.first_written("deadline", "end", "period", "status"),))


def clashing_commitment(facts: PlanFacts, ref: Ref, clash: CapacityClash | None) -> BrokenCommitment:
    """A commitment that a plan does not keep, and what it clashes with; None where that is not proven."""
    others = [each for each in clash.work if each != ref] if clash else []
    return BrokenCommitment(
        initiative=named(facts.model, ref),
        until=facts.latest(ref),
        limit=None if clash is None or others or clash.teams else PlanLimit.TIME,
        by=(),
        work=all_named(facts.model, others),
        teams=all_named(facts.model, clash.teams) if clash else (),
        is_proven=clash is not None,
        span=_limit_at(facts, ref),
    )


def blocked_commitments(facts: PlanFacts) -> Iterator[BrokenCommitment]:
    """The commitments that no plan can place at all, whatever else it does."""
    for ref, blocked in sorted(facts.blocked.items()):
        is_asked = facts.is_committed(ref) or ref in facts.options.wishes.pins
        if is_asked and blocked.limit in (PlanLimit.WAITS, PlanLimit.APPROVAL, PlanLimit.CIRCLE):
            by, name = all_named(facts.model, blocked.by), named(facts.model, ref)
            span = _limit_at(facts, ref)
            yield BrokenCommitment(name, facts.latest(ref), blocked.limit, by, (), (), is_proven=True, span=span)


@record(slots=False)
class _Solving:
    model: Model
    options: PlanOptions
    shown: PlanShown
    planner: Planner | None

    @cached_property
    def facts(self) -> PlanFacts:
        return PlanFacts(self.model, self.options)

    @cached_property
    def solved(self) -> Solved:
        return self._solve(self.facts)

    def _solve(self, facts: PlanFacts) -> Solved:
        return self.planner.plan(facts) if self.planner else without_solver(facts)

    def report(self, state: str) -> PlanReport:
        facts, solved = self.facts, self.solved
        why = PlanReasons(facts, solved, self.planner, self.shown.why, self.shown.explained)
        lacking = [ref for ref, each in facts.candidates.items() if not each.effort]
        return PlanReport(
            state=state,
            today=self.options.today,
            audience=self.shown.audience,
            only=self.shown.said,
            scenario=self.shown.scenario,
            method=self.options.method.label,
            periods=tuple(
                PlanPeriod(str(period), first, last)
                for period, (first, last) in zip(facts.slots.periods, facts.slots.bounds, strict=True)
            ),
            proof=proof_of(self.solved),
            value=solved.worth / facts.steps,
            bound=None if solved.bound is None else solved.bound / facts.steps,
            gap=solved.gap,
            work=tuple(sorted(map(self._placed, solved.ends), key=lambda each: (each.last, each.initiative.ref))),
            left_out=tuple(why.left_out()),
            broken=tuple(self._broken()),
            unkept=solved.unkept,
            loads=tuple(self._loads()),
            comparison=self._comparison(),
            more=tuple(self._more()),
            explained=named(self.model, self.shown.explained) if self.shown.explained else None,
            difference=self._difference() if self.shown.asked else None,
            strays=self._strays,
            written_value=self._written_value,
            written_breaks=tuple(self._written_breaks()),
            unscored=self._named(ref for ref in facts.open if not facts.scores[ref]),
            without_effort=self._named(iter(lacking)),
            unlimited=self._unlimited(),
            checks=self.shown.checks,
        )

    def _named(self, refs: Iterator[Ref]) -> tuple[Named, ...]:
        return tuple(named(self.model, ref) for ref in refs)

    def _unlimited(self) -> tuple[Named, ...]:
        """Teams with work whose capacity is not known."""
        teams = {self.model.canonical(team) for each in self.facts.candidates.values() for team in each.teams.values()}
        return tuple(named(self.model, ref) for ref in sorted(teams - self.facts.capacity.keys()))

    # What is placed

    def _placed(self, ref: Ref) -> PlacedWork:
        facts, each = self.facts, self.facts.open[ref]
        end = self.solved.ends[ref]
        slot, days = facts.slots.slots[end], facts.plan.window(each)
        score, written = facts.scores[ref], facts.written(ref)
        weeks = sum(sum(units.get(ref, ())) for units in self.solved.loads.values()) / UNIT
        weeks += sum(sum(units.get(ref, ())) for units in facts.fixed.values()) / UNIT
        return PlacedWork(
            initiative=named(self.model, ref),
            status=each.status.value,
            is_commitment=facts.problem.pieces[ref].must,
            period=str(facts.slots.periods[slot.period]),
            first=self._first(ref, end),
            last=self._last(ref, end),
            written=days.end,
            moved=None if written is None else slot.period - facts.slots.slots[written].period,
            value=score,
            weeks=weeks,
            span=self.model.at(ref, (each.first_written("end", "period", "status"),)),
        )

    def _first(self, ref: Ref, end: int) -> Date:
        """The day its work begins, after what it waits for; active work and its own days are kept."""
        facts, each = self.facts, self.facts.open[ref]
        days = facts.plan.window(each)
        if ref in facts.active or self._is_as_written(ref):
            return days.start or facts.slots.slots[end].first
        used = [
            slot for units in self.solved.loads.values() for slot, amount in enumerate(units.get(ref, ())) if amount
        ]
        begin = min(used, default=window(facts.problem, self.solved.ends, ref)[0] if each.depends_on else end)
        waits = (self._last(before, self.solved.ends[before]) + _DAY for before in facts.problem.pieces[ref].after)
        slots = facts.slots.slots
        return min(max([slots[min(begin, end)].first, *waits]), slots[end].last)

    def _last(self, ref: Ref, end: int) -> Date:
        facts, each = self.facts, self.facts.open[ref]
        days = facts.plan.window(each)
        if days.end and (ref in facts.active or self._is_as_written(ref)):
            return days.end
        return facts.slots.slots[end].last

    def _is_as_written(self, ref: Ref) -> bool:
        """Whether the days of its file can stay: the plan ends it in that period, and not later, and nothing that
        depends on it ends before them.
        """
        written, slots, end = self.facts.written(ref), self.facts.slots.slots, self.solved.ends[ref]
        last = self.facts.plan.window(self.facts.open[ref]).end
        if written is None or last is None or last < self.options.today:
            return False
        is_allowed = written in self.facts.problem.pieces[ref].ends
        is_in_time = end <= written and slots[written].period == slots[end].period
        return is_allowed and is_in_time and all(slots[after].last >= last for after in self._followers.get(ref, ()))

    @cached_property
    def _followers(self) -> Mapping[Ref, Sequence[int]]:
        """By piece of work: the slots in which what depends on it ends."""
        found: dict[Ref, list[int]] = {}
        for ref, end in self.solved.ends.items():
            for before in self.facts.problem.pieces[ref].after:
                found.setdefault(before, []).append(end)
        return found

    def _loads(self) -> Iterator[TeamLoad]:
        facts = self.facts
        for team, capacity in sorted(facts.capacity.items()):
            periods = []
            for nth, period in enumerate(facts.slots.periods):
                at = [slot for slot, each in enumerate(facts.slots.slots) if each.period == nth]
                running = sum(units[slot] for units in facts.fixed.get(team, {}).values() for slot in at)
                planned = sum(units[slot] for units in self.solved.loads.get(team, {}).values() for slot in at)
                all_ = sum(capacity[slot] for slot in at)
                periods.append(PeriodLoad(str(period), all_ / UNIT, running / UNIT, planned / UNIT))
            yield TeamLoad(named(self.model, team), tuple(periods))

    # What is not

    def _broken(self) -> Iterator[BrokenCommitment]:
        """Commitments that the plan does not keep, and those that no plan can place at all."""
        for ref, clash in sorted(self.solved.broken.items()):
            yield clashing_commitment(self.facts, ref, clash)
        yield from blocked_commitments(self.facts)

    # Other plans

    def _comparison(self) -> OtherPlans:
        """How much less the plans of simple rules are worth."""
        found = []
        for with_prerequisites in (False, True):
            ends = by_rule(self.facts, with_prerequisites=with_prerequisites)
            worth = worth_of(self.facts.problem, ends)
            found.append((self.solved.worth - worth) / self.solved.worth if self.solved.worth else None)
        return OtherPlans(*found)

    def _more(self) -> Iterator[MoreCapacity]:
        team = self.shown.explained
        if self.planner and team in self.model.teams and team is not None:
            yield from more_capacity(self.facts, self.solved, self.planner, team)

    def _difference(self) -> PlanDifference:
        """What the wishes change, against the plan without them."""
        plain = PlanFacts(self.model, replace(self.options, wishes=self.shown.given))
        was = self._solve(plain)
        ends, before = self.solved.ends, was.ends
        slots, former = self.facts.slots.slots, plain.slots.slots
        moves = (
            (ref, slots[end].period - former[before[ref]].period) for ref, end in sorted(ends.items()) if ref in before
        )
        return PlanDifference(
            asked=self.shown.asked,
            value=self.solved.worth / self.facts.steps,
            was=was.worth / plain.steps,
            is_proven=self.solved.is_proven and was.is_proven,
            enters=all_named(self.model, sorted(ends.keys() - before.keys())),
            leaves=all_named(self.model, sorted(before.keys() - ends.keys())),
            moves=tuple((named(self.model, ref), by) for ref, by in moves if by),
        )

    # What the files say

    @cached_property
    def _strays(self) -> tuple[Named, ...]:
        """Written work that the plan ends in another period, or leaves out, and what it brings that no file has."""
        facts, slots = self.facts, self.facts.slots.slots
        found = []
        for ref, each in facts.open.items():
            end, written = self.solved.ends.get(ref), facts.written(ref)
            is_written = each.status.is_committed and written is not None
            if end is None and not is_written:
                continue
            if end is None or written is None or not is_written or slots[end].period != slots[written].period:
                found.append(named(self.model, ref))
        return tuple(found)

    @cached_property
    def _written_ends(self) -> Ends[Ref]:
        """The slots in which committed work ends, as the files say."""
        return {
            ref: at
            for ref, each in self.facts.candidates.items()
            if each.status.is_committed and (at := self.facts.written(ref)) is not None
        }

    @cached_property
    def _written_value(self) -> float | None:
        """The value of the plan that the files have; None if it does not hold."""
        problem, ends = replace(self.facts.problem, bounds=()), self._written_ends
        is_allowed = all(end in problem.pieces[ref].ends for ref, end in ends.items())
        if not is_allowed or loads(problem, ends) is None:
            return None
        return worth_of(problem, ends) / self.facts.steps

    def _written_breaks(self) -> Iterator[WrittenBreak]:
        """What can't be as the files say."""
        if self.planner is None or self._written_value is not None:
            return
        for ref, clash in sorted(self.planner.broken_as_written(self.facts, self._written_ends).items()):
            yield WrittenBreak(
                initiative=named(self.model, ref),
                end=self.facts.plan.window(self.facts.open[ref]).end,
                latest=self.facts.latest(ref),
                work=all_named(self.model, clash.work[1:]) if clash else (),
                teams=all_named(self.model, clash.teams) if clash else (),
                is_explained=clash is not None,
                span=_limit_at(self.facts, ref),
            )
