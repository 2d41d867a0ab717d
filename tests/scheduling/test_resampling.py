"""Orders for other and other numbers are those that `sequence` and `by_score` find."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.order import Job, sequence
from platctl.scheduling.resampling import redraw
from platctl.scheduling.score_order import by_score

amounts = st.sampled_from([0.0, 0.5, 1, 2, 3, 4, 7.25, 100])


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Job[int]], list[tuple[int, int]]]:
    """A few jobs, of which some wait for others; now and then in a circle."""
    count = draw(st.integers(1, 8))
    jobs = [Job(nth, draw(amounts), draw(amounts) + 0.5) for nth in range(count)]
    numbers = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(numbers, numbers), max_size=10))
    is_acyclic = draw(st.integers(0, 3)) > 0
    before = [(min(pair), max(pair)) if is_acyclic else (pair[0], pair[1]) for pair in pairs]
    return jobs, [(earlier, later) for earlier, later in before if earlier != later]


@given(plans())
def test_the_best_order_of_a_ratio_is_found_again(plan: tuple[list[Job[int]], list[tuple[int, int]]]) -> None:
    jobs, before = plan
    again = redraw([job.name for job in jobs], before)
    order = again.by_ratio([job.weight for job in jobs], [job.size for job in jobs])
    assert [again.jobs[each] for each in order] == list(sequence(jobs, before).order)


@given(plans())
def test_the_order_of_scores_is_found_again(plan: tuple[list[Job[int]], list[tuple[int, int]]]) -> None:
    jobs, before = plan
    again = redraw([job.name for job in jobs], before)
    order = again.by_score([job.weight for job in jobs])
    assert [again.jobs[each] for each in order] == list(by_score({job.name: job.weight for job in jobs}, before).order)


def test_one_preparation_serves_many_numbers() -> None:
    again = redraw(range(3), [(0, 1)])
    assert again.by_ratio([1, 9, 2], [1, 1, 1]) == [0, 1, 2]
    assert again.by_ratio([1, 1, 2], [1, 1, 1]) == [2, 0, 1]
    assert again.by_score([1, 9, 2]) == [0, 1, 2]
    assert again.by_score([1, 1, 2]) == [2, 0, 1]


def test_what_waits_for_nothing_needs_no_cuts() -> None:
    assert redraw(range(3), []).cuts([1, 2, 3], [1, 1, 1]) == 0
    assert redraw(range(3), [(0, 1)]).cuts([1, 9, 3], [1, 1, 1]) == 2


def test_ratios_are_compared_as_whole_numbers() -> None:
    third = float(Fraction(1, 3))
    assert redraw([0, 1], []).by_ratio([third, 1.0], [1.0, 3.0]) == [1, 0]
