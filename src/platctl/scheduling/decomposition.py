"""Sidney's decomposition (1975): which work stays together in the best order."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from platctl.record import record
from platctl.scheduling.heaviest_closure import heaviest_closure
from platctl.scheduling.precedence import Groups, Precedence

_SCALE = 10**6
_CUTS = 4_000_000
"""The limit for the number of nodes in all minimum cuts together; what is not cut by then stays one block."""


@record(slots=False)
class Numbers:
    """Work by number: weights and sizes as whole numbers, so that sums are exact, and the prerequisites."""

    weights: Sequence[int]
    sizes: Sequence[int]
    precedence: Precedence

    def falling_ratio(self, number: int) -> tuple[Fraction, int]:
        """A sort key that puts the best ratio first, and among equal ones the first name."""
        return (Fraction(-self.weights[number], self.sizes[number]), number)

    def blocks(self) -> list[list[int]]:
        """Blocks of decreasing ratio; among equal ones, the block with the smaller first job comes first."""
        keyed = [
            ((-self._ratio(block), members[0], place), block)
            for members in self.precedence.connected
            for place, block in enumerate(self._decomposed(members) if len(members) > 1 else (members,))
        ]
        return [block for _, block in sorted(keyed, key=lambda each: each[0])]

    def _ratio(self, members: Sequence[int]) -> float:
        """The ratio; it is equal for equal fractions, since the quotient of whole numbers is rounded only once."""
        if len(members) == 1:
            return self.weights[members[0]] / self.sizes[members[0]]
        return sum(self.weights[each] for each in members) / sum(self.sizes[each] for each in members)

    def _decomposed(self, members: list[int]) -> Iterator[list[int]]:
        """The blocks of a connected set, the best ratio first. `left` limits the work for cuts."""
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
        """The initial subset that gains most over the set's own ratio; empty if none gains."""
        weight, size = sum(self.weights[each] for each in part), sum(self.sizes[each] for each in part)
        place = {each: index for index, each in enumerate(part)}
        gains = [self.weights[each] * size - weight * self.sizes[each] for each in part]
        needs = [[place[need] for need in self.precedence.needs[each] if need in place] for each in part]
        return [part[index] for index in sorted(heaviest_closure(gains, needs))]


def numbers_of(groups: Groups, weights: Sequence[float], sizes: Sequence[float]) -> Numbers:
    """The numbers of groups, from the weights and sizes of their jobs."""
    sums = [groups.sums([_whole(each) for each in numbers]) for numbers in (weights, sizes)]
    return Numbers(sums[0], [max(1, size) for size in sums[1]], groups.precedence)


def _whole(number: float) -> int:
    """A number as a whole number of millionths, so that sums are exact."""
    return round(number * _SCALE)
