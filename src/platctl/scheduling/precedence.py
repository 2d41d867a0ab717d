"""Prerequisites between numbered jobs."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from graphlib import TopologicalSorter

from platctl.record import record
from platctl.scheduling.cycles import cycles
from platctl.scheduling.name import Name
from platctl.scheduling.reachable import reachable

Key = tuple[float | Fraction, float | Fraction, int]


@record(slots=False)
class Precedence:
    """By number: the prerequisites. There are no cycles."""

    needs: Mapping[int, Sequence[int]]

    def within(self, members: Sequence[int]) -> "Precedence":
        """The same for some of the jobs."""
        inside = set(members)
        return Precedence({each: [need for need in self.needs[each] if need in inside] for each in members})

    @cached_property
    def waiting(self) -> Mapping[int, Sequence[int]]:
        """By number: the jobs that wait for it, if there are any."""
        found: dict[int, list[int]] = {}
        for each, needs in self.needs.items():
            for need in needs:
                found.setdefault(need, []).append(each)
        return found

    @cached_property
    def connected(self) -> list[list[int]]:
        """The sets of connected jobs, each sorted."""
        found: list[list[int]] = []
        seen: set[int] = set()
        for start in self.needs:
            if start not in seen:
                found.append(sorted(reachable([start], self._near)))
                seen.update(found[-1])
        return found

    def _near(self, number: int) -> Iterable[int]:
        return (*self.needs[number], *self.waiting.get(number, ()))

    @cached_property
    def latest_first(self) -> list[int]:
        """The jobs that wait for others, each before its prerequisites."""
        return [each for each in reversed(list(TopologicalSorter(self.needs).static_order())) if self.needs[each]]

    def in_order(self, keys: Mapping[int, Key]) -> Iterator[int]:
        """The jobs in an order that always picks the possible one with the smallest key; keys end in the number."""
        missing = {each: len(needs) for each, needs in self.needs.items()}
        heap = [keys[each] for each, count in missing.items() if not count]
        heapq.heapify(heap)
        while heap:
            each = heapq.heappop(heap)[2]
            yield each
            for later in self.waiting.get(each, ()):
                missing[later] -= 1
                if not missing[later]:
                    heapq.heappush(heap, keys[later])


@record
class Groups:
    """Numbered jobs, those that wait for each other as one group; groups are sorted by first member, and numbered."""

    members: Sequence[Sequence[int]]
    precedence: Precedence

    def sums(self, numbers: Sequence[int]) -> Sequence[int]:
        """By group: the sum of the numbers of its jobs."""
        if len(self.members) == len(numbers):
            return numbers
        return [sum(numbers[job] for job in group) for group in self.members]


def grouped(names: Sequence[Name], before: Iterable[tuple[Name, Name]]) -> Groups:
    """The groups of jobs with these sorted names; `before` are pairs (earlier, later)."""
    number = {name: job for job, name in enumerate(names)}
    needs: dict[int, set[int]] = {job: set() for job in range(len(names))}
    for earlier, later in before:
        if earlier in number and later in number and earlier != later:
            needs[number[later]].add(number[earlier])
    circles = cycles(needs)
    inside = {job for circle in circles for job in circle}
    members = sorted([*circles, *([job] for job in needs if job not in inside)])
    group = {job: nth for nth, jobs in enumerate(members) for job in jobs}
    joined = ({group[need] for job in jobs for need in needs[job]} for jobs in members)
    return Groups(members, Precedence({nth: sorted(each - {nth}) for nth, each in enumerate(joined)}))
