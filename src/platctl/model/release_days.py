"""Gives each field that names a release the day of that release."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from platctl.model.calendar import Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.release import Release
from platctl.model.model import Model
from platctl.model.part import Part
from platctl.model.ref import Ref
from platctl.model.release_day import ReleaseDay, UnsetDay, day_of
from platctl.record import record
from platctl.source.yaml.document import Route

E_ = TypeVar("E_", bound=Entity)
P_ = TypeVar("P_", bound=Part)


def with_release_days(model: Model, named: Iterable[Ref]) -> Model:
    """The model in which the fields of these entities have the days of the releases that they name.

    A release that has no day, or does not exist, leaves the field without one.
    """
    days = ReleaseDays({ref: each for ref, each in model.entities.items() if isinstance(each, Release)})
    return replace(model, entities=dict(model.entities) | {ref: days.resolved(model.entities[ref]) for ref in named})


def with_days_restored(model: Model) -> Model:
    """The same for a model to which releases were added: what waits for one of them has its day."""
    waiting = [ref for ref, each in model.entities.items() if each.waits]
    return with_release_days(model, waiting) if waiting else model


@record(slots=False)
class ReleaseDays:
    """The days of releases by their names, former ones included."""

    releases: Mapping[Ref, Release]

    @cached_property
    def _by_name(self) -> Mapping[Ref, Release]:
        former = {alias: each for each in self.releases.values() for alias in each.alias_refs}
        return former | dict(self.releases)

    def resolved(self, entity: E_) -> E_:
        """The entity with the days that there are."""
        waits: dict[Route, Ref] = {}
        found = self._part(entity, (), waits)
        for route, name in entity.waits.items():
            if day := self._day(name, route, waits):
                found = _with(found, route, day)
        return found.without_days(waits) if waits else found

    def _part(self, part: P_, route: Route, waits: dict[Route, Ref]) -> P_:
        changed = {
            name: now
            for name in sorted(part.given_fields)
            if (now := self._value(was := getattr(part, name), (*route, part.all_fields[name].key), waits)) is not was
        }
        return part.changed(changed) if changed else part

    def _value(self, value: object, route: Route, waits: dict[Route, Ref]) -> object:
        if isinstance(value, UnsetDay | ReleaseDay) and value.release:
            return self._day(value.release, route, waits)
        if isinstance(value, Part):
            return self._part(value, route, waits)
        if type(value) is tuple:
            found = tuple(self._value(each, (*route, index), waits) for index, each in enumerate(value))
            return found if any(now is not was for now, was in zip(found, value, strict=True)) else value
        return value

    def _day(self, name: Ref, route: Route, waits: dict[Route, Ref]) -> Date | None:
        release = self._by_name.get(name)
        if release and release.date:
            return day_of(release.date, release.ref)
        waits[route] = name
        return None


def _with(part: P_, route: Route, day: Date) -> P_:
    """A part with a day at a route."""
    key, *rest = route
    name = next(name for name, each in type(part).all_fields.items() if each.key == key)
    if not rest:
        return part.changed({name: day})
    index, *below = rest
    items = list(getattr(part, name))
    items[int(index)] = _with(items[int(index)], tuple(below), day)
    return part.changed({name: tuple(items)})


def releases_in(value: object) -> frozenset[Ref]:
    """The releases that the fields of an entity name, before they have their days."""
    if isinstance(value, UnsetDay):
        return frozenset({value.release})
    if isinstance(value, Part):
        return releases_in(tuple(getattr(value, name) for name in value.given_fields))
    if type(value) is tuple:
        return frozenset(release for each in value for release in releases_in(each))
    return frozenset()
