"""What a change set does to goals: changed fields, and the work that they gain, lose or wait for."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

from platctl.model.entity.metric import Metric
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.window import last_day
from platctl.outlook.difference import Added, Modified, Pairing, Removed, diff
from platctl.questions.goals.report import (
    Gap,
    GoalChanges,
    GoalEdit,
    GoalEditKind,
    GoalShift,
    Serving,
    ServingChange,
    ServingTurn,
    WorkPhase,
)
from platctl.questions.goals.tree import GoalTree, total
from platctl.record import record

_WORSE: Final = (None, Gap.LATE, Gap.UNPROMISED, Gap.UNSERVED)
_OF_METRICS: Final = {
    "baseline": GoalEditKind.BASELINE,
    "target": GoalEditKind.TARGET,
    "direction": GoalEditKind.DIRECTION,
    "values": GoalEditKind.MEASURED,
}

Concerns = Callable[[Ref, Ref | None], bool]
"""Whether a goal, or an initiative that serves it, is part of the request; both by their names in head."""


@record(slots=False)
class GoalComparison:
    """The goals of two states, both as of the same day."""

    base: GoalTree
    head: GoalTree
    pairing: Pairing

    def changes(self, concerns: Concerns) -> GoalChanges:
        """Everything that differs, by goal."""
        return GoalChanges(
            edits=tuple(each for each in self._edits() if concerns(self.pairing.head(each.goal.ref), None)),
            moved=tuple(each for each in self._moves() if concerns(each.goal.ref, each.initiative.ref)),
            shifts=tuple(each for each in self._shifts() if concerns(each.goal.ref, None)),
            new_gaps=sum(concerns(ref, None) for ref in self._new_gaps()) + len(self._newly_aimless(concerns)),
        )

    def _edits(self) -> Iterator[GoalEdit]:
        for each in diff(self.base.model, self.head.model):
            if each.ref.kind != "goal":
                continue
            goal = named((self.base if isinstance(each, Removed) else self.head).model, each.ref)
            if isinstance(each, Modified):
                yield from self._edit(goal, each)
            elif isinstance(each, Added):
                yield GoalEdit(goal, GoalEditKind.ADDED, span=self.head.span(each.ref, ("id",)))
            elif isinstance(each, Removed):
                yield GoalEdit(goal, GoalEditKind.REMOVED)
            else:
                yield GoalEdit(goal, GoalEditKind.RENAMED, was=each.former.name, span=self.head.span(each.ref, ("id",)))

    def _edit(self, goal: Named, change: Modified) -> Iterator[GoalEdit]:
        was, now, span = change.before, change.after, self.head.span(change.ref, change.route)
        match change.route:
            case ("parent",):
                yield GoalEdit(
                    goal, GoalEditKind.MOVED, was=_named(self.base, was), now=_named(self.head, now), span=span
                )
            case ("weight",):
                yield GoalEdit(goal, GoalEditKind.WEIGHED, was=_plain(was), now=_plain(now), span=span)
            case ("due",):
                days = (last_day(was, self.base.calendar), last_day(now, self.head.calendar))  # type: ignore[arg-type]
                if days[0] != days[1]:
                    yield GoalEdit(goal, GoalEditKind.DUE, was=days[0], now=days[1], span=span)
            case ("metrics", int()) if isinstance(now, Metric):
                yield GoalEdit(goal, GoalEditKind.METRIC_ADDED, now.title or now.id, now=now.target, span=span)
            case ("metrics", int()) if isinstance(was, Metric):
                yield GoalEdit(goal, GoalEditKind.METRIC_REMOVED, was.title or was.id, was=was.target)
            case ("metrics", int(nth), str(field), *rest) if field in _OF_METRICS:
                metric = self.head.goals[change.ref].metrics[nth]
                day = str(rest[0]) if rest else ""
                kind = _OF_METRICS[field]
                yield GoalEdit(goal, kind, metric.title or metric.id, _plain(was), _plain(now), day, span)

    @cached_property
    def _former(self) -> Mapping[Ref, Ref]:
        """By goal in head: its name in base."""
        return {self.pairing.head(ref): ref for ref in self.base.goals}

    def _moves(self) -> Iterator[ServingChange]:
        for goal in sorted(self._former.keys() | self.head.goals.keys()):
            was = {self.pairing.head(each.initiative.ref): each for each in self._was(goal)}
            now = {each.initiative.ref: each for each in self.head.serving.get(goal, ())}
            for ref in sorted(was.keys() | now.keys()):
                before, after = was.get(ref), now.get(ref)
                if turn := _turn(before, after):
                    yield ServingChange(self._named(goal), named(self._model_of(ref), ref), turn, before, after)

    def _was(self, goal: Ref) -> tuple[Serving, ...]:
        return self.base.serving[self._former[goal]] if goal in self._former else ()

    def _named(self, goal: Ref) -> Named:
        return named(self.head.model if goal in self.head.goals else self.base.model, goal)

    def _model_of(self, ref: Ref) -> Model:
        return self.head.model if ref in self.head.model.entities else self.base.model

    def _shifts(self) -> Iterator[GoalShift]:
        for goal in self.head.goals:
            if former := self._former.get(goal):
                shift = GoalShift(
                    self._named(goal),
                    self.base.progress[former].share,
                    self.head.progress[goal].share,
                    _planned(self.base.serving[former]),
                    _planned(self.head.serving[goal]),
                    self.base.gap(former),
                    self.head.gap(goal),
                )
                if shift.progress_was != shift.progress or shift.planned_was != shift.planned or shift.is_turned:
                    yield shift

    def _new_gaps(self) -> Iterator[Ref]:
        for goal in self.head.goals:
            former = self._former.get(goal)
            was = self.base.gap(former) if former else None
            if _WORSE.index(self.head.gap(goal)) > _WORSE.index(was):
                yield goal

    def _newly_aimless(self, concerns: Concerns) -> list[Ref]:
        was = {self.pairing.head(each.ref) for each in self.base.aimless}
        return [each.ref for each in self.head.aimless if each.ref not in was and concerns(each.ref, each.ref)]


def _turn(was: Serving | None, now: Serving | None) -> ServingTurn | None:
    before, after = was.phase if was else None, now.phase if now else None
    if before is WorkPhase.PLANNED and after is not WorkPhase.PLANNED:
        return ServingTurn.DELIVERED if after is WorkPhase.DONE else ServingTurn.LOST
    if after is WorkPhase.PLANNED:
        return ServingTurn.GAINED if before is not WorkPhase.PLANNED else _moved(was, now)
    if before is after:
        return None
    if after is WorkPhase.DONE:
        return ServingTurn.DELIVERED
    if after is WorkPhase.OPEN:
        return ServingTurn.PROPOSED
    return ServingTurn.WITHDRAWN if before is WorkPhase.OPEN else None


def _moved(was: Serving | None, now: Serving | None) -> ServingTurn | None:
    """The change of work that is planned in both states."""
    if was is None or now is None:
        return None
    if was.end and now.end and was.end != now.end:
        return ServingTurn.DELAYED if now.end > was.end else ServingTurn.EARLIER
    return ServingTurn.CHANGED if was.contribution != now.contribution else None


def _planned(serving: tuple[Serving, ...]) -> float | None:
    return total(each.contribution for each in serving if each.phase is WorkPhase.PLANNED)


def _named(tree: GoalTree, ref: object) -> Named | None:
    return named(tree.model, ref) if isinstance(ref, Ref) else None


def _plain(value: object) -> float | str | None:
    return value if isinstance(value, int | float | str) else None
