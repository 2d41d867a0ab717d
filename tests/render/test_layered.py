"""Layered drawings: rows that mean something, few crossings, boxes that don't overlap, lines that arrive."""

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.render.picture.layered.crossings import crossings, ordered, together
from platctl.render.picture.layered.layout import layout
from platctl.render.picture.layered.places import isotonic
from platctl.render.picture.layered.rows import Link, rows_of

Graph = tuple[list[int], list[Link], int | None]
"""Bands, links, and the most nodes of a row."""

# Crossings --------------------------------------------------------------------------------------------------

_BY_A_PROTOTYPE = {
    (30, 45): (71, 60, 52, 49, 82, 60, 49, 43),
    (30, 60): (164, 123, 146, 117, 147, 165, 145, 164),
    (200, 500): (13133, 13532),
}
"""What a first drawing of such graphs had, by nodes and links: one number for each seed."""
_OF_A_LARGE_GRAPH = 524_940


def random_graph(nodes: int, links: int, seed: int) -> tuple[list[int], list[Link]]:
    """The bands of some nodes, and links that all go down."""
    choose = random.Random(seed)
    bands = [choose.randrange(4) for _ in range(nodes)]
    found: set[Link] = set()
    while len(found) < links:
        one, other = choose.randrange(nodes), choose.randrange(nodes)
        if (bands[one], one) < (bands[other], other):
            found.add((one, other))
    return bands, sorted(found)


def crossed(upper: list[int], lower: list[int], links: list[Link]) -> int:
    """Pair by pair."""
    return sum(
        (upper.index(a) - upper.index(b)) * (lower.index(c) - lower.index(d)) < 0
        for (a, c), (b, d) in combinations(links, 2)
    )


@given(st.data())
def test_crossings_are_counted_as_pair_by_pair(data: st.DataObject) -> None:
    upper, lower = data.draw(st.permutations(range(6))), data.draw(st.permutations(range(10, 16)))
    some = st.lists(st.tuples(st.sampled_from(upper), st.sampled_from(lower)), unique=True, max_size=14)
    links = data.draw(some)
    assert crossings(upper, lower, links) == crossed(upper, lower, links)


@pytest.mark.parametrize("size", _BY_A_PROTOTYPE, ids=str)
def test_there_are_no_more_crossings_than_in_the_first_drawing(size: tuple[int, int]) -> None:
    for seed, most in enumerate(_BY_A_PROTOTYPE[size]):
        bands, links = random_graph(*size, seed)
        assert layout(bands, [80.0] * size[0], links).crossings <= most


@pytest.mark.slow
def test_a_large_graph_is_drawn_nearly_as_well() -> None:
    bands, links = random_graph(1000, 3000, 0)
    drawn = layout(bands, [80.0] * 1000, links)
    assert drawn.crossings <= _OF_A_LARGE_GRAPH * 1.001


def test_what_can_be_drawn_without_crossings_is() -> None:
    tree = [(nth, 2 * nth + step) for nth in range(7) for step in (1, 2)]
    assert layout([0] * 15, [80.0] * 15, tree).crossings == 0


# Rows -------------------------------------------------------------------------------------------------------


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Any graph: also with cycles, loops, links that go up, and rows that are split."""
    count = draw(st.integers(1, 9))
    bands = draw(st.lists(st.integers(0, 2), min_size=count, max_size=count))
    ends = st.integers(0, count - 1)
    links = draw(st.lists(st.tuples(ends, ends), unique=True, max_size=16))
    return bands, links, draw(st.sampled_from([None, 1, 3]))


@given(graphs())
def test_links_within_a_band_go_down_unless_they_are_in_a_cycle(graph: Graph) -> None:
    bands, links, most = graph
    drawn = layout(bands, [80.0] * len(bands), links, most=most)
    row = [nth for _, nth in drawn.nodes]
    assert [drawn.bands[each] for each in row] == bands
    assert list(drawn.bands) == sorted(drawn.bands)
    for one, other in links:
        if bands[one] == bands[other] and not leads(links, bands, other, one):
            assert row[one] < row[other]
        if bands[one] < bands[other]:
            assert row[one] < row[other]
    if most:
        assert all(row.count(each) <= most for each in row)


def leads(links: list[Link], bands: list[int], start: int, end: int) -> bool:
    """Whether a way leads from one node to another within their band."""
    seen, due = set(), [start]
    while due:
        node = due.pop()
        if node not in seen:
            seen.add(node)
            due += [other for one, other in links if one == node and bands[other] == bands[start]]
    return end in seen


@given(graphs())
def test_a_line_passes_every_row_between_its_ends(graph: Graph) -> None:
    bands, links, most = graph
    drawn = layout(bands, [80.0] * len(bands), links, most=most)
    for (one, other), route in zip(links, drawn.routes, strict=True):
        assert (route[0], route[-1]) == (drawn.nodes[one], drawn.nodes[other])
        steps = {after - before for (_, before), (_, after) in pairwise(route)}
        assert steps in ({1}, {-1}, {0})


@given(graphs())
def test_boxes_of_a_row_never_overlap_and_all_is_inside(graph: Graph) -> None:
    bands, links, most = graph
    widths = [60.0 + 10 * nth for nth in range(len(bands))]
    drawn = layout(bands, widths, links, most=most)
    for (one, (x, row)), (other, (y, there)) in combinations(enumerate(drawn.nodes), 2):
        if row == there:
            assert abs(x - y) >= (widths[one] + widths[other]) / 2
    for width, (x, _) in zip(widths, drawn.nodes, strict=True):
        assert round(x - width / 2, 1) >= 0
        assert round(x + width / 2, 1) <= drawn.width
    assert all(0 <= x <= drawn.width for route in drawn.routes for x, _ in route)


@given(graphs(), st.randoms(use_true_random=False))
def test_what_is_in_one_cycle_stands_together(graph: Graph, choose: random.Random) -> None:
    bands, links, _ = graph
    rings = [choose.choice(["", "a", "b"]) for _ in bands]
    order = together(ordered(rows_of(bands, links)), rings)
    for row in order:
        seen = [rings[each] if each < len(rings) else "" for each in row]
        for ring in ("a", "b"):
            places = [nth for nth, each in enumerate(seen) if each == ring]
            assert not places or places == list(range(places[0], places[-1] + 1))


# Places -----------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9), st.integers(0, 20)), min_size=1, max_size=7))
def test_places_are_the_nearest_that_keep_the_gaps(parts: list[tuple[int, int, int]]) -> None:
    """The min-max formula of isotonic regression, by all stretches."""
    wanted, weights = [float(each[0]) for each in parts], [float(each[1]) for each in parts]
    gaps = [float(each[2]) for each in parts[1:]]
    offsets = [sum(gaps[:nth]) for nth in range(len(parts))]
    flat = [want - offset for want, offset in zip(wanted, offsets, strict=True)]

    def mean(first: int, last: int) -> float:
        inside = range(first, last + 1)
        return sum(flat[nth] * weights[nth] for nth in inside) / sum(weights[nth] for nth in inside)

    count = len(parts)
    best = [
        max(min(mean(first, last) for last in range(nth, count)) for first in range(nth + 1)) + offsets[nth]
        for nth in range(count)
    ]
    assert isotonic(wanted, weights, gaps) == pytest.approx(best)
