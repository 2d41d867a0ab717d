"""Charts in a terminal, and as mermaid."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from oracles import texts

from platctl.page import Bar, Bars, Block, Lane, Page, Periods, Schedule, Stretch, Tone
from platctl.render.page.text import render
from platctl.render.picture.mermaid import render as mermaid


def day(month: int, number: int = 1) -> datetime.date:
    return datetime.date(2027, month, number)


YEAR = tuple((f"2027-Q{quarter}", day(3 * quarter - 2)) for quarter in (1, 2, 3, 4))
PLAN = Schedule(
    "Plan",
    day(1),
    day(12, 31),
    YEAR,
    (
        Lane("Access", (Stretch("Passkeys", day(1), day(3, 31), Tone.STRONG), Stretch("Clinic", day(4), day(4)))),
        Lane("Media", (Stretch("Offline", day(7), day(12, 31), Tone.DIM),)),
    ),
)


def written(*blocks: Block, width: int = 60) -> str:
    return render(Page(blocks), width=width, color=False)


def test_bars_are_as_long_as_their_values_say() -> None:
    chart = Bars((Bar("2027-Q1", 4, "4 slips"), Bar("2027-Q2", 1, "1 slip"), Bar("2027-Q3", 0, "none")))
    assert written(chart, width=50) == (
        "2027-Q1  " + "█" * 32 + "  4 slips\n2027-Q2  " + "█" * 8 + " " * 24 + "  1 slip\n2027-Q3" + " " * 36 + "none\n"
    )


def test_a_small_value_is_not_nothing() -> None:
    assert "█" in written(Bars((Bar("much", 1_000_000, ""), Bar("little", 1, "")))).splitlines()[1]


def test_a_chart_of_shares_has_room_for_the_whole() -> None:
    (line,) = written(Bars((Bar("half", 0.5, "50 %"),), most=1)).splitlines()
    assert line.count("█") == 20


def test_stretches_stand_below_the_periods_in_which_they_are() -> None:
    assert written(PLAN, width=58) == (
        "          2027-Q1    2027-Q2     2027-Q3     2027-Q4\n"
        "Access\n"
        "Passkeys  ███████████\n"
        "Clinic" + " " * 15 + "█\n"
        "Media\n"
        "Offline" + " " * 26 + "░" * 25 + "\n"
    )


@given(st.integers(1, 200), st.lists(st.tuples(texts, st.dates(), st.dates()), max_size=5))
def test_no_schedule_is_wider_than_the_terminal(
    width: int, rows: list[tuple[str, datetime.date, datetime.date]]
) -> None:
    stretches = tuple(Stretch(label, start, end) for label, start, end in rows)
    lines = written(Schedule("", day(1), day(12, 31), YEAR, (Lane("all", stretches),)), width=width).splitlines()
    assert all(len(line) <= max(width, 40) for line in lines if line.isascii() or "█" in line)


def test_a_schedule_is_a_gantt_chart_with_both_days_included() -> None:
    assert mermaid(PLAN) == (
        "gantt\n"
        "  title Plan\n"
        "  dateFormat YYYY-MM-DD\n"
        "  axisFormat %Y-%m\n"
        "  inclusiveEndDates\n"
        "  todayMarker off\n"
        "  section Access\n"
        "  Passkeys :active, t0, 2027-01-01, 2027-03-31\n"
        "  Clinic :t1, 2027-04-01, 2027-04-01\n"
        "  section Media\n"
        "  Offline :t2, 2027-07-01, 2027-12-31"
    )


def test_periods_are_a_timeline_without_those_that_are_empty() -> None:
    picture = Periods("", (("now", ("Passkeys", "a : b")), ("next", ()), ("later", ("Offline",))))
    assert mermaid(picture) == "timeline\n  now : Passkeys : a #58; b\n  later : Offline"


def test_a_label_that_begins_with_a_word_of_mermaid_is_a_label() -> None:
    lane = Lane("Section", (Stretch("click here", day(1), day(1)), Stretch("Ending", day(1), day(1))))
    lines = mermaid(Schedule("", day(1), day(2), (), (lane,))).splitlines()
    assert [line.partition(" :")[0] for line in lines[-3:]] == [
        "  section #83;ection",
        "  #99;lick here",
        "  #69;nding",
    ]


def test_nothing_to_draw_is_no_picture() -> None:
    assert mermaid(Schedule("Plan", day(1), day(2), (), ())) == ""
    assert mermaid(Periods("Plan", (("now", ()),))) == ""


@given(texts, texts, texts)
def test_no_label_is_read_as_more_than_a_label(title: str, lane: str, label: str) -> None:
    chart = Schedule(title, day(1), day(2), (), (Lane(lane, (Stretch(label, day(1), day(1)),)),))
    lines = mermaid(chart).splitlines()
    own = [line for line in lines if line.startswith(("  section ", "  title ")) or " :t0, " in line]
    assert [line.count(":") for line in own] == [0] * (len(own) - 1) + [1]
    assert len(lines) == (8 if title.strip() else 7) or not title
