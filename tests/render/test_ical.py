"""Days to remember, as calendar programs read them."""

import sys
from datetime import UTC, date, datetime

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from oracles import HOSTILE, commands, hidden, texts

from platctl.page import CalendarEntry
from platctl.render.data.ical import render
from platctl.render.errors import RenderError
from platctl.render.escape import visible

TODAY = date(2027, 2, 14)
DEADLINE = CalendarEntry(
    "deadline/kiosk/identity",
    date(2027, 3, 31),
    "kiosk: move to identity 3, or it breaks",
    "identity 2 leaves; it was announced\nAsk the team; they know",
    ("deadline", "must act, soon"),
    "https://wiki.example/identity?a=1,2;b",
)


def written(*entries: CalendarEntry) -> str:
    return render(entries, name="Roadmap", today=TODAY)


def read(text: str) -> list[vobject.base.Component]:
    """The events as another library reads them."""
    (calendar,) = vobject.readComponents(text)
    return list(calendar.contents.get("vevent", []))


def test_a_deadline_is_a_whole_day() -> None:
    (event,) = read(written(DEADLINE))
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 3, 31), date(2027, 4, 1))
    assert event.uid.value == "deadline/kiosk/identity@platctl"
    assert event.sequence.value == "0"
    assert event.summary.value == "kiosk: move to identity 3, or it breaks"
    assert event.description.value == "identity 2 leaves; it was announced\nAsk the team; they know"
    assert event.categories.value == ["deadline", "must act, soon"]
    assert event.url.value == "https://wiki.example/identity?a=1,2;b"
    assert event.transp.value == "TRANSPARENT"


def test_it_is_made_on_the_day_of_the_report() -> None:
    (event,) = read(written(DEADLINE))
    assert event.dtstamp.value == datetime(2027, 2, 14, tzinfo=UTC)


def test_days_stand_in_their_order_and_the_same_entries_give_the_same_bytes() -> None:
    entries = [CalendarEntry(uid, day, uid) for uid, day in (("b", TODAY), ("c", date(2026, 1, 1)), ("a", TODAY))]
    assert [event.uid.value for event in read(written(*entries))] == ["c@platctl", "a@platctl", "b@platctl"]
    assert written(*entries) == written(*reversed(entries))


def test_lines_are_folded_and_end_as_the_format_asks_for() -> None:
    text = written(CalendarEntry("u", TODAY, "größer " * 40))
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(each.encode()) for each in lines) <= 75
    assert read(text)[0].summary.value.strip() == ("größer " * 40).strip()


def test_a_calendar_of_nothing_is_one() -> None:
    assert (
        written()
        == "BEGIN:VCALENDAR\r\nPRODID:-//platctl//EN\r\nVERSION:2.0\r\nX-WR-CALNAME:Roadmap\r\nEND:VCALENDAR\r\n"
    )


def test_the_last_day_there_is_has_no_day_after_it() -> None:
    (event,) = read(written(CalendarEntry("u", date.max, "x")))
    assert event.dtstart.value == date.max


@pytest.mark.parametrize("text", [*HOSTILE, "x\r\nBEGIN:VALARM\r\nACTION:AUDIO", "END:VEVENT", "a;b,c\\n", 'x";y="z'])
def test_hostile_text_is_text(text: str) -> None:
    shown = visible(text, whole_line=False).replace("::", "∶:").replace("##[", "#♯[")
    (event,) = read(
        written(CalendarEntry(f"u{text}", TODAY, f"t{text}", f"d {text}".replace("\n", " "), ("c", f"c{text}"), text))
    )
    assert event.uid.value == f"u{shown}@platctl"
    assert event.summary.value == f"t{shown}"
    assert event.categories.value == ["c", f"c{shown}"]
    assert set(event.contents) <= {
        "uid",
        "sequence",
        "dtstamp",
        "dtstart",
        "dtend",
        "summary",
        "description",
        "categories",
        "transp",
    }


@given(
    st.lists(
        st.builds(CalendarEntry, texts, st.dates(), texts, texts, st.lists(texts, max_size=2).map(tuple), texts),
        max_size=3,
    )
)
def test_any_calendar_is_one_and_nothing_acts_upon_it(entries: list[CalendarEntry]) -> None:
    text = render(entries, name="x", today=TODAY)
    assert len(read(text)) == len(entries)
    assert hidden(text.replace("\r\n", "\n")) == []
    assert commands(text) == []


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(RenderError) as raised:
        written(DEADLINE)
    assert raised.value.help == "install it with `pip install 'platctl[ical]'`"
