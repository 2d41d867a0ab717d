"""Charts as SVG."""

import datetime
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import HOSTILE, commands, hidden, texts
from pages import SCHEDULE

from platctl.page import Bar, Bars, Lane, Schedule, Stretch, Tone
from platctl.render.escape import visible
from platctl.render.picture.chart_svg import Plot, picture, render
from platctl.render.picture.text_width import width, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def tree(plot: Plot, title: str = "Plan") -> ElementTree.Element:
    return ElementTree.fromstring(render(plot, title))


def bars_of(plot: Plot) -> dict[str, tuple[int, int]]:
    """Where each bar begins and ends, by what it says."""
    found = {}
    for each in tree(plot).iter(f"{SVG}rect"):
        x = int(each.attrib["x"])
        found[str(each.findtext(f"{SVG}title"))] = (x, x + int(each.attrib["width"]))
    return found


def one(start: datetime.date, end: datetime.date, label: str = "x") -> Schedule:
    return Schedule(
        "", datetime.date(2027, 1, 1), datetime.date(2027, 12, 31), (), (Lane("", (Stretch(label, start, end),)),)
    )


# Schedules ---------------------------------------------------------------------------------------------------


def test_stretches_stand_below_the_periods_in_which_they_are() -> None:
    found = tree(SCHEDULE)
    ticks = {each.text: int(each.attrib["x"]) for each in found.iter(f"{SVG}text") if each.get("class") == "tick"}
    assert bars_of(SCHEDULE) == {
        "Passkeys: 2027-01-01 to 2027-03-31": (ticks["2027-Q1"], ticks["2027-Q2"]),
        "Offline: 2027-07-01 to 2027-12-31": (ticks["2027-Q3"], 952),
    }
    assert ticks["2027-Q1"] < ticks["today, 2027-02-14"] < ticks["2027-Q2"]


@pytest.mark.parametrize(
    ("start", "end"), [("2020-01-01", "2030-01-01"), ("2020-01-01", "2021-01-01"), ("2030-01-01", "2029-01-01")]
)
def test_what_is_out_of_the_picture_ends_at_its_edge(start: str, end: str) -> None:
    whole = one(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31))
    ((left, right),) = bars_of(whole).values()
    ((first, last),) = bars_of(one(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end))).values()
    assert left <= first < last <= right


def test_a_day_is_wide_enough_to_be_seen() -> None:
    ((first, last),) = bars_of(one(datetime.date(2027, 12, 31), datetime.date(2027, 12, 31))).values()
    assert last - first >= 3


def test_a_day_that_is_not_shown_is_not_marked() -> None:
    assert "today" not in picture(one(datetime.date(2027, 1, 1), datetime.date(2027, 1, 2)), "")


def test_a_long_label_has_several_lines() -> None:
    label = "A label that says so much about what is planned that no picture has room for it in one line"
    texts = [
        str(each.text)
        for each in tree(one(datetime.date(2027, 1, 1), datetime.date(2027, 2, 1), label)).iter(f"{SVG}text")
    ]
    assert len(texts) > 1
    assert " ".join(texts) == label


# Bars --------------------------------------------------------------------------------------------------------


def test_bars_are_as_long_as_their_values_say() -> None:
    found = bars_of(Bars((Bar("Q1", 4, "4 slips"), Bar("Q2", 1, "1 slip"), Bar("Q3", 0, "none"))))
    (long, short) = (end - start for start, end in found.values())
    assert list(found) == ["Q1: 4 slips", "Q2: 1 slip"]
    assert abs(long - 4 * short) <= 2


def test_a_chart_of_shares_has_room_for_the_whole() -> None:
    def length(most: float | None) -> int:
        ((start, end),) = bars_of(Bars((Bar("half", 0.5, "50 %"),), most)).values()
        return end - start

    assert abs(length(1) * 2 - length(None)) <= 1


# The file ----------------------------------------------------------------------------------------------------


def test_a_picture_says_what_it_shows() -> None:
    found = tree(SCHEDULE, "The <plan>")
    assert found.get("role") == "img"
    assert found.findtext(f"{SVG}title") == "The <plan>"
    assert found.findtext(f"{SVG}desc") == "Passkeys: 2027-01-01 to 2027-03-31; Offline: 2027-07-01 to 2027-12-31"


def test_a_file_is_for_light_and_dark_and_needs_nothing_else() -> None:
    text = render(SCHEDULE, "Plan")
    assert "prefers-color-scheme: dark" in text
    assert re.findall(r"https?:[^\"]*|url\(|@import|<script|\bon\w+=|href", text) == ["http://www.w3.org/2000/svg"]


def test_nothing_to_draw_is_no_picture() -> None:
    assert picture(Bars(()), "x") == ""
    assert picture(Schedule("", datetime.date(2027, 1, 1), datetime.date(2027, 1, 2), (), (Lane("x", ()),)), "x") == ""


_stretches = st.builds(Stretch, texts, st.dates(), st.dates(), st.sampled_from(Tone), texts)
_schedules = st.builds(
    Schedule,
    texts,
    st.dates(),
    st.dates(),
    st.lists(st.tuples(texts, st.dates()), max_size=4).map(tuple),
    st.lists(st.builds(Lane, texts, st.lists(_stretches, max_size=3).map(tuple)), max_size=2).map(tuple),
    st.none() | st.dates(),
)
_values = st.floats(-10, 10)
_charts = st.builds(
    Bars,
    st.lists(st.builds(Bar, texts, _values, texts, st.sampled_from(Tone)), max_size=4).map(tuple),
    st.none() | _values,
)


@given(st.one_of(_schedules, _charts), texts)
def test_any_chart_is_a_picture_within_its_edges(plot: Plot, title: str) -> None:
    text = render(plot, title)
    found = ElementTree.fromstring(text)
    _, _, wide, high = map(int, found.attrib["viewBox"].split())
    assert {each.tag.removeprefix(SVG) for each in found.iter()} <= {
        "svg",
        "title",
        "desc",
        "style",
        "path",
        "rect",
        "text",
    }
    assert (hidden(text), commands(text)) == ([], [])
    for each in found.iter(f"{SVG}rect"):
        x, y, length, height = (int(each.attrib[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x < x + length <= wide
        assert 0 <= y < y + height <= high
    for each in found.iter(f"{SVG}text"):
        assert 0 <= int(each.attrib["x"]) + width(str(each.text or ""), 13) <= wide + 1
        assert 0 < int(each.attrib["y"]) <= high


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_are_text(text: str) -> None:
    found = tree(one(datetime.date(2027, 1, 1), datetime.date(2027, 2, 1), text))
    shown = "".join(str(each.text) for each in found.iter(f"{SVG}text"))
    assert "".join(shown.split()) == "".join(visible(text, whole_line=False).split())


# Widths ------------------------------------------------------------------------------------------------------


@given(texts, st.integers(20, 300))
def test_no_line_is_wider_than_its_room_and_no_text_is_lost(text: str, room: int) -> None:
    shown = visible(text, whole_line=False)
    lines = wrapped(shown, room, 13)
    assert "".join("".join(lines).split()) == "".join(shown.split())
    assert all(width(each, 13) <= room or len(each) <= 2 for each in lines)


def test_wide_letters_and_marks_are_told_apart() -> None:
    assert width("名", 10) > width("W", 10) > width("e", 10) > width("i", 10)
    assert width("e\u0301", 10) == width("e", 10)
