"""Changes of the versions that a component declares itself."""

from collections.abc import Iterable

from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Interface, Lifecycle, OfferedVersion, Offering
from platctl.model.part import Part
from platctl.model.ref import Ref
from platctl.model.version import Version
from platctl.outlook.difference import Modified
from platctl.questions.changelog.days_as_text import Days
from platctl.questions.changelog.report import Kind, Offered
from platctl.record import record
from platctl.source.yaml.document import Route

OfferTold = tuple[Kind, Offered, Route]
"""What happened, and the field that shows it."""

_ENDING = frozenset({"lifecycle", "deprecated", "sunset", "successor", "migration"})


@record(slots=False)
class Offers:
    """The versions of one component: `component` in head, `before` in base."""

    before: Component
    component: Component
    days: Days

    def told(self, fields: Iterable[Modified]) -> tuple[list[OfferTold], list[Modified]]:
        """What happened in these fields, and the fields that are about something else."""
        found: list[OfferTold] = []
        rest: list[Modified] = []
        endings: dict[Route, list[Modified]] = {}
        for field in fields:
            if (whole := self._whole(field)) is not None:
                found.append(whole)
            elif field.route[-1] in _ENDING and _is_offering(field.route[:-1]):
                endings.setdefault(field.route[:-1], []).append(field)
            else:
                rest.append(field)
        for route, changed in endings.items():
            told = self._ending(route, changed)
            found += told
            rest += [] if told else changed
        return _without_moves(found), rest

    def _whole(self, field: Modified) -> OfferTold | None:
        """A version, or an interface with its versions, that was added, removed or replaced."""
        was, now = field.before, field.after
        if not isinstance(now or was, Version | OfferedVersion | Interface):
            return None
        interface = self._interface(field)
        old, new = _versions(was), _versions(now)
        if was and now:
            return Kind.VERSION_REPLACED, Offered(interface, new, replaced=old), field.route
        kind = Kind.VERSION_ADDED if now else Kind.VERSION_REMOVED
        return kind, Offered(interface, new or old), field.route

    def _interface(self, field: Modified) -> str:
        if field.route[0] != "interfaces":
            return ""
        is_gone = field.after is None and isinstance(field.before, Interface)
        return (self.before if is_gone else self.component).interfaces[int(field.route[1])].id

    def _ending(self, route: Route, changed: list[Modified]) -> list[OfferTold]:
        """A changed end of a version, or of the component as a whole."""
        part: Part = self.component
        for step in route:
            part = part[step] if isinstance(step, int) else getattr(part, step)  # type: ignore[index]
        now = _EndState.of(part)
        was = _EndState(**{**_fields(now), **{str(each.route[-1]): each.before for each in changed}})  # type: ignore[arg-type]
        kind = _kind(was, now)
        shown = self.days.text(was.sunset), self.days.text(now.sunset)
        if kind is None:
            return []
        versions = (part.version.text,) if isinstance(part, OfferedVersion) else ()
        interface = self.component.interfaces[int(route[1])].id if route and route[0] == "interfaces" else ""
        days = self.days.between(was.sunset, now.sunset)
        fact = Offered(interface, versions, (), shown[1], shown[0], days, self.days.value(now.successor), now.migration)
        return [(kind, fact, (*route, changed[0].route[-1]))]


@record
class _EndState:
    """The fields about the end of a version, or of a component as a whole."""

    lifecycle: Lifecycle
    deprecated: Date | None
    sunset: Date | None
    successor: str | Ref | None
    migration: float | None

    @staticmethod
    def of(part: Part) -> "_EndState":
        return _EndState(**{name: getattr(part, name, None) for name in sorted(_ENDING)})  # type: ignore[arg-type]

    @property
    def is_ending(self) -> bool:
        return self.lifecycle is Lifecycle.DEPRECATED or bool(self.deprecated or self.sunset)


def _fields(state: _EndState) -> dict[str, object]:
    return {name: getattr(state, name) for name in _ENDING}


def _kind(was: _EndState, now: _EndState) -> Kind | None:
    """The first match counts; None if only details about the end differ."""
    if now.lifecycle is Lifecycle.RETIRED and was.lifecycle is not Lifecycle.RETIRED:
        return Kind.VERSION_REMOVED
    if was.is_ending is not now.is_ending:
        return Kind.DEPRECATED if now.is_ending else Kind.RELIEVED
    return Kind.SUNSET_MOVED if was.sunset != now.sunset else None


def _is_offering(route: Route) -> bool:
    """Whether a route leads to the component as a whole, or to one of the versions that it lists."""
    return not route or (len(route) in (2, 4) and route[-2] == "versions")


def _versions(value: object) -> tuple[str, ...]:
    if isinstance(value, Version):
        return (value.text,)
    if isinstance(value, OfferedVersion):
        return (value.version.text,)
    return tuple(each.version.text for each in value.offered) if isinstance(value, Offering) else ()


def _without_moves(found: list[OfferTold]) -> list[OfferTold]:
    """Without versions both added and removed in the same interface, which are only written differently."""

    def each_of(kind: Kind) -> set[tuple[str, tuple[str, ...]]]:
        return {(fact.interface, fact.versions) for other, fact, _ in found if other is kind}

    both = each_of(Kind.VERSION_ADDED) & each_of(Kind.VERSION_REMOVED)
    return [told for told in found if (told[1].interface, told[1].versions) not in both]
