"""Entities that have a new name, recognized without an alias."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from platctl.model.model import Model
from platctl.model.ref import Ref

_IDENTITY = frozenset({"kind", "id", "namespace", "aliases"})


def recognized(base: Model, head: Model, paired: Mapping[Ref, Ref]) -> dict[Ref, Ref]:
    """Which entities that are new in head are which of base, where that is certain.

    It is for two of one kind, if all fields but the name are the same, and no third has them; or else if of one file
    exactly one of that kind is gone, and one is new; or else if something that is less like it has its name now.
    """
    gone, new = _unpaired(base, head, paired)
    found = _one_to_one(gone, new, base, head, _content)
    rest = [ref for ref in gone if ref not in found], [ref for ref in new if ref not in found.values()]
    found |= _one_to_one(*rest, base, head, _file)
    return found | _ousted(base, head, [ref for ref in new if ref not in found.values()])


def _ousted(base: Model, head: Model, new: list[Ref]) -> dict[Ref, Ref]:
    """Entities whose name something else has now: a new one in their file, or of their title, is more like them."""
    places: dict[object, list[Ref]] = {}
    for ref in new:
        for mark in (_file(head, ref), _title(head, ref)):
            places.setdefault(mark, []).append(ref)
    found = {}
    for ref in base.entities.keys() & head.entities.keys() if new else ():
        fields, now = _fields(base, ref), _fields(head, ref)
        likeness = {
            each: len(fields & _fields(head, each))
            for mark in (_file(base, ref), _title(base, ref))
            for each in places.get(mark, ())
            if mark
        }
        best = max(sorted(likeness), key=likeness.__getitem__, default=None)
        if best and now != fields and likeness[best] > len(fields & now) and 2 * likeness[best] >= len(fields):
            found[ref] = best
    return dict(sorted(found.items()))


def with_aliases(head: Model, renamed: Mapping[Ref, Ref]) -> Model:
    """Head as if these entities listed their former names."""
    entities = dict(head.entities)
    for former, present in renamed.items():
        now = entities[present]
        names = (*now.aliases, f"{former.namespace}/{former.id}")
        entities[present] = now.altered({"aliases": names}, now.extensions)
    return replace(head, entities=entities) if renamed else head


def maybe_renamed(base: Model, head: Model, paired: Mapping[Ref, Ref], ref: Ref) -> Ref | None:
    """What an entity that is gone may be called now, where that is not certain: in the same file, or of that title."""
    gone, new = _unpaired(base, head, paired)
    if ref not in gone:
        return None
    alike = [each for each in new if each.kind == ref.kind]
    title, place = base.entities[ref].title, _file(base, ref)
    same = [each for each in alike if title and head.entities[each].title == title]
    return next(iter(same or [each for each in alike if place and _file(head, each) == place]), None)


def as_alias(former: Ref, present: Ref) -> str:
    """How an entity lists a former name."""
    return former.id if former.namespace == present.namespace else f"{former.namespace}/{former.id}"


def _unpaired(base: Model, head: Model, paired: Mapping[Ref, Ref]) -> tuple[list[Ref], list[Ref]]:
    taken = {*paired.values(), *base.entities}
    return [ref for ref in base.entities if ref not in paired], [ref for ref in head.entities if ref not in taken]


def _one_to_one(
    gone: list[Ref], new: list[Ref], base: Model, head: Model, mark: Callable[[Model, Ref], object]
) -> dict[Ref, Ref]:
    """Pairs those that have a mark in common with exactly one of the other state."""
    was = {ref: mark(base, ref) for ref in gone}
    now = {ref: mark(head, ref) for ref in new}
    before, after = Counter(filter(None, was.values())), Counter(filter(None, now.values()))
    by_mark = {found: ref for ref, found in now.items() if found and after[found] == before[found] == 1}
    return {ref: by_mark[found] for ref, found in was.items() if found in by_mark}


def _file(model: Model, ref: Ref) -> object:
    path = model.path_in_model(model.documents[ref].path)
    return (ref.kind, path) if path else None


def _title(model: Model, ref: Ref) -> object:
    title = model.entities[ref].title
    return (ref.kind, "title", title) if title else None


def _fields(model: Model, ref: Ref) -> frozenset[tuple[str, str]]:
    """What is written but the name."""
    entity = model.entities[ref]
    return frozenset(
        (name, repr(value)) for name, value in entity.items() if name in entity.given_fields and name not in _IDENTITY
    )


def _content(model: Model, ref: Ref) -> object:
    """All that is written but the name; None if nothing else is."""
    entity = model.entities[ref]
    fields = tuple(sorted((name, repr(value)) for name, value in entity.items() if name not in _IDENTITY))
    return (ref.kind, fields, repr(entity.extensions)) if entity.given_fields - _IDENTITY else None
