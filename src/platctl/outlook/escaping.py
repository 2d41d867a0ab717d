"""Leaving is a claim: what would happen if each dependency of base still existed in head as base has it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from platctl.finding import Span
from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Dependency
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.entity import Entity
from platctl.model.model import Model
from platctl.model.placement import Placement, Unplaced
from platctl.model.ref import InterfaceRef, Ref
from platctl.outlook.cause import Cause
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import Need, need_of
from platctl.outlook.spread import Spread
from platctl.record import record
from platctl.source.yaml.document import Route


@record
class Escape:
    """A consumer that escapes effects, since the change edits or removes dependencies on their way, or the consumer.

    `was` is its name in base. `causes` are those effects as they would be, the strongest first; `has_left` says
    whether a dependency on the way of the strongest is gone, rather than edited.
    """

    consumer: Ref
    was: Ref
    causes: tuple[Cause, ...]
    has_left: bool


def as_base_depends(spread: Spread) -> Spread | None:
    """The same comparison if nothing had been edited away: head with the dependencies and dependents of base.

    None if each of them exists in head as it was. What head alone has does not count.
    """
    found = _Kept(spread)
    return Spread(spread.base, Graph(found.model), found.pairing, spread.comparison) if found.entities else None


def escapes(spread: Spread, kept: Spread) -> Iterator[Escape]:
    """Who escapes a harm; `kept` is what `as_base_depends` made of the spread."""
    here = {use.key for use in spread.head.uses}
    base_of = {now: ref for ref, now in kept.pairing.head_of.items() if ref in spread.base.model.consumers}
    for ref in kept.consumers:
        witnesses = kept.stronger(spread, ref)
        if witnesses:
            causes = tuple(map(kept.told_by, witnesses))
            has_left = any(use.key not in here for use in witnesses[0].path)
            yield Escape(ref, base_of.get(ref, ref), causes, has_left)


def escaped_apart(part: Spread, kept: Spread, consumer: Ref) -> Iterator[Cause]:
    """What a consumer escapes of a part of the change: approving one initiative does not approve another."""
    yield from map(kept.told_by, kept.stronger(part, consumer))


class _Kept:
    """Head, in which what base has depends on what it depended on there."""

    def __init__(self, spread: Spread) -> None:
        self.base, self.head = spread.base.model, spread.head.model
        self.now_uses = spread.head.uses_of
        self.was_uses = spread.base.uses_of
        self.pairing = _as_base_meant(spread.pairing, self.base, self.head)
        self.entities: dict[Ref, Entity] = {}
        documents: dict[Ref, Placement] = {}
        for ref, was in self.base.entities.items():
            if isinstance(was, Component | Consumer):
                now = self.head.entities.get(self.pairing.head_of[ref]) if ref in self.pairing.head_of else None
                if now is None:
                    self.entities[ref], documents[ref] = self._as_it_was(was, was), self.base.documents[ref]
                elif type(now) is type(was) and not self._is_kept(was, now):
                    self.entities[now.ref] = self._as_it_was(was, now)
                    documents[now.ref] = self._places(was, now)
        self.model = replace(
            self.head,
            entities=dict(sorted((dict(self.head.entities) | self.entities).items())),
            documents=dict(self.head.documents) | documents,
        )

    def _is_kept(self, was: Entity, now: Entity) -> bool:
        if was is now and self._mean_the_same(was):
            return True
        there = self._uses(now)
        return all(
            key in there and _asked(use, target) == _asked(there[key], target) for key, use, target in self._was(was)
        )

    def _mean_the_same(self, entity: Entity) -> bool:
        """Whether the names that an entity uses lead to the same in both states."""
        head, uses = self.pairing.head, self.was_uses.get(entity.ref, ())
        here = [head(entity.ref), *(head(use.target) for use in uses)]
        return here == [entity.ref, *(use.target for use in self.now_uses.get(entity.ref, ()))]

    def _uses(self, now: Entity) -> Mapping[EdgeKey, Use]:
        return {use.key: use for use in self.now_uses.get(now.ref, ())}

    def _was(self, was: Entity) -> Iterator[tuple[EdgeKey, Use, Ref]]:
        """The dependencies of an entity of base, by their keys in head."""
        source = self.pairing.head(was.ref)
        for use in self.was_uses.get(was.ref, ()):
            target = self.pairing.head(use.target)
            yield use.key._replace(source=source, target=target), use, target

    def _as_it_was(self, was: Component | Consumer, now: Entity) -> Entity:
        if isinstance(was, Component):
            update = {"depends_on": tuple(map(self._renamed, was.depends_on)), "exposes": was.exposes}
        else:
            update = {"uses": tuple(map(self._renamed, was.uses))}
        return now.changed(update)

    def _renamed(self, dependency: Dependency) -> Dependency:
        """On what base means, whatever the name means in head."""
        component, interface = dependency.component
        meant = self.pairing.head(self.base.canonical(component))
        return dependency.changed({"component": InterfaceRef(meant, interface)})

    def _places(self, was: Entity, now: Entity) -> Placement:
        place = self.head.documents[now.ref]
        if isinstance(place, Unplaced):
            return place
        there = self._uses(now)
        routes = {use.route: there[key].route for key, use, _ in self._was(was) if key in there}
        return _WherePossible(place, self.base.documents[was.ref], routes)


def _as_base_meant(pairing: Pairing, base: Model, head: Model) -> Pairing:
    """Of several consumers that became one, only the first is taken for it: no one else agreed to what it does.

    What has a former id as an alias is taken for it, even if something else has the id now. Whether that can be hidden
    behind is no question, since the comparison itself goes by the id.
    """
    found: dict[Ref, Ref] = {}
    taken: set[Ref] = set()
    claims = {
        alias: now.ref for now in head.entities.values() for alias in now.alias_refs if now.ref not in base.entities
    }
    for ref, now in sorted(pairing.head_of.items(), key=lambda each: (each[0] != each[1], each[0])):
        if ref not in base.consumers or now not in taken:
            found[ref] = claims.get(ref, now)
        if ref in base.consumers:
            taken.add(now)
    return Pairing(found)


def _asked(use: Use, target: Ref) -> tuple[Need, bool, Ref, Date | None]:
    return need_of(use), use.exposes, target, use.dependency.confirmed


class _WherePossible(Placement):
    """Places in head, also for the dependencies of base that head has at another place; those of base for the rest."""

    __slots__ = ("_routes", "_was")
    _was: Placement
    _routes: Mapping[Route, Route]

    def __init__(self, now: Placement, was: Placement, routes: Mapping[Route, Route]) -> None:
        for name, value in (
            *(("document", now.document), ("removed", now.removed)),
            *(("_was", was), ("_routes", routes)),
        ):
            object.__setattr__(self, name, value)

    def span(self, route: tuple[str | int, ...] = (), *, key: bool = False) -> Span:  # type: ignore[override]
        """The place in head if it has the dependency, or else in base."""
        start, rest = tuple(route[:2]), tuple(route[2:])
        if start[:1] not in (("uses",), ("depends_on",)):
            return super().span(route, key=key)
        if start in self._routes:
            return super().span((*self._routes[start], *rest), key=key)
        return self._was.span(route, key=key)
