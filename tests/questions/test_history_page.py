"""How a history is put into words."""

import re

from pasts import on, past
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.outlook.lifelines import lives
from platctl.questions.history.derive import story
from platctl.questions.history.overview import overview
from platctl.questions.history.overview_page import overview_page
from platctl.questions.history.page import story_page
from platctl.render.page.text import render


def told(found: Past) -> list[str]:
    report = story(found, lives(found).named[Ref("initiative", "default", "a")])
    return render(story_page(report), width=100, color=False).splitlines()


def initiative(*lines: str) -> str:
    return "".join(f"{line}\n" for line in ("kind: initiative", "id: a", *lines))


def test_a_long_text_is_not_repeated() -> None:
    assert told(past(initiative("outcome: " + "x" * 61), initiative("outcome: short")))[-1] == "    outcome: rewritten"
    assert told(past(initiative(), initiative("outcome: " + "x" * 61)))[-1] == f"    outcome: added {'x' * 59}…"


def test_a_day_that_nobody_counted_on_is_rescheduled() -> None:
    lines = told(past(initiative("end: 2027-01-01"), initiative("end: 2027-01-02")))
    assert lines[-1] == "    rescheduled by 1 day, not committed: 2027-01-01 -> 2027-01-02"


def test_many_slips_are_counted_in_words_of_their_own() -> None:
    ends = [f"2027-{month:02}-01" for month in range(1, 13)] + [f"2028-{month:02}-01" for month in range(1, 13)]
    lines = told(past(*(initiative("status: planned", f"end: {end}") for end in ends)))
    times = [found[1] for line in lines if (found := re.search(r", (\d+..) slip:", line))]
    assert times[:4] == ["1st", "2nd", "3rd", "4th"]
    assert times[9:13] == ["10th", "11th", "12th", "13th"]
    assert times[19:] == ["20th", "21st", "22nd", "23rd"]
    assert "slipped 23 times, by 700 days in total" in lines[2]


def test_a_day_that_can_t_be_read_is_said_to_be_unknown() -> None:
    assert told(on(("", initiative())))[1] == "first seen on an unknown day in 0000000, by Ada"


def test_no_more_slips_are_listed_than_people_read_and_the_rest_is_counted() -> None:
    texts = [("2027-01-01", initiative("status: planned", f"end: {2028 + year}-01-01")) for year in range(42)]
    found = on(*texts)
    lines = render(overview_page(overview(found, lives(found))), width=100, color=False).splitlines()
    assert "Slips (last 40 of 41; all with --format csv)" in lines
    assert sum(line.endswith(("st", "nd", "rd", "th")) and "Ada" in line for line in lines) == 40


def test_a_plan_that_never_slipped_says_so() -> None:
    found = past(initiative())
    lines = render(overview_page(overview(found, lives(found))), width=100, color=False).splitlines()
    assert lines[1:3] == ["no slips", "no period with planned work has ended yet"]


def test_a_team_without_slips_and_planned_work_is_only_among_those_that_dropped_something() -> None:
    found = past(initiative("owner: core", "status: active"), initiative("owner: core", "status: dropped"))
    lines = render(overview_page(overview(found, lives(found))), width=100, color=False).splitlines()
    assert "By team" not in lines
    heading = lines.index("Dropped, planned again and done, by team")
    assert lines[heading + 3].split() == ["core", "1", "0", "0", "0", "0"]
