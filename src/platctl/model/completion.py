"""What a state has but could not be read there, as another state has it: not read is not gone."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from platctl.finding import Finding, Span
from platctl.model.entity.entity import Entity
from platctl.model.merge import with_declared_schemes
from platctl.model.model import UNREAD_RULES, Model, NotRead
from platctl.model.placement import Placement
from platctl.model.release_day import RELEASE
from platctl.model.release_days import with_days_restored
from platctl.source.yaml.document import Route


def completed(base: Model, head: Model, not_read: Iterable[NotRead]) -> Model:
    """Head with the entities and fields that it has but could not be read there, as they are in base."""
    lost = tuple(sorted(not_read))
    entities, documents, files = dict(head.entities), dict(head.documents), dict(head.files)
    for each in lost:
        ref = head.canonical(each.entity) if each.fields else each.entity
        was = base.documents[each.entity]
        if was.path in base.files:
            files.setdefault(was.path, base.files[was.path])
        if each.fields:
            entities[ref] = _with_fields(head.entities[ref], base.entities[each.entity], each.fields)
            documents[ref] = _Restored(documents[ref], was, each.fields)
        else:
            entities[ref], documents[ref] = base.entities[each.entity], was
    found = replace(
        known_as_unread(base, head, lost),
        entities=dict(sorted(entities.items())),
        documents=documents,
        files=files,
        not_read=lost,
    )
    if any(each.entity.kind == RELEASE for each in lost):
        found = with_days_restored(found)
    return with_declared_schemes(found)


def with_unread(base: Model, head: Model) -> Model:
    """Head with what its own files have but could not be read, as it is in base."""
    gone = (ref for ref in base.entities if head.get(ref) is None and head.may_be_unread(ref))
    lost = [*(NotRead(base.documents[ref].path, "", ref) for ref in gone), *lost_fields(base, head)]
    return completed(base, head, lost) if lost else head


def known_as_unread(base: Model, head: Model, not_read: Iterable[NotRead]) -> Model:
    """Head as it was read, knowing which entities could not be, so that no reference to them counts as wrong."""
    gone = [each.entity for each in not_read if not each.fields]
    found = (base.entities[ref] for ref in gone)
    names = (name for each in found for name in each.other_refs)
    return replace(head, broken=head.broken | frozenset(gone) | frozenset(names))


def only_says_unread(finding: Finding, head: Model) -> bool:
    """Whether a finding says no more than that a file could not be opened, of which head has the content from base."""
    paths = {each.path for each in head.not_read}
    return finding.rule in UNREAD_RULES and finding.span is not None and finding.span.path in paths


def unread_fields(entity: Entity, placement: Placement) -> frozenset[str]:
    """The attributes that could not be read completely."""
    if not placement.removed:
        return frozenset()
    written = {route[0] for route in placement.removed if route}
    return frozenset(name for name, info in type(entity).all_fields.items() if info.key in written)


def lost_fields(base: Model, head: Model) -> Iterator[NotRead]:
    """The fields of base that head has but could not be read there, and entities that head defines once more."""
    for ref, was in base.entities.items():
        now = head.entities.get(head.canonical(ref))
        if now is None or type(now) is not type(was):
            continue
        placement = head.documents[now.ref]
        if now.ref in head.twice and ref not in base.twice:
            why = f"{now.kind_name} `{now.name}` in `{placement.path}` is defined twice"
            yield NotRead(placement.path, why, ref, _all_fields(was))
        elif placement.removed and (names := _lost(was, base.documents[ref], now, placement)):
            shown = " and ".join(f"`{name}`" for name in names)
            why = f"{shown} of {now.kind_name} `{now.name}` can't be read in `{placement.path}`"
            yield NotRead(placement.path, why, ref, names)


def _lost(was: Entity, before: Placement, now: Entity, placement: Placement) -> tuple[str, ...]:
    """The fields of which head could read less than base."""
    known = Counter(_unread_values(before))
    new = [(route, value) for route, value in _unread_values(placement) if not known[route, value]]
    written = {route[0] for route, _ in new if not str(route[0]).startswith("x-")}
    fields = {info.key: name for name, info in type(was).all_fields.items()}
    found = [key for key in fields if key in written]
    if written - fields.keys():  # a misspelt field may be any that is not there now
        found += [
            key
            for key, name in fields.items()
            if name in was.given_fields and name not in now.given_fields and key not in written
        ]
    return tuple(found)


def _unread_values(placement: Placement) -> Iterator[tuple[Route, str]]:
    """Each omitted part by its fields and its text, wherever it is in a list."""
    for route in placement.removed:
        value: object = placement.document.value
        for step in route:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                value = None
        yield tuple(step for step in route if isinstance(step, str)), repr(value)


def _all_fields(entity: Entity) -> tuple[str, ...]:
    return tuple(info.key for name, info in type(entity).all_fields.items() if name not in _IDENTITY)


_IDENTITY = frozenset({"kind", "id", "namespace"})


def _with_fields(now: Entity, was: Entity, keys: Sequence[str]) -> Entity:
    names = {info.key: name for name, info in type(was).all_fields.items()}
    return now.restored([names[key] for key in keys], was)


class _Restored(Placement):
    """The places of an entity of which some fields are taken from another state."""

    __slots__ = ("_fields", "_was")
    _was: Placement
    _fields: tuple[str, ...]

    def __init__(self, now: Placement, was: Placement, fields: tuple[str, ...]) -> None:
        kept = {route for route in now.removed if route and route[0] not in fields}
        kept |= {route for route in was.removed if route and route[0] in fields}
        for name, value in (
            *(("document", now.document), ("removed", frozenset(kept))),
            *(("_was", was), ("_fields", fields)),
        ):
            object.__setattr__(self, name, value)

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """The place in the state that the field is taken from."""
        if route and route[0] in self._fields:
            return self._was.span(route, key=key)
        return super().span(route, key=key)

    def as_written(self, route: Route) -> Route:
        """A field by the keys in its own document."""
        return self._was.as_written(route) if route and route[0] in self._fields else super().as_written(route)
