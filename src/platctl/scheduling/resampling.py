"""The order of the same work for other and other numbers: what does not depend on them is found once."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter

from platctl.model.ref import Ref
from platctl.scheduling.order import Numbers, best_order, cycles, good_order, whole

_STATES = 200
"""So many sets of a block are looked at; the order of a harder one is a good one."""


@dataclass(frozen=True)
class Redraw:
    """Orders jobs, which are sorted and numbered from 0; `before` are pairs (earlier, later)."""

    jobs: tuple[Ref, ...]
    before: tuple[tuple[Ref, Ref], ...]

    def by_ratio(self, gains: Sequence[float], work: Sequence[float]) -> list[int]:
        """The order of `order.sequence`, but for blocks that are too hard to order at once."""
        numbers = self._numbers(gains, work)
        order: list[int] = []
        for block in numbers.blocks(self._connected):
            for group in block if len(block) == 1 else self._ordered(block, numbers):
                members = self._groups[group]
                order += (
                    members if len(members) == 1 else sorted(members, key=lambda job: (-gains[job] / work[job], job))
                )
        return order

    def by_score(self, scores: Sequence[float]) -> list[int]:
        """The order of `order.by_score`."""
        own = [min((-scores[job], job) for job in group) for group in self._groups]
        best = [score for score, _ in own]
        for group in self._latest_first:
            for need in self._needs[group]:
                best[need] = min(best[need], best[group])
        order: list[int] = []
        for group in self._by_priority([(best[group], own[group][0], group) for group in range(len(own))]):
            members = self._groups[group]
            order += members if len(members) == 1 else sorted(members, key=lambda job: (-scores[job], job))
        return order

    def cuts(self, gains: Sequence[float], work: Sequence[float]) -> int:
        """How many jobs stand in the cuts that `by_ratio` needs for these numbers: a measure of its time."""
        numbers = self._numbers(gains, work)
        place = {group: nth for nth, members in enumerate(self._connected) for group in members}
        parts = [0] * len(self._connected)
        for block in numbers.blocks(self._connected):
            parts[place[block[0]]] += 1
        return sum(
            len(members) * count for members, count in zip(self._connected, parts, strict=True) if len(members) > 1
        )

    def _numbers(self, gains: Sequence[float], work: Sequence[float]) -> Numbers:
        weights, sizes = [whole(each) for each in gains], [whole(each) for each in work]
        if len(self._groups) < len(self.jobs):
            weights, sizes = ([sum(each[job] for job in group) for group in self._groups] for each in (weights, sizes))
        return Numbers(weights, [max(1, size) for size in sizes], self._needs)

    def _ordered(self, block: list[int], numbers: Numbers) -> list[int]:
        if len(block) == 2 and (block[0] in self._needs[block[1]] or block[1] in self._needs[block[0]]):
            return block if block[0] in self._needs[block[1]] else block[::-1]
        inside = set(block)
        needs = {group: [need for need in self._needs[group] if need in inside] for group in block}
        best = best_order(block, needs, numbers, _STATES)
        return good_order(block, needs, numbers) if best is None else best

    # What stays --------------------------------------------------------------------------------------------------

    @cached_property
    def _groups(self) -> list[list[int]]:
        """The jobs, joined where they wait for each other; sorted by their first."""
        number = {ref: job for job, ref in enumerate(self.jobs)}
        joined = [sorted(number[ref] for ref in cycle) for cycle in cycles(number, self.before)]
        inside = {job for group in joined for job in group}
        return sorted([*joined, *([job] for job in range(len(self.jobs)) if job not in inside)])

    @cached_property
    def _needs(self) -> list[list[int]]:
        """By group: the groups that have to come before."""
        number = {self.jobs[job]: nth for nth, group in enumerate(self._groups) for job in group}
        found: list[set[int]] = [set() for _ in self._groups]
        for earlier, later in self.before:
            if earlier in number and later in number and number[earlier] != number[later]:
                found[number[later]].add(number[earlier])
        return [sorted(each) for each in found]

    @cached_property
    def _connected(self) -> list[list[int]]:
        nothing = [0] * len(self._groups)
        return list(Numbers(nothing, nothing, self._needs).connected())

    @cached_property
    def _latest_first(self) -> list[int]:
        """The groups that wait for others, each before those that it waits for."""
        order = TopologicalSorter({group: needs for group, needs in enumerate(self._needs) if needs}).static_order()
        return [group for group in reversed(list(order)) if self._needs[group]]

    @cached_property
    def _waiting(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for group, needs in enumerate(self._needs):
            for need in needs:
                found.setdefault(need, []).append(group)
        return found

    def _by_priority(self, keys: Sequence[tuple[float, float, int]]) -> Iterator[int]:
        """Of all that can come next, always the one with the smallest key, which ends in its number."""
        missing = [len(needs) for needs in self._needs]
        heap = [key for key in keys if not missing[key[2]]]
        heapq.heapify(heap)
        while heap:
            group = heapq.heappop(heap)[2]
            yield group
            for later in self._waiting.get(group, ()):
                missing[later] -= 1
                if not missing[later]:
                    heapq.heappush(heap, keys[later])


def redraw(jobs: Iterable[Ref], before: Iterable[tuple[Ref, Ref]]) -> Redraw:
    """Prepare to order these jobs."""
    return Redraw(tuple(sorted(jobs)), tuple(before))
