"""How the planned end of a piece of work moves."""

from platctl.model.calendar import Calendar, Date
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.questions.history.report import Happening
from platctl.record import record


@record
class EndMove:
    """That the last day of work is another one now."""

    what: Happening
    was: Date
    now: Date

    @property
    def days(self) -> int:
        """By how many days; less than 0 if it is earlier."""
        return (self.now - self.was).days

    @property
    def is_promise(self) -> bool:
        """Whether others could count on the day."""
        return self.what is not Happening.RESCHEDULED

    @property
    def is_slip(self) -> bool:
        return self.what is Happening.SLIPPED


def moved(before: Entity, after: Entity, calendar: Calendar) -> EndMove | None:
    """How the last day moved, if there was one and there still is.

    It is a slip, or pulled in, where others could count on it: the work was committed, and is or is done. Otherwise
    nothing had been promised, or nothing is any more.
    """
    if not isinstance(before, Initiative) or not isinstance(after, Initiative):
        return None
    was, now = window(before, calendar).end, window(after, calendar).end
    if was is None or now is None or was == now:
        return None
    if before.status.is_committed and (after.status.is_committed or after.status is Status.DONE):
        return EndMove(Happening.SLIPPED if now > was else Happening.PULLED_IN, was, now)
    return EndMove(Happening.RESCHEDULED, was, now)
