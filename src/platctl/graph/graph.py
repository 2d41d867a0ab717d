"""The dependency graph: components and consumers as nodes, dependencies as typed edges."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from platctl.model.entity.component import Component, Dependency, Strength
from platctl.model.entity.consumer import Consumer
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record
from platctl.scheduling.reachable import reachable
from platctl.source.yaml.document import Route


class EdgeKey(NamedTuple):
    """The identity of a dependency across two states."""

    source: Ref
    target: Ref
    interface: str | None
    nth: int


@record
class Use:
    """A dependency of `source` on `target`; the target need not exist. `route` is the field in the source."""

    key: EdgeKey
    dependency: Dependency
    route: Route
    exposes: bool

    @property
    def source(self) -> Ref:
        return self.key.source

    @property
    def target(self) -> Ref:
        return self.key.target

    @property
    def interface(self) -> str | None:
        return self.key.interface

    @property
    def is_soft(self) -> bool:
        return self.dependency.strength is Strength.SOFT

    @property
    def target_name(self) -> str:
        return f"{self.target.name}#{self.interface}" if self.interface else self.target.name


class Graph:
    """The dependency graph of one model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every dependency of every component and consumer, in the order of the model."""
        entities = self.model.entities.values()
        return tuple(use for entity in entities for use in self.uses_by(entity))

    def uses_by(self, entity: object) -> Iterator[Use]:
        """The dependencies of one entity, without looking at any other."""
        if isinstance(entity, Component):
            field, dependencies, exposes = "depends_on", entity.depends_on, entity.exposes
        elif isinstance(entity, Consumer):
            field, dependencies, exposes = "uses", entity.uses, False
        else:
            return
        seen: dict[tuple[Ref, str | None], int] = {}
        for index, dependency in enumerate(dependencies):
            target, interface = (
                self.model.canonical(dependency.component.component),
                dependency.component.interface,
            )
            nth = seen[target, interface] = seen.get((target, interface), -1) + 1
            key = EdgeKey(entity.ref, target, interface, nth)
            yield Use(key, dependency, (field, index), exposes or dependency.exposes)

    @cached_property
    def uses_of(self) -> Mapping[Ref, tuple[Use, ...]]:
        """By dependent: its dependencies."""
        return _grouped((use.source, use) for use in self.uses)

    @cached_property
    def users_of(self) -> Mapping[Ref, tuple[Use, ...]]:
        """By component: the dependencies on it."""
        return _grouped((use.target, use) for use in self.uses)

    def users_at(self, component: Ref, interface: str | None) -> Iterator[Use]:
        """The dependencies on a component, or on one of its interfaces; one that names none may use any of them."""
        uses = self.users_of.get(component, ())
        return (use for use in uses if None in (interface, use.interface) or use.interface == interface)

    def dependents(self, refs: Iterable[Ref]) -> list[Ref]:
        """These entities and all their dependents, direct and indirect; the nearest first."""
        return reachable(refs, lambda ref: (use.source for use in self.users_of.get(ref, ())))

    def dependencies(self, refs: Iterable[Ref]) -> list[Ref]:
        """These entities and all their dependencies, direct and indirect; the nearest first."""
        return reachable(refs, lambda ref: (use.target for use in self.uses_of.get(ref, ())))


def _grouped(pairs: Iterable[tuple[Ref, Use]]) -> dict[Ref, tuple[Use, ...]]:
    groups: dict[Ref, list[Use]] = {}
    for ref, use in pairs:
        groups.setdefault(ref, []).append(use)
    return {ref: tuple(uses) for ref, uses in groups.items()}
