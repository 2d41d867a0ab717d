"""The versions that interfaces provide, and what the catalog lists."""

from collections.abc import Iterable, Iterator
from dataclasses import field, replace

from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle, OfferedVersion
from platctl.model.entity.initiative import Change
from platctl.model.version import Range, Version, highest
from platctl.record import record


@record
class Offer:
    """One version that an interface provides on a day. An interface without versions provides one that has none.

    `ends` is its sunset, announced while it is deprecated; `gone` is the same, announced or not. `deprecated` is the
    day from which the catalog has it deprecated, `since` the one from which it is there. `is_breaking` says that its
    maker declared it to break the contract before it, `is_overdue` that only overdue work brings it, `is_planned` that
    work does. `breaks`, `changes` and `additions` count what was done to it in place: broken contracts, changes of
    behaviour, and possibilities without a version of their own.
    """

    interface: str
    version: Version | None
    is_deprecated: bool = False
    ends: Date | None = None
    gone: Date | None = field(default=None, compare=False)
    deprecated: Date | None = field(default=None, compare=False)
    since: Date | None = field(default=None, compare=False)
    is_breaking: bool = field(default=False, compare=False)
    is_overdue: bool = False
    is_planned: bool = field(default=False, compare=False)
    breaks: int = 0
    changes: int = 0
    additions: int = 0

    @property
    def identity(self) -> tuple[str, str | None]:
        """What makes it the same version in two states."""
        return (self.interface, self.version.text if self.version else None)


Offers = tuple[Offer, ...]


def same(one: Offers, other: Offers) -> bool:
    """Whether the same is available, in whichever order it came."""
    return one == other or frozenset(one) == frozenset(other)


def selected(offers: Iterable[Offer], interface: str | None) -> Offers:
    """What a dependency on one interface, or on the component as a whole, can use."""
    return tuple(each for each in offers if interface is None or each.interface == interface)


def brought_by(component: Component, change: Change) -> Offer:
    """The version that a change adds; without an interface, to the only one, or to the component itself."""
    interface = change.component.interface
    if interface is None:
        own = [each for each, _ in component.offerings()]
        interface = own[0] if len(own) == 1 else ""
    return Offer(interface, change.new_version)


def is_about(change: Change, offer: Offer) -> bool:
    """Whether a change names this version of this interface."""
    return change.component.interface in (None, offer.interface) and covers(change.version, offer.version)


def covers(wanted: Range | None, version: Version | None) -> bool:
    """Whether a change of a version, of a range or of everything concerns a version."""
    if wanted is None:
        return True
    if version is None:
        return False
    if wanted.text == version.text:
        return True
    exact = Version(wanted.text, version.declared).parsed
    if exact is not None:
        return bool(exact == version.parsed)
    return bool(wanted.admits(version))


def newest(offers: Offers) -> Offers | None:
    """What somebody uses who follows the newest version: of each interface, of what is not deprecated and no
    pre-release, if there is such; None if a version can't be read."""
    found: list[Offer] = []
    for interface in dict.fromkeys(each.interface for each in offers):
        there = [each for each in offers if each.interface == interface]
        if len(there) > 1 and any(each.version is not None and each.version.parsed is None for each in there):
            return None
        there = [each for each in there if not each.is_deprecated] or there
        there = [each for each in there if not each.version or not each.version.is_prerelease] or there
        best = highest(each.version for each in there if each.version)
        found += [each for each in there if each.version is best or not each.version]
    return tuple(found)


@record
class ListedOffer:
    """A version as the catalog lists it: there from the day `begins`, deprecated from `deprecated`, gone on `ends`."""

    interface: str
    version: Version | None
    begins: Date
    deprecated: Date | None
    ends: Date | None
    since: Date | None

    def on(self, day: Date) -> Offer:
        is_deprecated = self.deprecated is not None and self.deprecated <= day
        ends = self.ends if is_deprecated else None
        return Offer(self.interface, self.version, is_deprecated, ends, self.ends, self.deprecated, self.since)


def listed_offers(component: Component) -> Offers:
    """What the catalog lists of a component, with each announced end, whatever the day is."""
    return tuple(each.on(Date.max) for each in listed_in(component, None))


def listed_in(component: Component, today: Date | None) -> Iterator[ListedOffer]:
    """What the catalog lists. Without a day, whatever it dates but an end has begun."""
    if component.lifecycle is Lifecycle.RETIRED:
        return
    is_deprecated = component.lifecycle is Lifecycle.DEPRECATED
    for interface, offering in component.offerings():
        if not offering.offered:
            deprecated = Date.min if is_deprecated or component.sunset else None
            yield ListedOffer(interface, None, Date.min, deprecated, component.sunset, None)
        for each in offering.offered:
            if each.lifecycle is not Lifecycle.RETIRED:
                ends = _sooner(each.sunset, component.sunset)
                deprecated = Date.min if is_deprecated else _deprecated(each, ends)
                begins = each.since or Date.min
                if today is None:
                    begins, deprecated = Date.min, deprecated and Date.min
                yield ListedOffer(interface, each.version, begins, deprecated, ends, each.since)


def _deprecated(version: OfferedVersion, ends: Date | None) -> Date | None:
    """The day from which on a version is deprecated: with a sunset alone, from its first day on."""
    if version.lifecycle is Lifecycle.DEPRECATED:
        return Date.min
    return version.deprecated or (Date.min if ends else None)


def deprecated_by(offer: Offer, sunset: Date | None) -> Offer:
    gone = _sooner(offer.gone, sunset)
    return replace(offer, is_deprecated=True, ends=gone, gone=gone)


def _sooner(one: Date | None, other: Date | None) -> Date | None:
    if one is None or other is None:
        return one or other
    return min(one, other)
