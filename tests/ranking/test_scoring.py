"""Scores: published worked examples to their last digit, and what happens to what is missing.

Sources stand in the reference on planning; G numbers are its rows.
"""

import pytest

from builders import model
from platctl.graph.graph import Graph
from platctl.model.ref import Ref
from platctl.ranking.criteria import Criteria
from platctl.ranking.inputs import Origin, Score
from platctl.ranking.scoring import Scoring


def scores(method: str, work: dict[str, str], config: str = "") -> dict[str, Score]:
    """By id: the score of initiatives of which only the ratings are known."""
    texts = [f"kind: initiative\nid: {name}\nscores: {{{ratings}}}\n" for name, ratings in work.items()]
    plan = model("---\n".join(texts), config=config)
    assert not plan.findings
    criteria = Criteria(Graph(plan))
    scoring = Scoring(plan.config.scoring.by_name[method], criteria, tuple(sorted(plan.initiatives)))
    return {name: scoring.score(Ref("initiative", "default", name.lower())) for name in work}


def values(method: str, work: dict[str, str], config: str = "") -> dict[str, float | None]:
    return {name: score.value for name, score in scores(method, work, config).items()}


def rice(*numbers: float) -> str:
    return "reach: {}, impact: {}, confidence: {}, effort: {}".format(*numbers)


def test_g1_rice_as_intercom_published_it() -> None:
    """Sean McBride, Intercom: RICE. The inputs are Intercom's; 675 and 800 are printed by a third party."""
    work = {"P1": rice(500 * 0.3 * 3, 3, 1, 2), "P2": rice(2000, 1, 0.8, 4), "P3": rice(800, 2, 0.5, 1)}
    assert values("rice", work) == {"P1": 675, "P2": 400, "P3": 800}


def test_g2_rice_on_scales_of_five() -> None:
    """unifiedproductgraph.org/frameworks/rice-scoring."""
    work = {
        "Template": rice(5, 3, 4, 1),
        "PDF": rice(5, 2, 5, 1),
        "Copilot": rice(4, 5, 3, 2),
        "Dashboards": rice(2, 4, 3, 4),
        "Collab": rice(3, 4, 2, 5),
    }
    assert values("rice", work) == {"Template": 60, "PDF": 50, "Copilot": 30, "Dashboards": 6, "Collab": 4.8}


def test_g3_rice_of_a_time_tracker() -> None:
    """timeclick/awesome-time-tracking, rice-framework.md."""
    assert values("rice", {"it": rice(2000, 2, 0.8, 4)}) == {"it": 800}


def wsjf(*numbers: float) -> str:
    return "business_value: {}, time_criticality: {}, risk_reduction: {}, job_size: {}".format(*numbers)


def test_g4_wsjf() -> None:
    """novacalculator.com, WSJF."""
    work = {
        "Dashboard": wsjf(8, 4, 3, 5),
        "Security": wsjf(5, 9, 8, 2),
        "Refactor": wsjf(4, 3, 7, 8),
        "Mobile": wsjf(9, 5, 4, 8),
        "K8s": wsjf(3, 6, 5, 5),
    }
    assert values("wsjf", work) == {"Dashboard": 3.0, "Security": 11.0, "Refactor": 1.75, "Mobile": 2.25, "K8s": 2.8}


def test_g7_opportunity() -> None:
    """decikit, wealthandmeans, extrapinchofsalt and innovatenow, after Ulwick, What Customers Want."""
    pairs = {(9, 3): 15, (9, 9): 9, (8, 4): 12, (4.7, 2.1): 7.3, (10, 2): 18, (10, 3): 17}
    work = {f"o{n}": f"importance: {i}, satisfaction: {s}" for n, (i, s) in enumerate(pairs)}
    assert [round(value or 0, 10) for value in values("opportunity", work).values()] == list(pairs.values())


AHA = """
scoring:
  models:
    - id: product_value
      value: (population + need + strategy - effort) * confidence
"""


def test_g9_an_own_formula_such_as_aha_s_product_value() -> None:
    """aha.io, support: (Population + Need + Strategy - Effort) * Confidence."""
    work = {"it": "population: 4, need: 3, strategy: 5, effort: 2, confidence: 0.5"}
    assert values("product_value", work, AHA) == {"it": 5}


BOARD = """
scoring:
  models:
    - id: board
      criteria:
        - {id: a, weight: 20, scale: [0, 5], normalise: scale}
        - {id: b, weight: 100, scale: [0, 5], normalise: scale}
"""


def test_g10_a_weighted_board_as_productplan_s() -> None:
    """support.productplan.com: 1 in a column of weight 20 is 4 points, all are at most 120, and an item has 72."""
    work = {"one": "a: 1, b: 0", "all": "a: 5, b: 5", "some": "a: 3, b: 3"}
    assert values("board", work, BOARD) == {"one": 4, "all": 120, "some": 72}


URGENCY = """
scoring:
  models:
    - id: urgency
      value: >-
        15 * next + 8 * blocking - 5 * blocked + (0.8 if tags == 1 else 0.9 if tags == 2 else 1 if tags > 2 else 0)
    - id: due
      value: 10 * (1 if overdue >= 7 else 0.2 if overdue < 0 - 14 else (overdue + 14) * 0.8 / 21 + 0.2)
"""


def test_g12_taskwarrior_s_urgency_as_a_formula() -> None:
    """test/urgency.test.py and #2224 of Taskwarrior. Days ahead are printed there up to 0.02 lower: hours count."""
    work = {
        "all": "next: 1, blocking: 0, blocked: 1, tags: 1",
        "blocker": "next: 0, blocking: 1, blocked: 0, tags: 0",
        "waiting": "next: 0, blocking: 0, blocked: 1, tags: 0",
    }
    found = values("urgency", work, URGENCY)
    assert {name: round(value or 0, 9) for name, value in found.items()} == {"all": 10.8, "blocker": 8, "waiting": -5}
    published = {
        7: 10,
        6: 9.62,
        5: 9.24,
        4: 8.86,
        3: 8.48,
        2: 8.1,
        1: 7.71,
        0: 7.33,
        -1: 6.94,
        -2: 6.56,
        -7: 4.65,
        -14: 2,
    }
    found = values("due", {f"d{day + 14}": f"overdue: {day}" for day in published}, URGENCY)
    for day, urgency in published.items():
        assert found[f"d{day + 14}"] == pytest.approx(urgency, abs=0.006 if day >= 0 else 0.02)


def test_ice_and_value_against_effort() -> None:
    assert values("ice", {"it": "impact: 8, confidence: 0.5, ease: 3"}) == {"it": 12}
    assert values("value_effort", {"it": "value: 9, effort: 4"}) == {"it": 2.25}


def test_classes_are_ranked_by_their_place() -> None:
    work = {"a": "moscow: Must", "b": "moscow: wont", "c": "moscow: could", "d": "moscow: maybe", "e": "moscow: 3"}
    found = scores("moscow", work)
    assert {name: score.value for name, score in found.items()} == {"a": 4, "b": 1, "c": 2, "d": None, "e": None}
    assert found["d"].undefined == "`maybe` is not one of must, should, could, wont"
    assert found["e"].missing == ("moscow",)


# Words, scales and normalising ---------------------------------------------------------------------------------


def test_the_words_of_rice_are_the_numbers_that_were_published() -> None:
    impact = {"massive": 3, "high": 2, "medium": 1, "low": 0.5, "minimal": 0.25}
    confidence = {"high": 1, "medium": 0.8, "low": 0.5}
    work = {
        f"{one}-{other}": f"reach: 100, impact: {one}, confidence: {other}, effort: 1"
        for one in impact
        for other in confidence
    }
    assert values("rice", work) == pytest.approx(
        {f"{one}-{other}": 100 * impact[one] * confidence[other] for one in impact for other in confidence}
    )


def test_words_stand_for_numbers() -> None:
    assert values("rice", {"it": "reach: 100, impact: Massive, confidence: medium, effort: 2"}) == {"it": 120}
    assert scores("rice", {"it": "reach: 100, impact: huge, confidence: medium, effort: 2"})["it"].missing == (
        "impact",
    )


SIZES = """
scoring:
  models:
    - id: ours
      criteria:
        - {id: size, weight: 2, words: {S: 0, M: 1, L: 2, XL: 3}, normalise: range, direction: down}
        - {id: money, weight: 1, normalise: maximum, unit: money}
"""


def test_words_money_and_what_is_to_be_kept_low_are_normalised() -> None:
    work = {"a": "size: S, money: 300", "b": "size: M, money: 150", "c": "size: XL, money: 0"}
    found = {name: round(value or 0, 9) for name, value in values("ours", work, SIZES).items()}
    assert found == {"a": 3, "b": round(2 * (1 - 1 / 3) + 0.5, 9), "c": 0}


# What is missing is never zero -----------------------------------------------------------------------------------


def test_what_nobody_says_is_missing_and_not_zero() -> None:
    found = scores("rice", {"it": "reach: 100, impact: 1"})["it"]
    assert (found.value, found.missing) == (None, ("confidence", "effort"))


def test_a_stated_assumption_is_said_to_be_one() -> None:
    config = """
    scoring:
      models:
        - {id: guess, value: a * b, criteria: [{id: a, default: 3}]}
    """
    found = scores("guess", {"it": "b: 2"}, config)["it"]
    assert found.value == 6
    assert [each.origin for each in found.inputs] == [Origin.DEFAULT, Origin.WRITTEN]


def test_a_weighted_sum_leaves_out_what_the_size_names() -> None:
    config = "scoring: {models: [{id: w, criteria: [{id: a, weight: 2}, {id: days}], size: days}]}"
    assert values("w", {"it": "a: 6, days: 4"}, config) == {"it": 3}


def test_nothing_is_not_less_than_nothing() -> None:
    config = "scoring: {models: [{id: w, value: 0 - a}]}"
    assert str(values("w", {"it": "a: 0"}, config)["it"]) == "0.0"


def test_what_has_no_value_says_why() -> None:
    assert scores("wsjf", {"it": wsjf(1, 1, 1, 0)})["it"].undefined == "`job_size` is 0, but must be greater than 0"
    config = "scoring: {models: [{id: root, value: sqrt(a)}]}"
    assert scores("root", {"it": "a: -1"}, config)["it"].undefined == "the result is undefined: `sqrt(a)`"
