"""What a change of timing, scope or status means for those who wait, and what no longer fits together."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from platctl.analysis.changes import named
from platctl.analysis.diff import Pairing
from platctl.analysis.policy import freeze_on
from platctl.finding import Span
from platctl.graph.effects import Need, Standing, standing
from platctl.graph.graph import Graph
from platctl.graph.offers import Catalog
from platctl.model.calendar import Calendar, Date, Period
from platctl.model.initiative import Change, Initiative, Status
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.schedule import Window, last_day, window
from platctl.report.impact import Conflict, ConflictKind, Delivery, DeliveryVerdict, GoalMove, Named


@dataclass(frozen=True)
class Plan:
    """The committed work of one model on the calendar."""

    model: Model

    @cached_property
    def calendar(self) -> Calendar:
        return self.model.config.calendar.calendar

    def window(self, initiative: Initiative) -> Window:
        return window(initiative, self.calendar)

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.model)

    def consumers_of(self, change: Change) -> list[Ref]:
        """The consumers that stand directly on what a change touches."""
        interface = change.component.interface
        uses = self.graph.users_of.get(self.model.canonical(change.component.component), ())
        touched = (use for use in uses if None in (interface, use.interface) or interface == use.interface)
        return list(dict.fromkeys(use.source for use in touched if use.source.kind == "consumer"))

    @cached_property
    def committed(self) -> Mapping[Ref, Initiative]:
        return {ref: each for ref, each in self.model.initiatives.items() if each.status.is_committed}

    @cached_property
    def waiting_for(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """By initiative: those that depend on it and are not given up."""
        waiting: dict[Ref, list[Ref]] = {}
        for ref, each in self.model.initiatives.items():
            if not each.status.is_given_up and each.status is not Status.DONE:
                for before in each.depends_on:
                    waiting.setdefault(self.model.canonical(before), []).append(ref)
        return {ref: tuple(refs) for ref, refs in waiting.items()}

    def downstream(self, ref: Ref) -> list[Ref]:
        """Everything that waits for an initiative, directly or not, nearest first."""
        found: dict[Ref, None] = {}
        queue = deque([ref])
        while queue:
            for each in self.waiting_for.get(queue.popleft(), ()):
                if each not in found and each != ref:
                    found[each] = None
                    queue.append(each)
        return list(found)


def deliveries(base: Model, head: Model, pairing: Pairing) -> tuple[Delivery, ...]:
    """Promised work that is dropped, delayed, earlier, added or delivered."""
    was_plan, now_plan = Plan(base), Plan(head)
    was = {pairing.head(ref): each for ref, each in base.initiatives.items()}
    found = []
    for ref in sorted(was.keys() | head.initiatives.keys()):
        delivery = _delivery(was.get(ref), was_plan, head.initiatives.get(ref), now_plan)
        if delivery:
            found.append(delivery)
    return tuple(sorted(found, key=lambda each: (list(DeliveryVerdict).index(each.verdict), each.initiative.ref)))


def _delivery(before: Initiative | None, base: Plan, after: Initiative | None, head: Plan) -> Delivery | None:
    was = base.window(before).end if before and before.status.is_committed else None
    now = head.window(after).end if after and after.status.is_committed else None
    verdict = _verdict(before, after, was, now)
    if verdict is None:
        return None
    initiative, model = (after, head.model) if after else (before, base.model)
    assert initiative is not None  # noqa: S101  a reference of one of the two models
    plan = head if after else base
    waiting = dict.fromkeys(model.canonical(each) for each in initiative.waiting)
    return Delivery(
        named(model, initiative.ref),
        verdict,
        was,
        now,
        after.status.value if after else "removed",
        tuple(named(model, each) for each in waiting),
        tuple(named(plan.model, each) for each in plan.downstream(initiative.ref)),
        _span(head.model, after) if after else base.model.name_at(initiative.ref),
    )


def _span(model: Model, initiative: Initiative) -> Span:
    fields = ("end", "period", "status", "id")
    written = initiative.model_fields_set
    return model.at(initiative.ref, (next(field for field in fields if field in written),))


def _verdict(
    before: Initiative | None, after: Initiative | None, was: Date | None, now: Date | None
) -> DeliveryVerdict | None:
    committed_before = before is not None and before.status.is_committed
    committed_after = after is not None and after.status.is_committed
    if committed_before and not committed_after:
        done = after is not None and after.status is Status.DONE
        return DeliveryVerdict.DELIVERED if done else DeliveryVerdict.DROPPED
    if committed_after and not committed_before:
        return DeliveryVerdict.ADDED
    if not committed_after or was is None or now is None or was == now:
        return None
    return DeliveryVerdict.DELAYED if now > was else DeliveryVerdict.EARLIER


# Conflicts --------------------------------------------------------------------------------------------------


def new_conflicts(base: Model, head: Model, pairing: Pairing) -> tuple[Conflict, ...]:
    """What does not fit together in head, and was not already so in base."""

    def identity(conflict: Conflict, *, in_base: bool) -> tuple[object, ...]:
        refs = (conflict.subject.ref, conflict.other.ref)
        return (conflict.kind, *(map(pairing.head, refs) if in_base else refs), conflict.limit)

    known = {identity(each, in_base=True) for each in conflicts(base)}
    return tuple(each for each in conflicts(head) if identity(each, in_base=False) not in known)


def conflicts(model: Model) -> tuple[Conflict, ...]:
    """Everything in a plan that does not fit together."""
    plan = Plan(model)
    found = [conflict for each in plan.committed.values() for conflict in _of_initiative(plan, each)]
    found += [*_needs(plan), *_capacity(plan)]
    return tuple(
        sorted(found, key=lambda each: (list(ConflictKind).index(each.kind), each.subject.ref, each.other.ref))
    )


def _of_initiative(plan: Plan, initiative: Initiative) -> Iterator[Conflict]:
    model, when, ref = plan.model, plan.window(initiative), initiative.ref
    me = named(model, ref)
    for index, before in enumerate(initiative.depends_on):
        other = model.initiatives.get(model.canonical(before))
        end = plan.window(other).end if other and other.status.is_committed else None
        if other and end and when.start and when.start <= end:
            span = model.at(ref, ("depends_on", index))
            yield _conflict(ConflictKind.STARTS_BEFORE_DEPENDENCY, me, named(model, other.ref), when.start, end, span)
    if when.end and initiative.deadline and when.end > initiative.deadline:
        span = model.at(ref, ("deadline",))
        yield _conflict(ConflictKind.AFTER_DEADLINE, me, me, when.end, initiative.deadline, span)
    for index, share in enumerate(initiative.goals):
        goal = model.goals.get(model.canonical(share.goal))
        due = last_day(goal.due, plan.calendar) if goal else None
        if goal and due and when.end and when.end > due:
            span = model.at(ref, ("goals", index))
            yield _conflict(ConflictKind.AFTER_GOAL_DUE, me, named(model, goal.ref), when.end, due, span)
    yield from _freezes(plan, initiative, when.end)


def _freezes(plan: Plan, initiative: Initiative, end: Date | None) -> Iterator[Conflict]:
    """Changes that take place while a consumer that stands on the component is frozen."""
    model = plan.model
    for index, change in enumerate(initiative.changes):
        for ref in plan.consumers_of(change):
            freeze = freeze_on(model.consumers[ref], end)
            if freeze and change.effect.value != "internal":
                span = model.at(initiative.ref, ("changes", index))
                yield Conflict(
                    ConflictKind.IN_FREEZE,
                    named(model, initiative.ref),
                    named(model, ref),
                    end,
                    None,
                    freeze,
                    span,
                )


def _conflict(kind: ConflictKind, subject: Named, other: Named, date: Date, limit: Date, span: Span) -> Conflict:
    return Conflict(kind, subject, other, date, limit, "", span)


def _needs(plan: Plan) -> Iterator[Conflict]:
    """Dependencies whose `need_by` passes before anything on offer meets them."""
    model, catalog = plan.model, Catalog(plan.model)
    for use in plan.graph.uses:
        need_by, component = use.dependency.need_by, model.components.get(use.target)
        need = Need(use.interface, use.dependency.requires)
        if not need_by or component is None or not need.is_readable:
            continue
        if standing(catalog.offers(use.target, need_by), need) is Standing.NONE:
            span = model.at(use.source, (*use.route, "need_by"))
            detail = f"{use.target_name} {use.dependency.requires}"
            yield Conflict(
                ConflictKind.AFTER_NEED_BY,
                named(model, use.source),
                named(model, use.target),
                _met_on(catalog, use.target, need, need_by),
                need_by,
                detail,
                span,
            )


def _met_on(catalog: Catalog, component: Ref, need: Need, after: Date) -> Date | None:
    """The first day after which something on offer meets a need."""
    for day in catalog.turning_days(component):
        if day > after and standing(catalog.offers(component, day), need) is not Standing.NONE:
            return day
    return None


def _capacity(plan: Plan) -> Iterator[Conflict]:
    """Teams whose committed effort in a period is over their capacity; effort is spread evenly over the work's days."""
    model, loads = plan.model, load_by_period(plan)
    for team in model.teams.values():
        for period, weeks in sorted(loads.get(team.ref, {}).items(), key=lambda item: plan.calendar.bounds(item[0])):
            capacity = team.capacity.of(period)
            if capacity is not None and weeks > capacity + 1e-9:
                me = named(model, team.ref)
                detail = f"{weeks:.1f} of {capacity:g} person-weeks in {period}"
                span = model.at(team.ref, ("capacity",))
                yield Conflict(ConflictKind.OVER_CAPACITY, me, me, None, plan.calendar.bounds(period)[1], detail, span)


def load_by_period(plan: Plan) -> dict[Ref, dict[Period, float]]:
    """Person-weeks of committed work by team and period of the calendar's cadence."""
    loads: dict[Ref, dict[Period, float]] = {}
    for initiative in plan.committed.values():
        when = plan.window(initiative)
        if when.start is None or when.end is None or when.end < when.start:
            continue
        days = (when.end - when.start).days + 1
        for period in plan.calendar.periods(when.start, when.end):
            first, last = plan.calendar.bounds(period)
            share = ((min(last, when.end) - max(first, when.start)).days + 1) / days
            for name, estimate in initiative.effort.items():
                team = plan.model.canonical(Ref("team", initiative.namespace.lower(), name.lower()))
                load = loads.setdefault(team, {})
                load[period] = load.get(period, 0.0) + estimate.likely * share
    return loads


# Goals ------------------------------------------------------------------------------------------------------


def goal_moves(base: Model, head: Model, moved: tuple[Delivery, ...]) -> tuple[GoalMove, ...]:
    """What each goal gains or loses, in contribution and time, through the work that moves."""
    found = []
    for delivery in moved:
        if delivery.verdict is DeliveryVerdict.DELIVERED:
            continue
        model = head if delivery.initiative.ref in head.initiatives else base
        calendar = model.config.calendar.calendar
        for share in model.initiatives[delivery.initiative.ref].goals:
            goal = model.goals.get(model.canonical(share.goal))
            if goal:
                found.append(
                    GoalMove(
                        named(model, goal.ref),
                        delivery.initiative,
                        delivery.verdict,
                        share.contribution,
                        delivery.was,
                        delivery.now,
                        last_day(goal.due, calendar),
                    )
                )
    return tuple(sorted(found, key=lambda move: (move.goal.ref, move.initiative.ref)))
