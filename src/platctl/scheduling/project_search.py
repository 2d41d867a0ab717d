"""The best schedule of a project: by CP-SAT, in a process of its own, or without it by simple rules."""

import contextlib
import importlib.util
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import ge
from typing import Any, Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.project import Activity, Project, Starts, breaks, finish
from platctl.scheduling.serial import Aim, cost, serial_schedule, settled
from platctl.scheduling.solver_process import SolverError, SolverProcess, solver_process

_LAST = 0.05
"""The share of the effort for what decides between equal schedules."""


@record
class ScheduleLimits:
    """When to stop: after so much work of the solver (about seconds, but the same on every machine), and after seconds
    if they are given.
    """

    effort: float = 6.0
    seconds: float | None = None


@record(slots=False)
class Scheduled(Generic[Name]):
    """A schedule, and the least that each of its aims can be, the first one first, each with the least of those before.

    Nothing is known of what is not in `least`.
    """

    starts: Starts[Name]
    reached: tuple[int, ...]
    least: tuple[int, ...] = ()

    @property
    def is_proven(self) -> bool:
        return len(self.least) == len(self.reached) and all(map(ge, self.least, self.reached))


Watch = Callable[[int, int], None]
"""Is told the best value of the aim and its bound while a search goes on."""


def is_available() -> bool:
    """Whether the solver is installed; finds out without loading it."""
    return importlib.util.find_spec("ortools") is not None


@dataclass
class Scheduler:
    """Finds schedules; without a process, by simple rules."""

    limits: ScheduleLimits = ScheduleLimits()  # noqa: RUF009  immutable
    process: SolverProcess | None = None
    watch: Watch | None = None

    def schedule(self, project: Project[Name], aim: Aim) -> Scheduled[Name] | None:
        """The best schedule within the limits; None if there is too little time for any. Raises SolverError if the
        solver stops.
        """
        starts = serial_schedule(project, aim)
        if starts is None:
            return None
        simple = cost(project, starts, aim)[:2]
        if self.process is None:
            return Scheduled(starts, simple)
        question = _AsJson(project, aim, starts)
        found = self.process.ask(question.as_json(self.limits), self._told)
        better: Starts[Name] = dict(zip(question.names, found["starts"], strict=True))
        if any(breaks(project, better)):
            raise SolverError("the schedule of the solver does not hold")
        better = min(starts, settled(project, better, aim), key=lambda each: cost(project, each, aim))
        return Scheduled(better, cost(project, better, aim)[:2], tuple(found["least"]))

    def _told(self, progress: tuple[int, int]) -> None:
        if self.watch:
            self.watch(*progress)


@contextlib.contextmanager
def scheduler(limits: ScheduleLimits, watch: Watch | None = None) -> Iterator[Scheduler]:
    """A scheduler with a running solver."""
    with solver_process("cp_sat") as process:
        yield Scheduler(limits, process, watch)


@record(slots=False)
class _AsJson(Generic[Name]):
    """A project as the solver is asked for it, with a schedule to begin with."""

    project: Project[Name]
    aim: Aim
    starts: Starts[Name]

    @property
    def names(self) -> Sequence[Name]:
        return self.project.sequence

    @property
    def _last(self) -> int:
        """The step before which everything has to end: nothing is to finish later, but for less lateness."""
        return finish(self.project, self.starts) if self.aim is Aim.FINISH else self.project.last

    def as_json(self, limits: ScheduleLimits) -> dict[str, Any]:
        number = {name: at for at, name in enumerate(self.names)}
        aims = [self.aim, *(each for each in Aim if each is not self.aim)]
        return {
            "activities": [self._activity(self.project.activities[name], number) for name in self.names],
            "capacity": dict(self.project.capacity),
            "taken": list(self._taken()),
            "order": [[number[first], number[then]] for first, then in self.project.order],
            "last": self._last,
            "start": [self.starts[name] for name in self.names],
            "aims": [*aims, "delay"],
            "limits": [limits.effort, limits.effort, limits.effort * _LAST],
            "seconds": limits.seconds,
        }

    def _taken(self) -> Iterator[list[str | int]]:
        """What else takes of a resource, from a step to before another one; all of it where that is even more."""
        for name, used in self.project.usage().items():
            first = 0
            for amount, steps in groupby(used):
                until = first + len(list(steps))
                if amount:
                    yield [name, first, until, min(amount, self.project.capacity[name])]
                first = until

    def _activity(self, each: Activity[Name], number: dict[Name, int]) -> dict[str, Any]:
        starts = [start for start in each.shapes if each.end(start) <= self._last]
        resources = sorted({name for start in starts for name in each.shapes[start].takes})
        shapes = (each.shapes[start] for start in starts)
        rows = [[shape.length, *(shape.takes.get(name, 0) for name in resources)] for shape in shapes]
        return {
            "starts": _ranges(starts),
            "resources": resources,
            "shapes": rows[:1] if all(row == rows[0] for row in rows) else rows,
            "after": [[number[before], lag] for before, lag in each.after],
            "due": each.due,
            "weight": each.weight,
        }


def _ranges(numbers: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for each in numbers:
        if found and each == found[-1][1] + 1:
            found[-1][1] = each
        else:
            found.append([each, each])
    return found
