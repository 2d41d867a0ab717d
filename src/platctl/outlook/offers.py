"""Which versions are available: from the catalog, and after planned work."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle, OfferedVersion
from platctl.model.entity.initiative import Change
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.version import Range, Version
from platctl.model.vocabulary import ChangeEffect
from platctl.model.window import window
from platctl.record import record


@record
class Offer:
    """One version that an interface has. An interface without versions has one unnamed offer.

    `ends` is its sunset; `is_breaking` means that it is declared to break the previous contract;
    `alone` means that the interface has one version at a time.
    """

    interface: str
    version: Version | None
    is_deprecated: bool = False
    ends: Date | None = None
    is_breaking: bool = False
    alone: bool = False

    @property
    def is_ending(self) -> bool:
        """Whether it is available only until a date, or only for existing users."""
        return self.is_deprecated or self.ends is not None

    @property
    def identity(self) -> tuple[str, str | None]:
        """Identifies the same offer before and after a change."""
        return (self.interface, self.version.text if self.version else None)


Offers = tuple[Offer, ...]


def catalog_offers(component: Component, at: Date | None = None) -> Offers:
    """The versions in a component's own document: as declared, or on a day according to its dates."""
    if component.lifecycle is Lifecycle.RETIRED or _is_past(component.sunset, at):
        return ()
    offers: list[Offer] = []
    for interface, offering in component.offerings():
        alone = offering.version is not None or not offering.versions
        if not offering.offered:
            offers.append(Offer(interface, None, alone=True))
        offers += [_offer(interface, each, at, alone=alone) for each in offering.offered if _is_offered(each, at)]
    if component.lifecycle is Lifecycle.DEPRECATED or component.sunset:
        deprecated = component.lifecycle is Lifecycle.DEPRECATED
        offers = [
            replace(
                each,
                is_deprecated=each.is_deprecated or deprecated,
                ends=_sooner(each.ends, component.sunset),
            )
            for each in offers
        ]
    return tuple(offers)


def _is_offered(version: OfferedVersion, at: Date | None) -> bool:
    if version.lifecycle is Lifecycle.RETIRED or _is_past(version.sunset, at):
        return False
    return at is None or version.since is None or version.since <= at


def _offer(interface: str, version: OfferedVersion, at: Date | None, *, alone: bool) -> Offer:
    deprecated = version.lifecycle is Lifecycle.DEPRECATED or (
        version.deprecated is not None and (at is None or version.deprecated <= at)
    )
    return Offer(interface, version.version, deprecated, version.sunset, alone=alone)


def _is_past(sunset: Date | None, at: Date | None) -> bool:
    return sunset is not None and at is not None and sunset <= at


def _sooner(one: Date | None, other: Date | None) -> Date | None:
    return min((each for each in (one, other) if each), default=None)


@record
class Event:
    """A change on a day (None: not known), because of an initiative or a what-if."""

    component: Ref
    change: Change
    date: Date | None
    initiative: Ref | None = None
    index: int = 0

    @property
    def identity(self) -> tuple[object, ...]:
        """Identifies the same event in two states, regardless of its dates."""
        version = self.change.version.text if self.change.version else None
        target = (self.component, self.change.component.interface)
        return (self.initiative, *target, self.change.effect, version, self.change.sunset is None)

    @property
    def order(self) -> tuple[Date, Ref, Ref, int]:
        unknown = Date.max if self.initiative else Date.min  # a what-if without a day is about today
        return (self.date or unknown, self.initiative or self.component, self.component, self.index)


def events_of(model: Model) -> tuple[Event, ...]:
    """What planned and active initiatives will do to components, in the order in which it happens."""
    calendar = model.config.calendar.calendar
    events = [
        Event(model.canonical(change.component.component), change, window(each, calendar).end, each.ref, index)
        for each in model.initiatives.values()
        if each.status.is_committed
        for index, change in enumerate(each.changes)
    ]
    return tuple(sorted(events, key=lambda event: event.order))


def applied(offers: Offers, change: Change) -> Offers:
    """The available versions after a change."""
    interface = change.component.interface

    def concerns(offer: Offer) -> bool:
        return (interface is None or offer.interface == interface) and covers(change.version, offer.version)

    match change.effect:
        case ChangeEffect.REMOVAL:
            return tuple(each for each in offers if not concerns(each))
        case ChangeEffect.DEPRECATION:
            sunset = change.sunset
            return tuple(
                replace(each, is_deprecated=True, ends=_sooner(each.ends, sunset)) if concerns(each) else each
                for each in offers
            )
        case ChangeEffect.ADDITION | ChangeEffect.BREAKING if change.new_version:
            return _with_version(offers, change, change.new_version)
    return offers


def covers(wanted: Range | None, version: Version | None) -> bool:
    """Whether a change to a version, a range or everything concerns an offer."""
    if wanted is None:
        return True
    if version is None:
        return False
    if wanted.text == version.text:
        return True
    exact = Version(wanted.text).parsed
    if exact is not None:
        return exact == version.parsed
    return bool(wanted.admits(version))


def _with_version(offers: Offers, change: Change, version: Version) -> Offers:
    """Adds a version: it replaces the old one if the interface has one at a time, else both are available."""
    breaking = change.effect is ChangeEffect.BREAKING
    interfaces = {each.interface for each in offers}
    interface = change.component.interface
    if interface is None:
        interface = "" if "" in interfaces or len(interfaces) != 1 else next(iter(interfaces))
    if any(each.identity == (interface, version.text) for each in offers):
        return offers
    alone = any(each.interface == interface and each.alone for each in offers)
    kept = tuple(each for each in offers if not (each.interface == interface and each.alone))
    return (*kept, Offer(interface, version, is_breaking=breaking, alone=alone))


class Catalog:
    """The versions of each component on any day, in one model."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @cached_property
    def events(self) -> Mapping[Ref, tuple[Event, ...]]:
        """Planned changes by component, in the order in which they happen."""
        groups: dict[Ref, list[Event]] = {}
        for event in events_of(self.model):
            groups.setdefault(event.component, []).append(event)
        return {ref: tuple(events) for ref, events in groups.items()}

    def offers(self, ref: Ref, at: Date | None = None) -> Offers:
        """The versions of a component: as the catalog declares today, or on a day with planned changes."""
        component = self.model.components.get(ref)
        if component is None:
            return ()
        offers = catalog_offers(component, at)
        if at is not None:
            for event in self.events.get(ref, ()):
                if event.date is not None and event.date <= at:
                    offers = applied(offers, event.change)
            offers = tuple(each for each in offers if not _is_past(each.ends, at))
        return offers

    def turning_days(self, ref: Ref) -> list[Date]:
        """The days on which the versions of a component may change, in order."""
        component = self.model.components.get(ref)
        if component is None:
            return []
        versions = [version for _, offering in component.offerings() for version in offering.offered]
        days = {day for each in versions for day in (each.since, each.deprecated, each.sunset)}
        days |= {component.sunset}
        for event in self.events.get(ref, ()):
            days |= {event.date, event.change.sunset}
        return sorted(day for day in days if day)


def selected(offers: Iterable[Offer], interface: str | None) -> Offers:
    """The offers behind a dependency on one interface, or on the component as a whole."""
    return tuple(each for each in offers if interface is None or each.interface == interface)
