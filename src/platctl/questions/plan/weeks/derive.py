"""The work of a plan in weeks, how good that is, and why nothing starts sooner."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import Named, all_named, named
from platctl.model.ref import Ref
from platctl.questions.plan.derive import PlanShown, blocked_commitments, clashing_commitment, proof_of
from platctl.questions.plan.facts import PlanFacts
from platctl.questions.plan.options import PlanOptions, PlanWishes
from platctl.questions.plan.report import BrokenCommitment, Proof
from platctl.questions.plan.slots import UNIT, Slots
from platctl.questions.plan.solving import Planner, Solved, without_solver
from platctl.questions.plan.weeks.facts import WeekFacts
from platctl.questions.plan.weeks.report import (
    ScheduledWork,
    ScheduleReport,
    TeamWeeks,
    UnscheduledWork,
    WeekLoad,
)
from platctl.questions.plan.weeks.weeks import Weeks
from platctl.record import record
from platctl.scheduling.holding_up import HoldUps
from platctl.scheduling.project import Project, finish, lateness
from platctl.scheduling.project_search import Scheduled, Scheduler
from platctl.scheduling.serial import Aim, latest_starts

_FEWEST, _MOST = 26, 520
"""How many weeks are looked at first, and at most: ten years."""


@record(slots=False)
class ScheduleQuestion:
    """What is asked: a plan, and what its schedule is to have first. `wishes` are those of the plan for more periods
    than it has.
    """

    options: PlanOptions
    wishes: Callable[[int], PlanWishes]
    aim: Aim
    shown: PlanShown = PlanShown()


def schedule(
    model: Model, state: str, question: ScheduleQuestion, planner: Planner | None, scheduler: Scheduler
) -> ScheduleReport:
    """The schedule of what a plan chooses; without a planner, the plan of a simple rule."""
    return _Scheduling(model, question, planner, scheduler).report(state)


@record(slots=False)
class _Scheduling:
    model: Model
    question: ScheduleQuestion
    planner: Planner | None
    scheduler: Scheduler

    @cached_property
    def plan(self) -> PlanFacts:
        return PlanFacts(self.model, self.question.options)

    @cached_property
    def solved(self) -> Solved:
        return self.planner.plan(self.plan) if self.planner else without_solver(self.plan)

    @cached_property
    def _found(self) -> tuple[WeekFacts, Scheduled[Ref]]:
        """As few weeks as are enough, doubled until they are."""
        chosen = frozenset(self.solved.ends.keys() | self.solved.broken.keys()) - self._excluded
        count = _FEWEST
        while True:
            weeks = Weeks(self.question.options.today, count)
            facts = WeekFacts(self.plan, self._with_periods(weeks), chosen, weeks)
            if not facts.unplaced or count == _MOST:
                found = self.scheduler.schedule(facts.project, self.question.aim)
                if found is not None or count == _MOST:
                    return facts, found or Scheduled({}, (0, 0))
            count = min(2 * count, _MOST)

    @cached_property
    def _excluded(self) -> frozenset[Ref]:
        """The broken commitments that can't be done beside chosen work, whenever that is."""
        chosen = self.solved.ends.keys()
        taken = {ref for group in self.plan.problem.one_of if not chosen.isdisjoint(group) for ref in group}
        return frozenset(taken & self.solved.broken.keys())

    def _broken(self) -> Iterator[BrokenCommitment]:
        """The commitments that no week can keep."""
        for ref in sorted(self._excluded):
            yield clashing_commitment(self.plan, ref, self.solved.broken[ref])
        yield from blocked_commitments(self.plan)

    @cached_property
    def _unplaced(self) -> frozenset[Ref]:
        """The work that has no weeks."""
        return frozenset(self.facts.work.keys() - self.scheduled.starts.keys())

    def _with_periods(self, weeks: Weeks) -> PlanFacts:
        """The facts of as many periods as there are in some weeks."""
        options = self.question.options
        slots = Slots(self.plan.plan.calendar, options.today, options.horizon, options.horizon)
        while slots.last < weeks.last(weeks.count):
            slots = replace(slots, count=slots.count + 1)
        beyond, wishes = slots.count - options.horizon, self.question.wishes(slots.count)
        return PlanFacts(self.model, replace(options, wishes=wishes, beyond=beyond))

    @property
    def facts(self) -> WeekFacts:
        return self._found[0]

    @property
    def weeks(self) -> Weeks:
        return self.facts.weeks

    @property
    def project(self) -> Project[Ref]:
        return self.facts.project

    @property
    def scheduled(self) -> Scheduled[Ref]:
        return self._found[1]

    @cached_property
    def _running(self) -> dict[Ref, int]:
        """By running work of the plan: the number of weeks until its end."""
        ends = {ref: self.facts.running_end(ref) for ref in self.plan.active if ref in self.plan.candidates}
        return {ref: max(self.weeks.of(end) + 1, 1) for ref, end in sorted(ends.items())}

    @cached_property
    def _overdue(self) -> dict[Ref, int]:
        """By running work of the plan: by how many weeks it is late, whatever the schedule."""
        due = {ref: self.facts.due(ref) for ref in self._running}
        return {
            ref: max(-((day - self.facts.running_end(ref)).days // 7), 0) for ref, day in due.items() if day is not None
        }

    @cached_property
    def _finish(self) -> int:
        """The number of weeks until everything has ended."""
        return max((finish(self.project, self.scheduled.starts), *self._running.values()))

    def report(self, state: str) -> ScheduleReport:
        plan, shown, periods = self.plan, self.question.shown, self.plan.slots.periods
        work = (*self._running_work(), *self._placed())
        work = tuple(sorted(work, key=lambda each: (each.first, each.last, each.initiative.ref)))
        lacking = [ref for ref, each in self.facts.work.items() if not each.effort and not each.duration]
        return ScheduleReport(
            state=state,
            today=self.question.options.today,
            audience=shown.audience,
            only=shown.said,
            scenario=shown.scenario,
            method=self.question.options.method.label,
            horizon=f"{periods[0]} to {periods[-1]}",
            chosen=proof_of(self.solved),
            value=self.solved.worth / plan.steps,
            left_out=len(plan.open) - len(work) - len(self._unplaced),
            aim=self.question.aim,
            proof=self._proof,
            finish=max((each.last for each in work), default=None),
            weeks=tuple(self.weeks.name(week) for week in range(self._finish)),
            lateness=lateness(self.project, self.scheduled.starts) + sum(self._overdue.values()),
            least_lateness=self._least(Aim.LATENESS),
            least_weeks=self._least(Aim.FINISH),
            work=work,
            unscheduled=tuple(self._unscheduled()),
            broken=tuple(self._broken()),
            loads=tuple(self._loads()),
            strays=self._strays(work),
            without_effort=all_named(self.model, lacking),
            unlimited=self._unlimited(),
            carried=self._carried(),
            checks=shown.checks,
        )

    @property
    def _proof(self) -> Proof:
        if not self.scheduled.least:
            return Proof.UNPROVEN
        return Proof.OPTIMAL if self.scheduled.is_proven else Proof.FEASIBLE

    def _least(self, aim: Aim) -> int | None:
        """What an aim can be at least; the finish is not before that of running work."""
        least = self.scheduled.least
        nth = 0 if aim is self.question.aim else 1
        if nth >= len(least):
            return None
        if aim is Aim.FINISH:
            return max((least[nth], *self._running.values()))
        return least[nth] + sum(self._overdue.values())

    def _unlimited(self) -> tuple[Named, ...]:
        """Teams with work whose capacity is not known."""
        teams = {team for ref in self.facts.work for team in self.facts.facts.efforts[ref]}
        return all_named(self.model, sorted(teams - self.facts.capacity.keys()))

    def _carried(self) -> tuple[Named, ...]:
        """Teams whose capacity is not written until the finish."""
        slots, last = self.facts.facts.slots, self.weeks.last(self._finish - 1)
        periods = [each for each, (first, _) in zip(slots.periods, slots.bounds, strict=True) if first <= last]
        teams = sorted({team for ref in self.facts.work for team in self.facts.efforts(ref)})
        lacking = [team for team in teams if any(self.model.teams[team].capacity.of(each) is None for each in periods)]
        return all_named(self.model, lacking)

    # Work

    def _running_work(self) -> Iterator[ScheduledWork]:
        for ref, until in self._running.items():
            last = self.facts.running_end(ref)
            first = min(self.plan.plan.window(self.plan.open[ref]).start or self.weeks.today, last)
            span = _InWeeks(self.weeks.of(first), until, first, last)
            effort = sum(sum(units.get(ref, ())) for units in self.facts.facts.fixed.values()) / UNIT
            yield replace(self._scheduled(ref, span, effort), late=self._overdue.get(ref, 0))

    def _placed(self) -> Iterator[ScheduledWork]:
        latest = latest_starts(self.project, self.scheduled.starts, self._finish)
        hold_ups = HoldUps(self.project, self.scheduled.starts)
        for ref, start in self.scheduled.starts.items():
            each = self.project.activities[ref]
            end = each.end(start)
            last = self.weeks.last(end - 1)
            span = _InWeeks(start, end, self.weeks.first(start) if end > start else last, last)
            found = self._scheduled(ref, span, sum(self.facts.facts.efforts[ref].values()))
            held = hold_ups.of(ref)
            after = held.activities or (() if held.resources else self.facts.running_before(ref, start))
            yield replace(
                found,
                late=each.lateness(start),
                slack=None if latest is None else max(each.end(latest[ref]) - end, 0),
                after=all_named(self.model, after),
                teams=all_named(self.model, self.facts.teams_of(held.resources)),
            )

    def _scheduled(self, ref: Ref, span: "_InWeeks", effort: float) -> ScheduledWork:
        """Work, without what follows from its place among other work."""
        plan, each = self.plan, self.plan.open[ref]
        written, latest = plan.plan.window(each).end, plan.latest(ref)
        ends_in = max(span.until - 1, 0)
        return ScheduledWork(
            initiative=named(self.model, ref),
            status=each.status.value,
            is_commitment=plan.is_committed(ref) or ref in plan.options.wishes.pins,
            first_week=self.weeks.name(span.start),
            last_week=self.weeks.name(ends_in),
            first=span.first,
            last=span.last,
            length=span.until - span.start,
            effort=effort,
            due=self.facts.due(ref),
            late=0,
            is_broken=latest is not None and span.last > latest,
            slack=None,
            after=(),
            teams=(),
            written=written,
            moved=None if written is None else ends_in - max(self.weeks.of(written), 0),
            span=self.model.at(ref, (each.first_written("end", "period", "status"),)),
        )

    def _unscheduled(self) -> Iterator[UnscheduledWork]:
        for ref in sorted(self._unplaced):
            by = [each for each in self.plan.plan.prerequisites(self.plan.open[ref]) if each in self._unplaced]
            yield UnscheduledWork(named(self.model, ref), all_named(self.model, by), self.model.name_at(ref))

    def _strays(self, work: Iterable[ScheduledWork]) -> tuple[Named, ...]:
        """Work whose file has no end in that week, or is not planned."""
        return tuple(
            each.initiative
            for each in work
            if each.moved != 0 or not self.plan.open[each.initiative.ref].status.is_committed
        )

    def _loads(self) -> Iterator[TeamWeeks]:
        planned = {team: [0.0] * self.weeks.count for team in self.facts.capacity}
        for ref, start in self.scheduled.starts.items():
            length = self.project.activities[ref].shapes[start].length
            for team, amounts in self.facts.taken(ref, start, length).items():
                for week, amount in enumerate(amounts, start):
                    planned[team][week] += amount
        nothing = (0.0,) * self.weeks.count
        for team, capacity in sorted(self.facts.capacity.items()):
            running = self.facts.running.get(team, nothing)
            rows = zip(capacity, running, planned[team], strict=True)
            weeks = [WeekLoad(self.weeks.name(week), *map(_rounded, row)) for week, row in enumerate(rows)]
            yield TeamWeeks(named(self.model, team), tuple(weeks[: self._finish]))


@record
class _InWeeks:
    """From the beginning of a week to before another one, and the days."""

    start: int
    until: int
    first: Date
    last: Date


def _rounded(amount: float) -> float:
    return round(amount, 4)
