"""platctl and the oracle agree on random pairs of models, in all that is told of each dependency."""

import pytest
from judging import judged, judged_escaping
from oracle import compare, escaped
from pairs import pair

from builders import model

BLOCK = 100
BLOCKS = [
    pytest.param(first, marks=[pytest.mark.slow] if first >= 2 * BLOCK else []) for first in range(0, 2000, BLOCK)
]


@pytest.mark.parametrize("first", BLOCKS)
def test_a_change_is_judged_as_the_oracle_does(first: int) -> None:
    for seed in range(first, first + BLOCK):
        base, head, today, at = pair(seed)
        states = model(base), model(head)
        found = judged(*states, today=today, at=at)
        assert found == compare(*states, today=today, at=at), f"pair({seed})"


@pytest.mark.parametrize("first", BLOCKS)
def test_what_an_edited_dependency_escapes_is_judged_as_the_oracle_does(first: int) -> None:
    for seed in range(first, first + BLOCK):
        base, head, today, at = pair(seed)
        states = model(base), model(head)
        found = judged_escaping(*states, today=today, at=at)
        assert found == escaped(*states, today=today, at=at), f"pair({seed})"
