"""What is reached is what walking from step to step arrives at."""

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.reachable import reachable

nodes = st.integers(0, 7)


@given(st.sets(nodes, max_size=3), st.dictionaries(nodes, st.lists(nodes, max_size=3)), st.integers(0, 8))
def test_it_is_all_that_so_many_steps_lead_to(start: set[int], edges: dict[int, list[int]], steps: int) -> None:
    nearer: set[int] = set()
    expected = set(start)
    layers = [set(start)]
    for _ in range(steps):
        nearer, expected = expected, expected | {other for node in expected for other in edges.get(node, ())}
        layers.append(expected - nearer)
    found = reachable(sorted(start), lambda node: edges.get(node, ()), steps)
    assert sorted(found) == sorted(expected)
    for layer in layers:
        assert set(found[: len(layer)]) == layer
        del found[: len(layer)]


def test_without_a_limit_it_goes_on_to_the_end_and_ends_in_a_circle() -> None:
    assert reachable([0], lambda node: [(node + 1) % 5000]) == list(range(5000))
