"""How many depend on what, directly and through others."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from platctl.graph.graph import Graph, Use
from platctl.model.ref import Ref
from platctl.record import record
from platctl.scheduling.closure import Closure, closure, selectors


class EdgeSet(StrEnum):
    """Which dependencies count: all, those that are not soft, or those that pass on what they get."""

    ALL = "all"
    HARD = "hard"
    EXPOSING = "exposing"


@record
class Count:
    """How many are reached by one dependency, and how many by one or more."""

    direct: int
    transitive: int


@record
class Reached:
    """The entities that are reached by one dependency, and by one or more. Nothing reaches itself."""

    direct: tuple[Ref, ...]
    transitive: tuple[Ref, ...]


@record(slots=False)
class Reachability:
    """The dependents and dependencies of every component and consumer that exists, by one set of dependencies."""

    graph: Graph
    edges: EdgeSet = EdgeSet.ALL

    def dependents(self, ref: Ref) -> Reached:
        """What depends on an entity, by name."""
        return self._reached(ref, self._up, self._users)

    def dependencies(self, ref: Ref) -> Reached:
        """What an entity depends on, by name."""
        return self._reached(ref, self._down, self._targets)

    def consumers_above(self, ref: Ref) -> bytes:
        """Which of the model's consumers, in their order, are dependents, as `itertools.compress` takes it."""
        return selectors(self._up.reached.get(ref, 0) >> len(self.graph.model.components))

    def count_dependents(self, ref: Ref, kind: str) -> Count:
        """The number of dependents of one kind."""
        return self._count(ref, kind, self._up, self._users)

    def count_dependencies(self, ref: Ref, kind: str) -> Count:
        """The number of dependencies of one kind."""
        return self._count(ref, kind, self._down, self._targets)

    def _count(self, ref: Ref, kind: str, whole: Closure[Ref], direct: Mapping[Ref, Iterable[Ref]]) -> Count:
        among = self._of_kind(whole, kind)
        near = sum(1 for each in direct.get(ref, ()) if each != ref and each.kind == kind)
        return Count(near, (whole.reached.get(ref, 0) & among).bit_count())

    def _of_kind(self, whole: Closure[Ref], kind: str) -> int:
        key = (whole is self._up, kind)
        if key not in self._kinds:
            self._kinds[key] = whole.bits(each for each in whole.nodes if each.kind == kind)
        return self._kinds[key]

    @cached_property
    def _kinds(self) -> dict[tuple[bool, str], int]:
        return {}

    def pairs(self, refs: Iterable[Ref]) -> int:
        """The pairs of different entities, both of these, of which one depends on the other, directly or not."""
        found = list(refs)
        among = self._down.bits(found)
        return sum((self._down.reached.get(ref, 0) & among).bit_count() for ref in found)

    def _reached(self, ref: Ref, whole: Closure[Ref], direct: Mapping[Ref, Iterable[Ref]]) -> Reached:
        near = tuple(sorted(each for each in direct.get(ref, ()) if each != ref))
        return Reached(near, tuple(sorted(whole.named(whole.reached.get(ref, 0)))))

    @cached_property
    def _up(self) -> Closure[Ref]:
        return closure(self._users, self._order)

    @cached_property
    def _down(self) -> Closure[Ref]:
        return closure(self._targets, self._order)

    @property
    def _order(self) -> tuple[Ref, ...]:
        return (*self.graph.model.components, *self.graph.model.consumers)

    @cached_property
    def _users(self) -> Mapping[Ref, tuple[Ref, ...]]:
        return _by((use.target, use.source) for use in self._uses())

    @cached_property
    def _targets(self) -> Mapping[Ref, tuple[Ref, ...]]:
        return _by((use.source, use.target) for use in self._uses())

    def _uses(self) -> Iterator[Use]:
        entities = self.graph.model.entities
        return (use for use in self.graph.uses if use.target in entities and self._counts(use))

    def _counts(self, use: Use) -> bool:
        match self.edges:
            case EdgeSet.HARD:
                return not use.is_soft
            case EdgeSet.EXPOSING:
                return use.exposes
        return True


def _by(pairs: Iterable[tuple[Ref, Ref]]) -> dict[Ref, tuple[Ref, ...]]:
    """By the first of each pair: the second ones, each once."""
    found: dict[Ref, dict[Ref, None]] = {}
    for one, other in pairs:
        found.setdefault(one, {})[other] = None
    return {one: tuple(others) for one, others in found.items()}
