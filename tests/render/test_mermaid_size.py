"""Charts stay within what hosts draw, and say what is missing."""

import datetime
import re

import pytest

from platctl.page import Arrow, Box, Diagram, Lane, Periods, Schedule, Stretch
from platctl.render.picture.mermaid import Picture, render

DAY = datetime.date(2027, 1, 1)


def flow(count: int, edges: int = 1) -> Diagram:
    nodes = tuple(Box(str(nth), f"Component {nth}") for nth in range(count))
    return Diagram(
        nodes, tuple(Arrow(str(nth), str((nth + by) % count)) for nth in range(count) for by in range(1, edges + 1))
    )


def gantt(count: int) -> Schedule:
    stretches = tuple(Stretch(f"Work {nth}", DAY, DAY) for nth in range(count))
    return Schedule("Plan", DAY, DAY, (), (Lane("A", stretches[::2]), Lane("B", stretches[1::2])))


def timeline(count: int) -> Periods:
    return Periods("Plan", (("Now", tuple(f"Work {nth}" for nth in range(count))), ("Later", ("Last",))))


LARGE: list[Picture] = [flow(3000), flow(300, edges=4), gantt(3000), timeline(6000)]


@pytest.mark.parametrize("picture", LARGE, ids=["nodes", "edges", "gantt", "timeline"])
def test_a_large_chart_is_cut_and_says_how_much_is_missing(picture: Picture) -> None:
    text = render(picture)
    assert len(text) <= 50_000
    assert text.count(" -->") <= 500
    missing = int(
        (re.search(r"(?:#40;)?([0-9]+(?:#44;[0-9]+)*) more not shown", text) or ["", ""])[1].replace("#44;", "")
    )
    shown = len(re.findall(r"(?:Component|Work) [0-9]+|Last", text))
    total = {Diagram: 300 if picture is LARGE[1] else 3000, Schedule: 3000, Periods: 6001}[type(picture)]
    assert shown + missing == total
    assert len(text) > 45_000 or text.count(" -->") > 450


@pytest.mark.parametrize("picture", [flow(100), gantt(100), timeline(100)])
def test_others_are_whole(picture: Picture) -> None:
    assert "not shown" not in render(picture)
