"""The commits that broke the contract of a component."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.model.entity.component import Component
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.past import EntityState
from platctl.model.placement import Unplaced
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.difference import Pairing
from platctl.outlook.events import events_of
from platctl.outlook.lifelines import Life
from platctl.outlook.offer_changes import compare_offers
from platctl.outlook.offers import listed_offers
from platctl.outlook.shifts import OfferChange, OfferEffect
from platctl.outlook.timeline import Timeline
from platctl.questions.discover.visits import Visits

_TAKES = (OfferEffect.BREAKING, OfferEffect.REMOVAL)


def breaks(life: Life, visits: Visits, since: int) -> tuple[int, ...]:
    """The moments after `since` in which versions were taken away before their sunset, without a compatible one in
    their place, or in which work was done that broke the contract in place."""
    found = {turn.index for turn in life.turns if _breaks(turn.before, turn.after, visits.past.days[turn.index])}
    found |= set(_in_place(life, visits))
    return tuple(sorted(index for index in found if index > since))


def _breaks(before: EntityState | None, after: EntityState | None, day: Date) -> bool:
    if not before or not after:
        return False
    was, now = before.entity, after.entity
    if not isinstance(was, Component) or not isinstance(now, Component):
        return False
    if (was.version, was.versions, was.interfaces) == (now.version, now.versions, now.interfaces):
        return False
    changes = compare_offers(_alone(was), _alone(now), Pairing({was.ref: now.ref}))
    return any(_takes(each, was, day) for each in changes.of(now.ref))


def _alone(entity: Entity) -> Timeline:
    return Timeline(Model({entity.ref: entity}, {entity.ref: Unplaced()}), None)


def _takes(change: OfferChange, was: Component, day: Date) -> bool:
    """Whether it takes away a version that had not reached its sunset."""
    _, _, interface = change.subject.partition("#")
    ended = {
        each.version.text
        for each in listed_offers(was)
        if each.version and each.interface == interface.lower() and each.gone and each.gone <= day
    }
    return change.effect in _TAKES and not ended.issuperset(change.removed)


def _in_place(life: Life, visits: Visits) -> Iterator[int]:
    names = life.names
    for index, work in visits.finished:
        if any(each in names for each in _broken(work, visits.past.model)):
            yield index


def _broken(work: Initiative, model: Model) -> Iterator[Ref]:
    """The components, as written, whose contract an initiative broke without a new version."""
    for event in events_of(Model({}, {}, model.config), work):
        if event.is_in_place and event.change.effect is ChangeEffect.BREAKING:
            yield event.component
