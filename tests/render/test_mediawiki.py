"""Pages for MediaWiki."""

import html
import re
from collections import Counter

import mwparserfromhell
import pytest
from hypothesis import given
from mwparserfromhell.nodes import ExternalLink, Heading, HTMLEntity, Node, Tag, Text, Wikilink
from oracles import HOSTILE, commands, hidden, texts
from pages import EXAMPLE, SCHEDULE, pages, targets

from platctl.page import (
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
from platctl.render.escape import visible, wikitext
from platctl.render.page.mediawiki import render

MARKUP = [
    "{{evil}} {{{1}}} {{#invoke:x|y}} {{subst:x}}",
    "[[File:x.png]] [[Category:X]] [https://evil.example x]",
    "''i'' '''b''' ~~~~ __NOTOC__ __INDEX__ -{zh}-",
    "RFC 1234 PMID 1 ISBN 978-3-16-148410-0",
    "<nowiki> <ref>x</ref> <pre> </pre> <includeonly>",
    "|- ! x !! y || z |} {|",
    "---- : ; * # ==h==",
    "#REDIRECT [[X]]",
]


def written(*blocks: Block) -> str:
    return render(Page(blocks), titles={"team/media": "Team:Media"}).removesuffix("\n")


def linked(to: Target) -> str:
    return written(Paragraph((line(Run("Media", to=to)),)))


# Blocks ------------------------------------------------------------------------------------------------------


def test_blocks_are_wikitext() -> None:
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
        '== <span id="plan"></span>Plan ==\n\n'
        "one<br>\ntwo <strong>bad</strong>\n\n"
        "* a\n** n\n* b\n\n"
        '{| class="wikitable"\n! scope="col" | Name\n! scope="col" style="text-align:right" | Count\n'
        '|-\n| x\n| style="text-align:right" | 1\n|}'
    )


def test_what_can_be_opened_is_collapsible() -> None:
    assert written(Fold(line("More"), (Paragraph((line("x"),)),))) == (
        '<div class="mw-collapsible mw-collapsed">\n<div><strong>More</strong></div>\n\n'
        '<div class="mw-collapsible-content">\n\nx\n\n</div>\n</div>'
    )


def test_code_keeps_its_columns() -> None:
    text = written(Excerpt("a.yaml:1:1", 1, "x: {{y}}", 4, 9))
    assert html.unescape(text) == "<pre>\n  --> a.yaml:1:1\n   |\n 1 | x: {{y}}\n   |    ^^^^^\n</pre>"


def test_a_schedule_is_a_table() -> None:
    assert "| Passkeys\n| Access\n| 2027-01-01\n| 2027-03-31" in written(SCHEDULE)


# Links -------------------------------------------------------------------------------------------------------


def test_links_go_by_titles_places_and_addresses() -> None:
    assert linked(Target("team/media", "q1")) == "[[:Team:Media#q1|Media]]"
    assert linked(Target(anchor="q1")) == "[[#q1|Media]]"
    assert linked(Target(url="https://a.example/[x]")) == "[https://a.example/%5Bx%5D Media]"


@pytest.mark.parametrize("to", [Target("unknown"), Target(), Target(url="javascript:x")])
def test_a_link_that_leads_nowhere_is_text(to: Target) -> None:
    assert linked(to) == "Media"


@given(texts, texts)
def test_a_title_is_a_title_or_the_link_is_text(text: str, title: str) -> None:
    page = Page((Paragraph((line("x", Run(text, to=Target("a"))),)),))
    found = mwparserfromhell.parse(render(page, titles={"a": title}))
    assert len(found.filter_wikilinks()) <= 1
    assert not found.filter_templates()
    assert all(str(each.title).startswith(":") for each in found.filter_wikilinks())


# Hostile text ------------------------------------------------------------------------------------------------


def kinds(text: str) -> Counter[str]:
    """What wikitext is made of, but for text and coded signs."""
    nodes = mwparserfromhell.parse(text).ifilter(recursive=True)
    return Counter(_kind(node) for node in nodes if not isinstance(node, Text | HTMLEntity))


def _kind(node: Node) -> str:
    return f"<{node.tag}>" if isinstance(node, Tag) else type(node).__name__


@given(texts)
def test_wikitext_is_text_that_says_the_same(text: str) -> None:
    for place in ("{}", "* {}", "a {} b", "\n{}"):
        assert kinds(place.format(wikitext(text))) == kinds(place.format("x"))
    assert html.unescape(wikitext(text)) == visible(text, whole_line=False)


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_hostile_text_makes_no_more_than_any_text(text: str) -> None:
    def page(text: str) -> str:
        run = line(Run(text, Tone.CODE))
        table = Table(((run, line(text)), (run, line(text))), (text, text))
        return written(
            table, Section(line(text), (Fold(run, (Paragraph((run, line(text))),)),)), Excerpt(text, 1, text, 1, 2)
        )

    assert kinds(page(text)) == kinds(page("x"))


@given(pages, targets)
def test_any_page_is_made_of_a_few_kinds_of_nodes(page: Page, to: Target) -> None:
    text = render(Page((*page.blocks, Paragraph((line(Run("x", to=to)),)))))
    nodes = mwparserfromhell.parse(text).filter(recursive=True)
    assert {type(node) for node in nodes} <= {Text, HTMLEntity, Tag, Heading, ExternalLink, Wikilink}
    tags = {str(node.tag) for node in nodes if isinstance(node, Tag)}
    assert tags <= {"strong", "code", "pre", "div", "span", "br", "li", "table", "tr", "td", "th"}
    assert (hidden(text), commands(text)) == ([], [])


def test_the_example_is_all_there() -> None:
    shown = html.unescape(re.sub("<[^>]*>", "", render(EXAMPLE)))
    for part in ("mobile-app <- gateway <- identity", "1,200,000 (40%)", "1. B → A (>=2)", "FAIL: 1 consumer breaks"):
        assert part in shown
