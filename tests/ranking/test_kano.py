"""Kano's classes and coefficients, and that votes lead to them."""

import pytest

from builders import model
from platctl.graph.graph import Graph
from platctl.model.ref import Ref
from platctl.model.settings.scoring import built_in
from platctl.ranking.criteria import Criteria
from platctl.ranking.kano import ANSWERS, Kano, classified, kano

TABLE = """
Q A A A O
R I I I M
R I I I M
R I I I M
R R R R Q
"""


def test_the_evaluation_table_is_the_published_one() -> None:
    """Sauerwein et al. 1996: rows are the answers to having it, columns those to lacking it."""
    letters = {classified(have, lack)[0].upper() for have in ANSWERS for lack in ANSWERS}
    assert letters == set("QAORIM")
    rows = ["".join(f"{classified(have, lack)[0].upper()} " for lack in ANSWERS).strip() for have in ANSWERS]
    assert rows == TABLE.strip().split("\n")


@pytest.mark.parametrize(
    ("shares", "better", "worse", "word"),
    [
        ((7, 32.3, 49.3, 9.5), 0.40, -0.83, "must-be"),
        ((10.4, 45.1, 30.5, 11.5), 0.57, -0.78, "one-dimensional"),
        ((63.8, 21.6, 2.9, 8.5), 0.88, -0.25, "attractive"),
    ],
)
def test_g8_the_coefficients_of_the_ski(shares: tuple[float, ...], better: float, worse: float, word: str) -> None:
    """Sauerwein et al. 1996, A, O, M and I in per cent. The third is printed as 0.89; 85.4 / 96.8 is 0.882."""
    found = Kano(tuple(zip(("attractive", "one-dimensional", "must-be", "indifferent"), shares, strict=True)))
    assert found.satisfaction == pytest.approx(better, abs=0.005)
    assert found.dissatisfaction == pytest.approx(worse, abs=0.005)
    assert found.word == word


def test_of_classes_named_equally_often_the_one_that_has_to_be_counts() -> None:
    found = kano([("like", "neutral"), ("neutral", "dislike")])
    assert found
    assert found.word == "must-be"
    assert kano([]) is None


def test_votes_with_both_answers_give_the_class() -> None:
    answers = [("like", "dislike"), ("like", "dislike"), ("like", "neutral")]
    scores = [f"{{kano_functional: {have}, kano_dysfunctional: {lack}}}" for have, lack in answers]
    votes = ", ".join(f"{{by: v{n}, scores: {each}}}" for n, each in enumerate(scores))
    plan = model(f"kind: initiative\nid: x\nvotes: [{votes}]\n")
    assert not plan.findings
    found = Criteria(Graph(plan)).of(Ref("initiative", "default", "x"), built_in()["kano"].criteria[0])
    assert found.word == "one-dimensional"
    assert found.note == "most frequent in 3 votes; satisfaction 1.00 with it, -0.67 without it"
