"""The values that the graph gives for an initiative, by their names in formulas."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from platctl.graph.graph import Use
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.initiative import Initiative
from platctl.model.named import Named, all_named, name_of, named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, Urgency
from platctl.model.window import window
from platctl.ranking.inputs import Portion
from platctl.ranking.known_work import KnownWork
from platctl.ranking.urgency import RATED, BenefitCurve, delay_cost, missing
from platctl.record import record

DAYS_A_WEEK: Final = 7


@record
class KnownValue:
    """A value derived from the graph: its parts, its range, and what was assumed.

    `harmed` are the consumers that it counts although the same work breaks them or makes them act.
    """

    value: float
    unit: str | None
    portions: tuple[Portion, ...] = ()
    note: str = ""
    low: float | None = None
    high: float | None = None
    field: str = ""
    harmed: tuple[Named, ...] = ()


def _reach(what: str, unit: str) -> Callable[[KnownWork, Initiative], KnownValue | None]:
    """Users, developers or revenue of the consumers that gain, each once."""

    def derive(work: KnownWork, initiative: Initiative) -> KnownValue | None:
        gaining = work.gaining(initiative)
        sizes = [(each, size) for each in gaining if (size := getattr(each.reach, what)) is not None]
        if not sizes:
            return None
        silent = len(gaining) - len(sizes)
        note = f"not counted: {silent} more without `reach.{what}`" if silent else ""
        return _of_consumers(work, initiative, sizes, unit, note)

    return derive


def _tier_reach(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    users = [(each, each.reach.users) for each in work.gaining(initiative)]
    sizes = [(each, size * work.tier_weight(each)) for each, size in users if size is not None]
    return _of_consumers(work, initiative, sizes, "users") if sizes else None


def _consumers(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    sizes = [(each, 1.0) for each in work.gaining(initiative)]
    return _of_consumers(work, initiative, sizes, "consumers") if sizes else None


def _of_consumers(
    work: KnownWork, initiative: Initiative, sizes: Sequence[tuple[Consumer, float]], unit: str, note: str = ""
) -> KnownValue:
    """A sum over consumers, with those of them that the work harms."""
    harmed = set(work.benefit(initiative.ref).harmed)
    despite = all_named(work.model, (each.ref for each, _ in sizes if each.ref in harmed))
    return replace(_sum(((each.label, size) for each, size in sizes), unit, note), harmed=despite)


def _must_act(work: KnownWork, initiative: Initiative) -> KnownValue:
    harmed = work.benefit(initiative.ref).harmed
    return _sum(((work.model.consumers[ref].label, 1.0) for ref in harmed), "consumers")


def _induced_cost(work: KnownWork, initiative: Initiative) -> KnownValue:
    moves = work.benefit(initiative.ref).moves
    assumed = sum(move.is_assumed for move in moves)
    weeks = work.settings.migration
    note = f"{weeks:g} person-weeks assumed for {assumed} of {len(moves)} migrations" if assumed else ""
    parts = ((f"{named(work.model, move.use.source).label} on {_target(work, move.use)}", move.weeks) for move in moves)
    return _sum(parts, "person-weeks", note)


def _target(work: KnownWork, use: Use) -> str:
    return name_of(work.model, use.target, use.interface).shown


def _effort(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    if not initiative.effort:
        return None
    estimates = initiative.effort.values()
    teams = {name: named(work.model, work.model.canonical(ref)).label for name, ref in initiative.teams.items()}
    known = _sum(((teams[name], each.likely) for name, each in initiative.effort.items()), "person-weeks")
    low = math.fsum(each.likely if each.low is None else each.low for each in estimates)
    high = math.fsum(each.likely if each.high is None else each.high for each in estimates)
    return replace(known, low=low, high=high, field="effort")


def _duration(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    """Weeks from the first to the last day of the work."""
    planned = window(initiative, work.model.config.calendar.calendar)
    if planned.start is None or planned.end is None or planned.end < planned.start:
        return None
    weeks = ((planned.end - planned.start).days + 1) / DAYS_A_WEEK
    return KnownValue(weeks, "weeks", field="period" if initiative.period else "end")


def _unlocked_reach(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    """Users of the consumers that gain from waiting work, but not from this initiative itself; each once."""
    mine = set(work.benefit(initiative.ref).reach)
    gained: dict[Ref, bool] = {}
    """Whether some of the work that they gain from also harms them."""
    for later in map(work.benefit, work.plan.downstream(initiative.ref)):
        for ref in later.reach:
            if ref not in mine:
                gained[ref] = gained.get(ref, False) or ref in later.harmed
    sizes = [(work.model.consumers[ref], work.model.consumers[ref].reach.users) for ref in sorted(gained)]
    parts = [(each.label, size) for each, size in sizes if size is not None]
    harmed = all_named(work.model, (each.ref for each, size in sizes if size is not None and gained[each.ref]))
    return replace(_sum(parts, "users"), harmed=harmed) if parts else None


def _unlocks(work: KnownWork, initiative: Initiative) -> KnownValue:
    later = work.plan.downstream(initiative.ref)
    return _sum(((named(work.model, ref).label, 1.0) for ref in later), "initiatives")


def _blocked_by(work: KnownWork, initiative: Initiative) -> KnownValue:
    earlier = work.plan.upstream(initiative.ref)
    return _sum(((named(work.model, ref).label, 1.0) for ref in earlier), "initiatives")


def _goal_contribution(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    """The share of the strategy that it contributes: each goal's weight times the share of the way to its target."""
    parts: list[tuple[str, float]] = []
    whole = 0
    for share in initiative.goals:
        goal = work.model.goals.get(work.model.canonical(share.goal))
        if goal is None:
            continue
        metric = next((each for each in goal.metrics if each.target is not None and each.baseline is not None), None)
        way = abs((metric.target or 0.0) - (metric.baseline or 0.0)) if metric else 0.0
        known = share.contribution is not None and way > 0
        whole += not known
        part = min(abs(share.contribution or 0.0) / way, 1.0) if known else 1.0
        parts.append((goal.label, work.goal_weights[goal.ref] * part))
    note = f"{whole} of {len(parts)} goals counted in full: no contribution or no metric" if whole else ""
    return _sum(parts, None, note) if parts else None


def _demand(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    """The consumers that ask for it, weighted by tier."""
    asking = [work.model.canonical(ref) for ref in initiative.requested_by]
    consumers = [work.model.consumers[ref] for ref in dict.fromkeys(asking) if ref in work.model.consumers]
    return _sum(((each.label, work.tier_weight(each)) for each in consumers), "requests") if consumers else None


def _age(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    """Weeks since it was proposed."""
    since = initiative.proposed_on
    if since is None or work.today is None or since > work.today:
        return None
    return KnownValue((work.today - since).days / DAYS_A_WEEK, "weeks", field="proposed_on")


def urgent(work: KnownWork, initiative: Initiative) -> BenefitCurve | None:
    """How the benefit of an initiative develops; None without a known `urgency` word."""
    said = {name: work.said.of(initiative, Criterion(id=name)) for name in ("urgency", *RATED)}
    word = said["urgency"].word if said["urgency"] else None
    if word is None or word.casefold() not in list(Urgency):
        return None
    duration = _duration(work, initiative)
    weekly, life, loss = (rated.value if (rated := said[name]) else None for name in RATED)
    weeks = duration.value if duration else None
    return BenefitCurve(Urgency(word.casefold()), weekly, life, loss, weeks, initiative.deadline, work.today)


def lacking(work: KnownWork, initiative: Initiative) -> str:
    """Why the cost of a delay is unknown although an urgency is declared."""
    if work.said.of(initiative, Criterion(id="urgency")) is None:
        return ""
    benefit = urgent(work, initiative)
    if benefit is None:
        return f"`urgency` must be one of {', '.join(Urgency)}"
    *more, last = (f"`{each}`" for each in missing(benefit))
    are_missing = f"{', '.join(more)} and {last} are missing" if more else f"{last} is missing"
    return f"urgency is {benefit.profile}, but {are_missing}"


def _delay_cost(work: KnownWork, initiative: Initiative) -> KnownValue | None:
    """What a week of delay costs, by the declared urgency."""
    benefit = urgent(work, initiative)
    cost = delay_cost(benefit) if benefit else None
    return _sum(cost.parts, "money/week", cost.note) if cost else None


def _sum(parts: Iterable[tuple[str, float]], unit: str | None, note: str = "") -> KnownValue:
    portions = tuple(Portion(of, value) for of, value in parts)
    return KnownValue(math.fsum(each.value for each in portions), unit, portions, note)


FROM_GRAPH: Final[Mapping[str, Callable[[KnownWork, Initiative], KnownValue | None]]] = {
    "reach": _reach("users", "users"),
    "users": _reach("users", "users"),
    "developers": _reach("developers", "developers"),
    "revenue": _reach("revenue", "money"),
    "tier_reach": _tier_reach,
    "consumers": _consumers,
    "must_act": _must_act,
    "induced_cost": _induced_cost,
    "effort": _effort,
    "duration": _duration,
    "unlocked_reach": _unlocked_reach,
    "unlocks": _unlocks,
    "blocked_by": _blocked_by,
    "goal_contribution": _goal_contribution,
    "demand": _demand,
    "age": _age,
    "delay_cost": _delay_cost,
}
"""By criterion: its derivation from the graph. A new one is a function, a line here, and one in `GRAPH_VALUES`."""
