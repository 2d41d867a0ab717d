"""The entities as nodes and their references as typed edges; the graph library stands behind this class."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, NamedTuple

from platctl.model.entity.component import Component, Dependency, Strength
from platctl.model.entity.consumer import Consumer
from platctl.model.model import Model
from platctl.model.placement import Route
from platctl.model.ref import Ref

if TYPE_CHECKING:
    import networkx as nx


class EdgeKey(NamedTuple):
    """What makes two dependencies of two states the same one."""

    source: Ref
    target: Ref
    interface: str | None
    nth: int


@dataclass(frozen=True, slots=True)
class Use:
    """That `source` stands on `target`; the target need not exist. `route` is the place in the source."""

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
    """Who stands on what, in one model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every dependency of every component and consumer, in the order of the model."""
        entities = self.model.entities.values()
        return tuple(use for entity in entities for use in self._uses_of(entity))

    def _uses_of(self, entity: object) -> Iterator[Use]:
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
        """By dependent: what it stands on."""
        return _grouped((use.source, use) for use in self.uses)

    @cached_property
    def users_of(self) -> Mapping[Ref, tuple[Use, ...]]:
        """By component: who stands on it."""
        return _grouped((use.target, use) for use in self.uses)

    @cached_property
    def digraph(self) -> "nx.DiGraph[Ref]":
        """All entities and references as a NetworkX graph; edges carry `field`, the field that refers."""
        import networkx as nx

        graph: nx.DiGraph[Ref] = nx.DiGraph()
        graph.add_nodes_from(self.model.entities)
        for reference in self.model.references:
            target = self.model.canonical(reference.target)
            graph.add_edge(reference.source, target, field=reference.route[0])
        return graph

    def dependents(self, ref: Ref) -> frozenset[Ref]:
        """Everything that stands on a component, directly or through others."""
        found: set[Ref] = set()
        queue = deque([ref])
        while queue:
            for use in self.users_of.get(queue.popleft(), ()):
                if use.source not in found:
                    found.add(use.source)
                    queue.append(use.source)
        return frozenset(found)


def _grouped(pairs: Iterable[tuple[Ref, Use]]) -> dict[Ref, tuple[Use, ...]]:
    groups: dict[Ref, list[Use]] = {}
    for ref, use in pairs:
        groups.setdefault(ref, []).append(use)
    return {ref: tuple(uses) for ref, uses in groups.items()}


def shortest_cycles(edges: Mapping[Ref, Iterable[Ref]]) -> list[list[Ref]]:
    """One shortest cycle of each strongly connected component, begun at its smallest member, sorted.

    `edges` are the targets by source. NetworkX is asked only where the standard library finds that there is one.
    """
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        return sorted(_cycles(edges))
    return []


def _cycles(edges: Mapping[Ref, Iterable[Ref]]) -> Iterator[list[Ref]]:
    import networkx as nx

    graph: nx.DiGraph[Ref] = nx.DiGraph()
    graph.add_edges_from((source, target) for source, targets in edges.items() for target in targets)
    for members in nx.strongly_connected_components(graph):
        if len(members) > 1 or graph.has_edge(*(next(iter(members)),) * 2):
            yield _shortest_cycle({each: sorted(t for t in graph[each] if t in members) for each in members})


_STARTS = 64
"""From how many members of a large component the shortest cycle is sought; from all would cost a square."""


def _shortest_cycle(edges: Mapping[Ref, list[Ref]]) -> list[Ref]:
    found: list[Ref] = []
    for start in sorted(edges)[:_STARTS]:
        cycle = _cycle_through(start, edges)
        if cycle and (not found or len(cycle) < len(found)):
            found = cycle
    first = found.index(min(found))
    return found[first:] + found[:first]


def _cycle_through(start: Ref, edges: Mapping[Ref, list[Ref]]) -> list[Ref]:
    came_from: dict[Ref, Ref] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for target in edges[node]:
            if target == start:
                path = [node]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if target not in came_from:
                came_from[target] = node
                queue.append(target)
    return []
