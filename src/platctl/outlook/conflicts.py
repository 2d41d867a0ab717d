"""What in a plan does not fit together."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.window import last_day
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import Need, Standing, standing
from platctl.outlook.freezes import freeze_on
from platctl.outlook.offers import Catalog
from platctl.outlook.plan import Plan, load_by_period


class ConflictKind(StrEnum):
    STARTS_BEFORE_DEPENDENCY = "starts-before-dependency-ends"
    AFTER_DEADLINE = "after-deadline"
    AFTER_NEED_BY = "after-need-by"
    AFTER_GOAL_DUE = "after-goal-due"
    IN_FREEZE = "in-freeze"
    OVER_CAPACITY = "over-capacity"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the plan that does not fit together, and did before the change."""

    kind: ConflictKind
    subject: Named
    other: Named
    date: Date | None
    limit: Date | None
    detail: str
    span: Span | None


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
