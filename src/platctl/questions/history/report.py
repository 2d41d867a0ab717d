"""The answers to: what has happened to this entity, and how well do our plans hold?"""

from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.past import Broken
from platctl.outlook.moves import Detour
from platctl.record import record
from platctl.source.git.history import Revision


@record
class Look:
    """The covered history: first-parent commits from `first` to `last`, and their number.

    `is_cut` is whether a shallow clone lacks earlier commits, so that the content of `first` may be older.
    """

    first: Revision
    last: Revision
    commits: int
    is_cut: bool
    since: Date | None = None
    only: str = ""


class Happening(StrEnum):
    """What can happen to an entity."""

    ADDED = "added"
    RETURNED = "returned"
    REMOVED = "removed"
    MERGED = "merged"
    RENAMED = "renamed"
    MOVED = "moved"
    STATUS = "status"
    SLIPPED = "slipped"
    PULLED_IN = "pulled-in"
    RESCHEDULED = "rescheduled"
    DROPPED = "dropped"
    REPLANNED = "replanned"
    DONE = "done"
    DONE_EARLY = "done-early"
    DONE_ON_TIME = "done-on-time"
    DONE_LATE = "done-late"
    SCOPE = "scope"
    OWNER = "owner"
    LIFECYCLE = "lifecycle"
    OFFER = "offer"
    EDITED = "edited"


@record
class StoryEvent:
    """One thing that happened. Where a day moved, `was` and `now` are days, and `nth` counts the slips.

    `was` is the last promised end, also if the work had none meanwhile (`detour`), and if it is dropped, planned again
    or done. For work that is done and was never promised, `end` is the end that it has, and `days` count from there.
    None is an absent value, such as `was` of a new item in a list.
    """

    what: Happening
    field: str = ""
    was: str | None = None
    now: str | None = None
    days: int | None = None
    nth: int | None = None
    detour: Detour | None = None
    end: str | None = None


@record
class Chapter:
    """What one commit did to an entity."""

    at: Revision
    events: tuple[StoryEvent, ...]


@record
class Phase:
    """A status and the commit since which an entity has it: an initiative's status, or a component's lifecycle."""

    status: str
    since: Revision


@record
class StoryReport:
    """The story of one entity, the oldest chapter first. `former` are its former names.

    `planned_end` is the currently planned last day, `done_on` the day on which it was done; `slips` counts its moves to
    later, and `slipped_days` sums them; `drops` and `replans` count how often it was given up and planned again.
    `earlier` counts the chapters before the requested day.
    """

    look: Look
    entity: Named
    former: tuple[str, ...]
    path: str
    is_gone: bool
    first: Revision
    planned_end: Date | None
    done_on: Date | None
    slips: int
    slipped_days: int
    drops: int
    replans: int
    phases: tuple[Phase, ...]
    chapters: tuple[Chapter, ...]
    earlier: int
    broken: tuple[Broken, ...]


@record
class Slip:
    """A move of the planned end of committed work to later; `nth` is the number of the slip."""

    initiative: Named
    at: Revision
    period: str
    was: Date
    now: Date
    days: int
    nth: int
    owner: Named | None
    type: str | None


@record
class Figures:
    """How well plans held. `planned` and `delivered` count initiatives of finished periods only.

    `dropped` and `replanned` count how often work was given up, and planned again; `early`, `on_time` and `late` count
    the work that was done, by its last promised end.
    """

    planned: int = 0
    delivered: int = 0
    slips: int = 0
    median_days: float | None = None
    pulled_in: int = 0
    dropped: int = 0
    replanned: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0

    @property
    def share(self) -> float | None:
        """The share of the planned work that was delivered in its period."""
        return self.delivered / self.planned if self.planned else None


@record
class PlanMove:
    """Work that was dropped, planned again, moved earlier or done: what `platctl history` counts besides slips.

    `was` is the last promised end; `now` the new end, or the day on which it was done.
    """

    what: Happening
    initiative: Named
    at: Revision
    period: str
    was: Date | None
    now: Date | None
    days: int | None
    owner: Named | None


@record
class PeriodFigures:
    """One period of the calendar: its slips, and the work planned for it when it began.

    `is_over` is whether a later commit shows how it ended; otherwise `missed` is the work still open.
    """

    period: str
    start: Date
    end: Date
    is_over: bool
    figures: Figures
    delivered: tuple[Named, ...]
    missed: tuple[Named, ...]


@record
class GroupFigures:
    """A team or a type of work; `name` is its id, None for work that has none."""

    name: str | None
    figures: Figures
    title: str | None = None


@record
class OverviewReport:
    """How well plans held over the whole history."""

    look: Look
    total: Figures
    periods: tuple[PeriodFigures, ...]
    teams: tuple[GroupFigures, ...]
    types: tuple[GroupFigures, ...]
    slips: tuple[Slip, ...]
    moves: tuple[PlanMove, ...]
    broken: tuple[Broken, ...]
