"""One base of several merge bases, as histories have that merged each other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from platctl.finding import Finding
from platctl.model.entity.entity import Entity
from platctl.model.fields import naming
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.ref import Ref


def composed(head: Model, target: Model, bases: Sequence[Model]) -> Model:
    """What head is compared with: in it, what the target branch holds too is no change of head.

    The rest is one if it is one against any of the bases.
    """
    first, *others = bases
    states = (head, target, *bases)
    by_name = [_by_present_name(head, each) for each in states]
    entities = {}
    for ref in sorted({ref for each in by_name for ref in each}):
        now, there, *before = (each.get(ref) for each in by_name)
        found = _value(now, there, before)
        if isinstance(found, Entity):
            entities[found.ref] = found
    config = _value(head.config, target.config, [each.config for each in bases])
    files = {path: file for each in reversed(states) for path, file in each.files.items()}
    return replace(
        first,
        entities=entities,
        documents={ref: _origin(found, (*bases, target, head)).documents[ref] for ref, found in entities.items()},
        config=config if isinstance(config, type(first.config)) else first.config,
        config_placement=next((each.config_placement for each in bases if each.config_placement), None),
        files={path: file for path, file in files.items() if any(path in each.files for each in (target, *bases))},
        findings=_known(target, bases),
        broken=first.broken.union(*(each.broken for each in others)) - entities.keys(),
        twice=first.twice.union(*(each.twice for each in others)),
        partial=first.partial.intersection(*(each.partial for each in others)),
        doubts={ref: doubt for each in bases for ref, doubt in each.doubts.items()},
        is_whole=all(each.is_whole for each in bases),
    )


def _by_present_name(head: Model, state: Model) -> dict[Ref, Entity]:
    """The entities of a state by their names in head; the one that has the name itself comes first."""
    return {head.canonical(ref): entity for ref, entity in state.entities.items()} | dict(state.entities)


def _origin(entity: Entity, states: Sequence[Model]) -> Model:
    """The state that an entity is from, or else the first that has it."""
    having = [each for each in states if entity.ref in each.entities]
    return next((each for each in having if each.entities[entity.ref] is entity), having[0])


def _known(target: Model, bases: Sequence[Model]) -> tuple[Finding, ...]:
    """The findings of the target, and those that all bases have."""
    common = set.intersection(*({each.fingerprint for each in base.findings} for base in bases))
    common -= {each.fingerprint for each in target.findings}
    return (*target.findings, *(each for each in bases[0].findings if each.fingerprint in common))


def _value(now: object, there: object, before: Sequence[object]) -> object:
    """The value that one of head is compared with; None is an absent one."""
    others = [each for each in before if each is not None and each != now]
    if now == there or all(each == now for each in before):
        return now
    if isinstance(now, Part) and all(type(each) is type(now) for each in others) and others:
        return _part(now, there, before)
    if type(now) is tuple and all(type(each) is tuple for each in before):
        keyed = [_keyed(each) for each in (now, there, *before)]
        return tuple(_entries(keyed).values())
    if isinstance(now, dict) and all(isinstance(each, dict) for each in before):
        return _entries([each if isinstance(each, dict) else {} for each in (now, there, *before)])
    return there if there in others else next(iter(others), None)


def _part(now: Part, there: object, before: Sequence[object]) -> Part:
    """The same for each field; what is new against some of the bases is compared with the others."""
    same = [each for each in before if type(each) is type(now) and isinstance(each, Part)]
    target = there if type(there) is type(now) else None
    changed = {}
    for name in type(now).all_fields:
        value = _value(getattr(now, name), getattr(target, name, _ABSENT), [getattr(each, name) for each in same])
        if value != getattr(same[0], name):
            changed[name] = value
    if not isinstance(same[0], Entity):
        return same[0].changed(changed) if changed else same[0]
    entities = [each.extensions if isinstance(each, Entity) else {} for each in (now, target, *same)]
    extensions = _entries(entities)
    return same[0] if not changed and extensions == same[0].extensions else same[0].altered(changed, extensions)


_ABSENT = object()


def _entries(values: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """The same for each entry of mappings, in the order of the bases."""
    now, there, *before = values
    keys = dict.fromkeys(key for each in (*before, now) for key in each)
    found = {key: _value(now.get(key), there.get(key), [each.get(key) for each in before]) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def _keyed(items: object) -> dict[str, object]:
    """The items of a list by what names them."""
    keyed: dict[str, object] = {}
    for item in items if isinstance(items, tuple) else ():
        key, nth = repr(naming(item)), 0
        while f"{key} {nth}" in keyed:
            nth += 1
        keyed[f"{key} {nth}"] = item
    return keyed
