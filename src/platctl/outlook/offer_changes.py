"""What a change set does to the available versions: catalog edits at once, planned work on its day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import name_of, named
from platctl.model.ref import Ref
from platctl.model.version import compatible
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import Transition
from platctl.outlook.offers import Event, Offer, Offers, applied, catalog_offers, events_of
from platctl.outlook.shifts import ChangeSet, OfferChange, OfferEffect, Shift
from platctl.record import record
from platctl.source.yaml.document import Route


def compare_offers(base: Model, head: Model, pairing: Pairing, at: Date | None) -> ChangeSet:
    """What changes between two states: the catalog at once, new, moved and withdrawn plans on their day."""
    renamed = {pairing.head(ref): ref for ref in base.components}
    shifts: list[Shift] = []
    lines: list[OfferChange] = []
    for ref in sorted(renamed.keys() | head.components.keys()):
        before, after = _catalog(base, renamed.get(ref), at), _catalog(head, ref, at)
        if before is not None and before != (after or ()):
            shifts.append(Shift(Transition(ref, before, after or ())))
            lines += _catalog_lines(base, renamed[ref], head, ref, before, after or ())
    planned = _Plans(base, head, pairing, at).compare()
    return ChangeSet((*shifts, *planned.shifts), (*lines, *planned.lines))


def _catalog(model: Model, ref: Ref | None, at: Date | None) -> Offers | None:
    component = model.components.get(ref) if ref else None
    return catalog_offers(component, at) if component else None


@record
class _Plans:
    base: Model
    head: Model
    pairing: Pairing
    at: Date | None

    def compare(self) -> ChangeSet:
        was = {self._identity(event): event for event in events_of(self.base)}
        now = {event.identity: event for event in events_of(self.head)}
        new = {
            identity: event
            for identity, event in now.items()
            if (identity not in was or _due(was[identity]) != _due(event)) and not self._is_later(event)
        }
        gone = {
            identity: event
            for identity, event in was.items()
            if identity not in now and not self._is_done(identity[0]) and not self._is_later(event)
        }
        shifts = list(_timeline(self.head, new.values(), self.at))
        moved = {id(event): _due(was[identity]) for identity, event in new.items() if identity in was}
        found = _joined(Shift(transition, event.initiative, moved.get(id(event))) for event, transition in shifts)
        lines = [_event_line(self.head, event, transition, moved.get(id(event))) for event, transition in shifts]
        withdrawn = list(_timeline(self.base, gone.values(), self.at))
        found += _joined(
            Shift(_renamed(transition, self.pairing), event.initiative, is_withdrawn=True)
            for event, transition in withdrawn
        )
        lines += [self._withdrawn(event, transition) for event, transition in withdrawn]
        return ChangeSet(tuple(found), tuple(lines))

    def _identity(self, event: Event) -> tuple[object, ...]:
        initiative, component, *rest = event.identity
        return (self.pairing.head(initiative), self.pairing.head(component), *rest)  # type: ignore[arg-type]

    def _withdrawn(self, event: Event, transition: Transition) -> OfferChange:
        """What head withdraws, placed at the initiative if head still has it: a line of base means nothing there."""
        ref = self.pairing.head(event.initiative) if event.initiative else None
        kept = self.head.initiatives.get(ref) if ref else None
        field = "status" if kept and kept.status.is_given_up else "changes"
        line = _event_line(self.base, event, transition, None, is_withdrawn=True)
        return replace(line, span=self.head.at(kept.ref, (field,)) if kept else None)

    def _is_done(self, initiative: object) -> bool:
        found = self.head.initiatives.get(initiative)  # type: ignore[call-overload]
        return found is not None and found.status is Status.DONE

    def _is_later(self, event: Event) -> bool:
        return self.at is not None and event.date is not None and event.date > self.at


def _due(event: Event) -> Date | None:
    """The day that counts for those who use it: the sunset of a deprecation, else the day of the change."""
    return event.change.sunset or event.date


def _renamed(transition: Transition, pairing: Pairing) -> Transition:
    component = pairing.head(transition.component)
    return Transition(component, transition.before, transition.after, transition.date, transition.declared)


Planned = Mapping[Ref, Sequence[Event]]
"""By component: what is planned for it."""


def planned_events(model: Model) -> Planned:
    """What planned and active initiatives will do, by component."""
    found: defaultdict[Ref, list[Event]] = defaultdict(list)
    for event in events_of(model):
        found[event.component].append(event)
    return found


def _timeline(
    model: Model, wanted: Iterable[Event], at: Date | None, planned: Planned | None = None
) -> Iterator[tuple[Event, Transition]]:
    """Each wanted event with the versions before and after it, with other plans applied in order."""
    judged = list(wanted)
    chosen = {event.identity for event in judged}
    touched = {event.component for event in judged}
    planned = planned_events(model) if planned is None else planned
    events = [event for ref in touched for event in planned.get(ref, ()) if event.identity not in chosen]
    offers = {ref: _catalog(model, ref, at) or () for ref in touched}
    for event in sorted([*events, *judged], key=lambda event: event.order):
        before = offers[event.component]
        after = offers[event.component] = applied(before, event.change)
        if event.identity in chosen:
            yield event, Transition(event.component, before, after, event.date, _declared(event))


def _joined(shifts: Iterable[Shift]) -> list[Shift]:
    """Joins successive changes of one initiative to a component on one day into one transition."""
    joined: list[Shift] = []
    for shift in shifts:
        now, last = shift.transition, joined[-1] if joined else None
        if last and _occasion(last) == _occasion(shift) and last.transition.after == now.before:
            was = last.transition
            now = replace(now, before=was.before, declared=was.declared + now.declared)
            joined[-1] = replace(shift, transition=now)
        else:
            joined.append(shift)
    return joined


def _occasion(shift: Shift) -> tuple[object, ...]:
    return (shift.transition.component, shift.initiative, shift.transition.date, shift.moved_from)


def _declared(event: Event) -> tuple[tuple[str | None, ChangeEffect], ...]:
    effect = event.change.effect
    in_place = effect in (ChangeEffect.ADDITION, ChangeEffect.BREAKING) and event.change.version is None
    if in_place or effect is ChangeEffect.CHANGE:
        return ((event.change.component.interface, effect),)
    return ()


def ask(model: Model, events: Sequence[Event], at: Date | None, planned: Planned | None = None) -> ChangeSet:
    """What if: the given events on top of everything else that is planned before them.

    Callers that ask often pass the result of `planned_events`.
    """
    found = list(_timeline(model, events, at, planned))
    return ChangeSet(
        tuple(_joined(Shift(transition, event.initiative) for event, transition in found)),
        tuple(_event_line(model, event, transition, None) for event, transition in found),
    )


def _texts(offers: Iterable[Offer]) -> tuple[str, ...]:
    return tuple(offer.version.text for offer in offers if offer.version)


def _event_line(
    model: Model, event: Event, transition: Transition, moved_from: Date | None, *, is_withdrawn: bool = False
) -> OfferChange:
    interface = event.change.component.interface
    mine = [each for each in transition.before if interface is None or each.interface == interface]
    now = {each.identity for each in transition.after}
    was = {each.identity for each in mine}
    added = [each for each in transition.after if each.identity not in was and each not in transition.before]
    route: Route = ("changes", event.index)
    span = model.at(event.initiative, route) if event.initiative else None
    return OfferChange(
        name_of(model, event.component, interface),
        event.component,
        OfferEffect(event.change.effect.value),
        span,
        added=_texts(added),
        removed=_texts(each for each in mine if each.identity not in now),
        kept=_texts(each for each in mine if each.identity in now),
        ending=_texts(each for each in transition.after if each.is_ending and each not in transition.before),
        sunset=event.change.sunset,
        date=event.date,
        initiative=named(model, event.initiative) if event.initiative else None,
        moved_from=moved_from,
        is_withdrawn=is_withdrawn,
        note=event.change.note or "",
    )


def _catalog_lines(
    base: Model, base_ref: Ref, head: Model, ref: Ref, before: Offers, after: Offers
) -> Iterator[OfferChange]:
    for interface in sorted({each.interface for each in (*before, *after)}):
        was = [each for each in before if each.interface == interface]
        now = [each for each in after if each.interface == interface]
        if was != now:
            yield from _interface_lines(base, base_ref, head, ref, interface, was, now)


def _interface_lines(
    base: Model, base_ref: Ref, head: Model, ref: Ref, interface: str, was: list[Offer], now: list[Offer]
) -> Iterator[OfferChange]:
    old, new = {each.identity: each for each in was}, {each.identity: each for each in now}
    added = [each for each in now if each.identity not in old]
    removed = [each for each in was if each.identity not in new]
    kept = [each for each in now if each.identity in old]
    subject = name_of(head if head.get(ref) else base, ref if head.get(ref) else base_ref, interface or None)
    if added or removed:
        effect = _classified(was, added, removed)
        span = _offer_span(base, base_ref, head, ref, interface, added)
        yield OfferChange(subject, ref, effect, span, _texts(added), _texts(removed), _texts(kept))
    for effect, changed in _endings(old, kept):
        span = _offer_span(base, base_ref, head, ref, interface, changed)
        sunset = max((each.ends for each in changed if each.ends), default=None)
        yield OfferChange(subject, ref, effect, span, ending=_texts(changed), kept=_texts(kept), sunset=sunset)


def _classified(was: list[Offer], added: list[Offer], removed: list[Offer]) -> OfferEffect:
    """The effect of an edit of the catalog, judged by semantic versioning."""
    if not added:
        return OfferEffect.REMOVAL if removed else OfferEffect.ADDITION
    if not was:
        return OfferEffect.ADDITION
    keeps = all(_continues(was, each) for each in added)
    return OfferEffect.ADDITION if keeps else OfferEffect.BREAKING


def _continues(was: list[Offer], new: Offer) -> bool:
    return any(each.version and new.version and compatible(each.version, new.version) for each in was)


def _endings(old: dict[tuple[str, str | None], Offer], kept: list[Offer]) -> Iterator[tuple[OfferEffect, list[Offer]]]:
    sooner: list[Offer] = []
    later: list[Offer] = []
    for each in kept:
        before = old[each.identity]
        was, now = (
            (before.is_deprecated, before.ends or Date.max),
            (each.is_deprecated, each.ends or Date.max),
        )
        if was == now:
            continue
        worse = now[1] < was[1] or (now[1] == was[1] and each.is_deprecated)
        (sooner if worse else later).append(each)
    if sooner:
        yield OfferEffect.DEPRECATION, sooner
    if later:
        yield OfferEffect.RELIEF, later


def _offer_span(base: Model, base_ref: Ref, head: Model, ref: Ref, interface: str, offers: list[Offer]) -> Span | None:
    """The place in head that shows the change; without one, whatever still refers to it, else the place in base."""
    component = head.components.get(ref)
    if component is None:
        left = (each for each in head.references if head.canonical(each.target) in (ref, base_ref))
        naming = next(left, None)
        return head.at(naming.source, naming.route) if naming else base.name_at(base_ref)
    wanted = {each.version.text for each in offers if each.version}
    route: Route = ()
    for index, each in enumerate(component.interfaces):
        if each.id.lower() == interface:
            route = ("interfaces", index)
    offering = component.interfaces[int(route[1])] if route else component
    for index, version in enumerate(offering.versions):
        if version.version.text in wanted:
            return head.at(ref, (*route, "versions", index))
    if offering.version and offering.version.text in wanted:
        return head.at(ref, (*route, "version"))
    return head.at(ref, route) if route else head.name_at(ref)
