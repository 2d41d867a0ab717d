"""What work does to components, and from which day on it counts."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.version import Version
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.model.window import window
from platctl.record import record

TAKES = (ChangeEffect.REMOVAL, ChangeEffect.DEPRECATION)
_BRINGS = (ChangeEffect.ADDITION, ChangeEffect.BREAKING)
_IN_PLACE = (*_BRINGS, ChangeEffect.CHANGE)


@record
class Event:
    """A change to a component by an initiative, or by a question (without an initiative).

    `date` is its last day as planned, None if that is not known. `status` is None for a question. `is_only` says that
    the version it adds is all that its interface provides from then on.
    """

    component: Ref
    change: Change
    date: Date | None
    initiative: Ref | None = None
    index: int = 0
    status: Status | None = None
    is_only: bool = False

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes it the same event in two states, on whichever day it takes place."""
        version = self.change.version.text if self.change.version else None
        return (self.initiative, self.component, self.change.component.interface, self.change.effect, version)

    @property
    def content(self) -> tuple[object, ...]:
        """What it does to a component, whoever does it, and when."""
        return (*self.identity[2:], self.change.sunset)

    @property
    def brings(self) -> Version | None:
        """The version that it adds."""
        return self.change.new_version if self.change.effect in _BRINGS else None

    @property
    def due(self) -> Date | None:
        """The day that counts for those who use it: the sunset of a deprecation, else the day of the change."""
        return self.change.sunset or self.date

    @property
    def removes(self) -> bool:
        return self.change.effect is ChangeEffect.REMOVAL

    @property
    def is_in_place(self) -> bool:
        """Whether it changes what is available, and neither adds nor removes a version."""
        return self.change.effect in _IN_PLACE and self.brings is None


def events_of(model: Model, initiative: Initiative) -> Iterator[Event]:
    """What an initiative does to components when it ends, whatever its status."""
    end = window(initiative, model.config.calendar.calendar).end
    for index, change in enumerate(initiative.changes):
        component = model.canonical(change.component.component)
        yield Event(component, change, end, initiative.ref, index, initiative.status)


@record
class Dated:
    """An event and the first day on which it counts."""

    day: Date
    event: Event

    @property
    def order(self) -> tuple[Date, Date, bool]:
        """Of one day, in the order of their last days; of one last day, versions are added last."""
        last = self.event.date or self.day
        return (self.day, min(last, self.day), self.event.brings is not None)
