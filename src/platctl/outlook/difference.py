"""The semantic difference of two models: ignores formatting, order and file moves, and recognizes renames."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Estimate
from platctl.model.entity.rating import Rating
from platctl.model.fields import naming
from platctl.model.model import Model, references_in_keys
from platctl.model.part import Part
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.release_day import ReleaseDay, day_text, release_of
from platctl.model.version import Range, Version
from platctl.record import record
from platctl.source.yaml.document import Route


@record
class Added:
    """An entity that is only in head."""

    ref: Ref


@record
class Removed:
    """An entity that is only in base."""

    ref: Ref


@record
class Renamed:
    """An entity with a new name that lists the former one in its aliases."""

    ref: Ref
    former: Ref


@record
class Modified:
    """A field that differs. `route` leads to it in head, or in base where head has none; None means absent."""

    ref: Ref
    route: Route
    before: object
    after: object


Difference = Added | Removed | Renamed | Modified


@record
class Pairing:
    """Which entity of base corresponds to which in head."""

    head_of: Mapping[Ref, Ref]

    def head(self, ref: Ref) -> Ref:
        """The name in head of an entity of base; the same if it was not renamed."""
        return self.head_of.get(ref, ref)


def pair(base: Model, head: Model) -> Pairing:
    """Pairs entities by name, and renamed ones by the alias that head lists."""
    pairs = {}
    for ref in base.entities:
        if ref in head.entities:
            pairs[ref] = ref
        elif head.canonical(ref) != ref and head.canonical(ref) not in base.entities:
            pairs[ref] = head.canonical(ref)
    pairs.update({alias: pairs[ref] for alias, ref in base.aliases.items() if ref in pairs})
    return Pairing(pairs)


def diff(base: Model, head: Model, pairing: Pairing | None = None) -> tuple[Difference, ...]:
    """Every difference in meaning, sorted by entity and field; `pairing` if more than both states is known of names."""
    pairing = pairing or pair(base, head)
    base_of = _by_head_name(base, head, pairing)
    differences: list[Difference] = [Added(ref) for ref in head.entities if ref not in base_of]
    differences += [Removed(ref) for ref in base.entities if ref not in pairing.head_of]
    for ref, former in base_of.items():
        if ref != former:
            differences.append(Renamed(ref, former))
        differences += _modified(ref, base, base.entities[former], head, head.entities[ref], pairing)
    return tuple(sorted(differences, key=_order))


def _by_head_name(base: Model, head: Model, pairing: Pairing) -> dict[Ref, Ref]:
    """By name in head: the name in base; of several entities that became one, the first of the former names."""
    names: dict[Ref, list[Ref]] = {}
    for ref in base.entities:
        if ref in pairing.head_of:
            names.setdefault(pairing.head_of[ref], []).append(ref)
    order = {ref: (ref, *head.entities[ref].alias_refs) for ref in names}
    return {ref: next((each for each in order[ref] if each in former), former[0]) for ref, former in names.items()}


def field_of(base: Model, head: Model, change: Modified) -> str:
    """The field that differs, as its author knows it: `goals[1].contribution`."""
    there = head if change.after is not None or change.ref not in base.documents else base
    placement = there.documents.get(change.ref)
    return where_is(placement.as_written(change.route) if placement else change.route)


def where_is(route: Route) -> str:
    """A route as people read it, counted from 1: `goals[1].contribution`."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in route).lstrip(".")


_CLIP = 60


def as_text(value: object) -> str:
    """A short value as text; empty for a long or compound one."""
    if isinstance(value, Rating):
        return value.text
    if isinstance(value, Estimate):
        value = value.likely
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, Date):
        return day_text(value)
    target = getattr(value, "component", value)
    text = str(target if isinstance(target, StrEnum) else getattr(target, "name", target))
    is_list = isinstance(value, tuple | list | dict) and not isinstance(value, Ref)
    compound = is_list or (hasattr(value, "given_fields") and target is value)
    return "" if compound or len(text) > _CLIP or "\n" in text else text


def _order(difference: Difference) -> tuple[Ref, str, list[str]]:
    route = difference.route if isinstance(difference, Modified) else ()
    return difference.ref, type(difference).__name__, [str(step) for step in route]


_IDENTITY = {"kind", "id", "namespace", "aliases"}


def _modified(
    ref: Ref, base: Model, before: Entity, head: Model, after: Entity, pairing: Pairing
) -> Iterator[Modified]:
    comparison = _Comparison(base, head, pairing, before, after)
    for name, info in type(after).all_fields.items():
        if name not in _IDENTITY and getattr(before, name) != getattr(after, name):
            route = (info.key,)
            for where, old, new in comparison.compare(route, getattr(before, name), getattr(after, name)):
                yield Modified(ref, where, old, new)
    yield from _other_releases(ref, before, after, pairing)
    if before.extensions != after.extensions:
        for key in sorted(before.extensions.keys() | after.extensions.keys()):
            old, new = before.extensions.get(key), after.extensions.get(key)
            if old != new:
                yield Modified(ref, (key,), old, new)


def _other_releases(ref: Ref, before: Entity, after: Entity, pairing: Pairing) -> Iterator[Modified]:
    """Fields with the same day as before, of another release, or of none: they will move with something else."""
    for name, info in type(after).all_fields.items():
        was, now = getattr(before, name), getattr(after, name)
        if (isinstance(was, ReleaseDay) or isinstance(now, ReleaseDay)) and was == now:
            former = release_of(was)
            if (pairing.head(former) if former else None) != release_of(now):
                yield Modified(ref, (info.key,), was, now)


_Found = tuple[Route, object, object]


@record
class _Comparison:
    base: Model
    head: Model
    pairing: Pairing
    before: Entity
    after: Entity

    def compare(self, route: Route, old: object, new: object) -> Iterator[_Found]:
        if self._meaning(old, in_base=True) == self._meaning(new, in_base=False):
            return
        if isinstance(old, Ref | InterfaceRef | Rating):  # the first two are tuples, a rating is one value
            yield route, old, new
        elif isinstance(old, tuple) and isinstance(new, tuple):
            yield from self._items(route, old, new)
        elif isinstance(old, dict) and isinstance(new, dict):
            yield from self._entries(route, old, new)
        elif isinstance(old, Part) and type(old) is type(new):
            for name, info in type(old).all_fields.items():
                yield from self.compare((*route, info.key), getattr(old, name), getattr(new, name))
        else:
            yield route, old, new

    def _entries(self, route: Route, old: dict[object, object], new: dict[object, object]) -> Iterator[_Found]:
        olds = {self._named(route, key, self.before, in_base=True): key for key in old}
        news = {self._named(route, key, self.after, in_base=False): key for key in new}
        for name in sorted(olds.keys() | news.keys(), key=str):
            now, was = news.get(name), olds.get(name)
            yield from self.compare((*route, str(was if now is None else now)), old.get(was), new.get(now))

    def _named(self, route: Route, key: object, entity: Entity, *, in_base: bool) -> object:
        """A key by its meaning, where it is a reference."""
        ref = dict(references_in_keys(entity)).get((*route, str(key)))
        return self._meaning(ref, in_base=in_base) if ref else key

    def _items(self, route: Route, old: tuple[object, ...], new: tuple[object, ...]) -> Iterator[_Found]:
        """Compares lists as sets of items with keys, ignoring order."""
        olds, news = self._keyed(old, in_base=True), self._keyed(new, in_base=False)
        for key, (index, item) in news.items():
            if key in olds:
                yield from self.compare((*route, index), olds[key][1], item)
            else:
                yield (*route, index), None, item
        for key, (index, item) in olds.items():
            if key not in news:
                yield (*route, index), item, None

    def _keyed(self, items: tuple[object, ...], *, in_base: bool) -> dict[object, tuple[int, object]]:
        keyed: dict[object, tuple[int, object]] = {}
        for index, item in enumerate(items):
            key, nth = self._key(item, in_base=in_base), 0
            while (key, nth) in keyed:
                nth += 1
            keyed[key, nth] = (index, item)
        return keyed

    def _key(self, item: object, *, in_base: bool) -> object:
        """The identity of an item of a list."""
        name = naming(item)
        meaning = self._meaning(name, in_base=in_base)
        return repr(meaning) if name is item else meaning

    def _meaning(self, value: object, *, in_base: bool) -> object:
        """A value in which every reference has its present name in head."""
        match value:
            case Ref():
                return self.pairing.head(value) if in_base else self.head.canonical(value)
            case InterfaceRef(component, interface):
                return (self._meaning(component, in_base=in_base), interface)
            case Version() | Range():
                return value.text
            case tuple():
                return [self._meaning(item, in_base=in_base) for item in value]
            case dict():
                return {str(key): self._meaning(item, in_base=in_base) for key, item in value.items()}
            case Part():
                return {name: self._meaning(item, in_base=in_base) for name, item in value.__dict__.items()}
        return value
