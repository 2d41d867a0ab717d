"""What two plans say differently, from the models that they would make."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.scenario import Scenario
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.raw import from_raw, shown
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.benefit import Benefits
from platctl.outlook.deliveries import Delivery, DeliveryVerdict, deliveries, goal_moves
from platctl.outlook.difference import pair
from platctl.outlook.plan import Plan
from platctl.questions.plan.compare.report import (
    ComparedWork,
    ComparisonReport,
    ConsumerTurn,
    Granularity,
    PlannedDays,
    PlannedFuture,
    WorkTurn,
)
from platctl.questions.plan.report import PlacedWork, PlanPeriod, PlanReport
from platctl.questions.plan.weeks.report import ScheduledWork, ScheduleReport
from platctl.questions.plan.weeks.weeks import monday_of
from platctl.record import record
from platctl.writing.numbers import number

AnyPlan = PlanReport | ScheduleReport
_SOONER = frozenset({DeliveryVerdict.EARLIER, DeliveryVerdict.ADDED})


@record(slots=False)
class FuturePlan:
    """A future and its plan."""

    model: Model
    scenario: Scenario | None
    name: Named | None
    plan: AnyPlan

    @cached_property
    def planned(self) -> Model:
        """The model in which the plan is what the files say: chosen work has its days, and no other work has any."""
        done = {each.initiative.ref: each for each in self.plan.work}
        changed = {ref: each for ref, each in self.model.initiatives.items() if each.status.is_open}
        entities = dict(self.model.entities)
        for ref, each in changed.items():
            if each.status is Status.ACTIVE:
                continue
            if place := done.get(ref):
                days = {"status": Status.PLANNED, "start": place.first, "end": place.last, "period": None}
                entities[ref] = each.changed(days)
            elif each.status.is_committed:
                entities[ref] = each.changed({"status": Status.PROPOSED, "start": None, "end": None, "period": None})
        return replace(self.model, entities=entities)

    @cached_property
    def days(self) -> Mapping[Ref, PlannedDays]:
        """By piece of work: when the plan does it."""
        return {each.initiative.ref: PlannedDays(_ends_in(each), each.first, each.last) for each in self.plan.work}

    @cached_property
    def benefits(self) -> Benefits:
        return Benefits(Graph(self.planned), self.plan.today)

    def summary(self, *, with_assumptions: bool) -> PlannedFuture:
        plan = self.plan
        if isinstance(plan, ScheduleReport):
            broken = [each.initiative for each in plan.work if each.is_commitment and each.is_broken]
            broken += [each.initiative for each in plan.unscheduled]
            broken += [commitment.initiative for commitment in plan.broken]
            late, left_out, chosen = len(plan.late), plan.left_out, plan.chosen
        else:
            broken = [each.initiative for each in plan.broken]
            late, left_out, chosen = 0, len(plan.left_out), plan.proof
        return PlannedFuture(
            scenario=self.name,
            assumed=tuple(assumed(self.scenario)) if self.scenario and with_assumptions else (),
            proof=plan.proof,
            chosen=chosen,
            value=plan.value,
            work=len(plan.work),
            left_out=left_out,
            finish=max((each.last for each in plan.work), default=None),
            late=late,
            broken=tuple(broken),
        )


def compared(first: FuturePlan, second: FuturePlan) -> ComparisonReport:
    """What the second plan says differently from the first one."""
    return _BothPlans(first, second).report()


def assumed(scenario: Scenario) -> Iterator[str]:
    """What a scenario says, in words, in the order of its file."""
    for edit in scenario.edits:
        name = _spoken(edit.entity)
        if edit.remove:
            yield f"{name}: removed"
        for key, text in edit.set_.items():
            yield f"{name}: {key} {shown(text)}"
        for key in edit.unset:
            yield f"{name}: no {key}"
    for text in scenario.add:
        value = from_raw(text)
        yield f"{value.get('kind')} {value.get('id')}: added"
    for each in scenario.capacity:
        signed = f"{'-' if each.add < 0 else '+'}{number(abs(each.add))}"
        period = f"in {each.period}" if each.period else "in each period"
        yield f"{_spoken(each.team)}: {signed} person-weeks {period}"
    for pin in scenario.pins:
        yield f"{_spoken(pin.initiative)}: pinned" + (f" to {pin.period}" if pin.period else "")
    yield from (f"{_spoken(each)}: left out" for each in scenario.bans)


def _spoken(ref: Ref) -> str:
    return f"{ref.kind} {ref.name}"


def _ends_in(each: PlacedWork | ScheduledWork) -> str:
    return each.period if isinstance(each, PlacedWork) else each.last_week


@record(slots=False)
class _BothPlans:
    one: FuturePlan
    other: FuturePlan

    def report(self) -> ComparisonReport:
        plan = self.other.plan
        moved = deliveries(
            Plan(self.one.planned, plan.today),
            Plan(self.other.planned, plan.today),
            pair(self.one.planned, self.other.planned),
        )
        is_week = isinstance(plan, ScheduleReport)
        return ComparisonReport(
            state=plan.state,
            today=plan.today,
            audience=plan.audience,
            method=plan.method,
            horizon=plan.horizon if isinstance(plan, ScheduleReport) else _span_of(plan),
            granularity=Granularity.WEEK if is_week else Granularity.PERIOD,
            spans=tuple(self._spans()),
            first=self.one.summary(with_assumptions=plan.audience is None),
            second=self.other.summary(with_assumptions=plan.audience is None),
            work=tuple(self._work()),
            consumers=tuple(self._consumers(moved)),
            goals=goal_moves(self.one.planned, self.other.planned, moved),
        )

    def _spans(self) -> Iterator[PlanPeriod]:
        """All periods, or the weeks until both are done."""
        one, other = self.one.plan, self.other.plan
        if isinstance(one, ScheduleReport) and isinstance(other, ScheduleReport):
            for name in max(one.weeks, other.weeks, key=len):
                monday = monday_of(name)
                yield PlanPeriod(name, max(monday, one.today), monday + timedelta(days=6))
        elif isinstance(one, PlanReport):
            yield from one.periods

    # Work

    def _work(self) -> Iterator[ComparedWork]:
        running = {each.initiative.ref for each in (*self.one.plan.work, *self.other.plan.work) if each.is_running}
        places = {ref: (self.one.days.get(ref), self.other.days.get(ref)) for ref in self._refs}
        for ref, (was, now) in sorted(places.items(), key=lambda item: (_first_of(*item[1]), item[0])):
            owner = self.other.model if ref in self.other.model.initiatives else self.one.model
            yield ComparedWork(
                initiative=named(owner, ref),
                is_running=ref in running,
                first=was,
                second=now,
                moved=self._steps(was, now) if was and now else None,
                days=(now.last - was.last).days if was and now else None,
                span=owner.name_at(ref),
            )

    @property
    def _refs(self) -> frozenset[Ref]:
        return frozenset(self.one.days.keys() | self.other.days.keys())

    def _steps(self, was: PlannedDays, now: PlannedDays) -> int:
        """By how many periods or weeks the end moves."""
        if isinstance(self.one.plan, PlanReport):
            names = [each.name for each in self.one.plan.periods]
            return names.index(now.ends_in) - names.index(was.ends_in)
        return (monday_of(now.ends_in) - monday_of(was.ends_in)).days // 7

    # Consumers

    def _consumers(self, moved: tuple[Delivery, ...]) -> Iterator[ConsumerTurn]:
        """Who gains from work, or asked for it, by what becomes of that work."""
        sooner: dict[Ref, list[WorkTurn]] = {}
        later: dict[Ref, list[WorkTurn]] = {}
        for each in moved:
            ref = each.initiative.ref
            is_there = ref in self.other.days or ref not in self.one.model.initiatives
            owner = self.other if is_there else self.one
            turn = sooner if each.verdict in _SOONER else later
            for consumer in owner.benefits.of(ref).reach:
                turn.setdefault(consumer, []).append(WorkTurn(each.initiative, each.verdict, each.was, each.now))
        for ref in sorted(sooner.keys() | later.keys()):
            owner = self.other if ref in self.other.model.consumers else self.one
            yield ConsumerTurn(named(owner.model, ref), tuple(sooner.get(ref, ())), tuple(later.get(ref, ())))


def _span_of(plan: PlanReport) -> str:
    return f"{plan.periods[0].name} to {plan.periods[-1].name}"


def _first_of(*days: PlannedDays | None) -> Date:
    return min(each.first for each in days if each)
