"""The order by scores under prerequisites, against a slow and obvious way to find it."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.reachable import reachable
from platctl.scheduling.score_order import by_score

Pairs = list[tuple[str, str]]
names = st.sampled_from("abcdef")
plans = st.tuples(st.dictionaries(names, st.integers(0, 5)), st.lists(st.tuples(names, names), max_size=8))


def slow_order(scores: Mapping[str, float], pairs: Pairs) -> list[str]:
    """Always that of the best priority which nothing holds up but what waits for it itself, with all of its circle."""
    edges = [(one, other) for one, other in pairs if one in scores and other in scores]
    later = {each: reachable([each], lambda name: [other for one, other in edges if one == name]) for each in scores}
    circle = {each: sorted(other for other in later[each] if each in later[other]) for each in scores}

    def key(each: str) -> tuple[float, float, str]:
        return -max(scores[o] for o in later[each]), -max(scores[o] for o in circle[each]), circle[each][0]

    order: list[str] = []
    while left := sorted(scores.keys() - set(order), key=key):
        is_free = (all(other in circle[each] or each not in later[other] for other in left) for each in left)
        first = next(each for each, free in zip(left, is_free, strict=True) if free)
        order += sorted(circle[first], key=lambda each: (-scores[each], each))
    return order


@given(plans)
def test_the_best_that_can_come_next_comes_next(plan: tuple[dict[str, int], Pairs]) -> None:
    scores, pairs = plan
    found = by_score(scores, pairs)
    assert list(found.order) == slow_order(scores, pairs)
    place = {each: index for index, each in enumerate(found.order)}
    for each, lifting in found.lifted_by.items():
        assert scores[lifting] > scores[each]
        assert each in (one for one, _ in pairs)
    lifted = [scores[found.lifted_by.get(each, each)] for each in found.order]
    assert len(place) == len(scores)
    assert lifted == sorted(lifted, reverse=True)


def test_of_equal_scores_the_smaller_name_comes_first() -> None:
    found = by_score({"b": 1, "a": 1, "c": 2}, [])
    assert found.order == ("c", "a", "b")
    assert not found.lifted_by
