"""Pages as comments."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import HOSTILE, html_parts, texts, tokens
from pages import EXAMPLE, pages

from platctl.page import (
    Arrow,
    Block,
    Box,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    line,
)
from platctl.render.page.markdown import render

_OWN_TAGS = {"details", "/details", "summary", "/summary", "strong", "/strong", "code", "/code"}


def written(*blocks: Block, limit: int = 65_000) -> str:
    return render(Page(blocks), limit=limit)


def rows(count: int) -> Table:
    return Table(tuple((line(f"row {number}"), line("x")) for number in range(count)), ("Name", "What"))


def items(count: int) -> Entries:
    return Entries(tuple(Entry(line(f"item {number}")) for number in range(count)))


# Blocks ------------------------------------------------------------------------------------------------------


def test_a_report_as_a_comment() -> None:
    assert render(EXAMPLE) == (
        r"""Base `1f3c9a2` (merge base of origin/main and HEAD) -&gt; working tree

### Changes (2)

- identity\#api · **breaking** · 2\.4.0 -&gt; 3.0.0, 2.4.0 leaves · components/identity.yaml:9:7
- media-codec\#sdk · addition · 5\.2.0 beside 5.1.0 · components/media-codec.yaml:10:7

### Consumers (11): 1 breaks, 1 must act

#### Breaks

- mobile-app (tier 1) mobile-app &lt;- gateway &lt;- identity
  - nothing on offer meets &gt;=2,&lt;3 components/gateway.yaml:8:5

#### Must act

- kiosk (tier 2) kiosk &lt;- identity
  - nothing on offer meets &gt;=2,&lt;3; soft, so must-act rather than breaks consumers/kiosk.yaml:9:5

- Left in this change
  - crm no longer uses identity\#api

### How much that is

| Level | Consumers | Users | Developers | Revenue |
| --- | --- | --- | --- | --- |
| breaks | 1 (9%) | 1,200,000 (40%) | \- | 12,000,000 (80%) |

<details>
<summary>Picture</summary>

```mermaid
flowchart LR
  n0["A"]:::bad
  n1["1#46; B"]
  n1 -->|"#62;#61;2"| n0
  classDef bad fill:#ffd7d5,stroke:#cf222e,color:#1f2328
```

</details>

<strong>FAIL: 1 consumer breaks (--fail-on breaks)</strong>
"""
    )


def test_tones_are_bold_or_code() -> None:
    shown = [Run("bad", Tone.BAD), Run("worse", Tone.BAD), Run(" dim ", Tone.DIM), Run("a", Tone.CODE)]
    text = written(Paragraph((line(*shown, Run("b", Tone.CODE)),)))
    kinds = [token.type for token in tokens(text) if token.type not in ("text", "paragraph_open", "paragraph_close")]
    assert kinds == ["inline", *["strong_open", "strong_close"] * 2, "code_inline", "code_inline"]


def test_lines_of_a_paragraph_stay_lines() -> None:
    assert written(Paragraph((line("one"), line("two \\"), line("three")))) == "one\\\ntwo \\\\\\\nthree\n"


def test_headings_go_down_to_the_sixth_level() -> None:
    block: Block = Paragraph((line("x"),))
    for number in range(5, 0, -1):
        block = Section(line(f"s{number}"), (block,))
    assert re.findall("(?m)^#+ .*", written(block)) == ["### s1", "#### s2", "##### s3", "###### s4", "###### s5"]


def test_an_excerpt_is_code_with_a_fence_that_holds() -> None:
    text = written(Excerpt("a.yaml:1:1", 1, "```` x", 6, 7, "label"))
    assert [token.type for token in tokens(text)] == ["fence"]
    assert tokens(text)[0].content == "  --> a.yaml:1:1\n   |\n 1 | ```` x\n   |      ^ label\n"


def test_a_picture_that_no_host_would_draw_is_not_drawn() -> None:
    nodes = (Box("a", "A"), Box("b", "B"))
    text = written(Diagram(nodes, (Arrow("a", "b"),) * 501))
    assert text == "A graph of 2 nodes and 501 edges is too large to draw.\n"


# Any text ----------------------------------------------------------------------------------------------------


def _html(text: str) -> list[str]:
    return [
        tag
        for token in tokens(text)
        if token.type in ("html_block", "html_inline")
        for tag in html_parts(token.content)[1]
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_keeps_its_shape_around_hostile_titles(text: str) -> None:
    cell = line(text, Run(text, Tone.CODE), Run(text, Tone.BAD))
    kinds = [token.type for token in tokens(written(Table(((cell, cell), (cell, cell)), (text, text))))]
    assert (kinds.count("th_open"), kinds.count("tr_open"), kinds.count("td_open")) == (2, 3, 4)
    assert not {"link_open", "image", "fence"} & set(kinds)


@given(pages)
def test_any_page_has_no_html_links_or_images_but_its_own(page: Page) -> None:
    text = render(page)
    assert set(_html(text)) <= _OWN_TAGS
    kinds = {token.type for token in tokens(text)}
    assert not kinds & {"link_open", "image", "blockquote_open", "hr", "ordered_list_open", "em_open", "s_open"}
    assert not kinds & {"code_block", "lheading_open"}


@given(texts, texts)
def test_a_fold_holds_any_title(title: str, inside: str) -> None:
    text = written(Fold(line(title), (Paragraph((line(inside),)),)))
    tags = [tag for tag in _html(text) if tag not in ("code", "/code")]
    assert (tags[:3], tags[-1]) == (["details", "summary", "/summary"], "/details")


@given(texts, texts)
def test_a_picture_holds_any_label(label: str, edge: str) -> None:
    text = written(Diagram((Box("x", label, Tone.BAD), Box("y", label)), (Arrow("x", "y", edge),)))
    (fence,) = tokens(text)
    word = r"(?:[^\W_]|[^\x00-\x7f]|#\d+;| )"
    node, other, arrow = fence.content.splitlines()[1:4]
    assert fence.info == "mermaid"
    assert re.fullmatch(rf'  n0\["{word}+"\]:::bad', node)
    assert re.fullmatch(rf'  n1\["{word}+"\]', other)
    assert re.fullmatch(rf'  n0 -->(\|"{word}+"\|)? n1', arrow)


# The limit ---------------------------------------------------------------------------------------------------


def test_a_page_within_the_limit_is_whole() -> None:
    whole = render(EXAMPLE)
    assert render(EXAMPLE, limit=len(whole)) == whole
    assert render(EXAMPLE, limit=len(whole) - 1) != whole


def test_the_last_rows_go_first_and_are_counted() -> None:
    assert written(rows(100), Paragraph((line("verdict"),)), limit=130) == (
        """\
| Name | What |
| --- | --- |
| row 0 | x |
| row 1 | x |
| row 2 | x |
| row 3 | x |
| row 4 | x |

… and 95 more

verdict
"""
    )


def test_the_last_items_go_first_and_are_counted() -> None:
    assert written(items(100), limit=40) == "- item 0\n- item 1\n- … and 98 more\n"


def test_later_blocks_go_before_earlier_ones_and_folds_as_a_whole() -> None:
    page = rows(3), Fold(line("Details & more"), (items(30),)), Fold(line("Names"), (items(30),))
    assert written(*page, Paragraph((line("verdict"),)), limit=160) == (
        """\
| Name | What |
| --- | --- |
| row 0 | x |
| row 1 | x |
| row 2 | x |

Omitted to keep this short: Details &amp; more; Names

verdict
"""
    )


def test_findings_that_do_not_fit_are_left_out_together() -> None:
    sections = [
        Section(line(f"error: a long title of a finding, number {number}"), (items(1),)) for number in range(99)
    ]
    text = written(*sections, Paragraph((line("99 errors"),)), limit=300)
    assert text.count("###") == 4
    assert text.endswith("Omitted to keep this short: 95 parts\n\n99 errors\n")


def test_what_can_not_be_shortened_is_replaced() -> None:
    assert written(Paragraph((line("x y" * 1000),)), limit=100) == "… and a paragraph\n"
    many = [block for _ in range(99) for block in (Paragraph((line("x"),)), Section(line("y" * 99), ()))]
    assert written(*many, limit=100) == "_The rest is omitted to keep this short._\n"


@settings(max_examples=60)
@given(st.integers(60, 4000), st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_a_shortened_page_is_whole_markdown_and_its_numbers_add_up(limit: int, a: int, b: int, c: int) -> None:
    excerpt = Excerpt("a.yaml:1:1", 1, "id: x", 5, 6)
    text = written(rows(a), Fold(line("F"), (items(b), excerpt)), Section(line("S"), (rows(c),)), limit=limit)
    kinds = [token.type for token in tokens(text)]
    tags = _html(text)
    assert len(text) <= limit
    assert text.count("```") % 2 == 0
    assert tags.count("details") == tags.count("/details")
    assert kinds.count("td_open") == 2 * (kinds.count("tr_open") - kinds.count("thead_open"))
    if "Omitted" not in text and "The rest" not in text:
        missing = sum(map(int, re.findall("… and ([0-9]+) more", text)))
        assert text.count("| row ") + text.count("- item ") + missing == a + b + c


@given(pages, st.integers(20, 500))
def test_no_page_is_longer_than_the_limit(page: Page, limit: int) -> None:
    assert len(render(page, limit=limit)) <= limit
