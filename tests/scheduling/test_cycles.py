"""Cycles are those that trying all ways round finds."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from platctl.scheduling.cycles import cycles, shortest_cycles

Edges = dict[int, list[int]]
edges = st.dictionaries(st.integers(0, 5), st.lists(st.integers(0, 5), max_size=3), max_size=6)


def rounds(edges: Edges) -> list[list[int]]:
    """Every cycle that visits no node twice, begun at its smallest."""
    nodes = sorted({*edges, *(each for targets in edges.values() for each in targets)})
    ways = (list(way) for count in range(1, len(nodes) + 1) for way in permutations(nodes, count) if way[0] == min(way))
    return [way for way in ways if all(other in edges.get(one, ()) for one, other in pairwise([*way, way[0]]))]


@given(edges)
def test_a_set_is_all_that_cycles_join(edges: Edges) -> None:
    joined: list[set[int]] = []
    for way in rounds(edges):
        touched = [each for each in joined if each & set(way)]
        joined = [each for each in joined if not each & set(way)] + [set(way).union(*touched)]
    assert cycles(edges) == sorted(map(sorted, joined))


@given(edges)
def test_no_way_round_is_shorter(edges: Edges) -> None:
    found, all_ = shortest_cycles(edges), rounds(edges)
    assert found == sorted(found)
    assert len(found) == len(cycles(edges))
    for members in cycles(edges):
        (cycle,) = (each for each in found if each[0] in members)
        assert cycle in all_
        assert len(cycle) == min(len(way) for way in all_ if way[0] in members)


def test_of_equally_short_ones_the_first_by_name_is_shown() -> None:
    assert shortest_cycles({"b": ["c", "a"], "a": ["b"], "c": ["b"]}) == [["a", "b"]]


def test_a_ring_of_thousands_is_no_problem() -> None:
    assert shortest_cycles({node: [(node + 1) % 3000] for node in range(3000)}) == [list(range(3000))]
