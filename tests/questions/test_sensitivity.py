"""How sure an order is: chances that are known in closed form, ranges that hold, and what ranks hang on."""

import datetime
import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.questions.sensitivity.derive import SensitivityOptions, sensitivity
from platctl.questions.sensitivity.inputs import triangular
from platctl.questions.sensitivity.report import SensitivityReport, Stability
from platctl.ranking.ordering import ranked

TODAY = datetime.date(2026, 11, 23)
POINTS = "scoring: {models: [{id: points, value: value}]}"


def work(name: str, value: object, size: object = 1, more: str = "") -> str:
    return f"kind: initiative\nid: {name}\nscores: {{value: {value}, effort: {size}}}\n{more}\n"


def report(*texts: str, method: str = "points", config: str = POINTS, **options: object) -> SensitivityReport:
    plan = model("---\n".join(texts), config=config)
    assert not plan.findings
    asked = SensitivityOptions(plan.config.scoring.by_name[method], TODAY, **options)  # type: ignore[arg-type]
    return sensitivity(plan, "here", asked)


def item(found: SensitivityReport, name: str) -> Stability:
    return next(each for each in found.items if each.initiative.id == name)


def error(probability: float, samples: int) -> float:
    """Four standard errors of a share: chance goes beyond once in 16,000 times."""
    return 4 * math.sqrt(probability * (1 - probability) / samples)


def test_a_weighted_sum_with_a_size_is_divided_by_it_while_weights_vary() -> None:
    config = "scoring: {models: [{id: dense, criteria: [{id: effort}, {id: value, weight: 2}], size: effort}]}"
    found = report(work("big", 10, 10), work("dense", 5, 1), method="dense", config=config, top=1, spread=0.1)
    assert [(each.initiative.id, each.probability) for each in found.items] == [("dense", 1), ("big", 0)]


# Draws --------------------------------------------------------------------------------------------------------


@given(st.floats(0, 1, exclude_max=True), st.lists(st.integers(-999, 999), min_size=3, max_size=3).map(sorted))
def test_a_draw_lies_within_its_range_and_its_share_lies_below_it(chance: float, ends: list[int]) -> None:
    low, likely, high = ends
    found = triangular(chance, low, likely, high)
    assert low - 1e-6 <= found <= high + 1e-6
    if low < found < likely:
        assert (found - low) ** 2 / ((high - low) * (likely - low)) == pytest.approx(chance, abs=1e-6)
    elif likely < found < high:
        assert 1 - (high - found) ** 2 / ((high - low) * (high - likely)) == pytest.approx(chance, abs=1e-6)


def test_the_ends_and_the_middle_of_a_draw() -> None:
    assert [triangular(chance, 0, 5, 10) for chance in (0, 0.5, 1)] == [0, 5, 10]
    assert triangular(0.3, 4, 4, 4) == 4
    assert triangular(0.25, 0, 0, 8) == pytest.approx(8 * (1 - math.sqrt(0.75)))


# Chances that are known ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fixed", [2, 5, 8.5])
def test_the_chance_of_going_before_a_fixed_one_is_that_of_the_distribution(fixed: float) -> None:
    found = report(work("a", "{low: 0, likely: 5, high: 10}"), work("b", fixed), top=1, samples=4000)
    above = 1 - fixed**2 / 50 if fixed <= 5 else (10 - fixed) ** 2 / 50
    assert item(found, "a").probability == pytest.approx(above, abs=error(above, 4000))
    assert item(found, "b").probability == pytest.approx(1 - item(found, "a").probability)


def test_the_chance_of_the_larger_of_two_falling_ranges_is_known() -> None:
    """A falls from 0 to 1, and B from 0 to 2: P(A > B) is the integral of f(a)F(b), which is 7/24."""
    found = report(
        work("a", "{low: 0, likely: 0, high: 1}"), work("b", "{low: 0, likely: 0, high: 2}"), top=1, samples=8000
    )
    assert item(found, "a").probability == pytest.approx(7 / 24, abs=error(7 / 24, 8000))


def test_equal_pieces_share_the_first_places() -> None:
    texts = [work(f"w{nth}", "{low: 0, likely: 3, high: 9}") for nth in range(5)]
    found = report(*texts, top=2, samples=4000)
    assert sum(each.probability for each in found.items) == pytest.approx(2)
    for each in found.items:
        assert each.probability == pytest.approx(0.4, abs=error(0.4, 4000))
        assert (each.earliest, each.middle, each.latest) == (1, 3, 5)
    assert found.same_first == pytest.approx(0.1, abs=error(0.1, 4000))


def test_a_prerequisite_rises_in_the_samples_in_which_its_successor_does() -> None:
    for method, config in (("points", POINTS), ("value_effort", "")):
        texts = [work("a", 0), work("b", "{low: 0, likely: 5, high: 10}", more="depends_on: [a]"), work("c", 5)]
        found = report(*texts, method=method, config=config, top=2, samples=2000)
        # Together they are worth half of b for each unit of work in a ratio, else as much as b.
        chance = 0.5 if method == "points" else 0.0
        assert item(found, "b").probability == pytest.approx(chance, abs=error(chance, 2000))


# What varies --------------------------------------------------------------------------------------------------

values = st.integers(0, 20)


@given(st.lists(st.tuples(values, st.integers(1, 9)), min_size=1, max_size=6), st.integers(1, 7), st.data())
def test_without_any_range_each_is_among_the_first_or_is_not(
    works: list[tuple[int, int]], top: int, data: st.DataObject
) -> None:
    texts = []
    for nth, (value, size) in enumerate(works):
        needs = data.draw(st.sets(st.integers(0, nth - 1), max_size=2)) if nth else set()
        texts.append(work(f"w{nth}", value, size, f"depends_on: [{', '.join(f'w{each}' for each in needs)}]"))
    for method, config in (("value_effort", ""), ("points", POINTS)):
        found = report(*texts, method=method, config=config, top=top, samples=3)
        assert found.varied == 0
        assert all(each.probability == (each.rank <= top) for each in found.items)
        assert all(each.earliest == each.rank == each.latest for each in found.items)


@given(st.lists(st.tuples(values, st.integers(1, 9)), min_size=2, max_size=6), st.data())
def test_ranges_of_no_width_give_the_ranking_itself(works: list[tuple[int, int]], data: st.DataObject) -> None:
    """One range that decides nothing makes the samples run; the order of all others is that of the backlog."""
    texts = [work("zz", "{low: -9.5, likely: -9, high: -8.5}")]
    for nth, (value, size) in enumerate(works):
        needs = data.draw(st.sets(st.integers(0, nth - 1), max_size=2)) if nth else set()
        texts.append(work(f"w{nth}", value, size, f"depends_on: [{', '.join(f'w{each}' for each in needs)}]"))
    for method, config in (("value_effort", ""), ("points", POINTS)):
        plan = model("---\n".join(texts), config=config)
        order = [ref.id for ref in ranked(plan, plan.config.scoring.by_name[method], TODAY).ordered]
        found = report(*texts, method=method, config=config, samples=2)
        assert found.varied == 1
        assert [each.initiative.id for each in found.items] == order
        assert all(each.earliest == each.rank == each.latest for each in found.items)


def test_a_spread_varies_what_has_no_range_within_its_scale() -> None:
    config = "scoring: {models: [{id: ours, value: value + joy, criteria: [{id: joy, scale: [0, 10]}]}]}"
    text = "kind: initiative\nid: a\nscores: {value: 10, joy: 9}\n---\n"
    text += "kind: initiative\nid: b\nscores: {value: 10, joy: 9}\n"
    assert report(text, method="ours", config=config).varied == 0
    found = report(text, method="ours", config=config, spread=0.2, top=1)
    assert found.varied == 4
    ends = {each.label: (each.low, each.high) for each in found.ask_first}
    assert ends == {"value": (8, 12), "joy": (pytest.approx(7.2), 10)}


def test_weights_vary_with_the_spread_and_ranks_hang_on_them() -> None:
    config = "scoring: {models: [{id: ours, criteria: [{id: joy, weight: 2}, {id: calm, weight: 1.9}]}]}"
    text = "kind: initiative\nid: a\nscores: {joy: {low: 9, likely: 10, high: 11}, calm: 0}\n---\n"
    text += "kind: initiative\nid: b\nscores: {joy: 0, calm: 10}\n"
    found = report(text, method="ours", config=config, spread=0.3, top=1)
    drivers = {each.input.label: each.correlation for each in item(found, "a").drivers}
    assert drivers["weight of joy"] > 0.3
    assert drivers["weight of calm"] < -0.3
    assert next(each for each in found.ask_first if each.initiative is None)
    assert 0.4 < item(found, "a").probability < 0.9


def test_what_is_normalised_by_others_varies_with_them() -> None:
    config = """scoring: {models: [{id: ours, value: joy + calm, criteria: [{id: joy, normalise: maximum}]}]}"""
    text = "kind: initiative\nid: a\nscores: {joy: {low: 1, likely: 4, high: 10}, calm: 0}\n---\n"
    text += "kind: initiative\nid: b\nscores: {joy: 3, calm: 0.1}\n"
    found = report(text, method="ours", config=config, top=1, samples=2000)
    # a is first if 1 > 3/joy + 0.1, that is joy > 10/3.
    chance = 1 - (10 / 3 - 1) ** 2 / (9 * 3)
    assert item(found, "a").probability == pytest.approx(chance, abs=error(chance, 2000))


def test_the_range_of_votes_is_drawn_from() -> None:
    votes = "votes: [{by: A, scores: {value: 1}}, {by: B, scores: {value: 5}}, {by: C, scores: {value: 9}}]"
    found = report(f"kind: initiative\nid: a\n{votes}\n", work("b", 5), top=1)
    assert 0.4 < item(found, "a").probability < 0.6


def test_a_score_that_is_undefined_in_a_sample_counts_as_nothing_and_is_told() -> None:
    config = "scoring: {models: [{id: ours, value: log(value)}]}"
    found = report(work("a", "{low: -5, likely: 5, high: 5}"), work("b", 0.5), method="ours", config=config, top=1)
    assert 0 < found.undefined < 1000
    assert 0.5 < item(found, "a").probability < 1


def test_classes_do_not_vary() -> None:
    text = "kind: initiative\nid: a\nscores: {moscow: must}\n---\nkind: initiative\nid: b\nscores: {moscow: could}\n"
    assert report(text, method="moscow", config="", spread=0.5, top=1).same_first == 1


# The same every time ------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_report_in_whatever_order_things_are_written() -> None:
    texts = [
        work(f"w{nth}", f"{{low: {nth}, likely: {nth + 3}, high: 20}}", "{low: 1, likely: 2, high: 4}")
        for nth in range(6)
    ]
    options = {"method": "value_effort", "config": "", "samples": 50}
    once = report(*texts, **options)
    random.Random(1).shuffle(texts)
    again = report(*texts, **options)
    assert [
        (each.initiative, each.probability, each.drivers and each.drivers[0].correlation) for each in once.items
    ] == [(each.initiative, each.probability, each.drivers and each.drivers[0].correlation) for each in again.items]
    assert report(*texts, seed=1, **options) != again


def test_draws_are_pinned_for_all_versions_of_python() -> None:
    texts = [work(name, "{low: 1, likely: 4, high: 9}", "{low: 1, likely: 2, high: 5}") for name in "abc"]
    found = report(*texts, method="value_effort", config="", top=1, seed=7)
    assert [(each.initiative.id, each.probability, each.middle) for each in found.items] == [
        ("a", 0.306, 2),
        ("b", 0.359, 2),
        ("c", 0.335, 2),
    ]


def test_too_much_work_is_ordered_plainly_and_the_report_says_so() -> None:
    texts = [work("w0", "{low: 99, likely: 100, high: 101}")]
    texts += [work(f"w{nth}", 100 - nth, 1, f"depends_on: [w{nth - 1}]") for nth in range(1, 40)]
    assert [report(*texts, method="value_effort", config="", samples=each).is_plain for each in (10, 700)] == [
        False,
        True,
    ]
