"""Goals as a tree: parents and sub-goals, progress, and the work that serves them."""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from platctl.model.calendar import Calendar, Date
from platctl.model.entity.goal import Goal
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.model.window import last_day, window
from platctl.questions.goals.metrics import measured
from platctl.questions.goals.metrics_report import Measured
from platctl.questions.goals.report import Gap, Progress, ProgressPart, Serving, WorkPhase
from platctl.record import record
from platctl.scheduling.cycles import cycles
from platctl.source.yaml.document import Route


@record(slots=False)
class GoalTree:
    """The goals of one model as of today. Nothing here recurses, so a tree may have any depth.

    A goal whose parent is missing is at the top. So is each goal in a cycle, because none of them is above the others.
    """

    model: Model
    today: Date | None = None

    @property
    def goals(self) -> Mapping[Ref, Goal]:
        return self.model.goals

    @cached_property
    def calendar(self) -> Calendar:
        return self.model.config.calendar.calendar

    @cached_property
    def _written_parents(self) -> Mapping[Ref, Ref]:
        parents = ((ref, self.model.canonical(goal.parent)) for ref, goal in self.goals.items() if goal.parent)
        return {ref: parent for ref, parent in parents if parent in self.goals}

    @cached_property
    def circles(self) -> frozenset[Ref]:
        """The goals whose parents lead back to themselves."""
        found = cycles({ref: (parent,) for ref, parent in self._written_parents.items()})
        return frozenset(ref for circle in found for ref in circle)

    @cached_property
    def parents(self) -> Mapping[Ref, Ref | None]:
        """By goal: its parent; None at the top."""
        return {ref: None if ref in self.circles else self._written_parents.get(ref) for ref in self.goals}

    @cached_property
    def children(self) -> Mapping[Ref | None, tuple[Ref, ...]]:
        """By goal: its sub-goals, the heaviest first; those at the top under None."""
        found: dict[Ref | None, list[Ref]] = {}
        for ref in sorted(self.goals, key=lambda each: (-self.weight(each), each)):
            found.setdefault(self.parents[ref], []).append(ref)
        return {parent: tuple(refs) for parent, refs in found.items()}

    def weight(self, ref: Ref) -> float:
        """How much a goal counts among its siblings; default: 1."""
        weight = self.goals[ref].weight
        return 1.0 if weight is None else weight

    @cached_property
    def depths(self) -> Mapping[Ref, int]:
        """By goal: the number of goals above it. From the top down, each goal before its sub-goals."""
        return dict(self._below(None))

    def under(self, top: Ref) -> Iterator[Ref]:
        """A goal and all goals below it, each before its sub-goals."""
        return (ref for ref, _ in self._below(top))

    def _below(self, top: Ref | None) -> Iterator[tuple[Ref, int]]:
        stack = [(top, 0)] if top else [(ref, 0) for ref in reversed(self.children.get(None, ()))]
        while stack:
            ref, depth = stack.pop()
            yield ref, depth
            stack += [(child, depth + 1) for child in reversed(self.children.get(ref, ()))]

    @cached_property
    def _upwards(self) -> tuple[Ref, ...]:
        """Each goal after its sub-goals."""
        return tuple(reversed(tuple(self.depths)))

    def due(self, ref: Ref) -> Date | None:
        """The last day of the due date of a goal."""
        return last_day(self.goals[ref].due, self.calendar)

    @cached_property
    def metrics(self) -> Mapping[Ref, tuple[Measured, ...]]:
        """By goal: its metrics."""
        return {
            ref: tuple(
                measured(metric, self.span(ref, ("metrics", nth)), self.today, self.due(ref))
                for nth, metric in enumerate(goal.metrics)
            )
            for ref, goal in self.goals.items()
        }

    @cached_property
    def progress(self) -> Mapping[Ref, Progress]:
        """By goal: its progress."""
        found: dict[Ref, Progress] = {}
        for ref in self._upwards:
            if metrics := self.metrics[ref]:
                found[ref] = _mean(
                    (each.label, 1.0, each.progress, float(each.progress is not None)) for each in metrics
                )
            else:
                below = ((child, found[child]) for child in self.children.get(ref, ()))
                found[ref] = _mean(
                    (self.goals[child].label, self.weight(child), each.share, each.known) for child, each in below
                )
        return found

    def is_reached(self, ref: Ref) -> bool:
        """Whether all parts of a goal are known to be at their targets."""
        progress = self.progress[ref]
        return progress.share == 1 and progress.known == 1

    @cached_property
    def serving(self) -> Mapping[Ref, tuple[Serving, ...]]:
        """By goal: the work that serves it directly, sorted by done, planned and open, and then by its end."""
        found: dict[Ref, list[Serving]] = {ref: [] for ref in self.goals}
        for initiative in self.model.initiatives.values():
            if phase := phase_of(initiative.status):
                for goal in self._served(initiative):
                    if goal in found:
                        found[goal].append(self._serving(initiative, phase, goal))
        return {ref: tuple(sorted(served, key=_order)) for ref, served in found.items()}

    def _served(self, initiative: Initiative) -> list[Ref]:
        return list(dict.fromkeys(self.model.canonical(share.goal) for share in initiative.goals))

    def _serving(self, initiative: Initiative, phase: WorkPhase, goal: Ref) -> Serving:
        shares = [(nth, it) for nth, it in enumerate(initiative.goals) if self.model.canonical(it.goal) == goal]
        end, due = window(initiative, self.calendar).end, self.due(goal)
        return Serving(
            initiative=named(self.model, initiative.ref),
            status=initiative.status.value,
            phase=phase,
            contribution=total(share.contribution for _, share in shares),
            end=end,
            is_late=end > due if end and due else None,
            span=self.span(initiative.ref, ("goals", shares[0][0])),
        )

    @cached_property
    def below(self) -> Mapping[Ref, Mapping[WorkPhase, int]]:
        """By goal: how many initiatives of each phase serve it or a goal below it, each counted once."""
        found: dict[Ref, Mapping[WorkPhase, int]] = {}
        gathered: dict[Ref, dict[WorkPhase, set[Ref]]] = {}
        for ref in self._upwards:
            own: dict[WorkPhase, set[Ref]] = {phase: set() for phase in WorkPhase}
            for each in self.serving[ref]:
                own[each.phase].add(each.initiative.ref)
            parts = [own, *(gathered.pop(child) for child in self.children.get(ref, ()))]
            gathered[ref] = {phase: _united(part[phase] for part in parts) for phase in WorkPhase}
            found[ref] = {phase: len(refs) for phase, refs in gathered[ref].items()}
        return found

    @cached_property
    def first_ends(self) -> Mapping[Ref, Date | None]:
        """By goal: the first end of planned work for it or for goals below it; None if unknown."""
        found: dict[Ref, Date | None] = {}
        for ref in self._upwards:
            ends = [each.end for each in self.serving[ref] if each.phase is WorkPhase.PLANNED]
            ends += [found[child] for child in self.children.get(ref, ()) if self.below[child][WorkPhase.PLANNED]]
            known = [end for end in ends if end]
            found[ref] = min(known) if known and len(known) == len(ends) else None
        return found

    def gap(self, ref: Ref) -> Gap | None:
        """What is wrong with the work for a goal and the goals below it; None if the goal is reached."""
        below, end, due = self.below[ref], self.first_ends[ref], self.due(ref)
        if self.is_reached(ref):
            return None
        if not below[WorkPhase.PLANNED]:
            return Gap.UNPROMISED if below[WorkPhase.OPEN] else Gap.UNSERVED
        return Gap.LATE if end and due and end > due else None

    @cached_property
    def effort(self) -> Mapping[Ref, float]:
        """By goal: person-weeks of planned work for it and the goals below it; for several goals, split equally."""
        parts: dict[Ref, list[float]] = {ref: [] for ref in self.goals}
        for initiative in self.planned:
            goals = self._served(initiative)
            for goal in goals:
                if goal in parts:
                    parts[goal].append(effort_of(initiative) / len(goals))
        found: dict[Ref, float] = {}
        for ref in self._upwards:
            found[ref] = math.fsum([*parts[ref], *(found[child] for child in self.children.get(ref, ()))])
        return found

    @cached_property
    def planned(self) -> tuple[Initiative, ...]:
        """All planned work, whether it serves a goal or not."""
        return tuple(each for each in self.model.initiatives.values() if each.status.is_committed)

    @cached_property
    def aimless(self) -> tuple[Initiative, ...]:
        """Planned work that serves no existing goal."""
        return tuple(each for each in self.planned if not any(goal in self.goals for goal in self._served(each)))

    def span(self, ref: Ref, route: Route) -> LazySpan:
        """The position of a field of an entity."""
        return LazySpan(self.model.documents[ref], route)


def phase_of(status: Status) -> WorkPhase | None:
    """The phase of a status; None for work that is given up, which serves nothing."""
    if status is Status.DONE:
        return WorkPhase.DONE
    if status.is_given_up:
        return None
    return WorkPhase.PLANNED if status.is_committed else WorkPhase.OPEN


def effort_of(initiative: Initiative) -> float:
    """Person-weeks of all its teams."""
    return math.fsum(each.likely for each in initiative.effort.values())


def total(numbers: Iterable[float | None]) -> float | None:
    """The sum of the known numbers; None without any."""
    known = [each for each in numbers if each is not None]
    return math.fsum(known) if known else None


def _order(serving: Serving) -> tuple[int, Date, Ref]:
    return list(WorkPhase).index(serving.phase), serving.end or Date.max, serving.initiative.ref


def _mean(parts: Iterable[tuple[str, float, float | None, float]]) -> Progress:
    """The mean progress of parts, each with its label, weight, share and how much of it is known."""
    every = list(parts)
    counted = tuple(ProgressPart(label, weight, _counts(share)) for label, weight, share, _ in every)
    known = [(part.weight, part.counts) for part in counted if part.counts is not None]
    weights, all_weights = math.fsum(weight for weight, _ in known), math.fsum(part.weight for part in counted)
    covered = math.fsum(weight * known for _, weight, _, known in every)
    return Progress(
        share=math.fsum(weight * counts for weight, counts in known) / weights if weights else None,
        known=covered / all_weights if all_weights else 0.0,
        parts=counted,
    )


def _counts(share: float | None) -> float | None:
    return None if share is None else max(0.0, min(share, 1.0))


def _united(sets: Iterable[set[Ref]]) -> set[Ref]:
    """The union, built in the largest set, so that a tree of any depth costs n log n, not n squared."""
    largest, *others = sorted(sets, key=len, reverse=True)
    for each in others:
        largest |= each
    return largest
