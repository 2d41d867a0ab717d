"""Pages as HTML files."""

import base64
import hashlib
import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from oracles import HOSTILE, commands, hidden, html_parts, html_tree, texts
from pages import EXAMPLE, SCHEDULE, pages, targets

from platctl.page import (
    Arrow,
    Block,
    Box,
    Conclusion,
    DayChart,
    DayMarks,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Page,
    Paragraph,
    Run,
    Section,
    Stretch,
    Table,
    Target,
    Tone,
    line,
)
from platctl.render.escape import visible
from platctl.render.page.html import render
from platctl.render.page.html_assets import STYLE
from platctl.render.page.html_scripts import FILTER, GRAPH
from recorded import page_on_record, telling


def written(*blocks: Block, title: str = "T") -> str:
    return render(Page(blocks), title=title)


def body(*blocks: Block) -> str:
    """What stands below the heading."""
    return written(*blocks).partition("<h1>T</h1>\n")[2].removesuffix("</main>\n</body>\n</html>\n")


def shown(text: str) -> str:
    """All that can be read in the body, blanks as one."""
    return " ".join(html_parts(text.partition("<body>")[2])[0].split())


# The file ----------------------------------------------------------------------------------------------------


def test_what_all_pages_bring_along_is_on_record_once(golden: Callable[[str, str], None]) -> None:
    golden("page.css", STYLE)
    golden("filter.js", FILTER)
    golden("graph.js", GRAPH)
    page = written(Entries((Entry(line("item")),) * 12))
    kept = telling("page.html", page)
    assert len(kept) < len(page) - len(STYLE + FILTER) + 40
    assert page_on_record(kept) == page


def test_a_report_as_a_file() -> None:
    text = render(EXAMPLE)
    assert html_tree(text).open == []
    assert shown(text).startswith("Base 1f3c9a2 (merge base of origin/main and HEAD) -> working tree Changes (2)")
    for part in ("mobile-app <- gateway <- identity", "1,200,000 (40%)", "1. B → A (>=2)", "FAIL: 1 consumer breaks"):
        assert part in shown(text)


def test_the_first_line_is_the_heading_unless_one_is_given() -> None:
    page = Page((Paragraph((line("One & ", Run("two", Tone.BAD)), line("three"))),))
    assert "<title>One &amp; two</title>" in render(page)
    assert '<h1>One &amp; <strong class="bad">two</strong></h1>\n<p>\nthree\n</p>' in render(page)
    assert "<h1>Given</h1>\n<p>\nOne" in render(page, title="Given")
    assert "<title>platctl</title>" in render(Page(()))


def test_a_browser_may_load_and_run_nothing_and_knows_the_one_style() -> None:
    text = written()
    (style,) = re.findall("(?s)<style>(.*)</style>", text)
    (policy,) = re.findall('Content-Security-Policy" content="([^"]*)"', text)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.split("; ")[:2] == ["default-src 'none'", f"style-src 'sha256-{digest}'"]
    assert not re.search(r"https?:|url\(|@import", text)
    assert "prefers-color-scheme: dark" in style


# Blocks ------------------------------------------------------------------------------------------------------


def test_headings_go_down_to_the_sixth_level() -> None:
    block: Block = Paragraph((line("x"),))
    for number in range(6, 0, -1):
        block = Section(line(f"s{number}"), (block,))
    assert re.findall("<(h[1-6])>", written(block)) == ["h1", "h2", "h3", "h4", "h5", "h6", "h6"]


def test_lines_of_a_paragraph_stay_lines() -> None:
    assert body(Paragraph((line("one"), line(), line("two")))) == "<p>\none<br>\ntwo\n</p>\n"


def test_a_table_names_its_columns_its_rows_and_itself() -> None:
    table = Table(((line("1"), line("a")), (line("2"), ())), ("#", "Name"), frozenset({0}))
    assert body(Section(line("Things"), (table,))) == (
        "<section>\n<h2>Things</h2>\n"
        '<div class="wide" role="group" tabindex="0" aria-label="Things">\n<table class="few">\n'
        '<thead>\n<tr><th scope="col" class="number">&#35;</th><th scope="col">Name</th></tr>\n</thead>\n'
        '<tbody>\n<tr><td class="number">1</td><th scope="row">a</th></tr>\n'
        '<tr><td class="number">2</td><td></td></tr>\n</tbody>\n'
        "</table>\n</div>\n</section>\n"
    )


def test_rows_of_different_lengths_are_filled_up() -> None:
    text = body(Table(((line("a"), line("b"), line("c")), (line("d"),)), ("One",)))
    assert [text.count(each) for each in ("<th scope=", "<td>")] == [3, 6]


def test_notes_stand_below_their_item() -> None:
    text = body(Entries((Entry(line("a"), (line("n"),)), Entry(line("b")), Entry((), (line("only"),)))))
    assert text == "<ul>\n<li>a\n<ul>\n<li>n</li>\n</ul></li>\n<li>b</li>\n<li>only</li>\n</ul>\n"


def test_tones_are_words_that_are_marked() -> None:
    assert body(Paragraph(tuple(line(Run("x", tone)) for tone in Tone))) == (
        "<p>\nx<br>\n<strong>x</strong><br>\n"
        '<span class="dim">x</span><br>\n<code>x</code><br>\n'
        '<strong class="bad">x</strong><br>\n<strong class="warn">x</strong><br>\n'
        '<strong class="good">x</strong><br>\n<strong class="risk">x</strong><br>\n'
        '<span class="note">x</span>\n</p>\n'
    )


def test_an_excerpt_keeps_its_columns() -> None:
    text = written(Excerpt("a.yaml:1:1", 1, "  <x> y", 7, 8, "label"))
    (pre,) = re.findall("(?s)<pre>.*</pre>", text)
    assert html_parts(pre)[0] == "  --> a.yaml:1:1\n   | \n 1 |   <x> y\n   |       ^ label"


def test_what_can_be_opened_is_closed_at_first() -> None:
    assert body(Fold(line("More"), (Paragraph((line("x"),)),))) == (
        "<details>\n<summary>More</summary>\n<p>\nx\n</p>\n</details>\n"
    )


def test_a_graph_is_a_drawing_and_a_list_that_can_be_read_aloud() -> None:
    nodes = (Box("a", "A", Tone.BAD), Box("b", "B"), Box("c", "C"))
    text = body(Diagram(nodes, (Arrow("a", "b", ">=2"), Arrow("a", "gone"))))
    assert '<div class="drawn" role="group" tabindex="0">\n<svg role="group" class="graph"' in text
    assert re.findall("<title>([^<]*)</title>", text) == ["Graph", "A → B (&gt;=2)"]
    assert (
        "<details>\n<summary>As a list</summary>\n"
        '<ul>\n<li><strong class="bad">A</strong> → B (&gt;=2)</li>\n<li>C</li>\n</ul>\n</details>\n'
    ) in text
    told = Diagram(nodes, (Arrow("a", "b", ">=2"),), is_told=True)
    assert "As a list" not in body(told)


def test_a_sign_stands_before_the_word_that_it_goes_with() -> None:
    said = line(Run("breaks", Tone.BAD, mark="✕"))
    sign = '<span class="mark" aria-hidden="true">✕</span>'
    assert f'<strong class="bad">{sign}breaks</strong>' in body(Paragraph((said,)))


def test_rows_that_belong_together_have_a_title_and_a_body_of_their_own() -> None:
    rows = tuple((line(name), line("x")) for name in "abc")
    text = body(Table(rows, ("Name", "What"), groups=((0, line("First")), (2, line("Second")))))
    assert text.count("<tbody>") == 2
    assert '<tr class="group"><th scope="rowgroup" colspan="2">Second</th></tr>\n<tr><th scope="row">c</th>' in text


def test_the_answer_and_what_follows_from_it_come_first() -> None:
    answer = Conclusion(line("Does not pass"), Tone.BAD, (line("Ask A"), line("Ask B")))
    text = body(answer)
    assert text == (
        '<div class="answer bad">\n<p>Does not pass</p>\n<ol>\n<li>Ask A</li>\n<li>Ask B</li>\n</ol>\n</div>\n'
    )
    whole = written(answer, *many(8))
    assert whole.index("Does not pass") < whole.index("<nav") < whole.index("Part 0")


def test_a_name_in_a_text_is_the_target_of_links() -> None:
    there, here = Run("b", anchor="component:b"), Run("to b", to=Target(anchor="component:b"))
    text = body(Paragraph((line(there, here, there),)))
    assert text == '<p>\n<span id="component%3Ab">b</span><a href="&#35;component%3Ab">to b</a>b\n</p>\n'


def test_what_is_empty_leaves_nothing() -> None:
    empty = (Paragraph(()), Table((), ("a",)), Entries(()), Diagram((), ()), Section((), ()), Entries((Entry(()),)))
    assert body(*empty) == ""


# Links and contents ------------------------------------------------------------------------------------------


def linked(to: Target) -> str:
    return body(Paragraph((line(Run("Media", to=to)),)))


def many(count: int, *more: Block) -> tuple[Block, ...]:
    """So many sections, each with a paragraph."""
    return tuple(Section(line(f"Part {nth}"), (Paragraph((line("x"),)), *more)) for nth in range(count))


def test_links_lead_to_files_of_the_set_and_to_the_web() -> None:
    assert linked(Target("../team/media", "q1")) == '<p>\n<a href="../team/media.html&#35;q1">Media</a>\n</p>\n'
    assert linked(Target(anchor="q1")) == '<p>\n<a href="&#35;q1">Media</a>\n</p>\n'
    address = "https://a.example/?b=1&amp;c=2"
    assert linked(Target(url="https://a.example/?b=1&c=2")) == (
        f'<p>\n<a href="{address}" rel="noopener noreferrer">Media</a>\n</p>\n'
    )


@pytest.mark.parametrize("to", [Target(), Target(url="javascript:x"), Target(url="//evil.example")])
def test_a_link_that_leads_nowhere_is_text(to: Target) -> None:
    assert linked(to) == "<p>\nMedia\n</p>\n"


def test_a_title_that_can_be_pressed_has_no_link_in_it() -> None:
    text = body(Fold(line(Run("More", to=Target("a"))), (Paragraph((line("x"),)),)))
    assert "<summary>More</summary>" in text


def test_a_name_of_a_heading_is_given_once() -> None:
    text = body(Section(line("A"), (Section(line("B"), (), "q1"),), "q1"), Section(line("C"), (), "q 2"))
    assert re.findall("<h.[^>]*>", text) == ['<h2 id="q1">', "<h3>", '<h2 id="q%202">']


def test_a_long_page_begins_with_its_contents() -> None:
    assert "<nav" not in written(*many(3))
    text = written(*many(4, Section(line("Inner"), (Paragraph((line("y"),)),), "inner")))
    nav = text[text.index("<nav") : text.index("</nav>")]
    names = re.findall('href="#([^"]*)">([^<]*)<', nav)
    assert [title for _, title in names] == ["Part 0", "Part 1", "Part 2", "Part 3"]
    assert len({name for name, _ in names}) == 4
    assert all(text.count(f' id="{name}">') == 1 for name, _ in names)
    assert '<a class="skip" href="#content">' in text


def test_what_is_closed_at_first_is_not_in_the_contents() -> None:
    text = written(*many(8), Fold(line("F"), many(2)))
    assert text.count("<li><a href=") == 8


# Charts ------------------------------------------------------------------------------------------------------


def test_a_chart_is_a_picture_and_a_table() -> None:
    text = body(Section(line("When"), (SCHEDULE,)))
    html_tree(text)
    assert '<div class="drawn" role="group" tabindex="0" aria-label="Plan">\n<svg class="plot"' in text
    assert "<summary>As a table</summary>" in text
    assert '<td><time datetime="2027-03-31">2027-03-31</time></td>' in text


def test_a_day_is_marked_as_one_and_neither_it_nor_a_period_is_broken() -> None:
    assert body(Paragraph((line("by 2027-03-31, ", Run("not 2027-04-01.", Tone.STRONG)),))) == (
        '<p>\nby <time datetime="2027-03-31">2027-03-31</time>, '
        '<strong>not <time datetime="2027-04-01">2027-04-01</time>.</strong>\n</p>\n'
    )
    for text in ("2027-03-315", "a-2027-03-31", "x/2027-03-31.md", "v2027-03-31", "2027-03"):
        assert "<time" not in body(Paragraph((line(text),)))
    for text in ("2026-Q4", "FY27-Q1", "27-H2", "2026-S13"):
        assert f'<span class="whole">{text}</span>' in body(Paragraph((line(f"in {text}, or later"),)))
    for text in ("x2026-Q4", "a/2026-Q4.md", "2026-Q4a", "2026-Q"):
        assert "whole" not in body(Paragraph((line(text),)))
    assert re.search(r"time, .whole \{ white-space: nowrap", STYLE)


def test_marks_of_days_are_drawn_and_told_in_words() -> None:
    days = (DayMarks(date(2027, 3, 31), (Tone.BAD, Tone.WARN), "1 breaks & 1 must act"),)
    band = Stretch("tv <b>", date(2027, 3, 20), date(2027, 4, 2), Tone.DIM, "Easter")
    chart = DayChart("By day", date(2027, 1, 1), date(2027, 4, 28), (("2027-01", date(2027, 1, 1)),), days, (band,), ())
    text = body(Section(line("Breaks"), (chart,)))
    html_tree(text)
    assert "<desc>2027-03-31: 1 breaks &amp; 1 must act; tv &lt;b&gt;: 2027-03-20 to 2027-04-02, Easter</desc>" in text
    assert [text.count(f'class="{tone}"') for tone in ("bad", "warn", "dim")] == [1, 1, 1]
    assert "As a table" not in text


# The filter --------------------------------------------------------------------------------------------------


def test_only_a_page_with_much_on_it_has_a_script_and_the_policy_names_it() -> None:
    few, much = (written(Entries(tuple(Entry(line("x")) for _ in range(count)))) for count in (11, 12))
    assert "script" not in few
    (script,) = re.findall("(?s)<script>(.*)</script>", much)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"; script-src 'sha256-{digest}';" in much


def test_the_scripts_make_no_markup_and_run_no_text() -> None:
    unsafe = r"innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function|\bfetch|import\b"
    assert not re.search(unsafe, FILTER + GRAPH)


# Hostile text ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str) -> None:
    run = line(Run(text, Tone.CODE))
    page = written(
        Table(((run,),), (text,)), Entries((Entry(run, (run,)),)), Section(run, (Table((), ()),)), title=text
    )
    html_tree(page)
    expected = " ".join(visible(text, whole_line=False).split())
    assert shown(page).replace("`", "") == " ".join([expected] * 6).replace("`", "")


@given(pages, texts, targets)
def test_any_page_is_one_whole_tree_that_nothing_acts_upon(page: Page, title: str, to: Target) -> None:
    page = Page((*page.blocks, *many(8), Section(line(Run(title, to=to)), (), title)))
    for text in (render(page), render(page, title=title)):
        html_tree(text)
        assert hidden(text) == []
        assert commands(text) == []
        assert text.encode()


def test_what_is_between_backticks_is_code() -> None:
    told = line("use `a-b` from 2027-01-31, not ``c`` or `d", Run(" `e`", Tone.WARN), Run("`f`", Tone.CODE))
    page = render(Page((Paragraph((line("x"), told)), Excerpt("a.yaml:1:1", 1, "`g`", 0, 1, ""))))
    assert re.findall("<code>.*?</code>", page) == ["<code>a-b</code>", "<code>e</code>", "<code>`f`</code>"]
    assert all(each in page for each in ("not ``c`` or `d", "`g`"))


@given(pages)
def test_no_text_is_lost(page: Page) -> None:
    found = "".join(shown(render(page)).replace("`", "").split())

    def check(blocks: tuple[Block, ...]) -> None:
        for block in blocks:
            match block:
                case Paragraph():
                    parts = [run.text for each in block.lines for run in each]
                case Table():
                    parts = [run.text for row in block.rows for cell in row for run in cell]
                case Entries():
                    parts = [run.text for item in block.items for each in (item.head, *item.notes) for run in each]
                case Section() | Fold():
                    parts = [run.text for run in block.title]
                    check(block.blocks)
                case _:
                    parts = []
            for part in parts:
                assert "".join(visible(part, whole_line=False).replace("`", "").split()) in found

    check(page.blocks)
