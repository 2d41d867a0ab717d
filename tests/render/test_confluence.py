"""Pages for Confluence."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from oracles import HOSTILE, commands, hidden, texts
from pages import EXAMPLE, SCHEDULE, pages, targets

from platctl.page import (
    Bar,
    Bars,
    Block,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Target,
    Tone,
    line,
)
from platctl.render.escape import visible
from platctl.render.page.confluence import render

TITLES = {"team/media": "Media & more"}
AC, RI = "{http://atlassian.com/content}", "{http://atlassian.com/resource/identifier}"


def written(*blocks: Block) -> str:
    return render(Page(blocks), titles=TITLES)


def tree(text: str) -> ElementTree.Element:
    """The page as an XML parser reads it, inside of an element that has the two prefixes."""
    return ElementTree.fromstring(f'<p xmlns:ac="{AC[1:-1]}" xmlns:ri="{RI[1:-1]}">{text}</p>')


def linked(to: Target) -> str:
    return written(Paragraph((line(Run("Media", to=to)),)))


# Blocks ------------------------------------------------------------------------------------------------------


def test_blocks_are_elements_of_the_storage_format() -> None:
    page = (
        Section(
            line("Plan"),
            (
                Paragraph((line("one"), line("two ", Run("bad", Tone.BAD)))),
                Entries((Entry(line("a"), (line("n"),)), Entry(line("b")))),
                Table(((line("x"), line("1")),), ("Name", "Count"), frozenset({1})),
            ),
            "plan",
        ),
    )
    assert written(*page) == (
        '<h1><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">plan</ac:parameter>'
        "</ac:structured-macro>Plan</h1>\n"
        "<p>one<br />\ntwo <strong>bad</strong></p>\n"
        "<ul><li>a\n<ul>\n<li>n</li>\n</ul></li>\n<li>b</li></ul>\n"
        "<table><tbody>\n"
        '<tr><th>Name</th><th style="text-align: right;">Count</th></tr>\n'
        '<tr><td>x</td><td style="text-align: right;">1</td></tr>\n'
        "</tbody></table>\n"
    )


def test_what_can_be_opened_and_code_are_macros() -> None:
    assert written(Fold(line("More"), (Paragraph((line("x"),)),))) == (
        '<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">More</ac:parameter>'
        "<ac:rich-text-body>\n<p>x</p>\n</ac:rich-text-body></ac:structured-macro>\n"
    )
    code = tree(written(Excerpt("a.yaml:1:1", 1, "x ]]> y", 3, 4))).find(f".//{AC}plain-text-body")
    assert code is not None
    assert code.text == "  --> a.yaml:1:1\n   |\n 1 | x ]]> y\n   |   ^"


def test_charts_are_tables() -> None:
    assert "<td>Passkeys</td><td>Access</td><td>2027-01-01</td><td>2027-03-31</td>" in written(SCHEDULE)
    assert "<tr><td>Q1</td><td>4 slips</td></tr>" in written(Bars((Bar("Q1", 4, "4 slips"),)))


# Links -------------------------------------------------------------------------------------------------------


def test_a_link_to_a_page_goes_by_its_title() -> None:
    assert linked(Target("team/media", "q1")) == (
        '<p><ac:link ac:anchor="q1"><ri:page ri:content-title="Media &amp; more" />'
        "<ac:link-body>Media</ac:link-body></ac:link></p>\n"
    )


def test_a_link_to_a_place_on_the_page_and_to_the_web() -> None:
    assert linked(Target(anchor="q1")) == (
        '<p><ac:link ac:anchor="q1"><ac:link-body>Media</ac:link-body></ac:link></p>\n'
    )
    assert linked(Target(url="https://a.example/?b&c")) == '<p><a href="https://a.example/?b&amp;c">Media</a></p>\n'


@pytest.mark.parametrize("to", [Target("unknown"), Target(), Target(url="javascript:x")])
def test_a_link_that_leads_nowhere_is_text(to: Target) -> None:
    assert linked(to) == "<p>Media</p>\n"


# Hostile text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    run = line(Run(text, Tone.CODE))
    found = tree(written(Table(((run,),), (text,)), Section(run, (Fold(run, (Paragraph((run,)),)),))))
    shown = " ".join("".join(found.itertext()).split())
    assert shown == " ".join([" ".join(visible(text, whole_line=False).split())] * 5)


@given(pages, texts, targets)
def test_any_page_is_xml_with_elements_of_its_own(page: Page, text: str, to: Target) -> None:
    more = Section(line(Run(text, to=to)), (), text)
    written = render(Page((*page.blocks, more)), titles={to.page: text})
    own = {"p", "br", "ul", "li", "table", "tbody", "tr", "th", "td", "strong", "code", "a"}
    own |= {"h1", "h2", "h3", "h4", "h5", "h6", f"{RI}page"}
    macros = {"structured-macro", "parameter", "plain-text-body", "rich-text-body", "link", "link-body"}
    found = tree(written)
    assert {each.tag for each in found.iter()} <= own | {AC + name for name in macros}
    assert {each.get(f"{AC}name") for each in found.iter(f"{AC}structured-macro")} <= {"anchor", "code", "expand"}
    assert (hidden(written), commands(written)) == ([], [])


def test_the_example_is_all_there() -> None:
    shown = "".join(tree(render(EXAMPLE)).itertext())
    for part in ("mobile-app <- gateway <- identity", "1,200,000 (40%)", "1. B → A (>=2)", "FAIL: 1 consumer breaks"):
        assert part in shown
