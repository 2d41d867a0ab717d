"""The order within a block of work: the best one if it can be found in time, or else a good one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import NamedTuple

from platctl.scheduling.decomposition import Numbers
from platctl.scheduling.precedence import Precedence

_PASSES = 100


def best_order(members: Sequence[int], work: Numbers, states: int) -> list[int] | None:
    """The best order, by a search over all initial sets of a block as bit sets; None if there are more than `states`.

    Of the jobs that no other job waits for, only the one with the best ratio has to be tried next: swapping two of
    them, with whatever is between them, never helps.
    """
    precedence = work.precedence.within(members)
    bit = {each: 1 << place for place, each in enumerate(members)}
    needed = {each: sum(bit[need] for need in precedence.needs[each]) for each in members}
    last = sorted((each for each in members if each not in precedence.waiting), key=work.falling_ratio)
    first = [each for each in members if each in precedence.waiting]
    layers: list[dict[int, _CheapestWay]] = [{0: _CheapestWay(0, 0, 0, -1)}]
    for _ in members:
        following: dict[int, _CheapestWay] = {}
        for done, way in layers[-1].items():
            ready = (each for each in last if not done & bit[each] and not needed[each] & ~done)
            for each in (*(each for each in first if not done & bit[each]), *islice(ready, 1)):
                if needed[each] & ~done:
                    continue
                end = way.time + work.sizes[each]
                total = way.cost + work.weights[each] * end
                there = following.get(done | bit[each])
                if there is None or total < there.cost:
                    following[done | bit[each]] = _CheapestWay(total, end, done, each)
        states -= len(following)
        if states < 0:
            return None
        layers.append(following)
    return _traced(layers)


class _CheapestWay(NamedTuple):
    """The cheapest way to reach a set of jobs: its cost, its time, the set before it, and the last job."""

    cost: int
    time: int
    before: int
    job: int


def _traced(layers: list[dict[int, _CheapestWay]]) -> list[int]:
    """The order that leads to the last set."""
    order: list[int] = []
    (done,) = layers[-1]
    for layer in reversed(layers[1:]):
        order.append(layer[done].job)
        done = layer[done].before
    return order[::-1]


def good_order(members: Sequence[int], work: Numbers) -> list[int]:
    """Order by ratios, each raised to the best of the jobs that wait for it; then swap neighbours while it helps."""
    precedence = work.precedence.within(members)
    ratios = {each: Fraction(work.weights[each], work.sizes[each]) for each in members}
    lifted = _lifted(ratios, precedence)
    order = list(precedence.in_order({each: (-lifted[each], -ratios[each], each) for each in members}))
    for _ in range(_PASSES):
        changed = False
        for place in range(len(order) - 1):
            one, other = order[place], order[place + 1]
            if ratios[other] > ratios[one] and one not in precedence.needs[other]:
                order[place], order[place + 1] = other, one
                changed = True
        if not changed:
            break
    return order


def _lifted(own: Mapping[int, Fraction], precedence: Precedence) -> dict[int, Fraction]:
    """The ratios, each raised to the best of the jobs that wait for it."""
    best = dict(own)
    for each in precedence.latest_first:
        for need in precedence.needs[each]:
            best[need] = max(best[need], best[each])
    return best
