"""Value against effort."""

from platctl.questions.backlog.report import Quadrant, ValueEffortMatrix
from ranking.test_ranking import report, work


def matrix(*texts: str, **options: object) -> ValueEffortMatrix:
    found = report(*texts, matrix=True, **options).matrix
    assert found
    return found


def fields(found: ValueEffortMatrix) -> dict[str, Quadrant]:
    return {each.initiative.id: each.field for each in found.placed}


FOUR = (work("a", 9, 1), work("b", 8, 9), work("c", 1, 2), work("d", 2, 8))


def test_medians_part_four_fields() -> None:
    found = matrix(*FOUR)
    assert (found.value, found.effort) == (5, 5)
    assert fields(found) == {
        "a": Quadrant.QUICK_WIN,
        "b": Quadrant.BIG_BET,
        "c": Quadrant.FILL_IN,
        "d": Quadrant.MONEY_PIT,
    }
    assert (found.value_of, found.effort_of) == ("value", "effort")


def test_what_is_in_the_middle_is_as_good_as_can_be() -> None:
    assert fields(matrix(work("a", 5, 5), work("b", 5, 5))) == {"a": Quadrant.QUICK_WIN, "b": Quadrant.QUICK_WIN}


def test_what_is_not_shown_still_counts_for_the_medians() -> None:
    found = matrix(*FOUR, top=1)
    assert fields(found) == {"a": Quadrant.QUICK_WIN}
    assert (found.value, found.effort) == (5, 5)


def test_models_without_a_size_go_by_score_and_effort_and_count_what_has_none() -> None:
    config = "scoring: {models: [{id: points, criteria: [{id: value}]}]}"
    texts = (work("a", 3, more="effort: {t: 2}"), work("b", 1, more="effort: {t: 8}"), work("c", 2))
    found = matrix(*texts, method="points", config=config)
    assert [(each.initiative.id, each.value, each.effort) for each in found.placed] == [("a", 3, 2), ("b", 1, 8)]
    assert (found.value, found.effort, found.unplaced) == (2, 5, 1)
