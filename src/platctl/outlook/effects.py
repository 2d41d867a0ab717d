"""How a change affects one dependency, and the words for it."""

from enum import StrEnum
from functools import cached_property

from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.version import Range, Version
from platctl.outlook.offers import Offer, Offers, newest, selected
from platctl.record import record


class Reason(StrEnum):
    """Why a dependency is affected as it is. Part of the JSON format."""

    PRE_EXISTING = "pre-existing"
    RANGE_NOW_MET = "range-now-met"
    RANGE_UNMET = "range-unmet"
    DEPRECATED_ONLY = "deprecated-only"
    RELIEVED = "relieved"
    NEW_IN_RANGE = "new-in-range"
    STILL_MET = "still-met"
    MOVED_IN_RANGE = "moved-in-range"
    OPEN_RANGE = "open-range"
    FOLLOWS_NEWEST = "follows-newest"
    OVERDUE = "overdue"
    IN_PLACE = "in-place"
    BEHAVIOUR = "behaviour"
    ADDITION = "addition"
    UNREADABLE = "unreadable-version"
    NO_RANGE = "no-range"
    NOT_KNOWN = "not-known"
    MOVES_HERE = "moves-here"
    SOONER = "sooner"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"
    NO_DAY = "no-day"
    DELAYED = "delayed"
    SAME = "same"


@record
class Need:
    """What a dependency asks of a component: the interface, the range, how firmly; when it was last confirmed, and the
    versions with which it was verified.
    """

    interface: str | None = None
    requires: Range | None = None
    is_soft: bool = False
    confirmed: Date | None = None
    verified: tuple[Version, ...] = ()

    @property
    def is_readable(self) -> bool:
        return self.requires is not None and self.requires.parsed is not None

    @property
    def follows(self) -> bool:
        """Whether it takes the newest version."""
        return self.requires is not None and self.requires.follows

    def moves_from(self, other: "Need") -> bool:
        """Whether it asks for something else than before; a change of strength alone does not."""
        return (self.interface, self._range) != (other.interface, other._range)

    @property
    def _range(self) -> object:
        """Equal for ranges that mean the same; none is like one that can't be read."""
        return self.requires.parsed if self.requires else None

    def admits(self, offer: Offer) -> bool | None:
        """Whether a version meets the range; None if it can't be read. Without a version it meets none, unless the
        newest one is wanted, whatever that is."""
        if self.follows:
            return True
        return self.requires.admits(offer.version) if self.requires and offer.version else False

    def meets(self, offers: Offers) -> Offers:
        """What it can use of what is available; without a readable range, everything."""
        chosen = selected(offers, self.interface)
        if self.follows:
            return newest(chosen) or ()
        return tuple(each for each in chosen if self.admits(each)) if self.is_readable else chosen

    def is_unclear(self, offers: Offers) -> bool:
        """Whether a version, or the range as it applies to it, can't be read."""
        chosen = selected(offers, self.interface)
        return newest(chosen) is None if self.follows else any(self.admits(each) is None for each in chosen)


def need_of(use: Use) -> Need:
    """What a dependency asks for."""
    verified = tuple(each.version for each in use.dependency.verified)
    return Need(use.interface, use.dependency.requires, use.is_soft, use.dependency.confirmed, verified)


class Standing(StrEnum):
    """How well what is available meets a dependency."""

    LIVE = "live"
    DEPRECATED = "deprecated"
    NONE = "none"
    UNKNOWN = "unknown"


def standing(offers: Offers, need: Need) -> Standing:
    """How well the offers meet a need; without a readable range any of them does."""
    used = need.meets(offers)
    if any(not each.is_deprecated for each in used):
        return Standing.LIVE
    if used:
        return Standing.DEPRECATED
    return Standing.UNKNOWN if need.is_readable and need.is_unclear(offers) else Standing.NONE


@record
class EffectStretch:
    """Days in a row of one level; `start` is None where it holds on the first day compared.

    `until` is the first day on which it no longer holds, None if it stays. `by` is the day of an end ahead that makes
    the level what it is. `was` and `left` are the offers that could be used before, and that are left.
    `detail` is the reason that all readings of the dependency have in common; `is_met_again` says that there is
    something to use on the day `until`. `hard_level` is the level if the dependency were hard, where that is another.
    """

    level: Level
    reason: Reason
    start: Date | None = None
    until: Date | None = None
    by: Date | None = None
    was: Offers = ()
    left: Offers = ()
    detail: Reason | None = None
    is_met_again: bool = False
    hard_level: Level | None = None


@record(slots=False)
class Effect:
    """How a change affects one dependency: for what `reason`, and in which stretches of days, in order."""

    reason: Reason
    stretches: tuple[EffectStretch, ...] = ()
    is_range_known: bool = True

    @cached_property
    def told(self) -> EffectStretch | None:
        """The first stretch of the strongest level; None if there is nothing to tell."""
        return min(self.stretches, key=lambda each: each.level.rank, default=None)

    @property
    def others(self) -> int:
        """The number of stretches other than the one told."""
        return max(len(self.stretches) - 1, 0)

    @property
    def gain(self) -> EffectStretch | None:
        """The first gain next to a harm."""
        if self.told is None or not self.told.level.is_harm:
            return None
        return next((each for each in self.stretches if each.level is Level.GAINS), None)

    @property
    def level(self) -> Level | None:
        return self.told.level if self.told else None
