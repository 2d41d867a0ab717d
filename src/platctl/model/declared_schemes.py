"""Attach to each version and range the scheme of the interface that it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Dependency, Offering
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.entity.kinds import KINDS
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.version import Range, Version
from platctl.model.versioning.scheme import Scheme, Versioning
from platctl.model.versioning.schemes import scheme_of
from platctl.model.vocabulary import ChangeEffect
from platctl.model.window import window

_P = TypeVar("_P", bound=Part)
Schemes = Mapping[tuple[Ref, str], Scheme]
"""By component and interface."""


def with_schemes(model: Model) -> Model:
    """The model whose versions and ranges know their scheme."""
    schemes = schemes_of(model)
    if not schemes:
        return model
    attaching = _Attaching(model, schemes)
    return replace(model, entities={ref: attaching.entity(entity) for ref, entity in model.entities.items()})


def scheme_for(model: Model, component: Ref, interface: str | None) -> Scheme | None:
    """The scheme of an interface; of a component as a whole, that of its first one."""
    return _found(model, schemes_of(model) if model.declares_schemes else {}, component, interface)


def schemes_of(model: Model) -> Schemes:
    """The schemes that components declare, and those that settings declare for them."""
    default = model.config.versioning
    declared = {
        (ref, interface): (offering, offering.versioning or component.versioning or default)
        for ref, component in model.components.items()
        for interface, offering in _offerings(component)
    }
    ordered = {at: offering for at, (offering, versioning) in declared.items() if versioning is Versioning.ORDERED}
    added = _added(model) if ordered else {}
    names = {(ref, at): _names(each, at, added.get(ref, ())) for (ref, at), each in ordered.items()}
    return {
        at: found for at, (_, versioning) in declared.items() if (found := scheme_of(versioning, names.get(at, ())))
    }


def _offerings(component: Component) -> Iterable[tuple[str, Offering]]:
    yield "", component
    for interface in component.interfaces:
        yield interface.id.lower(), interface


class _Addition(NamedTuple):
    """A version that work adds, by its last day; to all interfaces if `interface` is None."""

    interface: str | None
    end: Date | None
    text: str


def _added(model: Model) -> Mapping[Ref, list[_Addition]]:
    """By component: the versions that work adds."""
    found: dict[Ref, list[_Addition]] = {}
    calendar = model.config.calendar.calendar
    for initiative in model.initiatives.values():
        for change in () if initiative.status.is_given_up else initiative.changes:
            if change.version and _adds(change):
                ref, end = model.canonical(change.component.component), window(initiative, calendar).end
                found.setdefault(ref, []).append(_Addition(change.component.interface, end, change.version.text))
    return found


def _names(offering: Offering, interface: str, added: Iterable[_Addition]) -> list[str]:
    """The names that are listed, and after them those that work adds, by its last day. Where no order follows from
    the days, those names are left out: they can't be read."""
    names = [each.version.text for each in offering.offered]
    later: dict[Date | None, set[str]] = {}
    for each in added:
        if each.interface in (None, interface):
            later.setdefault(each.end, set()).add(each.text)
    for day in sorted(later, key=lambda day: day or Date.max):
        new = sorted(later[day] - set(names))
        if len(new) > 1 or (new and day is None and len(later) > 1):
            break
        names += new
    return list(dict.fromkeys(names))


def _adds(change: Change) -> bool:
    return change.effect in (ChangeEffect.ADDITION, ChangeEffect.BREAKING)


def _found(model: Model, schemes: Schemes, component: Ref, interface: str | None) -> Scheme | None:
    ref = model.canonical(component)
    if interface is None:
        there = model.components.get(ref)
        interface = next((each for each, _ in there.offerings()), "") if there else ""
    return schemes.get((ref, interface)) or schemes.get((ref, ""))


class _Attaching:
    def __init__(self, model: Model, schemes: Schemes) -> None:
        self._model, self._schemes = model, schemes

    def entity(self, entity: Entity) -> Entity:
        if isinstance(entity, Component):
            return self._component(entity)
        if isinstance(entity, Initiative):
            return _with(entity, "changes", tuple(map(self._change, entity.changes)))
        return self._dependent(entity, "uses") if "uses" in KINDS[entity.kind_name].all_fields else entity

    def _component(self, component: Component) -> Component:
        found = self._dependent(component, "depends_on")
        parts = [_offering(each, self._schemes.get((component.ref, each.id.lower()))) for each in component.interfaces]
        found = _with(found, "interfaces", tuple(parts))
        return _offering(found, self._schemes.get((component.ref, "")))

    def _dependent(self, entity: _P, field: str) -> _P:
        return _with(entity, field, tuple(map(self._dependency, getattr(entity, field))))

    def _dependency(self, each: Dependency) -> Dependency:
        scheme = self._at(each.component)
        if scheme is None:
            return each
        found = _with(each, "requires", each.requires and Range(each.requires.text, scheme))
        verified = (_with(seen, "version", Version(seen.version.text, scheme)) for seen in each.verified)
        return _with(found, "verified", tuple(verified))

    def _change(self, change: Change) -> Change:
        scheme = self._at(change.component)
        return _with(change, "version", change.version and Range(change.version.text, scheme)) if scheme else change

    def _at(self, target: InterfaceRef) -> Scheme | None:
        return _found(self._model, self._schemes, target.component, target.interface)


def _offering(part: _P, scheme: Scheme | None) -> _P:
    if scheme is None or not isinstance(part, Offering):
        return part
    one = part.version and Version(part.version.text, scheme)
    many = (_with(each, "version", Version(each.version.text, scheme)) for each in part.versions)
    return _with(_with(part, "version", one), "versions", tuple(many))


def _with(part: _P, name: str, value: object) -> _P:
    """The part with another value of a field that is written."""
    if not value:
        return part
    return part.changed({name: value})
