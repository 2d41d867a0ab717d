"""What pages share: ordinals, places, sections that count, and what levels are called."""

import pytest

from platctl.finding import Severity, Span
from platctl.model.level import Level
from platctl.page import Entry, Fold, Section, Table, line, row
from platctl.writing.levels import LEVELS
from platctl.writing.phrases import ordinal, place
from platctl.writing.sections import entries_section, table_section


@pytest.mark.parametrize(
    ("nth", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (1021, "1,021st")]
)
def test_ordinals(nth: int, text: str) -> None:
    assert ordinal(nth) == text


def test_a_place_stands_apart_from_what_is_said_of_it() -> None:
    assert "".join(run.text for run in line("late", place(Span("a.yaml", 3)))) == "late   a.yaml:3:1"
    assert place(None) == ()


def test_a_section_counts_what_is_in_it() -> None:
    (section,) = entries_section("Decisions", [Entry(line("a"))] * 1200)
    assert section.title == line("Decisions (1,200)")


def test_where_there_is_nothing_there_is_no_section() -> None:
    assert list(entries_section("Decisions", [])) == []
    assert list(table_section("Decisions", [])) == []


@pytest.mark.parametrize("kind", [Section, Fold])
def test_a_table_stands_open_or_folded(kind: type[Section | Fold]) -> None:
    found = table_section("Goals", [row("a", line("b"))], ("Goal", "Change"), kind=kind)
    assert list(found) == [kind(line("Goals (1)"), (Table(((line("a"), line("b")),), ("Goal", "Change")),))]


def test_every_level_has_words_and_a_stronger_one_is_no_less_grave() -> None:
    assert list(LEVELS) == list(Level)
    ranks = [level.severity.rank for level in Level]
    assert ranks == sorted(ranks)
    assert Level.BREAKS.severity is Severity.ERROR
