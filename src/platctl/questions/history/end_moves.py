"""How the planned end of an initiative moves."""

from platctl.model.calendar import Calendar, Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.questions.history.report import Happening
from platctl.record import record


@record
class EndMove:
    """A move of the last day of work."""

    what: Happening
    was: Date
    now: Date

    @property
    def days(self) -> int:
        """The number of days; negative for earlier."""
        return (self.now - self.was).days

    @property
    def is_promise(self) -> bool:
        """Whether the day was committed."""
        return self.what is not Happening.RESCHEDULED

    @property
    def is_slip(self) -> bool:
        return self.what is Happening.SLIPPED


def moved(before: Entity, after: Entity, calendar: Calendar) -> EndMove | None:
    """How the last day moved; None unless both states have one.

    It is a slip, or a move to earlier, if the work was committed and still is, or is done. Otherwise no day was
    promised, or none is any more.
    """
    if not isinstance(before, Initiative) or not isinstance(after, Initiative):
        return None
    was, now = window(before, calendar).end, window(after, calendar).end
    if was is None or now is None or was == now:
        return None
    if before.status.is_committed and (after.status.is_committed or after.status is Status.DONE):
        return EndMove(Happening.SLIPPED if now > was else Happening.PULLED_IN, was, now)
    return EndMove(Happening.RESCHEDULED, was, now)
