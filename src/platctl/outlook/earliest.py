"""The open work of one model on its earliest possible days."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.model.window import Window
from platctl.outlook.plan import Plan
from platctl.record import record
from platctl.scheduling.critical_path import CriticalPaths, Task


class Certainty(StrEnum):
    """How certain a day is."""

    DONE = "done"
    KNOWN = "known"
    UNKNOWN = "unknown"
    NEVER = "never"


@record
class When:
    """The day on which something is done. If that is not known, `date` is a lower bound."""

    certainty: Certainty
    date: Date | None = None


class Obstacle(StrEnum):
    """Why it is not known when something will be done, or why it never will be."""

    GIVEN_UP = "given-up"
    CIRCLE = "circle"
    MISSING = "missing"
    UNREAD = "unread"
    NO_DATES = "no-dates"
    NO_START = "no-start"
    NO_END = "no-end"
    ENDS_BEFORE_START = "ends-before-start"


NEVER = When(Certainty.NEVER)


@record(slots=False)
class Outlook:
    """When each initiative ends by the plan, and when it can end.

    The rule: work that has not started starts on the latest of its planned first day, its `earliest`, today, and the
    day after its last prerequisite ends. It then takes as many calendar days as planned. Work that has
    started ends on its planned last day, but not before today, nor before its prerequisites. Missing days are not
    guessed. Finished work holds nothing up; dropped or parked work is never done, nor is work that waits
    for it. If only a period is declared, the planned days are those that remain of it from today and `earliest`.

    Days that represent whole periods (`is_coarse`) don't say how long work takes: it may start and end in the same
    period in which its last prerequisite ends.
    """

    model: Model
    today: Date | None = None
    is_coarse: bool = False

    @cached_property
    def plan(self) -> Plan:
        return Plan(self.model, self.today)

    @cached_property
    def timeline(self) -> CriticalPaths[Ref]:
        """All work that is not done, and prerequisites that don't exist, as tasks without days."""
        tasks = {ref: self._task(each) for ref, each in self.model.initiatives.items() if not is_done(each)}
        waited_for = (before for task in tasks.values() for before in task.before)
        missing = {ref: Task(ref, release=self._today) for ref in waited_for if ref not in tasks}
        return CriticalPaths([*tasks.values(), *missing.values()])

    @property
    def _today(self) -> int:
        return self.today.toordinal() if self.today else 1

    def window(self, initiative: Initiative) -> Window:
        """Its planned first and last day; if only a period is declared, what remains of it when it can start."""
        return self.plan.days_left(initiative, self.today)

    def dated(self, initiative: Initiative) -> Span:
        """The place of its last day, or else of its status."""
        return self.field(initiative, "end", "period", "status")

    def field(self, initiative: Initiative, *fields: str) -> Span:
        """The place of the first of these fields, or else of its id."""
        return self.model.at(initiative.ref, (initiative.first_written(*fields),))

    def _release(self, initiative: Initiative) -> int:
        """The first day on which it could start without prerequisites."""
        earliest = None if has_begun(initiative) else _ordinal(initiative.earliest)
        return max(self._today, earliest or 1)

    def _task(self, initiative: Initiative) -> Task[Ref]:
        days, is_blocked = self.window(initiative), initiative.status.is_given_up
        return Task(
            initiative.ref,
            _ordinal(days.start),
            _ordinal(days.end),
            self._release(initiative),
            has_begun(initiative) or self.is_coarse,
            is_blocked,
            () if is_blocked else tuple(self.waited_for(initiative)),
        )

    def waited_for(self, initiative: Initiative) -> Iterable[Ref]:
        """Its prerequisites that are not done."""
        initiatives = self.model.initiatives
        return (
            ref
            for ref in self.plan.prerequisites(initiative)
            if ref not in initiatives or not is_done(initiatives[ref])
        )

    def ends(self, ref: Ref) -> When:
        """When it can end, after all its prerequisites."""
        if ref not in self.timeline.tasks:
            return When(Certainty.DONE, self.window(self.model.initiatives[ref]).end)
        found = self.timeline.finishes.get(ref)
        if found is None:
            return NEVER
        if found.is_known:
            return When(Certainty.KNOWN, day_of(found.day))
        return When(Certainty.UNKNOWN, day_of(found.day) if found.day > 1 else None)

    def planned(self, ref: Ref) -> When:
        """The latest planned end of it and all its prerequisites."""
        own = self.ends(ref)
        if own.certainty in (Certainty.DONE, Certainty.NEVER):
            return own
        ends = (self.timeline.tasks[each].end for each in self.timeline.behind([ref]))
        return latest(
            When(Certainty.KNOWN, day_of(end)) if end is not None else When(Certainty.UNKNOWN) for end in ends
        )

    def obstacle(self, ref: Ref) -> Obstacle | None:
        """Why it has no day by itself; cycles are not considered."""
        initiative = self.model.initiatives.get(ref)
        if initiative is None:
            return Obstacle.UNREAD if self.model.may_be_unread(ref) else Obstacle.MISSING
        if initiative.status.is_given_up:
            return Obstacle.GIVEN_UP
        task = self.timeline.tasks.get(ref)
        if task is None or self.timeline.by_itself(ref).is_known:
            return None
        return _missing_days(task)


def _missing_days(task: Task[Ref]) -> Obstacle:
    if task.start is None and task.end is None:
        return Obstacle.NO_DATES
    if task.end is None:
        return Obstacle.NO_END
    return Obstacle.NO_START if task.start is None else Obstacle.ENDS_BEFORE_START


def latest(days: Iterable[When]) -> When:
    """When all of them are done."""
    all_ = list(days)
    certainties = {each.certainty for each in all_}
    if Certainty.NEVER in certainties:
        return NEVER
    for certainty in (Certainty.UNKNOWN, Certainty.KNOWN):
        if certainty in certainties:
            waited = (each.date for each in all_ if each.date and each.certainty is not Certainty.DONE)
            return When(certainty, max(waited, default=None))
    return When(Certainty.DONE, max((each.date for each in all_ if each.date), default=None))


def is_done(initiative: Initiative) -> bool:
    return initiative.status is Status.DONE


def has_begun(initiative: Initiative) -> bool:
    return initiative.status is Status.ACTIVE


def day_of(ordinal: int) -> Date:
    """The day with this ordinal, capped at the last day of the calendar."""
    return Date.fromordinal(min(ordinal, Date.max.toordinal()))


def _ordinal(day: Date | None) -> int | None:
    return day.toordinal() if day else None
