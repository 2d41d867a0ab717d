"""The earliest ends of work with prerequisites, and how late each piece of work may end."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.reachable import reachable


@record
class Task(Generic[Name]):
    """A piece of work, with days as ordinals of the calendar; `before` are the tasks that have to end first.

    `start` and `end` are its planned first and last day. It does not start before `release`. Work that has started
    keeps its dates. A blocked task never ends.
    """

    name: Name
    start: int | None = None
    end: int | None = None
    release: int = 1
    has_begun: bool = False
    is_blocked: bool = False
    before: tuple[Name, ...] = ()

    @property
    def days_after_first(self) -> int | None:
        """The number of days from its first to its last day; None if unknown."""
        if self.start is None or self.end is None or self.end < self.start:
            return None
        return self.end - self.start

    def finish(self, after: int) -> "Finish":
        """When it ends if the last of its prerequisites ends on the day `after` (0: it has none).

        It starts on the next day, or on its planned first day if that is later, and takes the planned number of
        calendar days. Work that has started ends on its planned last day, but not before its prerequisites.
        """
        if self.has_begun:
            return Finish(max(after, self.release, self.end or 0), self.end is not None)
        begin = max(self.release, self.start or 0, after + 1)
        if self.days_after_first is not None:
            return Finish(begin + self.days_after_first, True)
        if self.start is None and self.end is not None and begin <= self.end:
            return Finish(self.end, True)
        return Finish(begin, False)

    def latest_before(self, end: int) -> int:
        """The last day on which its prerequisites may end if it has to end on the day `end`."""
        if self.has_begun:
            return end
        if self.days_after_first is not None:
            return end - self.days_after_first - 1
        return (self.end if self.finish(0).is_known and self.end else end) - 1


@record
class Finish:
    """The earliest last day of a piece of work, or if that is not known, a day before which it does not end."""

    day: int
    is_known: bool


class CriticalPaths(Generic[Name]):
    """The earliest ends of tasks: the longest path through an acyclic graph (CPM, Kelley and Walker 1959).

    Tasks that are blocked or in a cycle, and those that wait for them, have no end.
    """

    def __init__(self, tasks: Iterable[Task[Name]]) -> None:
        self.tasks: Mapping[Name, Task[Name]] = {task.name: task for task in tasks}

    @cached_property
    def finishes(self) -> Mapping[Name, Finish]:
        """The earliest end of each task that can end."""
        found: dict[Name, Finish] = {}
        for name in self._order:
            task = self.tasks[name]
            if not task.is_blocked and all(before in found for before in task.before):
                after = [found[before] for before in task.before]
                own = task.finish(max((each.day for each in after), default=0))
                found[name] = Finish(own.day, own.is_known and all(each.is_known for each in after))
        return found

    def by_itself(self, name: Name) -> Finish:
        """When it ends if its prerequisites end as early as possible; those without an end are ignored."""
        task = self.tasks[name]
        return task.finish(max((self.finishes[each].day for each in task.before if each in self.finishes), default=0))

    @cached_property
    def _order(self) -> tuple[Name, ...]:
        """All tasks after their prerequisites, without those in or behind a cycle."""
        sorter = TopologicalSorter({name: task.before for name, task in self.tasks.items()})
        with suppress(CycleError):  # the sorter still yields everything before the cycle
            sorter.prepare()
        order: list[Name] = []
        while ready := sorter.get_ready():
            order += ready
            sorter.done(*ready)
        return tuple(order)

    def behind(self, ends: Iterable[Name]) -> tuple[Name, ...]:
        """These tasks and all their direct and indirect prerequisites, sorted."""
        return tuple(sorted(reachable(ends, lambda name: self.tasks[name].before)))

    def latest(self, ends: Iterable[Name], day: int) -> Mapping[Name, int]:
        """The last day on which each task may end so that all of `ends`, which must have ends, are done by `day`."""
        last = dict.fromkeys(ends, day)
        needed = set(self.behind(last))
        for name in reversed([name for name in self._order if name in needed]):
            limit = self.tasks[name].latest_before(last[name])
            for before in self.tasks[name].before:
                last[before] = min(last.get(before, limit), limit)
        return last

    def chain(self, name: Name) -> tuple[Name, ...]:
        """The tasks that determine when one ends, in order: each starts as soon as the one before it ends."""
        path = [name]
        while (deciding := self.deciding(path[-1])) is not None:
            path.append(deciding)
        return tuple(reversed(path))

    def deciding(self, name: Name) -> Name | None:
        """The prerequisite whose end determines the end of a task; the first by name among equals."""
        task = self.tasks[name]
        limit = task.latest_before(self.finishes[name].day)
        return min((each for each in task.before if self.finishes[each].day == limit), default=None)
