"""The order that loses least by waiting, compared with all orders there are."""

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.order import Job, sequence

Pairs = list[tuple[int, int]]


def jobs(*numbers: tuple[float, float]) -> list[Job[int]]:
    """Jobs named 0, 1, … from weight and size."""
    return [Job(name, weight, size) for name, (weight, size) in enumerate(numbers)]


def before(*pairs: tuple[int, int]) -> Pairs:
    return list(pairs)


def cost(order: Sequence[Job[int]]) -> float:
    ends = itertools.accumulate(job.size for job in order)
    return sum(job.weight * end for job, end in zip(order, ends, strict=True))


def allowed(work: Sequence[Job[int]], pairs: Pairs) -> Iterator[Sequence[Job[int]]]:
    """Every order in which nothing comes before what it waits for."""
    for order in itertools.permutations(work):
        place = {job.name: index for index, job in enumerate(order)}
        if all(place[earlier] < place[later] for earlier, later in pairs):
            yield order


@st.composite
def plans(draw: st.DrawFn, most: int = 6) -> tuple[list[Job[int]], Pairs]:
    count = draw(st.integers(0, most))
    work = jobs(*(draw(st.tuples(st.integers(0, 9), st.integers(1, 9))) for _ in range(count)))
    forward = [(one, other) for one in range(count) for other in range(one + 1, count)]
    names = draw(st.permutations(range(count)))
    pairs = [pair for pair in forward if draw(st.booleans())] if forward else []
    return work, before(*((names[one], names[other]) for one, other in pairs))


@given(plans())
def test_no_order_costs_less(plan: tuple[list[Job[int]], Pairs]) -> None:
    work, pairs = plan
    found = sequence(work, pairs)
    least = min(map(cost, allowed(work, pairs)))
    assert found.is_exact
    assert found.cost == found.bound == least
    by_name = {job.name: job for job in work}
    assert cost([by_name[each] for each in found.order]) == least
    assert [by_name[each] for each in found.order] in map(list, allowed(work, pairs))


@given(plans())
def test_an_order_that_is_not_proven_states_how_far_off_it_may_be(plan: tuple[list[Job[int]], Pairs]) -> None:
    work, pairs = plan
    found = sequence(work, pairs, states=0)
    least = min(map(cost, allowed(work, pairs)))
    assert found.bound <= least <= found.cost <= 2 * found.bound
    assert not found.is_exact or found.cost == least


@given(plans())
def test_no_beginning_of_a_block_is_better_than_the_block(plan: tuple[list[Job[int]], Pairs]) -> None:
    work, pairs = plan
    by_name = {job.name: job for job in work}
    ratios = []
    for block in sequence(work, pairs).blocks:
        ratio = block.weight / block.size
        ratios.append(ratio)
        for size in range(1, len(block.members)):
            for chosen in map(set, itertools.combinations(block.members, size)):
                if all(one in chosen for one, other in pairs if other in chosen and one in block.members):
                    part = [by_name[each] for each in chosen]
                    assert sum(job.weight for job in part) / sum(job.size for job in part) <= ratio + 1e-9
    assert ratios == sorted(ratios, reverse=True)


@given(plans(), st.randoms())
def test_the_order_of_the_input_means_nothing(plan: tuple[list[Job[int]], Pairs], random: object) -> None:
    work, pairs = plan
    shuffled, other_pairs = list(work), list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    random.shuffle(other_pairs)  # type: ignore[attr-defined]
    assert sequence(shuffled, other_pairs) == sequence(work, pairs)


def test_g5_cost_of_delay_divided_by_duration_decides() -> None:
    """blackswanfarming.com, "CD3 and proportionality to outcomes": A (10 a week, 2 weeks), B (30 a week, 4 weeks)."""
    a, b = jobs((10, 2), (30, 4))
    assert (a.weight / a.size, b.weight / b.size) == (5, 7.5)
    assert (cost([a, b]), cost([b, a])) == (200, 180)
    found = sequence([a, b], [])
    assert (found.order, found.cost) == ((b.name, a.name), 180)
    # Six weeks at the base of 10 a week, and each of them from its end on.
    assert [10 * 6 + 6 * (a.weight + b.weight) - cost(order) for order in ([a, b], [b, a])] == [100, 120]


def test_g6_the_reverse_order_costs_five_times_as_much() -> None:
    """Own numbers, like those of a figure of Reinertsen, The Principles of Product Development Flow."""
    work = jobs((10, 1), (3, 3), (1, 10))
    found = sequence(work, [])
    assert (found.cost, cost(work[::-1])) == (36, 189)
    assert found.order == tuple(job.name for job in work)


def test_a_cheap_prerequisite_rises_over_what_looks_better() -> None:
    work = jobs((0, 1), (50, 2), (10, 1))
    found = sequence(work, before((0, 1)))
    assert found.order == (0, 1, 2)
    assert [(block.members, block.weight / block.size) for block in found.blocks] == [
        ((0, 1), 50 / 3),
        ((2,), 10),
    ]


def test_jobs_that_wait_for_each_other_stand_together() -> None:
    found = sequence(jobs((1, 1), (9, 1), (5, 1), (7, 1)), before((0, 1), (1, 0), (2, 0)))
    assert found.cycles == ((1, 0),)
    assert found.order in ((3, 2, 1, 0), (2, 1, 0, 3))


def test_nothing_and_unknown_names() -> None:
    assert sequence([], []).order == ()
    assert sequence(jobs((1, 1)), [(-1, 0), (0, -1)]).order == (0,)


@pytest.mark.parametrize("count", [300])
def test_a_long_chain_and_a_wide_fan_need_no_recursion(count: int) -> None:
    chain = jobs(*((name % 7, 1 + name % 3) for name in range(count)))
    assert len(sequence(chain, before(*itertools.pairwise(range(count)))).order) == count
    fan = before(*((0, name) for name in range(1, count)))
    assert sequence(chain, fan).order[0] == 0
