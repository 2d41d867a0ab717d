"""What a change of the available versions means for one dependency: the table of transitions."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.ref import Ref
from platctl.model.version import Range, Version, compatible
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.offers import Offer, Offers, selected
from platctl.record import record


class Standing(StrEnum):
    """How well the available versions meet a dependency."""

    LIVE = "live"
    DEPRECATED = "deprecated"
    NONE = "none"
    UNKNOWN = "unknown"


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
    IN_PLACE = "in-place"
    BEHAVIOUR = "behaviour"
    ADDITION = "addition"
    UNREADABLE = "unreadable-version"
    DISAGREE = "versions-differ"
    MOVES_HERE = "moves-here"
    LEFT = "left"
    SOONER = "sooner"
    POSTPONED = "postponed"
    WITHDRAWN = "withdrawn"


@record
class Transition:
    """What one change does to the versions of a component; `date` is None if it applies at once or is unknown.

    `declared` lists interfaces (None: all) with a change that has no version.
    """

    component: Ref
    before: Offers
    after: Offers
    date: Date | None = None
    declared: tuple[tuple[str | None, ChangeEffect], ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.before == self.after and not self.declared


@record
class Need:
    """What a dependency requires of a component: the interface, the range, and whether it is optional."""

    interface: str | None = None
    requires: Range | None = None
    is_soft: bool = False

    @property
    def is_readable(self) -> bool:
        return self.requires is not None and self.requires.parsed is not None

    def moves_from(self, other: "Need") -> bool:
        """Whether it requires something else than before; a change of strength alone does not count."""
        return (self.interface, self.requires) != (other.interface, other.requires)


@record
class Effect:
    """How a change affects one dependency. `level` is None if it does not.

    `offers` are the versions that decide it; `until` is the day on which the remaining ones end; `hard_level` is the
    level if the dependency were hard; `is_range_known` says whether `requires` is declared and readable.
    `was` are the versions that the dependency could use before.
    """

    level: Level | None
    reason: Reason
    offers: Offers = ()
    until: Date | None = None
    hard_level: Level | None = None
    is_range_known: bool = True
    was: Offers = ()

    @property
    def rank(self) -> int:
        return self.level.rank if self.level else len(Level)


_TRANSITIONS: dict[tuple[Standing, Standing], tuple[Level | None, Reason]] = {
    (Standing.NONE, Standing.NONE): (None, Reason.PRE_EXISTING),
    (Standing.NONE, Standing.LIVE): (Level.GAINS, Reason.RANGE_NOW_MET),
    (Standing.NONE, Standing.DEPRECATED): (Level.GAINS, Reason.RANGE_NOW_MET),
    (Standing.NONE, Standing.UNKNOWN): (Level.AT_RISK, Reason.UNREADABLE),
    (Standing.LIVE, Standing.NONE): (Level.BREAKS, Reason.RANGE_UNMET),
    (Standing.LIVE, Standing.DEPRECATED): (Level.MUST_ACT, Reason.DEPRECATED_ONLY),
    (Standing.LIVE, Standing.UNKNOWN): (Level.AT_RISK, Reason.UNREADABLE),
    (Standing.DEPRECATED, Standing.NONE): (Level.BREAKS, Reason.RANGE_UNMET),
    (Standing.DEPRECATED, Standing.LIVE): (Level.GAINS, Reason.RELIEVED),
    (Standing.DEPRECATED, Standing.UNKNOWN): (Level.AT_RISK, Reason.UNREADABLE),
    (Standing.UNKNOWN, Standing.NONE): (Level.BREAKS, Reason.RANGE_UNMET),
    (Standing.UNKNOWN, Standing.LIVE): (Level.AT_RISK, Reason.UNREADABLE),
    (Standing.UNKNOWN, Standing.DEPRECATED): (Level.AT_RISK, Reason.UNREADABLE),
    (Standing.UNKNOWN, Standing.UNKNOWN): (Level.AT_RISK, Reason.UNREADABLE),
}
"""Before and after, for pairs where the versions themselves make no difference.

What can't be read is at risk, whatever happens to it.
"""

Admits = Callable[[Offer], bool | None]


def effect_of(transition: Transition, before: Need, after: Need) -> Effect:
    """The effect of a transition on a dependency that required `before` and requires `after`."""
    effect = _hard_effect(transition, before, after)
    if effect.level is None or not after.is_soft:
        return effect
    return Effect(
        effect.level.softened,
        effect.reason,
        effect.offers,
        effect.until,
        effect.level,
        effect.is_range_known,
        effect.was,
    )


def standing(offers: Offers, need: Need) -> Standing:
    """How well the offers meet a need; without a readable range any version does."""
    chosen = selected(offers, need.interface)
    return _standing(chosen, _admitting(need.requires) if need.is_readable else lambda _: True)


def _hard_effect(transition: Transition, before: Need, after: Need) -> Effect:
    was, now = selected(transition.before, before.interface), selected(transition.after, after.interface)
    if was == now and not transition.declared and not after.moves_from(before):
        return Effect(None, Reason.STILL_MET, now, None, None, after.is_readable, was)
    if before.is_readable and after.is_readable:
        return _ranged(
            transition,
            was,
            now,
            _admitting(before.requires),
            _admitting(after.requires),
            after.moves_from(before),
        )
    if after.is_readable and before.requires != after.requires:
        return _ranged(transition, was, now, lambda _: True, _admitting(after.requires), True)
    return _without_range(transition, was, now)


def _ranged(
    transition: Transition, was: Offers, now: Offers, admits_before: Admits, admits_after: Admits, moves: bool
) -> Effect:
    old, new = _standing(was, admits_before), _standing(now, admits_after)
    used, left = _admitted(was, admits_before), _admitted(now, admits_after)
    if moves and old is not Standing.NONE and new in (Standing.LIVE, Standing.DEPRECATED):
        return Effect(Level.INFORMED, Reason.MOVES_HERE, left, None, None, True, used)
    level, reason = _TRANSITIONS.get((old, new)) or _same_standing(used, left)
    until = _end(left) if level is Level.MUST_ACT else None
    by_version = Effect(level, reason, left or used, until, None, True, used)
    if old is Standing.NONE or new is Standing.NONE:
        return by_version
    return min([by_version, *_declared(transition, used)], key=lambda effect: effect.rank)


def _without_range(transition: Transition, was: Offers, now: Offers) -> Effect:
    """Judges each version that was available as if the dependency used it; if the results differ, it is at risk."""
    judged = [_ranged(transition, was, now, _line_of(each), _line_of(each), False) for each in was]
    if not judged:
        gained = _standing(now, lambda _: True) is Standing.LIVE and now != was
        level, reason = (Level.GAINS, Reason.RANGE_NOW_MET) if gained else (None, Reason.PRE_EXISTING)
        return Effect(level, reason, now, None, None, False, was)
    first = min(judged, key=lambda effect: effect.rank)
    if len({each.level for each in judged}) > 1:
        if first.level is None or not first.level.is_harm:  # whichever it uses, nothing happens to it
            return Effect(Level.INFORMED, Reason.STILL_MET, now, None, None, False, was)
        return Effect(Level.AT_RISK, Reason.DISAGREE, first.offers, first.until, None, False, was)
    return Effect(first.level, first.reason, first.offers, first.until, None, False, was)


def _line_of(offer: Offer) -> Admits:
    """Admits what keeps the contract of one version, as its users can expect."""

    def admits(other: Offer) -> bool | None:
        if other.identity == offer.identity:
            return True
        if other.interface != offer.interface:
            return False
        if other.version is None or offer.version is None:
            return None
        return compatible(offer.version, other.version) and not other.is_breaking

    return admits


def _admitting(requires: Range | None) -> Admits:
    def admits(offer: Offer) -> bool | None:
        if requires is None:
            return True
        return requires.admits(offer.version) if offer.version else None

    return admits


def _standing(offers: Iterable[Offer], admits: Admits) -> Standing:
    answers = [(admits(offer), offer.is_ending) for offer in offers]
    if (True, False) in answers:
        return Standing.LIVE
    if (True, True) in answers:
        return Standing.DEPRECATED
    return Standing.UNKNOWN if any(answer is None for answer, _ in answers) else Standing.NONE


def _admitted(offers: Offers, admits: Admits) -> Offers:
    return tuple(offer for offer in offers if admits(offer))


def _same_standing(used: Offers, left: Offers) -> tuple[Level | None, Reason]:
    """Live before and after, or deprecated before and after: the versions themselves decide."""
    ending = all(each.is_ending for each in left)
    if ending and _moved_end(_end(used), _end(left))[0] is Level.MUST_ACT:
        return Level.MUST_ACT, Reason.DEPRECATED_ONLY
    known = {each.identity for each in used}
    stays = [each for each in left if ending or not each.is_ending]
    if not any(each.identity in known or _keeps_contract(used, each) for each in stays):
        return Level.AT_RISK, Reason.OPEN_RANGE
    if ending:
        return _moved_end(_end(used), _end(left))
    kept = {each.identity for each in used if not each.is_ending} & {each.identity for each in left}
    if not kept:
        return Level.GAINS, Reason.MOVED_IN_RANGE
    new = any(each.identity not in known for each in left)
    return (Level.GAINS, Reason.NEW_IN_RANGE) if new else (Level.INFORMED, Reason.STILL_MET)


def _moved_end(before: Date | None, after: Date | None) -> tuple[Level | None, Reason]:
    """Deprecated before and after: whether the end moves closer, by the day on which the last one ends."""
    if (after or Date.max) < (before or Date.max):
        return Level.MUST_ACT, Reason.DEPRECATED_ONLY
    if (after or Date.max) > (before or Date.max):
        return Level.GAINS, Reason.RELIEVED
    return Level.INFORMED, Reason.STILL_MET


def _end(offers: Offers) -> Date | None:
    """The day on which the last of them ends; None if one of them has no end."""
    ends = [each.ends for each in offers]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def _keeps_contract(used: Offers, new: Offer) -> bool:
    if new.is_breaking:
        return False
    versions: list[Version] = [each.version for each in used if each.version and each.interface == new.interface]
    return any(compatible(version, new.version) for version in versions) if new.version else False


def _declared(transition: Transition, used: Offers) -> Iterable[Effect]:
    """What changes declared without a version mean for the offers that a dependency uses."""
    outcomes = {
        ChangeEffect.BREAKING: (Level.BREAKS, Reason.IN_PLACE),
        ChangeEffect.CHANGE: (Level.AT_RISK, Reason.BEHAVIOUR),
        ChangeEffect.ADDITION: (Level.GAINS, Reason.ADDITION),
    }
    for interface, effect in transition.declared:
        touched = [each for each in used if interface is None or each.interface == interface]
        if not touched or effect not in outcomes:
            continue
        level, reason = outcomes[effect]
        if len(touched) < len(used) and level is Level.BREAKS:
            level, reason = Level.AT_RISK, Reason.DISAGREE
        yield Effect(level, reason, tuple(touched), None, None, True, used)


def need_of(use: Use) -> Need:
    """What a dependency requires."""
    return Need(use.interface, use.dependency.requires, use.is_soft)
