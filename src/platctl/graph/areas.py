"""What belongs to which system, and to which domains."""

from collections.abc import Iterable
from functools import cached_property

from platctl.model.entity.area import Domain, System
from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record


@record(slots=False)
class Areas:
    """The systems and domains of one model; names that lead nowhere are left out."""

    model: Model

    def system(self, ref: Ref) -> Ref | None:
        """The system that a component or consumer belongs to, or that this is."""
        entity = self.model.get(ref)
        if isinstance(entity, System):
            return entity.ref
        name = entity.system if isinstance(entity, Component | Consumer) else None
        found = self.model.get(name) if name else None
        return found.ref if isinstance(found, System) else None

    def domains(self, ref: Ref) -> tuple[Ref, ...]:
        """The domains that a component, consumer, system or domain belongs to, the nearest first."""
        entity = self.model.get(ref)
        system = self.model.get(self.system(ref) or ref)
        name = system.domain if isinstance(system, System) else None
        current = entity if isinstance(entity, Domain) else self.model.get(name) if name else None
        found: dict[Ref, None] = {}
        while isinstance(current, Domain) and current.ref not in found:
            found[current.ref] = None
            current = self.model.get(current.parent) if current.parent else None
        return tuple(found)

    def domain(self, ref: Ref) -> Ref | None:
        """The nearest domain."""
        return next(iter(self.domains(ref)), None)

    @cached_property
    def _members(self) -> tuple[Ref, ...]:
        kinds = (Component, Consumer, System, Domain)
        return tuple(ref for ref, each in self.model.entities.items() if isinstance(each, kinds))

    def within(self, areas: Iterable[Ref]) -> frozenset[Ref]:
        """What belongs to one of these systems and domains, and they themselves."""
        wanted = frozenset(areas)
        return frozenset(ref for ref in self._members if wanted & {ref, self.system(ref), *self.domains(ref)})
