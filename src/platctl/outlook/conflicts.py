"""Conflicts in a plan: days against days, work against freezes, effort against capacity."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.named import Named, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.model.window import last_day
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import Need, Standing, standing
from platctl.outlook.overload import overloads
from platctl.outlook.plan import Plan
from platctl.outlook.timeline import Timeline
from platctl.record import record
from platctl.source.yaml.document import Route


class ConflictKind(StrEnum):
    """Kinds of conflicts. The last four compare the plan with what is possible."""

    STARTS_BEFORE_DEPENDENCY = "starts-before-dependency-ends"
    AFTER_DEADLINE = "after-deadline"
    AFTER_NEED_BY = "after-need-by"
    AFTER_GOAL_DUE = "after-goal-due"
    IN_FREEZE = "in-freeze"
    OVER_CAPACITY = "over-capacity"
    BEFORE_EARLIEST = "starts-before-earliest"
    NOT_BEGUN = "not-begun"
    OVERDUE = "overdue"
    HELD_UP = "starts-before-dependency-can-end"
    MISSES_DEADLINE = "can-not-meet-deadline"


@record
class Conflict:
    """A conflict in the plan: `date` against `limit`, or what `detail` says.

    `other` is the subject itself if there is no other. `work` are the initiatives that can't go as planned, and
    `waiting` the consumers that wait for them, directly or behind other work (set by `with_waiting`, as it takes a walk
    for each). `excess` is in person-weeks. `detail` of overdue work is its status if it is not committed.
    """

    kind: ConflictKind
    subject: Named
    other: Named
    date: Date | None
    limit: Date | None
    detail: str
    span: LazySpan
    work: tuple[Named, ...] = ()
    waiting: tuple[Named, ...] = ()
    excess: float | None = None


def new_conflicts(was: Plan, now: Plan, pairing: Pairing) -> tuple[Conflict, ...]:
    """The conflicts that did not exist before; one of a team whose load grows counts as new."""

    def identity(plan: Plan, conflict: Conflict) -> tuple[object, ...]:
        refs = (conflict.subject.ref, conflict.other.ref)
        freeze = conflict.detail if conflict.kind is ConflictKind.IN_FREEZE else ""
        return (conflict.kind, *(map(pairing.head, refs) if plan is was else refs), conflict.limit, freeze)

    known = {identity(was, each): each.excess or 0.0 for each in conflicts(was)}
    return tuple(
        with_waiting(now, each)
        for each in conflicts(now)
        if (mark := identity(now, each)) not in known or (each.excess or 0.0) > known[mark]
    )


def conflicts(plan: Plan) -> tuple[Conflict, ...]:
    """All conflicts in a plan as declared."""
    found = [conflict for each in plan.open_work.values() for conflict in of_days(plan, each)]
    found += [conflict for each in plan.committed.values() for conflict in _freezes(plan, each)]
    found += [*_needs(plan), *over_capacity(plan)]
    return tuple(
        sorted(found, key=lambda each: (list(ConflictKind).index(each.kind), each.subject.ref, each.other.ref))
    )


def of_days(plan: Plan, initiative: Initiative) -> Iterator[Conflict]:
    """The days of open work against those of what it depends on, its own limits, and its goals."""
    model, first, last = plan.model, plan.days_left(initiative).start, plan.window(initiative).end
    for before in plan.prerequisites(initiative):
        other = plan.open_work.get(before)
        end = plan.window(other).end if other and other is not initiative else None
        if first and end and first <= end:
            route = plan.route_to(initiative, before)
            yield against(plan, ConflictKind.STARTS_BEFORE_DEPENDENCY, initiative, first, end, route, before)
    if first and initiative.earliest and first < initiative.earliest and initiative.status is not Status.ACTIVE:
        yield against(plan, ConflictKind.BEFORE_EARLIEST, initiative, first, initiative.earliest, ("earliest",))
    if last and initiative.deadline and last > initiative.deadline:
        yield against(plan, ConflictKind.AFTER_DEADLINE, initiative, last, initiative.deadline, ("deadline",))
    goals = {model.canonical(share.goal): index for index, share in reversed([*enumerate(initiative.goals)])}
    for ref, index in reversed(goals.items()):
        goal = model.goals.get(ref)
        due = last_day(goal.due, plan.calendar) if goal else None
        if goal and due and last and last > due:
            yield against(plan, ConflictKind.AFTER_GOAL_DUE, initiative, last, due, ("goals", index), ref)


def against(
    plan: Plan,
    kind: ConflictKind,
    initiative: Initiative,
    date: Date,
    limit: Date,
    route: Route,
    other: Ref | None = None,
) -> Conflict:
    """A day of an initiative in conflict with a limit that one of its fields declares."""
    me = named(plan.model, initiative.ref)
    opposite = named(plan.model, other) if other else me
    return Conflict(kind, me, opposite, date, limit, "", _at(plan, initiative.ref, route), (me,))


def _at(plan: Plan, ref: Ref, route: Route) -> LazySpan:
    return LazySpan(plan.model.documents[ref], route)


def _freezes(plan: Plan, initiative: Initiative) -> Iterator[Conflict]:
    """Changes during a freeze of a consumer that uses the component."""
    model, end, me = plan.model, plan.window(initiative).end, named(plan.model, initiative.ref)
    told: set[Ref] = set()
    for index, change in enumerate(initiative.changes):
        for ref in plan.consumers_of(change):
            freeze = model.consumers[ref].frozen_on(end)
            if freeze and change.effect is not ChangeEffect.INTERNAL and ref not in told:
                told.add(ref)
                frozen, span = named(model, ref), _at(plan, initiative.ref, ("changes", index))
                yield Conflict(ConflictKind.IN_FREEZE, me, frozen, end, None, freeze, span, (me,))


def _needs(plan: Plan) -> Iterator[Conflict]:
    """Dependencies that no available version meets by their `need_by`."""
    model, timeline = plan.model, Timeline(plan.model, plan.today)
    for use in plan.graph.uses:
        need_by = use.dependency.need_by
        if not need_by or use.target not in model.components:
            continue
        need = Need(use.interface, use.dependency.requires)
        if not need.is_readable:
            continue
        if standing(timeline.offers(use.target, need_by), need) is Standing.NONE:
            yield Conflict(
                ConflictKind.AFTER_NEED_BY,
                named(model, use.source),
                named(model, use.target),
                _met_on(timeline, use.target, need, need_by),
                need_by,
                f"{use.target_name} {use.dependency.requires}",
                _at(plan, use.source, (*use.route, "need_by")),
            )


def _met_on(timeline: Timeline, component: Ref, need: Need, after: Date) -> Date | None:
    """The first later day on which an available version meets a need."""
    for day in timeline.days(component):
        if day > after and standing(timeline.offers(component, day), need) is not Standing.NONE:
            return day
    return None


def over_capacity(plan: Plan) -> Iterator[Conflict]:
    """Teams with more committed work in a period than their capacity."""
    for each in overloads(plan):
        yield Conflict(
            ConflictKind.OVER_CAPACITY,
            each.team,
            each.team,
            None,
            each.until,
            each.text,
            _at(plan, each.team.ref, ("capacity", each.period)),
            tuple(sorted((share.initiative for share in each.work), key=lambda work: work.ref)),
            excess=round(each.weeks - each.capacity, 6),
        )


def with_waiting(plan: Plan, conflict: Conflict) -> Conflict:
    """The same with the consumers that wait for its work, or for what waits behind that."""
    all_ = dict.fromkeys(ref for work in conflict.work for ref in (work.ref, *plan.downstream(work.ref)))
    consumers = dict.fromkeys(each for ref in all_ for each in plan.asking(plan.model.initiatives[ref]))
    return replace(conflict, waiting=tuple(named(plan.model, ref) for ref in consumers if ref in plan.model.consumers))
