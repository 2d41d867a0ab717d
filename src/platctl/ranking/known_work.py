"""The work of a model, and what is known about it."""

import math
from collections.abc import Mapping
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringSettings
from platctl.outlook.benefit import Benefit, Benefits
from platctl.outlook.plan import Plan
from platctl.ranking.ratings import Said
from platctl.record import record
from platctl.scheduling.reachable import reachable


@record(slots=False)
class KnownWork:
    """The work of a model, with derived values, ratings and votes.

    `today` is for the age of proposals; None if unknown.
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
        return Benefits(self.graph, self.today)

    @cached_property
    def said(self) -> Said:
        """Declared ratings and votes."""
        return Said(self.model)

    def benefit(self, ref: Ref) -> Benefit:
        """What an initiative does to others."""
        return self.benefits.of(ref)

    def tier_weight(self, consumer: Consumer) -> float:
        """How much a consumer counts by its tier."""
        weights = self.settings.tiers
        return weights.get(consumer.tier or 0, min(weights.values(), default=1.0))

    def gaining(self, initiative: Initiative) -> list[Consumer]:
        return [self.model.consumers[ref] for ref in self.benefit(initiative.ref).reach]

    @cached_property
    def plan(self) -> Plan:
        return Plan(self.model, self.today)

    @cached_property
    def goal_weights(self) -> Mapping[Ref, float]:
        """The weight of each goal in the whole strategy: its share among its siblings, times that of its parent."""
        goals = self.model.goals
        parents = {ref: self.model.canonical(goal.parent) if goal.parent else None for ref, goal in goals.items()}
        totals: dict[Ref | None, float] = {}
        for ref, parent in parents.items():
            totals[parent] = totals.get(parent, 0.0) + _weight(goals[ref].weight)
        shares = {ref: _weight(goals[ref].weight) / (totals[parent] or 1.0) for ref, parent in parents.items()}

        def above(ref: Ref) -> tuple[Ref, ...]:
            parent = parents[ref]
            return (parent,) if parent and parent in goals else ()

        return {ref: math.prod(shares[each] for each in reachable([ref], above)) for ref in goals}


def _weight(weight: float | None) -> float:
    return 1.0 if weight is None else weight
