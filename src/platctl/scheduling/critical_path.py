"""When work can end that waits for other work, and by how much each piece may be late."""

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
    """A piece of work, with days counted as ordinals of the calendar; `before` are those that have to end first.

    `start` and `end` are its first and last day as planned. It begins on no day before `release`. Work that has begun
    keeps its days. What is blocked never ends.
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
        """How many days its last day is after its first; None where that is not known."""
        if self.start is None or self.end is None or self.end < self.start:
            return None
        return self.end - self.start

    def finish(self, after: int) -> "Finish":
        """When it ends, if the last of what it waits for ends on the day `after` (0: it waits for nothing).

        It begins on the day after, or on its own first day if that is later, and takes the calendar days that were
        planned. Work that has begun ends on its own last day, but not before what it waits for.
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
        """The last day on which what it waits for may end, if this is to end on the day `end`."""
        if self.has_begun:
            return end
        if self.days_after_first is not None:
            return end - self.days_after_first - 1
        return (self.end if self.finish(0).is_known and self.end else end) - 1


@record
class Finish:
    """The earliest last day of a piece of work, or, if it is not known, a day before which it does not end."""

    day: int
    is_known: bool


class CriticalPaths(Generic[Name]):
    """The earliest ends of tasks: the longest path through a graph without circles (CPM, Kelley and Walker 1959).

    What is blocked, stands in a circle, or waits for such work, has no end.
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
        """When it ends if all that it waits for ends as early as it can; what has no end is left out."""
        task = self.tasks[name]
        return task.finish(max((self.finishes[each].day for each in task.before if each in self.finishes), default=0))

    @cached_property
    def _order(self) -> tuple[Name, ...]:
        """All tasks after what they wait for, without those that a circle keeps from having a place."""
        sorter = TopologicalSorter({name: task.before for name, task in self.tasks.items()})
        with suppress(CycleError):  # it goes on to the circle all the same
            sorter.prepare()
        order: list[Name] = []
        while ready := sorter.get_ready():
            order += ready
            sorter.done(*ready)
        return tuple(order)

    def behind(self, ends: Iterable[Name]) -> tuple[Name, ...]:
        """Tasks and all that they wait for, sorted."""
        return tuple(sorted(reachable(ends, lambda name: self.tasks[name].before)))

    def latest(self, ends: Iterable[Name], day: int) -> Mapping[Name, int]:
        """The last day on which each task may end, so that all of `ends` are there on a day; all of them can end."""
        last = dict.fromkeys(ends, day)
        needed = set(self.behind(last))
        for name in reversed([name for name in self._order if name in needed]):
            limit = self.tasks[name].latest_before(last[name])
            for before in self.tasks[name].before:
                last[before] = min(last.get(before, limit), limit)
        return last

    def chain(self, name: Name) -> tuple[Name, ...]:
        """The tasks that decide when one ends, in their order: each begins as soon as the one before it ends."""
        path = [name]
        while (deciding := self.deciding(path[-1])) is not None:
            path.append(deciding)
        return tuple(reversed(path))

    def deciding(self, name: Name) -> Name | None:
        """The task whose end decides that of one that waits for it; the first by name among equals."""
        task = self.tasks[name]
        limit = task.latest_before(self.finishes[name].day)
        return min((each for each in task.before if self.finishes[each].day == limit), default=None)
