"""Pages for a terminal or a log."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import HOSTILE, commands, hidden
from pages import EXAMPLE, pages
from rich.cells import cell_len

from platctl.page import Block, Entries, Entry, Excerpt, Line, Page, Paragraph, Run, Section, Table, Tone, line
from platctl.render.page.text import render

_SGR = re.compile(r"\x1b\[[0-9;]*m")


def shown(*blocks: Block, width: int = 80) -> str:
    return render(Page(blocks), width=width, color=False)


def said(*parts: str | Run | Line) -> Paragraph:
    return Paragraph((line(*parts),))


# Layout ------------------------------------------------------------------------------------------------------


def test_a_report_at_120_columns() -> None:
    assert render(EXAMPLE, width=120, color=False) == (
        """\
Base 1f3c9a2 (merge base of origin/main and HEAD) -> working tree

Changes (2)
  identity#api     breaking  2.4.0 -> 3.0.0, 2.4.0 leaves   components/identity.yaml:9:7
  media-codec#sdk  addition  5.2.0 beside 5.1.0             components/media-codec.yaml:10:7

Consumers (11): 1 breaks, 1 must act

  Breaks
    mobile-app (tier 1)  mobile-app <- gateway <- identity
      nothing on offer meets >=2,<3   components/gateway.yaml:8:5

  Must act
    kiosk (tier 2)  kiosk <- identity
      nothing on offer meets >=2,<3; soft, so must-act rather than breaks   consumers/kiosk.yaml:9:5

  Left in this change
    crm no longer uses identity#api

How much that is
  Level   Consumers  Users            Developers  Revenue
  ──────  ─────────  ───────────────  ──────────  ────────────────
  breaks  1 (9%)     1,200,000 (40%)  -           12,000,000 (80%)

FAIL: 1 consumer breaks (--fail-on breaks)
"""
    )


def test_a_report_at_80_columns_folds_cells_and_notes() -> None:
    text = render(EXAMPLE, width=80, color=False)
    assert (
        """\
Changes (2)
  identity#api     breaking  2.4.0 -> 3.0.0,    components/identity.yaml:9:7
                             2.4.0 leaves
  media-codec#sdk  addition  5.2.0 beside       components/media-codec.yaml:10:7
                             5.1.0
"""
        in text
    )
    assert (
        """\
    kiosk (tier 2)  kiosk <- identity
      nothing on offer meets >=2,<3; soft, so must-act rather than breaks
        consumers/kiosk.yaml:9:5
"""
        in text
    )


def test_a_report_at_40_columns_stacks_what_has_no_room_side_by_side() -> None:
    assert render(EXAMPLE, width=40, color=False) == (
        """\
Base 1f3c9a2 (merge base of origin/main
  and HEAD) -> working tree

Changes (2)
  identity#api  breaking  2.4.0 ->
      3.0.0, 2.4.0 leaves
      components/identity.yaml:9:7
  media-codec#sdk  addition  5.2.0
      beside 5.1.0
      components/media-codec.yaml:10:7

Consumers (11): 1 breaks, 1 must act

  Breaks
    mobile-app (tier 1)  mobile-app <-
        gateway <- identity
      nothing on offer meets >=2,<3
        components/gateway.yaml:8:5

  Must act
    kiosk (tier 2)  kiosk <- identity
      nothing on offer meets >=2,<3;
        soft, so must-act rather than
        breaks
        consumers/kiosk.yaml:9:5

  Left in this change
    crm no longer uses identity#api

How much that is
  breaks
    Consumers: 1 (9%)
    Users: 1,200,000 (40%)
    Developers: -
    Revenue: 12,000,000 (80%)

FAIL: 1 consumer breaks (--fail-on
  breaks)
"""
    )


def test_less_than_40_columns_are_taken_for_40() -> None:
    assert render(EXAMPLE, width=1, color=False) == render(EXAMPLE, width=40, color=False)


def test_nothing_is_printed_for_nothing() -> None:
    assert shown() == shown(said(), Table(()), Entries(())) == ""


def test_a_section_without_blocks_still_shows_its_title() -> None:
    assert shown(Section(line("error[x]: y"), ())) == "error[x]: y\n"


def test_a_long_word_is_broken_and_nothing_of_it_lost() -> None:
    text = shown(said("see ", "x" * 100), width=40)
    assert text == "see\n  " + "x" * 38 + "\n  " + "x" * 38 + "\n  " + "x" * 24 + "\n"


def test_wide_characters_take_two_columns() -> None:
    table = Table(((line("名前"), line("a")), (line("xy"), line("b"))))
    assert shown(table) == "名前  a\nxy    b\n"
    assert shown(said("漢" * 30), width=40) == "漢" * 20 + "\n  " + "漢" * 10 + "\n"


def test_an_emoji_is_not_parted() -> None:
    family = "👨\u200d👩\u200d👧"
    assert all(family * len(row.strip()) for row in shown(said(family * 30), width=40).splitlines())
    assert set(shown(said(family * 30), width=40).replace(family, "").split()) == set()


def test_rows_may_be_shorter_than_others() -> None:
    assert shown(Table(((line("a"),), (line("b"), line("c"))), ("One", "Two"))) == "One  Two\n───  ───\na\nb    c\n"


def test_a_blank_line_of_code_stays() -> None:
    code = Entries((Entry(line("a:")), Entry(line()), Entry(line("  b: 1"))))
    assert shown(Section(line("Example"), (code,))) == "Example\n  a:\n\n    b: 1\n"


# Excerpts ----------------------------------------------------------------------------------------------------


def finding(*excerpts: Excerpt, width: int = 80) -> str:
    return shown(
        Section(line("error: no `identiy`"), (*excerpts, Entries((Entry(line("help: write x")),)))), width=width
    )


def test_an_excerpt_points_at_its_part() -> None:
    excerpt = Excerpt("products/shop.yaml:9:16", 9, "  - component: identiy#rest", 16, 23, "label")
    assert finding(excerpt) == (
        """\
error: no `identiy`
  --> products/shop.yaml:9:16
   |
 9 |   - component: identiy#rest
   |                ^^^^^^^ label
  help: write x
"""
    )


def test_line_numbers_of_one_finding_stand_below_each_other() -> None:
    assert finding(Excerpt("a.yaml:9:1", 9, "id: a", 5, 6), Excerpt("a.yaml:1200:1", 1200, "id: a", 5, 6)) == (
        """\
error: no `identiy`
    --> a.yaml:9:1
     |
   9 | id: a
     |     ^
    --> a.yaml:1200:1
     |
1200 | id: a
     |     ^
  help: write x
"""
    )


def test_tabs_and_wide_characters_keep_the_caret_in_place() -> None:
    excerpt = Excerpt("a.yaml:1:5", 1, "名\t前: wrong", 5, 10)
    assert finding(excerpt).splitlines()[3:5] == [" 1 | 名    前: wrong", "   |          ^^^^^"]


def test_a_hidden_character_is_pointed_at_as_it_is_shown() -> None:
    excerpt = Excerpt("a.yaml:1:4", 1, "id:\u202ex", 4, 5)
    assert finding(excerpt).splitlines()[3:5] == [r" 1 | id:\u202ex", "   |    ^^^^^^"]


def test_an_empty_part_gets_one_caret() -> None:
    assert finding(Excerpt("a.yaml:1:4", 1, "id:\n", 4, 4)).splitlines()[3:5] == [" 1 | id:", "   |    ^"]
    assert finding(Excerpt("a.yaml:1:9", 1, "id:", 9, 12)).splitlines()[3:5] == [" 1 | id:", "   |    ^"]


def test_a_long_line_is_cut_around_the_caret() -> None:
    excerpt = Excerpt("a.yaml:1:101", 1, "a" * 100 + "WRONG" + "b" * 100, 101, 106)
    assert finding(excerpt, width=40).splitlines()[3:5] == [
        " 1 | …aaaaaaaaaaaaaaWRONGbbbbbbbbbbbbbb…",
        "   |                ^^^^^",
    ]


def test_a_long_part_is_cut_itself() -> None:
    excerpt = Excerpt("a.yaml:1:1", 1, "x" * 100, 1, 101)
    number, carets = finding(excerpt, width=40).splitlines()[3:5]
    assert number == " 1 | " + "x" * 32 + "…"
    assert carets == "   | " + "^" * 33


def test_a_long_label_stands_below() -> None:
    excerpt = Excerpt("a.yaml:1:1", 1, "x: 1", 4, 5, "a label of more words than fit beside the caret")
    assert finding(excerpt, width=40).splitlines()[4:7] == [
        "   |    ^",
        "   | a label of more words than fit",
        "   | beside the caret",
    ]


# Any text ----------------------------------------------------------------------------------------------------


def test_markup_is_text() -> None:
    assert shown(said("[/] [bold]x[/] :bomb: src/[id].tsx")) == "[/] [bold]x[/] :bomb: src/[id].tsx\n"


def test_pieces_do_not_add_up_to_a_command() -> None:
    assert shown(said("##", Run("[error]x", Tone.BAD))) == "#♯[error]x\n"
    assert shown(said(":", ":error::x")) == "∶:error::x\n"
    assert commands(shown(said("word " * 7, " ::error::x"), width=40)) == []


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_are_harmless_in_every_block(text: str, color: bool) -> None:
    here = line(text)
    page = Page(
        (
            Section(here, (Paragraph((here,)), Table(((here, here),)), Table(((here, here),), (text, text)))),
            Section(here, (Entries((Entry(here, (here,)),)), Excerpt(text, 1, text, 1, 9, text))),
        )
    )
    written = _SGR.sub("", render(page, width=40, color=color))
    assert (hidden(written), commands(written)) == ([], [])


@given(pages, st.integers(40, 130))
def test_any_page_fits_and_is_harmless(page: Page, width: int) -> None:
    written = render(page, width=width, color=False)
    assert (hidden(written), commands(written)) == ([], [])
    assert not written or (written.endswith("\n") and not written.endswith("\n\n"))
    for row in written.splitlines():
        assert row == row.rstrip()
        assert cell_len(row) <= width


@given(pages)
def test_colours_change_nothing_but_colours(page: Page) -> None:
    colored = _SGR.sub("", render(page, width=80, color=True))
    assert colored == render(page, width=80, color=False)


# Colours -----------------------------------------------------------------------------------------------------


def test_tones_have_colours_that_are_readable_on_any_ground() -> None:
    page = Page((said(*(Run(f"{tone.value} ", tone) for tone in Tone)),))
    assert render(page, width=80, color=True) == (
        "plain \x1b[1mstrong \x1b[0m\x1b[2mdim \x1b[0m\x1b[36mcode \x1b[0m\x1b[1;31mbad \x1b[0m"
        "\x1b[1;35mwarn \x1b[0m\x1b[1;32mgood \x1b[0m\x1b[35mrisk \x1b[0m\x1b[1;36mnote\x1b[0m\n"
    )


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    colored, plain = render(EXAMPLE, width=80, color=True), render(EXAMPLE, width=80, color=False)
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": "dumb", "COLUMNS": "7"}.items():
        monkeypatch.setenv(name, value)
    assert render(EXAMPLE, width=80, color=True) == colored
    assert render(EXAMPLE, width=80, color=False) == plain
