"""What a dependency admits of what is available, and what that means on one day."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.version import Version, compatible
from platctl.outlook.effects import Reason
from platctl.outlook.offers import Offer, Offers, newest, selected
from platctl.record import record

Admits = Callable[[Offer], bool | None]
Identity = tuple[str, str | None]


@record
class Interval:
    """Days from one on in which nothing changes, and what two timelines provide on them."""

    day: Date
    before: Offers
    after: Offers


@record
class DayEffect:
    """What a period means; `level` is None where nothing is told. `hard` is the level of a dependency that is hard,
    `detail` the reason that all readings have in common."""

    period: Interval
    level: Level | None
    reason: Reason
    by: Date | None = None
    was: Offers = ()
    left: Offers = ()
    hard: Level | None = None
    detail: Reason | None = None

    def at_level(self, level: Level, hard: Level | None = None) -> "DayEffect":
        return replace(self, level=level, hard=hard)

    def because(self, reason: Reason, by: Date | None = None) -> "DayEffect":
        return replace(self, reason=reason, by=self.by or by)


@record
class Admission:
    """What one side of a dependency admits of an interface (None: of all of them).

    `is_open` says that nothing bounds it above, `follows` that it takes the newest of what it admits. `is_confirmed`
    says of an offer whether somebody can have looked at it.
    """

    interface: str | None
    admits: Admits
    is_open: bool
    is_confirmed: Callable[[Offer], bool]
    follows: bool = False

    def used(self, offers: Offers) -> Offers:
        admitted = tuple(each for each in selected(offers, self.interface) if self.admits(each))
        return (newest(admitted) or ()) if self.follows else admitted

    def is_unreadable(self, offers: Offers) -> bool:
        """Whether nothing is admitted, but something might be."""
        chosen = selected(offers, self.interface)
        if self.follows:
            return newest(chosen) is None
        return not self.used(offers) and any(self.admits(each) is None for each in chosen)


def live(offers: Iterable[Offer]) -> Offers:
    """Those that are not deprecated."""
    return tuple(each for each in offers if not each.is_deprecated)


def identities(offers: Iterable[Offer]) -> frozenset[Identity]:
    """The versions among them."""
    return frozenset(each.identity for each in offers)


def line_of(offer: Offer) -> object:
    """What somebody without a range uses: the line of compatible versions; None if that is not known."""
    return offer.version.line if offer.version else None


def on_line(line: object) -> Admits:
    """Admits one line of versions, and what has no version. Whether an unreadable version is on it, is not known."""

    def admits(offer: Offer) -> bool | None:
        if line is None or offer.version is None:
            return True
        return line_of(offer) == line if line_of(offer) else None

    return admits


def lowest(offers: Iterable[Offer]) -> Version | None:
    """A readable version of the lowest line."""
    found: Version | None = None
    for each in offers:
        if each.version and each.version.parsed is not None and (found is None or found.is_above(each.version)):
            found = each.version
    return found


def confirmed_above(
    lowest: Version | None, confirmed: Date | None, verified: Collection[Version]
) -> Callable[[Offer], bool]:
    """Of an open range: whether an offer is on the lowest line, and not declared to break it, or was there when
    the dependency was last confirmed, or was verified. Without a lowest line, all are.
    """

    def is_confirmed(offer: Offer) -> bool:
        if offer.is_overdue:
            return False
        is_higher = is_known_above(offer.version, lowest) if offer.version and lowest else False
        was_there = confirmed is not None and offer.since is not None and offer.since <= confirmed
        seen = was_there or (offer.version is not None and any(map(offer.version.is_same, verified)))
        return seen or not (is_higher or offer.is_breaking)

    return is_confirmed


def is_known_above(version: Version, lowest: Version) -> bool:
    """Whether a readable version is on a higher line; two that have no common order are taken for different lines."""
    above = version.is_above(lowest)
    return version.parsed is not None if above is None else above


def all_confirmed(offer: Offer) -> bool:
    """Of a bounded range, which vouches for all that it admits: whatever is not brought by overdue work alone."""
    return not offer.is_overdue


def announced(offers: Offers) -> Date | None:
    """The sunset of the last of them; None if one of them has none."""
    ends = [each.ends for each in offers]
    return None if None in ends else max((end for end in ends if end), default=None)


def is_later(one: Date | None, other: Date | None) -> bool:
    """Whether an end is later than another; none is the latest."""
    return (one or Date.max) > (other or Date.max)


def is_newer(new: Offer, old: Offer) -> bool:
    if new.interface != old.interface or new.version is None or old.version is None:
        return False
    return bool(new.version.is_newer(old.version))


def keeps_contract(old: Offer, new: Offer) -> bool:
    if new.is_breaking or new.interface != old.interface or old.version is None or new.version is None:
        return False
    return bool(compatible(old.version, new.version))
