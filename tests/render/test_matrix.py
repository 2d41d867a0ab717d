"""Points over two axes, as characters and as a picture."""

import math
import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from oracles import SVG_TAGS, commands, hidden, texts
from pages import matrices

from platctl.page import Matrix, Page, Point
from platctl.render.escape import visible
from platctl.render.page.markdown import render as markdown
from platctl.render.page.text import render
from platctl.render.picture import matrix_svg as svg

FIELDS = ("Quick wins", "Big bets", "Fill-ins", "Money pits")
_SPACE = "{http://www.w3.org/2000/svg}"


def matrix(*places: tuple[float, float]) -> Matrix:
    points = tuple(Point(str(nth), f"item {nth}", x, y) for nth, (x, y) in enumerate(places, start=1))
    return Matrix(points, "effort", "value", FIELDS)


def written(block: Matrix, width: int = 60) -> str:
    return render(Page((block,)), width=width, color=False)


def test_marks_stand_where_their_numbers_are_and_fields_at_the_corners() -> None:
    assert written(matrix((0, 1), (1, 1), (0.5, 0.5), (0, 0), (1, 0)), 40) == (
        "^ value\n"
        "  Quick wins                    Big bets\n"
        "  1                 │                  2\n"
        + "                    │\n" * 6
        + "  ──────────────────3───────────────────\n"
        + "                    │\n" * 6
        + "  4                 │                  5\n"
        "  Fill-ins                    Money pits\n"
        "                                effort >\n"
    )


def test_marks_in_one_place_stand_side_by_side() -> None:
    rows = written(matrix(*[(0.25, 0.75)] * 12)).splitlines()
    marks = {int(mark) for row in rows for mark in re.findall("[0-9]+", row)}
    assert marks == set(range(1, 13))


def test_in_markdown_it_is_drawn_with_characters() -> None:
    assert markdown(Page((matrix((0, 0)),))).startswith("```\n^ value\n  Quick wins")


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=30), st.integers(40, 120))
def test_every_mark_is_drawn_once_and_no_line_is_too_long(places: list[tuple[float, float]], width: int) -> None:
    rows = written(matrix(*places), width).splitlines()
    drawn = [int(mark) for row in rows for mark in re.findall("[0-9]+", row)]
    assert sorted(drawn) == list(range(1, len(places) + 1))
    assert max(map(len, rows)) <= width


# As a picture ---------------------------------------------------------------------------------------------------


def circles(text: str) -> list[tuple[int, int]]:
    found = ElementTree.fromstring(text).iter(f"{_SPACE}circle")
    return [(int(each.attrib["cx"]), int(each.attrib["cy"])) for each in found]


def test_higher_is_up_and_more_is_to_the_right() -> None:
    (x1, y1), (x2, y2) = circles(svg.render(matrix((0, 0), (1, 1)), "T"))
    assert x1 < x2
    assert y1 > y2


def test_no_circle_covers_another() -> None:
    found = circles(svg.render(matrix(*[(0.5, 0.5)] * 10, *[(0.51, 0.5)] * 5), "T"))
    pairs = [(one, other) for nth, one in enumerate(found) for other in found[:nth]]
    assert min(math.dist(one, other) for one, other in pairs) >= 26


def test_the_file_names_what_it_marks() -> None:
    tree = ElementTree.fromstring(svg.render(matrix((0, 0), (1, 1)), "Title"))
    assert tree.attrib["aria-label"] == "Title"
    shown = [each.text for each in tree.iter(f"{_SPACE}text")]
    for text in (*FIELDS, "effort →", "value →", "item 1", "item 2"):
        assert text in shown


@given(matrices, texts)
def test_any_picture_is_xml_that_nothing_acts_upon(block: Matrix, title: str) -> None:
    text = svg.render(block, title)
    tree = ElementTree.fromstring(text)
    assert {each.tag.removeprefix(_SPACE) for each in tree.iter()} <= SVG_TAGS
    assert not [name for each in tree.iter() for name in each.attrib if name.startswith("on") or "href" in name]
    assert hidden(text) == []
    assert commands(text) == []
    assert [each.text or "" for each in tree.iter(f"{_SPACE}title")] == [
        visible(point.name, whole_line=False) for point in block.points
    ]
