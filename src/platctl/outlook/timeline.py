"""What is available on which day in one state of a model: the catalog, and what work makes of it.

A day is judged as it is when it ends: a `since`, a `sunset` and the last day of work have happened on that day.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.entity.component import Lifecycle
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.version import Version
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.outlook.events import TAKES, Dated, Event, events_of
from platctl.outlook.offers import Offer, Offers, brought_by, deprecated_by, is_about, listed_in

DAY = timedelta(days=1)


class Timeline:
    """What each component of one state provides on each day.

    `today` is what the catalog says: work counts from its last day, at the earliest from the day after today, so that
    work which isn't done can't hide what the catalog removes now. Without a day, all that the catalog dates has
    begun, and nothing has ended. `asked` is work on top of what is planned, which counts from its day at once;
    `without` is work that is left aside.
    """

    def __init__(
        self,
        model: Model,
        today: Date | None,
        asked: Sequence[Event] = (),
        without: frozenset[Ref] = frozenset(),
        shared: "Timeline | None" = None,
    ) -> None:
        self.model = model
        self.today = today
        self.asked = tuple(asked)
        self._without = without
        self._shared = shared
        self._known: dict[Ref, _Course] = {}

    @property
    def first(self) -> Date:
        """The first day: today, or the beginning of time."""
        return self.today or Date.min

    def with_work(self, asked: Sequence[Event], without: frozenset[Ref]) -> "Timeline":
        """The same with other work; components that this does not touch are not looked at again."""
        return Timeline(self.model, self.today, asked, without, self)

    @cached_property
    def _touched(self) -> frozenset[Ref]:
        """Components for which `asked` and `without` make a difference."""
        own = {self.model.canonical(each.component) for each in self.asked}
        initiatives = (self.model.initiatives.get(ref) for ref in self._without)
        changes = (each.change for found in initiatives if found for each in events_of(self.model, found))
        return frozenset(own | {self.model.canonical(each.component.component) for each in changes})

    @cached_property
    def events(self) -> Mapping[Ref, tuple[Event, ...]]:
        """By component: all work that may count, in the order of the model."""
        found: dict[Ref, list[Event]] = {}
        for event in self._own():
            if event.initiative not in self._without:
                found.setdefault(event.component, []).append(event)
        for event in self.asked:
            found.setdefault(event.component, []).append(event)
        return {ref: tuple(events) for ref, events in found.items()}

    def _own(self) -> Iterator[Event]:
        """What the work of the model does; in a timeline that shares another one, only to what may differ."""
        if self._shared:
            yield from (event for ref in sorted(self._touched) for event in self._shared.events.get(ref, ()))
            return
        for initiative in self.model.initiatives.values():
            if initiative.status.is_committed or _is_done(initiative):
                yield from events_of(self.model, initiative)

    def course(self, ref: Ref) -> "_Course":
        """What one component provides over time."""
        if ref not in self._known:
            if self._shared and ref not in self._touched:
                return self._shared.course(ref)
            self._known[ref] = _Course(self, ref)
        return self._known[ref]

    def offers(self, ref: Ref, day: Date | None = None) -> Offers:
        """What a component provides on a day, by default on the first; nothing if it does not exist."""
        return self.course(ref).on(day or self.first)

    def days(self, ref: Ref) -> Sequence[Date]:
        """The days on which what a component provides may change, in order."""
        return self.course(ref).days

    def dated(self, ref: Ref) -> Sequence[Dated]:
        """What work does to a component, in the order in which it counts."""
        return self.course(ref).dated

    def undated(self, ref: Ref) -> Sequence[Event]:
        """Planned changes of a component of which nobody knows the day; they are in no timeline."""
        if self._shared and ref not in self._touched:
            return self._shared.undated(ref)
        return [each for each in self.events.get(ref, ()) if each.date is None and each.status and _is_open(each)]

    def planned(self) -> Iterator[Event]:
        """What planned and active initiatives do to components, by the day, then in the order of the initiatives."""
        committed = [each for each in self.model.initiatives.values() if each.status.is_committed]
        events = [event for each in committed for event in events_of(self.model, each)]
        return iter(sorted(events, key=lambda each: (each.date or Date.max, str(each.initiative), each.index)))

    def around(self, event: Event) -> tuple[Offers, Offers]:
        """What the component of an event provides just before and just after it."""
        return self.course(event.component).around(event)

    def counts_from(self, event: Event) -> Date | None:
        """The first day on which an event counts; None if it never does."""
        if event.status is None:
            return max(event.date or self.first, self.first)
        if event.status is Status.DONE:
            if event.is_in_place:
                return min(event.date or self.first, self.first)
            return self._tomorrow if event.change.effect in TAKES else None
        return None if event.date is None else max(event.date, self._tomorrow)

    @cached_property
    def _tomorrow(self) -> Date:
        return self.today + DAY if self.today else Date.min


def _is_done(initiative: Initiative) -> bool:
    return initiative.status is Status.DONE


def _is_open(event: Event) -> bool:
    return event.status is not Status.DONE


class _Course:
    """What one component provides, from day to day."""

    def __init__(self, timeline: Timeline, ref: Ref) -> None:
        self._component = timeline.model.components.get(ref)
        self._versions = tuple(listed_in(self._component, timeline.today)) if self._component else ()
        is_there = self._component and self._component.lifecycle is not Lifecycle.RETIRED
        events = timeline.events.get(ref, ()) if is_there else ()
        counted = ((timeline.counts_from(each), each) for each in events)
        self.dated = tuple(sorted((Dated(day, event) for day, event in counted if day), key=lambda each: each.order))
        self._today = timeline.today
        self._known: dict[int, Offers] = {}

    @cached_property
    def days(self) -> tuple[Date, ...]:
        days = {day for each in self._versions for day in (each.begins, each.deprecated, each.ends)}
        days |= {self._component.sunset if self._component else None}
        days |= {day for each in self.dated for day in (each.day, each.event.change.sunset)}
        return tuple(sorted(day for day in days if day and day > Date.min))

    def on(self, day: Date) -> Offers:
        """What is available on a day; the same between two days on which something changes."""
        index = bisect_right(self.days, day)
        if index not in self._known:
            self._known[index] = self._on(day)
        return self._known[index]

    def _on(self, day: Date) -> Offers:
        offers = tuple(each.on(day) for each in self._versions if each.begins <= day)
        for dated in self.dated:
            if dated.day > day:
                break
            offers = self._after(offers, dated)
        for dated in self.dated:
            if dated.event.is_only and dated.day <= day:
                offers = self._only(offers, dated.event)
        return tuple(each for each in offers if each.gone is None or each.gone > day)

    def _only(self, offers: Offers, event: Event) -> Offers:
        """Without other versions of the interface."""
        assert self._component  # noqa: S101  only what exists has events
        kept = brought_by(self._component, event.change)
        return tuple(each for each in offers if each.interface != kept.interface or each.identity == kept.identity)

    def around(self, event: Event) -> tuple[Offers, Offers]:
        """What is available just before and just after an event; one without a day comes last."""
        mine = next((each for each in self.dated if each.event is event or each.event == event), None)
        at = mine or Dated(event.date or Date.max - DAY, event)
        offers = tuple(each.on(at.day) for each in self._versions if each.begins <= at.day)
        for dated in self.dated:
            if dated is mine or dated.day > at.day:
                break
            offers = self._after(offers, dated)
        before = tuple(each for each in offers if each.gone is None or each.gone >= at.day)
        return before, self._after(before, at)

    def _after(self, offers: Offers, dated: Dated) -> Offers:
        """What there is after an event."""
        event, change = dated.event, dated.event.change
        if event.brings:
            return self._with_version(offers, dated, event.brings)
        hit = [each for each in offers if _concerns(dated, each)]
        match change.effect:
            case ChangeEffect.REMOVAL:
                return tuple(each for each in offers if each not in hit)
            case ChangeEffect.DEPRECATION:
                changed = [deprecated_by(each, change.sunset) for each in hit]
            case ChangeEffect.BREAKING:
                changed = [replace(each, breaks=each.breaks + 1) for each in hit]
            case ChangeEffect.CHANGE:
                changed = [replace(each, changes=each.changes + 1) for each in hit]
            case ChangeEffect.ADDITION:
                changed = [replace(each, additions=each.additions + 1) for each in hit]
            case _:
                return offers
        now = dict(zip(map(id, hit), changed, strict=True))
        return tuple(now.get(id(each), each) for each in offers)

    def _with_version(self, offers: Offers, dated: Dated, version: Version) -> Offers:
        """With one more version beside the others; an interface that had none provides itself no more.

        Nothing is added to an interface that is not declared.
        """
        assert self._component  # noqa: S101  only what exists has events
        interface = brought_by(self._component, dated.event.change).interface
        if interface and not self._component.has_interface(interface):
            return offers
        sunset = self._component.sunset if self._component else None
        is_overdue = self._is_overdue(dated.event)
        added = Offer(
            interface,
            version,
            is_deprecated=self._is_deprecated,
            ends=sunset,
            gone=sunset,
            since=dated.day,
            is_breaking=dated.event.change.effect is ChangeEffect.BREAKING,
            is_overdue=is_overdue,
            is_planned=True,
        )
        for index, each in enumerate(offers):
            if each.identity == added.identity and (each.gone is None or each.gone > dated.day):
                confirmed = replace(each, is_overdue=each.is_overdue and is_overdue)
                return (*offers[:index], confirmed, *offers[index + 1 :])
        itself = (interface, None)
        return (*(each for each in offers if each.identity not in (itself, added.identity)), added)

    @property
    def _is_deprecated(self) -> bool:
        """Whether the component is, with all that it provides."""
        component = self._component
        return component is not None and bool(component.sunset or component.lifecycle is Lifecycle.DEPRECATED)

    def _is_overdue(self, event: Event) -> bool:
        is_late = event.date is not None and self._today is not None and event.date < self._today
        return is_late and event.status is not None


def _concerns(dated: Dated, offer: Offer) -> bool:
    """Whether an event is about a version: one that it names, and that was there then.

    Done work that removes is about what the catalog lists without showing it.
    """
    event, change = dated.event, dated.event.change
    if not is_about(change, offer):
        return False
    if event.status is Status.DONE and not event.is_in_place:
        is_shown = offer.deprecated is not None and offer.deprecated <= dated.day
        is_due = event.removes or not is_shown
        return not offer.is_planned and is_due and _is_until(offer.since, event.date)
    if offer.is_planned or offer.since is None:
        return True
    return offer.since < dated.day or (event.status is None and offer.since == dated.day)


def _is_until(day: Date | None, last: Date | None) -> bool:
    return day is None or last is None or day <= last
