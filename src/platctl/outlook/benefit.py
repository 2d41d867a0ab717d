"""What an initiative means for the users of the platform: who gains, who must act, and what it costs them."""

import math
from functools import cached_property

from platctl.graph.graph import Graph, Use
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.comparing import what_if, with_and_without
from platctl.outlook.events import events_of
from platctl.outlook.spread import Spread
from platctl.outlook.timeline import Timeline
from platctl.record import record


@record
class Migration:
    """A dependency that has to move, and the person-weeks it takes; `is_assumed` if they are not declared."""

    use: Use
    weeks: float
    is_assumed: bool


@record
class Benefit:
    """Of one initiative: the consumers that gain, those that break or must act, and the migrations it requires.

    `reach` has those that gain together with those that asked for it or that it is for, each once.
    """

    gains: tuple[Ref, ...]
    reach: tuple[Ref, ...]
    harmed: tuple[Ref, ...]
    moves: tuple[Migration, ...]

    @property
    def cost(self) -> float:
        """Person-weeks that it costs others."""
        return math.fsum(move.weeks for move in self.moves)


@record(slots=False)
class Benefits:
    """Derives the benefit of each initiative: the model with it, compared with the model without it."""

    graph: Graph
    today: Date | None = None

    @property
    def model(self) -> Model:
        return self.graph.model

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self.model, self.today)

    @cached_property
    def _whole(self) -> Spread:
        """What all initiatives share, so that deriving one costs only what it touches."""
        return what_if(self.graph, self._timeline, (), None)

    @cached_property
    def _known(self) -> dict[Ref, Benefit]:
        return {}

    def of(self, ref: Ref) -> Benefit:
        """The benefit of an initiative."""
        if ref not in self._known:
            self._known[ref] = self._benefit(self.model.initiatives[ref])
        return self._known[ref]

    def _benefit(self, initiative: Initiative) -> Benefit:
        events = tuple(events_of(self.model, initiative))
        spread = self._whole.apart(with_and_without(self._timeline, events, None))
        reached = spread.reaching(Level.MUST_ACT)
        uses = {witness.path[0].key: witness.path[0] for ref in reached.nodes for witness in reached.causes(ref)}
        harmed = tuple(ref for ref in reached.nodes if ref in self.model.consumers)
        gains = tuple(ref for ref in spread.gaining.nodes if ref in self.model.consumers)
        asking = {ref for ref in map(self.model.canonical, initiative.waiting) if ref in self.model.consumers}
        reach = tuple(sorted(asking.union(gains)))
        return Benefit(gains, reach, harmed, tuple(self._move(uses[key]) for key in sorted(uses, key=str)))

    def _move(self, use: Use) -> Migration:
        weeks = use.dependency.migration
        return Migration(use, self.model.config.scoring.migration if weeks is None else weeks, weeks is None)
