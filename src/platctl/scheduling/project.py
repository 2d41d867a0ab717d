"""Activities that share resources: the resource-constrained project scheduling problem (RCPSP), and what a schedule is.

Time is counted in weeks, or any other equal steps. Everything is whole. How long an activity takes, and how much of
each resource, may depend on when it starts, since teams have more time in some weeks than in others.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name


@record
class Shape:
    """How many steps an activity takes, and how much of each resource in each of them."""

    length: int
    takes: Mapping[str, int]


@record
class Activity(Generic[Name]):
    """An activity: its shape for each possible start, the earliest first.

    `after` are activities that have to end before, each with the steps that have to pass in between. `due` is the step
    by which it should end, below 0 for one that has passed, and `weight` what one step later costs where all else is
    equal.
    """

    name: Name
    shapes: Mapping[int, Shape]
    after: tuple[tuple[Name, int], ...] = ()
    due: int | None = None
    weight: int = 1

    def end(self, start: int) -> int:
        """The step before which it ends."""
        return start + self.shapes[start].length

    def lateness(self, start: int) -> int:
        """By how many steps it ends after it is due."""
        return 0 if self.due is None else max(0, self.end(start) - self.due)


@record
class Taken:
    """What something else takes of a resource, from a step to before another one."""

    resource: str
    first: int
    until: int
    amount: int


@record(slots=False)
class Project(Generic[Name]):
    """Activities by name, and the capacity of each resource; there are no cycles.

    Of each pair in `order`, the second activity does not end before the first.
    """

    activities: Mapping[Name, Activity[Name]]
    capacity: Mapping[str, int]
    taken: tuple[Taken, ...] = ()
    order: tuple[tuple[Name, Name], ...] = ()

    @cached_property
    def last(self) -> int:
        """The step before which everything ends at the latest."""
        ends = (each.end(start) for each in self.activities.values() for start in each.shapes)
        return max((*ends, *(each.until for each in self.taken)), default=0)

    @cached_property
    def sequence(self) -> Sequence[Name]:
        """The activities, each behind those that have to end before it."""
        before: dict[Name, list[Name]] = {name: [] for name in sorted(self.activities)}
        for name, earlier in before.items():
            earlier += [each for each, _ in self.activities[name].after]
        for first, then in self.order:
            before[then].append(first)
        return tuple(TopologicalSorter(before).static_order())

    @cached_property
    def waiting(self) -> Mapping[Name, Sequence[tuple[Name, int]]]:
        """By activity: what has to start after it, each with the steps in between."""
        found: dict[Name, list[tuple[Name, int]]] = {name: [] for name in self.activities}
        for each in self.activities.values():
            for before, lag in each.after:
                found[before].append((each.name, lag))
        return found

    def usage(self) -> dict[str, list[int]]:
        """What is taken of each resource in each step before any activity is placed."""
        found = {name: [0] * self.last for name in self.capacity}
        for each in self.taken:
            for step in range(max(each.first, 0), each.until):
                found[each.resource][step] += each.amount
        return found


Usage = Mapping[str, list[int]]
"""By resource: what is taken of it in each step."""
Starts = Mapping[Name, int]
"""A schedule: by activity the step in which it starts."""


def use(usage: Usage, shape: Shape, start: int) -> None:
    """Count what an activity of a shape takes from its start on."""
    for resource, amount in shape.takes.items():
        used = usage[resource]
        for step in range(start, start + shape.length):
            used[step] += amount


def finish(project: Project[Name], starts: Starts[Name]) -> int:
    """The step before which the last activity ends."""
    return max((project.activities[name].end(start) for name, start in starts.items()), default=0)


def lateness(project: Project[Name], starts: Starts[Name]) -> int:
    """By how many steps activities are late, in all."""
    return sum(project.activities[name].lateness(start) for name, start in starts.items())


def delay(project: Project[Name], starts: Starts[Name]) -> int:
    """The weighted sum of all ends."""
    return sum(project.activities[name].weight * project.activities[name].end(start) for name, start in starts.items())


def breaks(project: Project[Name], starts: Starts[Name]) -> Iterator[str]:
    """What is wrong with a schedule; nothing if it holds."""
    usage = project.usage()
    for name, each in project.activities.items():
        start = starts.get(name)
        if start is None or start not in each.shapes:
            yield f"{name} can't start in {start}"
            continue
        for before, lag in each.after:
            if project.activities[before].end(starts[before]) + lag > start:
                yield f"{name} starts before {before} has ended"
        use(usage, each.shapes[start], start)
    for first, then in project.order:
        if project.activities[first].end(starts[first]) > project.activities[then].end(starts[then]):
            yield f"{then} ends before {first}"
    before_all = project.usage()
    for resource, used in usage.items():
        most = project.capacity[resource]
        if any(step > max(most, taken) for step, taken in zip(used, before_all[resource], strict=True)):
            yield f"there is not enough of {resource}"
