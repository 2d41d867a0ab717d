"""Goals: their progress, the work that serves them, gaps without work, and what a change set does to them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from platctl.model.calendar import Date
from platctl.model.entity.goal import Goal
from platctl.model.entity.metric import Direction
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.outlook.difference import pair
from platctl.questions.goals.changes import GoalComparison
from platctl.questions.goals.choices import FailOn
from platctl.questions.goals.metrics_report import Lack, Measured, MetricOutlook
from platctl.questions.goals.report import (
    Aimless,
    Closing,
    GoalChanges,
    GoalsReport,
    GoalStatus,
    Serving,
    Sum,
    WorkPhase,
)
from platctl.questions.goals.tree import GoalTree, effort_of, total
from platctl.record import record

_COMPARABLE: Final = (None, Lack.NO_VALUE, Lack.NO_BASELINE)
"""What a metric may lack although the gap to its target is known."""


@record
class GoalsOptions:
    """The request. `top` limits the report to the subtree of a goal, `only` to some entities; None for all.

    `only` matches a goal or the work that serves it. Neither changes a number.
    """

    today: Date | None = None
    top: Ref | None = None
    only: frozenset[Ref] | None = None
    fail_on: FailOn | None = None


def goals(model: Model, compared: Compared, options: GoalsOptions, base: Model | None = None) -> GoalsReport:
    """All requested goals, and what happened to them since `base`."""
    asked = _Asked(GoalTree(model, options.today), options)
    shown = tuple(asked.status(ref) for ref in asked.tree.depths if asked.is_shown(ref))
    aimless = tuple(asked.aimless())
    changes = asked.changes(base) if base else None
    gaps = changes.new_gaps if changes else sum(each.gap is not None for each in shown) + len(aimless)
    return GoalsReport(
        compared=compared,
        today=options.today,
        goals=shown,
        aimless=aimless,
        changes=changes,
        is_complete=model.is_complete,
        failing=gaps if options.fail_on else 0,
        fail_on=options.fail_on,
    )


@record(slots=False)
class _Asked:
    """The requested parts of a report."""

    tree: GoalTree
    options: GoalsOptions

    def is_shown(self, goal: Ref) -> bool:
        """Whether a goal is part of the report."""
        return (self._subtree is None or goal in self._subtree) and self._concerns(goal)

    def _concerns(self, goal: Ref) -> bool:
        served = (each.initiative.ref for each in self.tree.serving.get(goal, ()))
        return self._is_chosen(goal) or any(map(self._is_chosen, served))

    def _is_chosen(self, ref: Ref) -> bool:
        return self.options.only is None or ref in self.options.only

    @cached_property
    def _subtree(self) -> frozenset[Ref] | None:
        return frozenset(self.tree.under(self.options.top)) if self.options.top else None

    def aimless(self) -> Iterator[Aimless]:
        """Planned work without a goal; it is in no subtree."""
        for each in () if self.options.top else self.tree.aimless:
            if self._is_chosen(each.ref):
                span = self.tree.span(each.ref, ("goals",) if each.goals else ("id",))
                effort = effort_of(each) if each.effort else None
                yield Aimless(named(self.tree.model, each.ref), each.status.value, effort, span)

    def changes(self, base: Model) -> GoalChanges:
        """What a change set does to the requested goals. A removed goal counts at its former place."""
        before, pairing = GoalTree(base, self.options.today), pair(base, self.tree.model)
        top = self.options.top
        former = next((ref for ref in base.goals if pairing.head(ref) == top), None)
        under = {*(self._subtree or ()), *map(pairing.head, before.under(former) if former else ())}

        def concerns(ref: Ref, initiative: Ref | None) -> bool:
            if top and ref not in under:
                return False
            return self._is_chosen(ref) or self._is_chosen(initiative) if initiative else self._concerns(ref)

        return GoalComparison(before, self.tree, pairing).changes(concerns)

    def status(self, ref: Ref) -> GoalStatus:
        """All facts about a goal."""
        tree, goal = self.tree, self.tree.goals[ref]
        parent, serving = tree.parents[ref], tree.serving[ref]
        return GoalStatus(
            goal=named(tree.model, ref),
            parent=named(tree.model, parent) if parent else None,
            depth=tree.depths[ref],
            is_in_circle=ref in tree.circles,
            missing_parent=self._missing_parent(goal),
            weight=goal.weight,
            due=tree.due(ref),
            owner=named(tree.model, goal.owner) if goal.owner else None,
            progress=tree.progress[ref],
            metrics=tree.metrics[ref],
            serving=serving,
            sums=_sums(serving),
            below=tree.below[ref],
            effort=tree.effort[ref],
            effort_share=tree.effort[ref] / self._planned_effort if self._planned_effort else None,
            closing=_closing(tree.metrics[ref], serving),
            gap=tree.gap(ref),
            span=tree.span(ref, ("id",)),
        )

    def _missing_parent(self, goal: Goal) -> str | None:
        return goal.parent.name if goal.parent and not self.tree.model.get(goal.parent) else None

    @cached_property
    def _planned_effort(self) -> float:
        return math.fsum(map(effort_of, self.tree.planned))


def _sums(serving: tuple[Serving, ...]) -> Mapping[WorkPhase, Sum]:
    found = {}
    for phase in WorkPhase:
        contributions = [each.contribution for each in serving if each.phase is phase]
        found[phase] = Sum(len(contributions), total(contributions), sum(each is None for each in contributions))
    return found


def _closing(metrics: tuple[Measured, ...], serving: tuple[Serving, ...]) -> Closing | None:
    """None unless the goal has exactly one metric, because contributions don't name theirs."""
    if len(metrics) != 1:
        return None
    (metric,) = metrics
    now = metric.baseline if metric.current is None else metric.current
    is_reached = metric.outlook is MetricOutlook.REACHED or now == metric.target
    if now is None or metric.target is None or metric.lack not in _COMPARABLE or is_reached:
        return None
    planned = [each for each in serving if each.phase is WorkPhase.PLANNED]
    in_time = [each for each in planned if not each.is_late]
    return Closing(
        gap=abs(metric.target - now),
        is_from_baseline=metric.current is None,
        planned=_forward(in_time, metric.direction),
        late=_forward((each for each in planned if each.is_late), metric.direction),
        open=_forward((each for each in serving if each.phase is WorkPhase.OPEN), metric.direction),
        silent=sum(each.contribution is None for each in in_time),
    )


def _forward(work: Iterable[Serving], direction: Direction) -> float:
    """How much work moves a metric towards its target. If less is better, contributions may have a minus or not."""
    amount = total(each.contribution for each in work) or 0.0
    return abs(amount) if direction is Direction.DOWN else max(amount, 0.0)
