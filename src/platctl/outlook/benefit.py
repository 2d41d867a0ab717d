"""What an initiative means for the users of the platform: who gains, who must act, and what it costs them."""

import math
from collections.abc import Mapping
from functools import cached_property

from platctl.graph.graph import Graph, Use
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect
from platctl.model.window import window
from platctl.outlook.difference import Pairing
from platctl.outlook.offer_changes import ask, planned_events
from platctl.outlook.offers import Event
from platctl.outlook.spread import Spread
from platctl.record import record

_BRINGS = (ChangeEffect.ADDITION, ChangeEffect.CHANGE)


@record
class Migration:
    """A dependency that has to move, and the person-weeks it takes; `is_assumed` if they are not declared."""

    use: Use
    weeks: float
    is_assumed: bool


@record
class Benefit:
    """Of one initiative: the consumers that gain, those that break or must act, and the migrations it requires."""

    gains: tuple[Ref, ...]
    harmed: tuple[Ref, ...]
    moves: tuple[Migration, ...]

    @property
    def cost(self) -> float:
        """Person-weeks that it costs others."""
        return math.fsum(move.weeks for move in self.moves)


@record(slots=False)
class Benefits:
    """Derives the benefit of each initiative, as if it ended with the others that are planned."""

    graph: Graph

    @property
    def model(self) -> Model:
        return self.graph.model

    @cached_property
    def _planned(self) -> Mapping[Ref, list[Event]]:
        return {ref: list(events) for ref, events in planned_events(self.model).items()}

    @cached_property
    def _whole(self) -> Spread:
        """What all initiatives share, so that deriving one costs only what it touches."""
        return Spread(self.graph, self.graph, Pairing({ref: ref for ref in self.model.entities}), ())

    @cached_property
    def _known(self) -> dict[Ref, Benefit]:
        return {}

    def of(self, ref: Ref) -> Benefit:
        """The benefit of an initiative."""
        if ref not in self._known:
            self._known[ref] = self._benefit(self.model.initiatives[ref])
        return self._known[ref]

    def _benefit(self, initiative: Initiative) -> Benefit:
        spread = self._whole.only(ask(self.model, self._events(initiative), None, self._planned).shifts)
        reached = spread.reaching(Level.MUST_ACT)
        uses = {witness.path[0].key: witness.path[0] for ref in reached.nodes for witness in reached.causes(ref)}
        harmed = tuple(ref for ref in reached.nodes if ref in self.model.consumers)
        gains = tuple(sorted(self._gaining(initiative) - set(harmed)))
        return Benefit(gains, harmed, tuple(self._move(uses[key]) for key in sorted(uses, key=str)))

    def _events(self, initiative: Initiative) -> list[Event]:
        day = window(initiative, self.model.config.calendar.calendar).end
        return [
            Event(self.model.canonical(change.component.component), change, day, initiative.ref, index)
            for index, change in enumerate(initiative.changes)
            if self.model.canonical(change.component.component) in self.model.components
        ]

    def _move(self, use: Use) -> Migration:
        weeks = use.dependency.migration
        return Migration(use, self.model.config.scoring.migration if weeks is None else weeks, weeks is None)

    def _gaining(self, initiative: Initiative) -> set[Ref]:
        """Who asked for it, and every consumer that depends, directly or not, on what it adds or improves."""
        asking = map(self.model.canonical, initiative.waiting)
        found = {ref for ref in asking if ref in self.model.consumers}
        for change in initiative.changes:
            if change.effect in _BRINGS:
                found |= self._consumers_on(change)
        return found

    def _consumers_on(self, change: Change) -> frozenset[Ref]:
        component, interface = self.model.canonical(change.component.component), change.component.interface
        key = (component, interface)
        if key not in self._standing:
            users = {use.source for use in self.graph.users_at(component, interface)}
            self._standing[key] = frozenset(ref for ref in self.graph.dependents(users) if ref in self.model.consumers)
        return self._standing[key]

    @cached_property
    def _standing(self) -> dict[tuple[Ref, str | None], frozenset[Ref]]:
        return {}
