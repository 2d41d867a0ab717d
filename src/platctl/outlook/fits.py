"""Which versions a dependency works with, day by day."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Verification
from platctl.model.version import Version
from platctl.outlook.admission import Identity
from platctl.outlook.ahead import Ahead
from platctl.outlook.effects import Need, need_of
from platctl.outlook.offers import Offer, Offers, newest, selected
from platctl.outlook.reading import Reading
from platctl.record import record


class Fit(StrEnum):
    """Whether a dependency works with a version on a day, the best first. Part of the JSON format."""

    WORKS = "works"
    DEPRECATED = "deprecated"
    UNKNOWN = "unknown"
    FAILS = "doesnt"

    @property
    def is_met(self) -> bool:
        """Whether it works, be it with a deprecated version."""
        return self in (Fit.WORKS, Fit.DEPRECATED)


class Why(StrEnum):
    """Why it does not work with a version, or why that is not known. Part of the JSON format."""

    OUT_OF_RANGE = "out-of-range"
    NOT_AVAILABLE = "not-available"
    BROKEN = "broken-in-place"
    NO_RANGE = "no-range"
    UNREADABLE_RANGE = "unreadable-range"
    UNREADABLE_VERSION = "unreadable-version"
    INTERFACE = "interface-not-known"
    UNCONFIRMED = "unconfirmed"
    OVERDUE = "overdue"


@record
class FitOn:
    """How a version fits on a day, and why it does not, or why that is not known."""

    fit: Fit
    why: Why | None = None


@record
class FitDays:
    """Days in a row on which a version fits alike: from `start` up to the day before `until` (None: for good)."""

    start: Date
    until: Date | None
    fit: Fit
    why: Why | None = None


def joined(days: Iterable[tuple[Date, FitOn]]) -> tuple[FitDays, ...]:
    """Days in a row that are alike, from the fit at each day on which something changes."""
    groups = [(fit, [day for day, _ in group]) for fit, group in groupby(days, key=lambda each: each[1])]
    ends = [first[0] for _, first in groups[1:]]
    return tuple(
        FitDays(found[0], until, on.fit, on.why) for (on, found), until in zip(groups, [*ends, None], strict=True)
    )


@record(slots=False)
class Fits:
    """One dependency and the versions of its component, from the first day on."""

    ahead: Ahead
    use: Use

    @cached_property
    def need(self) -> Need:
        return need_of(self.use)

    @cached_property
    def _provided(self) -> tuple[tuple[Date, Offers], ...]:
        return self.ahead.provided(self.use.target)

    @cached_property
    def _readings(self) -> list[Reading]:
        """The interfaces that may be meant, if the range can be read."""
        return self.ahead.dependency(self.use.target, self.need).readings if self.need.is_readable else []

    def concerns(self, interface: str) -> bool:
        """Whether it may mean an interface."""
        return self.need.interface in (None, interface)

    def with_version(self, identity: Identity) -> tuple[FitDays, ...]:
        """How a version of an interface that it concerns fits on each day."""
        on = [self._on(index, identity) for index in range(len(self._provided))]
        return joined(zip((day for day, _ in self._provided), on, strict=True))

    @cached_property
    def whole(self) -> tuple[FitDays, ...]:
        """How well the best version fits on each day: whether it works with any."""
        return joined((day, self._best(index, offers)) for index, (day, offers) in enumerate(self._provided))

    def _best(self, index: int, offers: Offers) -> FitOn:
        found = [self._on(index, each.identity) for each in offers if self.concerns(each.interface)]
        order = list(Fit)
        best = min(found, key=lambda each: order.index(each.fit), default=FitOn(Fit.FAILS, Why.NOT_AVAILABLE))
        return FitOn(best.fit) if best.fit.is_met else best

    def _on(self, index: int, identity: Identity) -> FitOn:
        offer = _found(self._provided[index][1], identity)
        if offer is None:
            return FitOn(Fit.FAILS, Why.NOT_AVAILABLE)
        if offer.breaks > self._first_breaks(identity):
            return FitOn(Fit.FAILS, Why.BROKEN)
        doubt = self._doubt(index, offer)
        if doubt is None:
            return FitOn(Fit.DEPRECATED if offer.is_deprecated else Fit.WORKS)
        return FitOn(Fit.FAILS if doubt is Why.OUT_OF_RANGE else Fit.UNKNOWN, doubt)

    def _first_breaks(self, identity: Identity) -> int:
        """How often a version was broken in place before the first day."""
        first = _found(self._provided[0][1], identity)
        return first.breaks if first else 0

    def _doubt(self, index: int, offer: Offer) -> Why | None:
        """Why it does not work with an available version, or why that is not known; None if it works."""
        if self.need.requires is None or not self.need.is_readable:
            if self.need.requires is None and offer.version is None:
                return None
            if self.verified(offer.identity):
                return None
            return Why.NO_RANGE if self.need.requires is None else Why.UNREADABLE_RANGE
        admits = self.need.admits(offer)
        if self.need.follows and (doubt := self._doubt_of_newest(index, offer)):
            return doubt
        if admits is None:
            return Why.UNREADABLE_VERSION
        if not admits:
            return Why.OUT_OF_RANGE
        meant = [each for each in self._readings if each.was[index]]
        mine = [each for each in meant if each.after.interface in (None, offer.interface)]
        if len(mine) != len(meant):
            return Why.INTERFACE
        if not all(each.after.is_confirmed(offer) for each in mine):
            return Why.OVERDUE if offer.is_overdue else Why.UNCONFIRMED
        return None

    def _doubt_of_newest(self, index: int, offer: Offer) -> Why | None:
        """Who follows the newest version is not known to work with another one."""
        if self.verified(offer.identity):
            return None
        used = newest(selected(self._provided[index][1], offer.interface))
        if used is None:
            return Why.UNREADABLE_VERSION
        return None if offer in used else Why.UNCONFIRMED

    def verified(self, identity: Identity) -> Verification | None:
        """The latest record that it was seen to work with a version."""
        version = Version(identity[1]) if identity[1] else None
        found = [each for each in self.use.dependency.verified if version and each.version.is_same(version)]
        return max(found, key=lambda each: each.on or Date.min, default=None)


def _found(offers: Offers, identity: Identity) -> Offer | None:
    return next((each for each in offers if each.identity == identity), None)
