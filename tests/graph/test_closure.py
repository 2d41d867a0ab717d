"""The heaviest closed set is the one that trying all of them finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.closure import heaviest_closure


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[int], list[list[int]]]:
    """Nodes with weights, each with at most one need in half of the graphs; circles included."""
    size = draw(st.integers(1, 7))
    most = draw(st.sampled_from([1, 3]))
    nodes = st.integers(0, size - 1)
    needs = [
        draw(st.sets(nodes.filter(lambda each, node=node: each != node), max_size=most)) if size > 1 else set()
        for node in range(size)
    ]
    return draw(st.lists(st.integers(-5, 5), min_size=size, max_size=size)), [sorted(each) for each in needs]


@given(graphs())
def test_it_is_the_smallest_of_the_heaviest(graph: tuple[list[int], list[list[int]]]) -> None:
    weights, needs = graph
    nodes = range(len(weights))
    closed = [
        set(chosen)
        for count in range(len(weights) + 1)
        for chosen in combinations(nodes, count)
        if all(need in chosen for node in chosen for need in needs[node])
    ]
    best = max(sum(weights[node] for node in each) for each in closed)
    heaviest = [each for each in closed if sum(weights[node] for node in each) == best]
    assert heaviest_closure(weights, needs) == min(heaviest, key=len)
