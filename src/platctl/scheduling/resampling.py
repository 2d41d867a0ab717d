"""Orders the same work for many sets of numbers; what does not depend on the numbers is computed once."""

from collections.abc import Iterable, Sequence
from typing import Generic

from platctl.record import record
from platctl.scheduling.block_order import best_order, good_order
from platctl.scheduling.decomposition import Numbers, numbers_of
from platctl.scheduling.name import Name
from platctl.scheduling.precedence import Groups, grouped
from platctl.scheduling.score_order import numbers_by_score

_STATES = 200
"""The number of sets of a block to examine; beyond that, a good order is used."""


@record(slots=False)
class Redraw(Generic[Name]):
    """Orders jobs, which are sorted by name and numbered from 0."""

    jobs: tuple[Name, ...]
    groups: Groups

    def by_ratio(self, gains: Sequence[float], work: Sequence[float]) -> list[int]:
        """The order of `order.sequence`, except within blocks that are too hard to order quickly."""
        numbers = numbers_of(self.groups, gains, work)
        order: list[int] = []
        for block in numbers.blocks():
            for group in block if len(block) == 1 else _ordered(block, numbers):
                jobs = self.groups.members[group]
                order += jobs if len(jobs) == 1 else sorted(jobs, key=lambda job: (-gains[job] / work[job], job))
        return order

    def by_score(self, scores: Sequence[float]) -> list[int]:
        """The order of `score_order.by_score`."""
        return numbers_by_score(scores, self.groups)[0]

    def cuts(self, gains: Sequence[float], work: Sequence[float]) -> int:
        """The number of jobs in the cuts that `by_ratio` needs for these numbers: a measure of its time."""
        connected = self.groups.precedence.connected
        place = {group: nth for nth, members in enumerate(connected) for group in members}
        parts = [0] * len(connected)
        for block in numbers_of(self.groups, gains, work).blocks():
            parts[place[block[0]]] += 1
        return sum(len(members) * count for members, count in zip(connected, parts, strict=True) if len(members) > 1)


def _ordered(block: list[int], numbers: Numbers) -> list[int]:
    needs = numbers.precedence.needs
    if len(block) == 2 and (block[0] in needs[block[1]] or block[1] in needs[block[0]]):
        return block if block[0] in needs[block[1]] else block[::-1]
    best = best_order(block, numbers, _STATES)
    return good_order(block, numbers) if best is None else best


def redraw(jobs: Iterable[Name], before: Iterable[tuple[Name, Name]]) -> Redraw[Name]:
    """Prepare to order these jobs; `before` are pairs (earlier, later)."""
    names = tuple(sorted(jobs))
    return Redraw(names, grouped(names, before))
