"""The order of work with the least loss by waiting, under prerequisites."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic

from platctl.record import record
from platctl.scheduling.block_order import best_order, good_order
from platctl.scheduling.decomposition import Numbers, numbers_of
from platctl.scheduling.name import Name
from platctl.scheduling.precedence import Groups, grouped

_STATES = 20_000
"""The number of sets of a block to examine; beyond that, the best order is not proven."""


@record
class Job(Generic[Name]):
    """One piece of work: `weight` is the loss per unit of waiting time, `size` the time it takes (above 0)."""

    name: Name
    weight: float
    size: float


@record
class Block(Generic[Name]):
    """Consecutive jobs, in order: no initial part of them has a better ratio than all of them together."""

    members: tuple[Name, ...]
    weight: float
    size: float
    is_exact: bool


@record
class Ordering(Generic[Name]):
    """All jobs in blocks of decreasing ratio.

    `cost` is the sum of weight times completion; `bound` is a lower bound for every order. `cycles` are jobs that wait
    for each other; they are kept together.
    """

    blocks: tuple[Block[Name], ...]
    cost: float
    bound: float
    is_exact: bool
    cycles: tuple[tuple[Name, ...], ...] = ()

    @property
    def order(self) -> tuple[Name, ...]:
        return tuple(name for block in self.blocks for name in block.members)


def sequence(jobs: Iterable[Job[Name]], before: Iterable[tuple[Name, Name]], states: int = _STATES) -> Ordering[Name]:
    """The order with the least sum of weight times completion in which no job comes before its prerequisites.

    `before` are pairs (earlier, later). The blocks are those of Sidney's decomposition (1975): the jobs of an earlier
    block come first in some best order. They are found by splitting at the average ratio with minimum cuts (Lawler
    1978). Within a block the best order is searched over all initial sets if there are at most `states`; otherwise a
    good order is used, and the bound shows how good it is: no order of a block costs less than half of its weight times
    size, plus half of each job's own (the two-dimensional Gantt chart of Goemans and Williamson 2000).
    """
    in_order = sorted(jobs, key=lambda job: job.name)
    work = _GroupedJobs(in_order, grouped([job.name for job in in_order], before))
    parts = [_BlockOrder(work, members, states) for members in work.numbers.blocks()]
    cost = bound = time = 0.0
    for part in parts:
        cost += part.cost + time * part.weight
        bound += part.bound + time * part.weight
        time += part.size
    blocks = tuple(Block(work.spread(part.order), part.weight, part.size, part.is_exact) for part in parts)
    exact = all(part.is_exact for part in parts)
    return Ordering(blocks, cost, cost if exact else min(bound, cost), exact, work.cycles)


@record(slots=False)
class _GroupedJobs(Generic[Name]):
    """Jobs, sorted by name, with those that wait for each other in one group."""

    jobs: Sequence[Job[Name]]
    groups: Groups

    @cached_property
    def members(self) -> list[list[Job[Name]]]:
        """The jobs of each group, the best ratio first."""
        return [sorted((self.jobs[job] for job in group), key=_by_ratio) for group in self.groups.members]

    @property
    def cycles(self) -> tuple[tuple[Name, ...], ...]:
        return tuple(tuple(job.name for job in group) for group in self.members if len(group) > 1)

    @cached_property
    def numbers(self) -> Numbers:
        """The groups as numbers."""
        return numbers_of(self.groups, [job.weight for job in self.jobs], [job.size for job in self.jobs])

    def spread(self, order: Iterable[int]) -> tuple[Name, ...]:
        """The jobs of groups, in order."""
        return tuple(job.name for group in order for job in self.members[group])


def _by_ratio(job: Job[Name]) -> tuple[float, Name]:
    return (-job.weight / job.size, job.name)


@dataclass
class _BlockOrder(Generic[Name]):
    """The order within a block."""

    work: _GroupedJobs[Name]
    members: list[int]
    states: int

    @cached_property
    def weight(self) -> float:
        return sum(job.weight for each in self.members for job in self.work.members[each])

    @cached_property
    def size(self) -> float:
        return sum(job.size for each in self.members for job in self.work.members[each])

    @cached_property
    def _best(self) -> list[int] | None:
        return best_order(self.members, self.work.numbers, self.states)

    @property
    def is_exact(self) -> bool:
        return self._best is not None or self.cost <= self.bound * (1 + 1e-12)

    @cached_property
    def order(self) -> list[int]:
        return self._best if self._best is not None else good_order(self.members, self.work.numbers)

    @cached_property
    def cost(self) -> float:
        time = total = 0.0
        for each in self.order:
            for job in self.work.members[each]:
                time += job.size
                total += job.weight * time
        return total

    @cached_property
    def bound(self) -> float:
        if self._best is not None:
            return self.cost
        own = sum(job.weight * job.size for each in self.members for job in self.work.members[each])
        return (self.weight * self.size + own) / 2
