"""Whom and what a piece of work concerns."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.roadmap.items import Items
from platctl.record import record


@record(slots=False)
class Concerned:
    """Whom and what each piece of work concerns: consumers, teams, goals and components."""

    items: Items

    @property
    def model(self) -> Model:
        return self.items.model

    def concerning(self, ref: Ref) -> frozenset[Ref]:
        """The work that concerns a consumer, team, goal or component."""
        return self._concerned.get(ref, frozenset())

    @cached_property
    def _concerned(self) -> Mapping[Ref, frozenset[Ref]]:
        found: dict[Ref, set[Ref]] = {}
        for initiative, subjects in self.subjects_of.items():
            for each in subjects:
                found.setdefault(each, set()).add(initiative)
        return {ref: frozenset(initiatives) for ref, initiatives in found.items()}

    @cached_property
    def subjects_of(self) -> Mapping[Ref, frozenset[Ref]]:
        """By initiative: whom and what it concerns."""
        return {ref: frozenset(self._subjects_of(each)) for ref, each in self.model.initiatives.items()}

    def _subjects_of(self, initiative: Initiative) -> Iterator[Ref]:
        benefit = self.items.benefit(initiative.ref)
        yield from (*benefit.gains, *benefit.harmed)
        yield from map(self.model.canonical, initiative.waiting)
        yield from self.teams_of(initiative)
        yield from self.components_of(initiative)
        for share in initiative.goals:
            yield from self.goals_above(self.model.canonical(share.goal))

    def teams_of(self, initiative: Initiative) -> tuple[Ref, ...]:
        """Its owner, and the teams that work on it."""
        return self.model.canonical_all(initiative.owner_and_teams)

    def components_of(self, initiative: Initiative) -> tuple[Ref, ...]:
        return self.model.canonical_all(change.component.component for change in initiative.changes)

    def goals_above(self, ref: Ref) -> list[Ref]:
        """A goal and those that it is part of; a cycle ends where it began."""
        found: dict[Ref, None] = {}
        current: Ref | None = ref
        while current is not None and current not in found:
            found[current] = None
            goal = self.model.goals.get(current)
            current = self.model.canonical(goal.parent) if goal and goal.parent else None
        return list(found)
