"""Random pairs of models are usable, and varied enough to tell two implementations apart."""

from oracle import ORDER, compare
from pairs import NOTICE, TODAY, pair

from builders import model


def test_a_pair_is_the_same_each_time() -> None:
    assert [pair(seed) for seed in range(20)] == [pair(seed) for seed in range(20)]


def test_both_models_of_a_pair_are_read_completely() -> None:
    for seed in range(60):
        for text in pair(seed)[:2]:
            found = model(text)
            assert found.is_complete, text
            assert not found.findings, text


def test_a_model_compared_with_itself_has_no_effect() -> None:
    for seed in range(60):
        head = pair(seed).head
        judged = compare(model(head), model(head), today=TODAY, notice=NOTICE)
        assert {each.level for results in judged.values() for each in results} <= {None}, head


def test_pairs_reach_every_level() -> None:
    levels = set()
    for seed in range(60):
        base, head, today, at = pair(seed)
        judged = compare(model(base), model(head), today=today, at=at, notice=NOTICE)
        levels |= {each.level for results in judged.values() for each in results}
    assert levels == {None, *ORDER}
