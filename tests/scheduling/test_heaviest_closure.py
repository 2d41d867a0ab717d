"""The heaviest closed set is the one that trying all of them finds."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.heaviest_closure import heaviest_closure

Graph = tuple[list[int], list[list[int]]]
weights = st.one_of(st.integers(-5, 5), st.integers(-(10**30), 10**30))


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Nodes with weights, each with at most one need in half of the graphs; circles included."""
    size = draw(st.integers(1, 7))
    most = draw(st.sampled_from([1, 3]))
    nodes = st.integers(0, size - 1)
    needs = [
        draw(st.sets(nodes.filter(lambda each, node=node: each != node), max_size=most)) if size > 1 else set()
        for node in range(size)
    ]
    return draw(st.lists(weights, min_size=size, max_size=size)), [sorted(each) for each in needs]


@st.composite
def projects(draw: st.DrawFn) -> Graph:
    """Projects that bring something and need two tools or more, which cost something: no part is decided by itself."""
    tools = draw(st.lists(st.integers(-9, -1), min_size=2, max_size=4))
    gains = draw(st.lists(st.integers(1, 9), min_size=2, max_size=4))
    needed = st.sets(st.integers(0, len(tools) - 1), min_size=2)
    return [*tools, *gains], [*([] for _ in tools), *(sorted(draw(needed)) for _ in gains)]


@given(st.one_of(graphs(), projects()))
def test_it_is_the_smallest_of_the_heaviest(graph: Graph) -> None:
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
