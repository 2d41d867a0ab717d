"""The changes that concern one consumer: what it asked for, depends on, or was promised."""

from collections.abc import Iterator
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.difference import Pairing
from platctl.outlook.plan import Plan
from platctl.questions.changelog.report import ChangelogEntry, Offered, OfferPlan, Promise
from platctl.record import record


@record(slots=False)
class ConsumerFilter:
    """One consumer in both states. All names are those in head."""

    consumer: Ref
    base: Model
    head: Model
    pairing: Pairing

    def has(self, entry: ChangelogEntry) -> bool:
        """Whether an entry concerns the consumer."""
        if isinstance(entry.fact, Promise):
            return entry.fact.consumer.ref == self.consumer
        ref = entry.entity.ref
        if isinstance(entry.fact, Offered | OfferPlan) and entry.fact.interface and ref in self._interfaces:
            return bool({None, entry.fact.interface.lower()} & self._interfaces[ref])
        return ref == self.consumer or ref in self._work or ref in self._interfaces

    @cached_property
    def _work(self) -> frozenset[Ref]:
        """The initiatives for the consumer, in either state."""
        return frozenset(
            self.pairing.head(initiative.ref)
            for plan in (Plan(self.base), Plan(self.head))
            for initiative in plan.model.initiatives.values()
            if self.consumer in map(self.pairing.head, plan.asking(initiative))
        )

    @cached_property
    def _interfaces(self) -> dict[Ref, set[str | None]]:
        """The interfaces it depends on, directly or not, in either state; None for a component as a whole."""
        found: dict[Ref, set[str | None]] = {}
        for model in (self.base, self.head):
            for ref, interface in self._uses(model):
                found.setdefault(self.pairing.head(ref), set()).add(interface)
        return found

    def _uses(self, model: Model) -> Iterator[tuple[Ref, str | None]]:
        graph = Graph(model)
        here = next((ref for ref in model.consumers if self.pairing.head(ref) == self.consumer), self.consumer)
        for ref in graph.dependencies([here]):
            for use in graph.uses_of.get(ref, ()):
                yield use.target, use.interface
