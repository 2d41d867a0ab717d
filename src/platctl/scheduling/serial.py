"""Schedules without a solver: one activity after the other as early as it fits, in several orders, each improved.

The serial scheme (Kelley 1963) with priority rules, and forward-backward improvement (Tormos and Lova 2001): everything
is moved as late as it fits, then as early as it fits again. Proves nothing.
"""

import heapq
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from operator import itemgetter
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.project import Project, Shape, Starts, Usage, delay, finish, lateness, use
from platctl.scheduling.reachable import reachable

_SAMPLES = 40
"""How many orders are tried besides those of the rules, for up to a few hundred activities."""
_STEPS = 20_000
"""How many activities all of those orders have together."""
_NOISE = 0.3
"""By how much of the longest chain an activity moves in such an order."""


class Aim(StrEnum):
    """What a schedule is to have first: the earliest finish, or the least lateness. The other one comes second."""

    FINISH = "finish"
    LATENESS = "lateness"


Cost = tuple[int, int, int]


def cost(project: Project[Name], starts: Starts[Name], aim: Aim) -> Cost:
    """What a schedule has of what should be small, the most important first."""
    end, late = finish(project, starts), lateness(project, starts)
    return (*((end, late) if aim is Aim.FINISH else (late, end)), delay(project, starts))


def serial_schedule(project: Project[Name], aim: Aim) -> dict[Name, int] | None:
    """A good schedule; None if none was found, as there is too little time before the last possible start."""
    return _Serial(project, aim).best()


def settled(project: Project[Name], starts: Starts[Name], aim: Aim) -> Starts[Name]:
    """The same schedule, in which nothing can start sooner by itself; the schedule itself where that would be worse."""
    found = _Serial(project, aim).forward(starts)
    return found if found is not None and cost(project, found, aim) <= cost(project, starts, aim) else starts


def latest_starts(project: Project[Name], starts: Starts[Name], until: int) -> dict[Name, int] | None:
    """How late each activity can start if all that follow do, too, and all end before a step; None if that is not
    known.

    Without limits of resources this is the backward pass of the critical path method.
    """
    return _Serial(project, Aim.FINISH).latest(starts, until)


@record(slots=False)
class _Serial(Generic[Name]):
    project: Project[Name]
    aim: Aim

    def best(self) -> dict[Name, int] | None:
        found: tuple[Cost, dict[Name, int]] | None = None
        for keys in self._rules():
            starts = self.forward(keys)
            while starts is not None:
                now = cost(self.project, starts, self.aim)
                found = min(found or (now, starts), (now, starts), key=itemgetter(0))
                starts = self._improved(starts, now)
        return found[1] if found else None

    def _improved(self, starts: Starts[Name], than: Cost) -> dict[Name, int] | None:
        """Everything as late as it fits, then as early as it fits; None if that is not better."""
        late = self.latest(starts, finish(self.project, starts))
        again = self.forward(late) if late is not None else None
        return again if again is not None and cost(self.project, again, self.aim) < than else None

    # Orders

    def _rules(self) -> Iterator[Mapping[Name, float]]:
        """By activity: what comes first if it is small."""
        names = self.project.sequence
        behind = {name: self._tails[name] - self._lengths[name] for name in names}
        all_ = self._followers
        by_due = self._dues
        yield {name: by_due[name] for name in names}
        yield {name: -behind[name] for name in names}
        yield {name: -self._tails[name] for name in names}
        yield {name: -all_[name] for name in names}
        yield {name: by_due[name] - self._lengths[name] for name in names}
        yield {
            name: -self._lengths[name] - sum(self._lengths[each] for each, _ in self.project.waiting[name])
            for name in names
        }
        choose, longest = random.Random(0), max(self._tails.values(), default=0)  # noqa: S311  the same each time
        base = by_due if self.aim is Aim.LATENESS else {name: -behind[name] for name in names}
        for _ in range(min(_SAMPLES, _STEPS // max(len(names), 1))):
            yield {name: base[name] + choose.random() * _NOISE * longest for name in names}

    @cached_property
    def _lengths(self) -> dict[Name, int]:
        """The least time that each takes."""
        return {
            name: min((shape.length for shape in each.shapes.values()), default=0)
            for name, each in self.project.activities.items()
        }

    @cached_property
    def _tails(self) -> dict[Name, int]:
        """The longest chain that begins with each."""
        found: dict[Name, int] = {}
        for name in reversed(self.project.sequence):
            after = (lag + found[each] for each, lag in self.project.waiting[name])
            found[name] = self._lengths[name] + max(after, default=0)
        return found

    @cached_property
    def _dues(self) -> dict[Name, int]:
        """The last step before which each should end, for itself and for all that waits for it."""
        found: dict[Name, int] = {}
        last = self.project.last
        for name in reversed(self.project.sequence):
            own = self.project.activities[name].due
            after = (found[each] - self._lengths[each] - lag for each, lag in self.project.waiting[name])
            found[name] = min((last if own is None else own, *after))
        return found

    @cached_property
    def _followers(self) -> dict[Name, int]:
        """How many wait for each, directly or not."""
        waiting = self.project.waiting
        return {name: len(reachable([name], lambda each: (after for after, _ in waiting[each]))) for name in waiting}

    @cached_property
    def _places(self) -> dict[Name, int]:
        return {name: place for place, name in enumerate(self.project.sequence)}

    @cached_property
    def _before(self) -> dict[Name, list[Name]]:
        """By activity: those whose ends it must not undercut."""
        found: dict[Name, list[Name]] = {name: [] for name in self.project.activities}
        for first, then in self.project.order:
            found[then].append(first)
        return found

    @cached_property
    def _behind(self) -> dict[Name, list[Name]]:
        found: dict[Name, list[Name]] = {name: [] for name in self.project.activities}
        for first, then in self.project.order:
            found[first].append(then)
        return found

    @cached_property
    def _possible(self) -> dict[Name, tuple[int, ...]]:
        """By activity: its possible starts, the earliest first."""
        return {name: tuple(each.shapes) for name, each in self.project.activities.items()}

    # Placing

    def forward(self, keys: Mapping[Name, float]) -> dict[Name, int] | None:
        """Everything as early as it fits, the smallest key first among what can be placed."""
        activities = self.project.activities
        missing = {name: len(each.after) + len(self._before[name]) for name, each in activities.items()}
        ready = [(keys[name], self._places[name], name) for name, count in missing.items() if not count]
        heapq.heapify(ready)
        usage, starts = self.project.usage(), dict[Name, int]()
        while ready:
            name = heapq.heappop(ready)[2]
            each = activities[name]
            begin = max((activities[before].end(starts[before]) + lag for before, lag in each.after), default=0)
            end = max((activities[before].end(starts[before]) for before in self._before[name]), default=0)
            from_ = bisect_left(self._possible[name], begin)
            possible = (at for at in self._possible[name][from_:] if each.end(at) >= end)
            start = self._fitting(usage, each.shapes, possible)
            if start is None:
                return None
            starts[name] = start
            use(usage, each.shapes[start], start)
            for other in (*(after for after, _ in self.project.waiting[name]), *self._behind[name]):
                missing[other] -= 1
                if not missing[other]:
                    heapq.heappush(ready, (keys[other], self._places[other], other))
        return starts

    def latest(self, starts: Starts[Name], last: int) -> dict[Name, int] | None:
        """Everything as late as it fits before a step, what ends last first."""
        activities = self.project.activities
        usage, found = self.project.usage(), dict[Name, int]()
        for name in sorted(starts, key=lambda each: (-activities[each].end(starts[each]), -self._places[each])):
            each = activities[name]
            limits = [found[after] - lag for after, lag in self.project.waiting[name]]
            limits += [activities[after].end(found[after]) for after in self._behind[name]]
            until = min((last, *limits))
            to = bisect_right(self._possible[name], until)
            possible = (at for at in reversed(self._possible[name][:to]) if each.end(at) <= until)
            start = self._fitting(usage, each.shapes, possible)
            if start is None:
                return None
            found[name] = start
            use(usage, each.shapes[start], start)
        return found

    def _fitting(self, usage: Usage, shapes: Mapping[int, Shape], starts: Iterable[int]) -> int | None:
        """The first of these starts for which there is enough of everything."""
        capacity = self.project.capacity
        for start in starts:
            shape = shapes[start]
            if all(
                max(usage[resource][start : start + shape.length], default=0) + amount <= capacity[resource]
                for resource, amount in shape.takes.items()
                if amount
            ):
                return start
        return None
