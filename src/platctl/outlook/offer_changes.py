"""What differs between two states in the versions that components provide, a line for each: catalog edits and plans."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import name_of, named
from platctl.model.ref import Ref
from platctl.model.version import compatible
from platctl.model.vocabulary import Status
from platctl.outlook.difference import Pairing
from platctl.outlook.events import Event
from platctl.outlook.offers import Offer, Offers, listed_offers
from platctl.outlook.shifts import ChangeSet, OfferChange, OfferEffect
from platctl.outlook.timeline import Timeline
from platctl.record import record
from platctl.source.yaml.document import Route


def compare_offers(base: Timeline, head: Timeline, pairing: Pairing, at: Date | None = None) -> ChangeSet:
    """What changes between two states: the catalog, and new, moved and withdrawn plans.

    With `at`, plans for a later day are left out.
    """
    was, now = base.model, head.model
    renamed = {pairing.head(ref): ref for ref in was.components}
    lines: list[OfferChange] = []
    for ref in sorted(renamed.keys() | now.components.keys()):
        if ref in renamed and was.components[renamed[ref]] is now.components.get(ref):
            continue
        before, after = _listed(was, renamed.get(ref)), _listed(now, ref)
        if before is not None and before != (after or ()):
            lines += _catalog_lines(was, renamed[ref], now, ref, before, after or ())
    return ChangeSet((*lines, *_Plans(base, head, pairing, at).lines()))


def _listed(model: Model, ref: Ref | None) -> Offers | None:
    component = model.components.get(ref) if ref else None
    return listed_offers(component) if component else None


@record
class _Plans:
    base: Timeline
    head: Timeline
    pairing: Pairing
    at: Date | None

    def lines(self) -> Iterator[OfferChange]:
        was = {self._identity(event): event for event in self.base.planned()}
        now = {event.identity: event for event in self.head.planned()}
        for identity, event in now.items():
            former = was.get(identity)
            if (former is None or former.due != event.due) and not self._is_later(event):
                yield _event_line(self.head, event, former.due if former else None)
        for identity, event in was.items():
            if identity not in now and not self._is_done(identity[0]) and not self._is_later(event):
                yield self._withdrawn(event)

    def _identity(self, event: Event) -> tuple[object, ...]:
        initiative, component, *rest = event.identity
        return (self.pairing.head(initiative), self.pairing.head(component), *rest)  # type: ignore[arg-type]

    def _withdrawn(self, event: Event) -> OfferChange:
        """What head takes back, at the initiative if head still has it: a line of base means nothing there."""
        ref = self.pairing.head(event.initiative) if event.initiative else None
        kept = self.head.model.initiatives.get(ref) if ref else None
        field = "status" if kept and kept.status.is_given_up else "changes"
        line = replace(_event_line(self.base, event, None), is_withdrawn=True)
        return replace(
            line,
            component=self.pairing.head(event.component),
            span=self.head.model.at(kept.ref, (field,)) if kept else None,
        )

    def _is_done(self, initiative: object) -> bool:
        found = self.head.model.initiatives.get(initiative)  # type: ignore[call-overload]
        return found is not None and found.status is Status.DONE

    def _is_later(self, event: Event) -> bool:
        return self.at is not None and event.date is not None and event.date > self.at


def lines_of(timeline: Timeline, events: Sequence[Event]) -> ChangeSet:
    """What some work of a timeline does to the versions that components provide."""
    return ChangeSet(tuple(_event_line(timeline, event, None) for event in events))


def _texts(offers: Iterable[Offer]) -> tuple[str, ...]:
    return tuple(offer.version.text for offer in offers if offer.version)


def _end(offer: Offer) -> tuple[object, ...]:
    """Equal for a version whose end is announced in the same way."""
    return offer.identity, offer.is_deprecated, offer.ends


def _event_line(timeline: Timeline, event: Event, moved_from: Date | None) -> OfferChange:
    model, interface = timeline.model, event.change.component.interface
    before, after = timeline.around(event)
    mine = [each for each in before if interface is None or each.interface == interface]
    now = {each.identity for each in after}
    was = {each.identity for each in before}
    added = [each for each in after if each.identity not in was]
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
        ending=_texts(each for each in after if each.is_deprecated and _end(each) not in map(_end, before)),
        sunset=event.change.sunset,
        date=event.date,
        initiative=named(model, event.initiative) if event.initiative else None,
        moved_from=moved_from,
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
