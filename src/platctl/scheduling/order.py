"""The order of work that loses least by waiting, where some of it has to end before other work can begin."""

import heapq
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import NamedTuple

from platctl.model.ref import Ref
from platctl.scheduling.closure import heaviest_closure

_SCALE = 10**6
_STATES = 20_000
"""So many sets of a block are looked at before its order counts as too hard to be proven the best."""
_CUTS = 4_000_000
"""So many nodes may stand in all minimum cuts together; what is not cut by then stays one block."""
_PASSES = 100


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work: what is lost by each unit of time that it waits, and how much time it takes (above 0)."""

    ref: Ref
    weight: float
    size: float


@dataclass(frozen=True, slots=True)
class Block:
    """Jobs that come one after the other, in order: no beginning of them has a better ratio than all of them have."""

    members: tuple[Ref, ...]
    weight: float
    size: float
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Ordering:
    """All jobs in blocks of falling ratio.

    `cost` is the sum of weight times completion; `bound` is what no order can go below. `cycles` are jobs that wait for
    each other; they stand together.
    """

    blocks: tuple[Block, ...]
    cost: float
    bound: float
    is_exact: bool
    cycles: tuple[tuple[Ref, ...], ...] = ()

    @property
    def order(self) -> tuple[Ref, ...]:
        return tuple(ref for block in self.blocks for ref in block.members)


def sequence(jobs: Iterable[Job], before: Iterable[tuple[Ref, Ref]], states: int = _STATES) -> Ordering:
    """The order with the least sum of weight times completion in which nothing comes before what it waits for.

    `before` are pairs (earlier, later). The blocks are those of Sidney's decomposition (1975): what is in an earlier
    one comes first in some best order. They are found by halving at the average ratio with minimum cuts (Lawler 1978).
    Within a block the best order is sought over all its initial sets as long as there are at most `states`; beyond
    that it is a good one, and the bound says how good: no order of a block loses less than half of weight times size,
    and half of each job's own (the two-dimensional Gantt chart of Goemans and Williamson 2000).
    """
    work = _WholeNumbers(tuple(sorted(jobs, key=lambda job: job.ref)), tuple(before))
    parts = [_BlockOrder(work, members, states) for members in work.numbers.blocks()]
    cost = bound = time = 0.0
    for part in parts:
        cost += part.cost + time * part.weight
        bound += part.bound + time * part.weight
        time += part.size
    blocks = tuple(Block(work.spread(part.order), part.weight, part.size, part.is_exact) for part in parts)
    exact = all(part.is_exact for part in parts)
    return Ordering(blocks, cost, cost if exact else min(bound, cost), exact, work.cycles)


@dataclass(frozen=True)
class _WholeNumbers:
    """Jobs as numbers: those that wait for each other are one. Weights and sizes are whole, so that sums are exact."""

    jobs: tuple[Job, ...]
    pairs: tuple[tuple[Ref, Ref], ...]

    @cached_property
    def groups(self) -> list[list[Job]]:
        """The jobs, joined where they wait for each other; sorted by their first."""
        by_ref = {job.ref: job for job in self.jobs}
        joined = cycles(by_ref, self.pairs)
        inside = {ref for cycle in joined for ref in cycle}
        groups = [[job] for job in self.jobs if job.ref not in inside]
        groups += [sorted((by_ref[ref] for ref in cycle), key=_by_ratio) for cycle in joined]
        return sorted(groups, key=lambda group: min(job.ref for job in group))

    @cached_property
    def cycles(self) -> tuple[tuple[Ref, ...], ...]:
        return tuple(tuple(job.ref for job in group) for group in self.groups if len(group) > 1)

    @cached_property
    def numbers(self) -> "Numbers":
        """The groups without their names."""
        weights = [sum(whole(job.weight) for job in group) for group in self.groups]
        sizes = [max(1, sum(whole(job.size) for job in group)) for group in self.groups]
        return Numbers(weights, sizes, self.needs)

    @cached_property
    def needs(self) -> list[list[int]]:
        """By group: the groups that have to come before."""
        number = {job.ref: index for index, group in enumerate(self.groups) for job in group}
        found: list[set[int]] = [set() for _ in self.groups]
        for earlier, later in self.pairs:
            if earlier in number and later in number and number[earlier] != number[later]:
                found[number[later]].add(number[earlier])
        return [sorted(each) for each in found]

    def spread(self, order: Iterable[int]) -> tuple[Ref, ...]:
        """The jobs of groups."""
        return tuple(job.ref for group in order for job in self.groups[group])


@dataclass(frozen=True)
class Numbers:
    """Jobs as numbers: by job its weight, its size (both whole) and the jobs that have to come before."""

    weights: Sequence[int]
    sizes: Sequence[int]
    needs: Sequence[Sequence[int]]

    def falling_ratio(self, job: int) -> tuple[Fraction, int]:
        """A key by which the best ratio comes first, of equal ones the first name."""
        return (Fraction(-self.weights[job], self.sizes[job]), job)

    # Sidney's decomposition --------------------------------------------------------------------------------------

    def blocks(self, connected: Iterable[list[int]] | None = None) -> list[list[int]]:
        """Sets of falling ratio; of two with the same, the one with the smaller first job."""
        keyed = [
            ((-self._ratio(block), members[0], place), block)
            for members in (self.connected() if connected is None else connected)
            for place, block in enumerate(self._decomposed(members) if len(members) > 1 else (members,))
        ]
        return [block for _, block in sorted(keyed, key=lambda each: each[0])]

    def _ratio(self, members: Sequence[int]) -> float:
        """Equal for equal ratios: the quotient of whole numbers is rounded once."""
        if len(members) == 1:
            return self.weights[members[0]] / self.sizes[members[0]]
        return sum(self.weights[each] for each in members) / sum(self.sizes[each] for each in members)

    def connected(self) -> Iterator[list[int]]:
        """Jobs that have to do with each other, each set sorted."""
        near: list[list[int]] = [list(each) for each in self.needs]
        for later, earlier in enumerate(self.needs):
            for each in earlier:
                near[each].append(later)
        seen = [False] * len(near)
        for start in range(len(near)):
            if not seen[start]:
                seen[start] = True
                found = [start]
                for each in found:
                    for other in near[each]:
                        if not seen[other]:
                            seen[other] = True
                            found.append(other)
                yield sorted(found)

    def _decomposed(self, members: list[int]) -> Iterator[list[int]]:
        """The blocks of a connected set, the best ratio first. `left` limits the work of the cuts."""
        stack, left = [members], _CUTS
        while stack:
            part = stack.pop()
            left -= len(part)
            better = self._better(part) if len(part) > 1 and left > 0 else []
            if not better:
                yield part
                continue
            first = set(better)
            stack += ([each for each in part if each not in first], better)

    def _better(self, part: list[int]) -> list[int]:
        """The beginning of a set that gains most over the set's own ratio; nothing where none does."""
        weight, size = sum(self.weights[each] for each in part), sum(self.sizes[each] for each in part)
        place = {each: index for index, each in enumerate(part)}
        gains = [self.weights[each] * size - weight * self.sizes[each] for each in part]
        needs = [[place[need] for need in self.needs[each] if need in place] for each in part]
        return [part[index] for index in sorted(heaviest_closure(gains, needs))]


def whole(number: float) -> int:
    """A number as sums of it are exact, to a millionth."""
    return round(number * _SCALE)


def _by_ratio(job: Job) -> tuple[float, Ref]:
    return (-job.weight / job.size, job.ref)


def cycles(known: Container[Ref], pairs: Iterable[tuple[Ref, Ref]]) -> list[list[Ref]]:
    """Sets of jobs that wait for each other."""
    edges: dict[Ref, list[Ref]] = {}
    for earlier, later in pairs:
        if earlier in known and later in known:
            edges.setdefault(later, []).append(earlier)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError:
        import networkx as nx

        graph: nx.DiGraph[Ref] = nx.DiGraph()
        graph.add_edges_from((later, each) for later, earlier in edges.items() for each in earlier)
        return [list(each) for each in nx.strongly_connected_components(graph) if len(each) > 1]
    return []


# One block --------------------------------------------------------------------------------------------------


@dataclass
class _BlockOrder:
    """The order within a block."""

    work: _WholeNumbers
    members: list[int]
    states: int

    @cached_property
    def weight(self) -> float:
        return sum(job.weight for each in self.members for job in self.work.groups[each])

    @cached_property
    def size(self) -> float:
        return sum(job.size for each in self.members for job in self.work.groups[each])

    @cached_property
    def _needs(self) -> dict[int, list[int]]:
        inside = set(self.members)
        return {each: [need for need in self.work.numbers.needs[each] if need in inside] for each in self.members}

    @cached_property
    def _best(self) -> list[int] | None:
        return best_order(self.members, self._needs, self.work.numbers, self.states)

    @property
    def is_exact(self) -> bool:
        return self._best is not None or self.cost <= self.bound * (1 + 1e-12)

    @cached_property
    def order(self) -> list[int]:
        return self._best if self._best is not None else good_order(self.members, self._needs, self.work.numbers)

    @cached_property
    def cost(self) -> float:
        time = total = 0.0
        for each in self.order:
            for job in self.work.groups[each]:
                time += job.size
                total += job.weight * time
        return total

    @cached_property
    def bound(self) -> float:
        if self._best is not None:
            return self.cost
        own = sum(job.weight * job.size for each in self.members for job in self.work.groups[each])
        return (self.weight * self.size + own) / 2


def best_order(
    members: Sequence[int], needs: Mapping[int, Sequence[int]], work: Numbers, states: int
) -> list[int] | None:
    """The best order over all beginnings of a block, as sets of bits; None if there are too many.

    Of the jobs for which nothing waits, only the one with the best ratio can come next: two of them may change places
    without a loss, with whatever stands between.
    """
    bit = {each: 1 << place for place, each in enumerate(members)}
    needed = {each: sum(bit[need] for need in needs[each]) for each in members}
    opening = {need for each in members for need in needs[each]}
    last = sorted((each for each in members if each not in opening), key=work.falling_ratio)
    first = [each for each in members if each in opening]
    layers: list[dict[int, _CheapestWay]] = [{0: _CheapestWay(0, 0, 0, -1)}]
    for _ in members:
        following: dict[int, _CheapestWay] = {}
        for done, state in layers[-1].items():
            ready = (each for each in last if not done & bit[each] and not needed[each] & ~done)
            for each in (*(each for each in first if not done & bit[each]), *islice(ready, 1)):
                if needed[each] & ~done:
                    continue
                end = state.time + work.sizes[each]
                total = state.cost + work.weights[each] * end
                there = following.get(done | bit[each])
                if there is None or total < there.cost:
                    following[done | bit[each]] = _CheapestWay(total, end, done, each)
        states -= len(following)
        if states < 0:
            return None
        layers.append(following)
    return _traced(layers)


class _CheapestWay(NamedTuple):
    """The cheapest way to a set of jobs: its cost, its time, the set before, and the job that came last."""

    cost: int
    time: int
    before: int
    job: int


def _traced(layers: list[dict[int, _CheapestWay]]) -> list[int]:
    """The order that leads to the last state."""
    order: list[int] = []
    (done,) = layers[-1]
    for layer in reversed(layers[1:]):
        order.append(layer[done].job)
        done = layer[done].before
    return order[::-1]


def good_order(members: Sequence[int], needs: Mapping[int, Sequence[int]], work: Numbers) -> list[int]:
    """What is lifted most by what waits for it first; then neighbours change places as long as that gains."""
    ratios = {each: Fraction(work.weights[each], work.sizes[each]) for each in members}
    lifted = _lifted(ratios, needs)
    order = list(_by_priority(members, needs, {each: (-lifted[each], -ratios[each], each) for each in members}))
    for _ in range(_PASSES):
        changed = False
        for place in range(len(order) - 1):
            one, other = order[place], order[place + 1]
            if ratios[other] > ratios[one] and one not in needs[other]:
                order[place], order[place + 1] = other, one
                changed = True
        if not changed:
            break
    return order


def _lifted(own: Mapping[int, Fraction], needs: Mapping[int, Sequence[int]]) -> dict[int, Fraction]:
    """Each at least as much as the best of what waits for it."""
    best = dict(own)
    for each in reversed(list(TopologicalSorter(needs).static_order())):
        for need in needs[each]:
            best[need] = max(best[need], best[each])
    return best


def _by_priority(
    members: Sequence[int], needs: Mapping[int, Sequence[int]], keys: Mapping[int, tuple[object, ...]]
) -> Iterator[int]:
    """Of all that can come next, always the one with the smallest key."""
    missing = {each: len(needs[each]) for each in members}
    waiting: dict[int, list[int]] = {}
    for each in members:
        for need in needs[each]:
            waiting.setdefault(need, []).append(each)
    heap = [(keys[each], each) for each in members if not missing[each]]
    heapq.heapify(heap)
    while heap:
        _, each = heapq.heappop(heap)
        yield each
        for later in waiting.get(each, ()):
            missing[later] -= 1
            if not missing[later]:
                heapq.heappush(heap, (keys[later], later))


# Scores that are no ratio -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lifted:
    """An order by scores, and by job whose score it is that lifts it above its own."""

    order: tuple[Ref, ...]
    lifted_by: Mapping[Ref, Ref]


def by_score(scores: Mapping[Ref, float], before: Iterable[tuple[Ref, Ref]]) -> Lifted:
    """The order in which a job counts as much as the best of what waits for it.

    Of two that count the same, what the other waits for comes first, then the one with the higher score of its own,
    then the smaller name. Jobs that wait for each other count as much as the best of them.
    """
    work = _WholeNumbers(tuple(Job(ref, 0.0, 1.0) for ref in sorted(scores)), tuple(before))
    own = [min((-scores[job.ref], job.ref) for job in group) for group in work.groups]
    best = dict(enumerate(own))
    numbers = range(len(work.groups))
    needs = {each: work.needs[each] for each in numbers}
    for each in reversed(list(TopologicalSorter(needs).static_order())):
        for need in needs[each]:
            if best[each][0] < best[need][0]:
                best[need] = best[each]
    order = _by_priority(numbers, needs, {each: (best[each][0], own[each][0], each) for each in numbers})
    lifted = {
        job.ref: best[each][1] for each in numbers for job in work.groups[each] if -best[each][0] > scores[job.ref]
    }
    ranked = (sorted(work.groups[each], key=lambda job: (-scores[job.ref], job.ref)) for each in order)
    return Lifted(tuple(job.ref for group in ranked for job in group), lifted)
