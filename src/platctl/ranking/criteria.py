"""What a criterion is for a piece of work: what the graph knows, what people wrote or voted, or an assumption."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, ScoringSettings, Urgency
from platctl.model.window import window
from platctl.outlook.benefit import Benefit, Benefits
from platctl.outlook.plan import Plan
from platctl.ranking.inputs import Input, Origin, Portion
from platctl.ranking.ratings import Said
from platctl.ranking.urgency import RATED, BenefitCurve, delay_cost, missing

DAYS_A_WEEK: Final = 7
_DELAY_COST: Final = "delay_cost"


@dataclass(frozen=True, slots=True)
class KnownValue:
    """What the graph says: a value, its parts, how far it may be off, and what was assumed."""

    value: float
    unit: str | None
    portions: tuple[Portion, ...] = ()
    note: str = ""
    low: float | None = None
    high: float | None = None
    field: str = ""


@dataclass(frozen=True)
class Criteria:
    """Looks criteria up. What the graph knows comes first, then what is written, then votes, then an assumption.

    `today` is for the age of proposals; None where nobody knows which day it is.
    """

    graph: Graph
    today: Date | None = None

    @property
    def model(self) -> Model:
        return self.graph.model

    @property
    def settings(self) -> ScoringSettings:
        return self.model.config.scoring

    @cached_property
    def benefits(self) -> Benefits:
        return Benefits(self.graph)

    @cached_property
    def said(self) -> Said:
        """What people wrote and voted."""
        return Said(self.model)

    def benefit(self, ref: Ref) -> Benefit:
        """What an initiative does to others."""
        return self.benefits.of(ref)

    def of(self, ref: Ref, criterion: Criterion) -> Input:
        """A criterion of an initiative."""
        initiative = self.model.initiatives[ref]
        said = self.said.of(initiative, criterion)
        known = self.known(ref, criterion.id)
        if known is not None:
            found = self._from_graph(initiative, criterion, known)
            return replace(found, written=said.value) if said and said.value != known.value else found
        if said is not None:
            return said
        if criterion.instead and (known := self.known(ref, criterion.instead)) is not None:
            note = f"{criterion.instead} in its place" + (f"; {known.note}" if known.note else "")
            return self._from_graph(initiative, criterion, replace(known, note=note))
        value = criterion.default
        note = lacking(self, initiative) if _DELAY_COST in (criterion.id, criterion.instead) else ""
        origin = Origin.MISSING if value is None else Origin.DEFAULT
        return Input(criterion.id, criterion.label, value, origin, value, unit=criterion.unit, note=note)

    def known(self, ref: Ref, name: str) -> KnownValue | None:
        """What the graph says of an initiative; None where it says nothing."""
        derive = _FROM_GRAPH.get(name)
        return derive(self, self.model.initiatives[ref]) if derive else None

    def _from_graph(self, initiative: Initiative, criterion: Criterion, known: KnownValue) -> Input:
        return Input(
            criterion.id,
            criterion.label,
            known.value,
            Origin.GRAPH,
            known.value,
            unit=known.unit or criterion.unit,
            low=known.low,
            high=known.high,
            span=self.model.at(initiative.ref, (known.field,)) if known.field else None,
            note=known.note,
            portions=known.portions,
        )

    # What the graph knows ---------------------------------------------------------------------------------------

    def tier_weight(self, consumer: Consumer) -> float:
        """How much a consumer counts by its tier."""
        weights = self.settings.tiers
        return weights.get(consumer.tier or 0, min(weights.values(), default=1.0))

    def gaining(self, initiative: Initiative) -> list[Consumer]:
        return [self.model.consumers[ref] for ref in self.benefit(initiative.ref).gains]

    @cached_property
    def plan(self) -> Plan:
        return Plan(self.model)

    @cached_property
    def goal_weights(self) -> Mapping[Ref, float]:
        """How much each goal is of the whole strategy: its share among its siblings, times that of its parent."""
        goals = self.model.goals
        parents = {ref: self.model.canonical(goal.parent) if goal.parent else None for ref, goal in goals.items()}
        totals: dict[Ref | None, float] = {}
        for ref, parent in parents.items():
            totals[parent] = totals.get(parent, 0.0) + _weight(goals[ref].weight)
        shares = {ref: _weight(goals[ref].weight) / (totals[parent] or 1.0) for ref, parent in parents.items()}
        return {ref: _product(shares[each] for each in _chain(ref, parents)) for ref in goals}


def _weight(weight: float | None) -> float:
    return 1.0 if weight is None else weight


def _chain(ref: Ref, parents: Mapping[Ref, Ref | None]) -> Iterator[Ref]:
    """A goal and what it is part of, up to the top; a circle ends where it closes."""
    seen: set[Ref] = set()
    at: Ref | None = ref
    while at is not None and at in parents and at not in seen:
        seen.add(at)
        yield at
        at = parents[at]


def _product(numbers: Iterable[float]) -> float:
    total = 1.0
    for number in numbers:
        total *= number
    return total


# The table of values ----------------------------------------------------------------------------------------


def _reach(what: str, unit: str) -> Callable[[Criteria, Initiative], KnownValue | None]:
    """Users, developers or revenue of the consumers that gain, each once."""

    def derive(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
        gaining = criteria.gaining(initiative)
        sizes = [(each, size) for each in gaining if (size := getattr(each.reach, what)) is not None]
        if not sizes:
            return None
        silent = len(gaining) - len(sizes)
        note = f"{silent} more that gain don't say how many" if silent else ""
        return _sum(((each.label, size) for each, size in sizes), unit, note)

    return derive


def _tier_reach(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    sizes = [(each, each.reach.users) for each in criteria.gaining(initiative)]
    parts = [(each.label, size * criteria.tier_weight(each)) for each, size in sizes if size is not None]
    return _sum(parts, "users") if parts else None


def _consumers(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    parts = [(each.label, 1.0) for each in criteria.gaining(initiative)]
    return _sum(parts, "consumers") if parts else None


def _must_act(criteria: Criteria, initiative: Initiative) -> KnownValue:
    harmed = criteria.benefit(initiative.ref).harmed
    return _sum(((criteria.model.consumers[ref].label, 1.0) for ref in harmed), "consumers")


def _induced_cost(criteria: Criteria, initiative: Initiative) -> KnownValue:
    moves = criteria.benefit(initiative.ref).moves
    assumed = sum(move.is_assumed for move in moves)
    weeks = criteria.settings.migration
    note = f"{weeks:g} person-weeks assumed for {assumed} of {len(moves)} moves" if assumed else ""
    parts = (
        (f"{named(criteria.model, move.use.source).label} on {move.use.target_name}", move.weeks) for move in moves
    )
    return _sum(parts, "person-weeks", note)


def _effort(_: Criteria, initiative: Initiative) -> KnownValue | None:
    if not initiative.effort:
        return None
    estimates = initiative.effort.values()
    known = _sum(((team, each.likely) for team, each in initiative.effort.items()), "person-weeks")
    low = math.fsum(each.likely if each.low is None else each.low for each in estimates)
    high = math.fsum(each.likely if each.high is None else each.high for each in estimates)
    return replace(known, low=low, high=high, field="effort")


def _duration(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    """Weeks from the first to the last day of the work."""
    planned = window(initiative, criteria.model.config.calendar.calendar)
    if planned.start is None or planned.end is None or planned.end < planned.start:
        return None
    weeks = ((planned.end - planned.start).days + 1) / DAYS_A_WEEK
    return KnownValue(weeks, "weeks", field="period" if initiative.period else "end")


def _unlocked_reach(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    """Users of the consumers that gain by what waits for this, and not by this itself; each once."""
    mine = set(criteria.benefit(initiative.ref).gains)
    gained: dict[Ref, None] = {}
    for later in criteria.plan.downstream(initiative.ref):
        gained.update(dict.fromkeys(ref for ref in criteria.benefit(later).gains if ref not in mine))
    consumers = [criteria.model.consumers[ref] for ref in sorted(gained)]
    parts = [(each.label, each.reach.users) for each in consumers if each.reach.users is not None]
    return _sum(parts, "users") if parts else None


def _unlocks(criteria: Criteria, initiative: Initiative) -> KnownValue:
    later = criteria.plan.downstream(initiative.ref)
    return _sum(((named(criteria.model, ref).label, 1.0) for ref in later), "initiatives")


def _blocked_by(criteria: Criteria, initiative: Initiative) -> KnownValue:
    earlier = criteria.plan.upstream(initiative.ref)
    return _sum(((named(criteria.model, ref).label, 1.0) for ref in earlier), "initiatives")


def _goal_contribution(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    """The part of the strategy that it moves: of each goal its weight, times the share of the way that it goes."""
    parts: list[tuple[str, float]] = []
    whole = 0
    for share in initiative.goals:
        goal = criteria.model.goals.get(criteria.model.canonical(share.goal))
        if goal is None:
            continue
        metric = next((each for each in goal.metrics if each.target is not None and each.baseline is not None), None)
        way = abs((metric.target or 0.0) - (metric.baseline or 0.0)) if metric else 0.0
        known = share.contribution is not None and way > 0
        whole += not known
        part = min(abs(share.contribution or 0.0) / way, 1.0) if known else 1.0
        parts.append((goal.label, criteria.goal_weights[goal.ref] * part))
    note = f"{whole} of {len(parts)} goals counted in full: no contribution or no metric" if whole else ""
    return _sum(parts, None, note) if parts else None


def _demand(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    """Who asks for it, weighted by tier."""
    asking = [criteria.model.canonical(ref) for ref in initiative.requested_by]
    consumers = [criteria.model.consumers[ref] for ref in dict.fromkeys(asking) if ref in criteria.model.consumers]
    return _sum(((each.label, criteria.tier_weight(each)) for each in consumers), "requests") if consumers else None


def _age(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    """Weeks since it was proposed."""
    since = initiative.proposed_on
    if since is None or criteria.today is None or since > criteria.today:
        return None
    return KnownValue((criteria.today - since).days / DAYS_A_WEEK, "weeks", field="proposed_on")


def urgent(criteria: Criteria, initiative: Initiative) -> BenefitCurve | None:
    """How the benefit of an initiative develops; None where nobody says so in a word that is known."""
    said = {name: criteria.said.of(initiative, Criterion(id=name)) for name in ("urgency", *RATED)}
    word = said["urgency"].word if said["urgency"] else None
    if word is None or word.casefold() not in list(Urgency):
        return None
    duration = _duration(criteria, initiative)
    weekly, life, loss = (rated.value if (rated := said[name]) else None for name in RATED)
    weeks = duration.value if duration else None
    return BenefitCurve(Urgency(word.casefold()), weekly, life, loss, weeks, initiative.deadline, criteria.today)


def lacking(criteria: Criteria, initiative: Initiative) -> str:
    """Why the cost of a delay is not known although somebody rated how urgent it is."""
    if criteria.said.of(initiative, Criterion(id="urgency")) is None:
        return ""
    benefit = urgent(criteria, initiative)
    if benefit is None:
        return f"`urgency` is none of {', '.join(Urgency)}"
    return f"urgency is {benefit.profile}, but {' and '.join(f'`{each}`' for each in missing(benefit))} not known"


def _delay_cost(criteria: Criteria, initiative: Initiative) -> KnownValue | None:
    """What a week of delay costs, by the urgency that somebody rated."""
    benefit = urgent(criteria, initiative)
    cost = delay_cost(benefit) if benefit else None
    return _sum(cost.parts, "money/week", cost.note) if cost else None


def _sum(parts: Iterable[tuple[str, float]], unit: str | None, note: str = "") -> KnownValue:
    portions = tuple(Portion(of, value) for of, value in parts)
    return KnownValue(math.fsum(each.value for each in portions), unit, portions, note)


_FROM_GRAPH: Final[Mapping[str, Callable[[Criteria, Initiative], KnownValue | None]]] = {
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
"""Criterion: how the graph knows it. A new one is a function, a line here, and one in `GRAPH_VALUES`."""
