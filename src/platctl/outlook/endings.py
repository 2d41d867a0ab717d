"""What ends or weakens a dependency on which day, where that is declared, and what it can move to."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Final

from platctl.finding import Span
from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Lifecycle
from platctl.model.level import Level
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.ahead import Ahead
from platctl.outlook.effects import EffectStretch, Reason, need_of
from platctl.outlook.events import Dated, Event
from platctl.outlook.offers import Offer, Offers, is_about, selected
from platctl.outlook.timeline import DAY
from platctl.record import record


class EndKind(StrEnum):
    """How a dependency ends or weakens. Part of the JSON format."""

    UNMET = "unmet"
    BROKEN = "broken-in-place"
    DEPRECATED = "deprecated"
    UNCONFIRMED = "unconfirmed"
    BEHAVIOUR = "behaviour"
    UNCLEAR = "unclear"


class Fate(StrEnum):
    """What happens to a version on a day, the worst first. Part of the JSON format."""

    REMOVED = "removed"
    BROKEN = "broken-in-place"
    CHANGED = "changed"
    DEPRECATED = "deprecated"


def end_kind(told: EffectStretch) -> EndKind:
    """What a stretch of days that harms a dependency means for it."""
    reason = told.detail or told.reason
    return _KINDS.get(reason, EndKind.UNCLEAR) if told.left or reason is Reason.IN_PLACE else EndKind.UNMET


_KINDS: Final[Mapping[Reason, EndKind]] = {
    Reason.IN_PLACE: EndKind.BROKEN,
    Reason.DEPRECATED_ONLY: EndKind.DEPRECATED,
    Reason.OPEN_RANGE: EndKind.UNCONFIRMED,
    Reason.OVERDUE: EndKind.UNCONFIRMED,
    Reason.FOLLOWS_NEWEST: EndKind.UNCONFIRMED,
    Reason.BEHAVIOUR: EndKind.BEHAVIOUR,
}


@record
class Announcement:
    """That an end was announced: the day from which the version is deprecated (None: not declared), and its sunset."""

    since: Date | None
    sunset: Date | None


@record
class EndAhead:
    """A stretch of days that harms a dependency.

    `fate` is what happens on the first of them, `gone` are the versions that it used and to which that happens, and
    `announced` is how it was announced. `work` ends it, or else the catalog; `deciding` is where that is declared.
    `move_to` are the declared successors, or else the versions that stay.
    """

    use: Use
    told: EffectStretch
    gone: Offers
    fate: Fate
    announced: Announcement | None
    work: Event | None
    deciding: Span | None
    move_to: tuple[str, ...]

    @property
    def day(self) -> Date:
        """The first day."""
        return self.told.start or Date.min

    @property
    def level(self) -> Level:
        return self.told.level

    @property
    def kind(self) -> EndKind:
        return end_kind(self.told)


@record(slots=False)
class Endings:
    """The ends ahead of all dependencies of a model."""

    graph: Graph
    ahead: Ahead

    @property
    def model(self) -> Model:
        return self.graph.model

    def of(self, use: Use) -> tuple[EndAhead, ...]:
        """The ends of one dependency, in order."""
        if use.key not in self._known:
            need = need_of(use)
            told = self.ahead.told(use.target, use.target, need, need)
            self._known[use.key] = tuple(self._end(use, each) for _, each in told if each)
        return self._known[use.key]

    @cached_property
    def _known(self) -> dict[EdgeKey, tuple[EndAhead, ...]]:
        return {}

    def _end(self, use: Use, told: EffectStretch) -> EndAhead:
        day = told.start or self.ahead.first
        fate, gone = self._what(use.target, told, day)
        work = self._work(use.target, fate, gone, day)
        written = self.model.at(work.initiative, ("changes", work.index)) if work and work.initiative else None
        return EndAhead(
            use,
            told,
            gone,
            fate,
            self._announcement(use.target, gone),
            work,
            written or (None if work else self.declared(use.target, gone or told.was, day)),
            self.successors(use, gone or told.was, day),
        )

    def _what(self, ref: Ref, told: EffectStretch, day: Date) -> tuple[Fate, Offers]:
        """What happens on a day to versions that were used, and to which of them."""
        used = {each.identity for each in told.was}
        after = {each.identity: each for each in self.ahead.head.offers(ref, day)}
        before = [each for each in self.ahead.head.offers(ref, day - DAY) if each.identity in used]
        fates = _OWN_FATES.get(end_kind(told), tuple(Fate))
        found = (
            (fate, tuple(each for each in before if _meets(fate, each, after.get(each.identity)))) for fate in fates
        )
        return next((each for each in found if each[1]), (fates[0], ()))

    def _work(self, ref: Ref, fate: Fate, gone: Offers, day: Date) -> Event | None:
        """The work that does it; None if only the catalog does."""
        dated = (each for each in self.ahead.head.dated(ref) if day in (each.day, each.event.change.sunset))
        found = [each.event for each in dated if _fate_of(each, day) is fate]
        return next((each for each in reversed(found) if any(is_about(each.change, one) for one in gone)), None)

    def _announcement(self, ref: Ref, gone: Offers) -> Announcement | None:
        """How the end of what went last was announced."""
        last = max(gone, key=lambda each: each.gone or Date.max, default=None)
        if last is None or not last.is_deprecated:
            return None
        since = last.deprecated if last.deprecated and last.deprecated > Date.min else self._deprecated_on(ref, last)
        return Announcement(since, last.ends)

    def _deprecated_on(self, ref: Ref, offer: Offer) -> Date | None:
        """The day on which work deprecates a version."""
        dated = (each for each in self.ahead.head.dated(ref) if each.event.change.effect is ChangeEffect.DEPRECATION)
        return next((each.day for each in dated if is_about(each.event.change, offer)), None)

    def declared(self, ref: Ref, ending: Offers, day: Date | None) -> Span:
        """The line of the catalog with the sunset on a day, or without a day with the deprecation, else the name."""
        component = self.model.components[ref]
        if day and component.sunset == day:
            return self.model.at(ref, ("sunset",))
        if day is None and component.lifecycle is Lifecycle.DEPRECATED:
            return self.model.at(ref, ("lifecycle",))
        identities = {each.identity for each in ending}
        for each in listed(component):
            if (each.interface, each.offered.version.text) in identities:
                for field in ("sunset", "deprecated"):
                    if day and getattr(each.offered, field) == day:
                        return self.model.at(ref, (*each.within, field))
                if day is None and (each.offered.lifecycle is Lifecycle.DEPRECATED or each.offered.deprecated):
                    field = "deprecated" if each.offered.deprecated else "lifecycle"
                    return self.model.at(ref, (*each.within, field))
        return self.model.name_at(ref)

    def successors(self, use: Use, ending: Iterable[Offer], day: Date) -> tuple[str, ...]:
        """What the catalog declares to move to, or else what is available from a day on, and not deprecated."""
        component, identities = self.model.components[use.target], {each.identity for each in ending}
        if component.successor:
            return (named(self.model, self.model.canonical(component.successor)).id,)
        declared = [
            each.offered.successor
            for each in listed(component)
            if each.offered.successor and (each.interface, each.offered.version.text) in identities
        ]
        left = selected(self.ahead.head.offers(use.target, day), use.interface)
        stay = (each for each in left if not each.is_deprecated and each.identity not in identities)
        return tuple(dict.fromkeys(declared or [each.version.text for each in stay if each.version]))

    def all(self) -> Iterator[EndAhead]:
        """The ends of all dependencies on components that exist."""
        for use in self.graph.uses:
            if use.target in self.model.components:
                yield from self.of(use)


_OWN_FATES: Final[Mapping[EndKind, tuple[Fate, ...]]] = {
    EndKind.BROKEN: (Fate.BROKEN,),
    EndKind.BEHAVIOUR: (Fate.CHANGED,),
}
_FATES: Final[Mapping[ChangeEffect, Fate]] = {
    ChangeEffect.REMOVAL: Fate.REMOVED,
    ChangeEffect.BREAKING: Fate.BROKEN,
    ChangeEffect.CHANGE: Fate.CHANGED,
    ChangeEffect.DEPRECATION: Fate.DEPRECATED,
}


def _fate_of(dated: Dated, day: Date) -> Fate | None:
    """What an event does on a day to the versions that it is about."""
    change, sunset = dated.event.change, dated.event.change.sunset
    return Fate.REMOVED if sunset and max(sunset, dated.day) == day else _FATES.get(change.effect)


def _meets(fate: Fate, before: Offer, after: Offer | None) -> bool:
    """Whether it is what happens to a version that is there on the day before."""
    if after is None or fate is Fate.REMOVED:
        return after is None and fate is Fate.REMOVED
    match fate:
        case Fate.BROKEN:
            return after.breaks > before.breaks
        case Fate.CHANGED:
            return after.changes > before.changes
    return after.is_deprecated and not before.is_deprecated
