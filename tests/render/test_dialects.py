"""Markdown for wikis and generators of sites."""

import re

import pytest
from hypothesis import given
from markdown import Markdown
from oracles import HOSTILE, html_parts, texts, tokens
from pages import EXAMPLE, pages, targets

from platctl.page import (
    Block,
    Box,
    Diagram,
    Entries,
    Entry,
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
from platctl.render.escape import BREAK, visible
from platctl.render.page.markdown import render
from platctl.render.page.markdown_dialect import DIALECTS, GITHUB

ELSEWHERE = Target("team/media", "q1")


def written(dialect: str, *blocks: Block, title: str = "") -> str:
    return render(Page(blocks), dialect=DIALECTS[dialect], title=title).removesuffix("\n")


def linked(dialect: str, text: str, to: Target) -> str:
    return written(dialect, Paragraph((line(Run(text, to=to)),)))


# Links -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("github", "[Media](team/media.md#q1)"),
        ("github-wiki", "[Media](media#q1)"),
        ("gitlab", "[Media](team/media.md#q1)"),
        ("gitlab-wiki", "[Media](./team/media#q1)"),
        ("azure", "[Media](team/media.md#q1)"),
        ("mkdocs", "[Media](team/media.md#q1)"),
        ("docusaurus", "[Media](team/media.md#q1)"),
        ("hugo", '[Media]({{< relref "team/media.md#q1" >}})'),
    ],
)
def test_a_link_to_a_page_is_what_the_place_asks_for(dialect: str, expected: str) -> None:
    assert linked(dialect, "Media", ELSEWHERE) == expected


def test_a_link_upwards_in_a_wiki_of_gitlab_needs_no_dot() -> None:
    assert linked("gitlab-wiki", "Up", Target("../index")) == "[Up](../index)"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_link_on_the_page_and_one_to_the_web_are_the_same_everywhere(dialect: str) -> None:
    assert linked(dialect, "Q1", Target(anchor="q1")) == "[Q1](#q1)"
    assert linked(dialect, "Docs", Target(url="https://a.example/?a=1&b=2")) == "[Docs](https://a.example/?a=1&amp;b=2)"
    assert linked(dialect, "Docs", Target(url="javascript:x")) == "Docs"


@given(texts, targets)
def test_a_link_holds_any_text_and_leads_where_it_should(text: str, to: Target) -> None:
    for tone in Tone:
        page = Page(
            (Paragraph((line("a!", Run(text, tone, to), "(b)"),)), Table(((line(Run(text, tone, to)),),), ("x",)))
        )
        found = tokens(render(page))
        links = [token.attrs["href"] for token in found if token.type == "link_open"]
        assert len(set(links)) <= 1
        assert all(str(each).startswith(("http://", "https://")) for each in links if to.url)
        assert not {"image", "html_block"} & {token.type for token in found}
        if visible(text).strip() and to.anchor.strip() and not to.url:
            assert len(links) == 2


# Headings, folds and pictures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        ("github", '<a id="q1"></a>\n\n### Q 1'),
        ("gitlab-wiki", '<a name="q1"></a>\n\n## Q 1'),
        ("docusaurus", "## Q 1 {#q1}"),
        ("hugo", "## Q 1 {#q1}"),
    ],
)
def test_a_heading_has_a_name_of_its_own(dialect: str, expected: str) -> None:
    assert written(dialect, Section(line("Q 1"), (), "q1")) == expected


def test_a_title_stands_above_all_headings() -> None:
    inner = Section(line("Inner"), (Paragraph((line("x"),)),))
    assert written("mkdocs", inner, title="Plan *A*") == "# Plan &#42;A&#42;\n\n## Inner\n\nx"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_can_be_opened_is_a_section_where_nothing_can_be_opened(dialect: str) -> None:
    text = written(dialect, Fold(line("More"), (Paragraph((line("x"),)),)))
    folded = "<details>\n<summary>More</summary>\n\nx\n\n</details>"
    assert text == (folded if DIALECTS[dialect].has_folds else "## More\n\nx")


def test_a_picture_in_azure_devops_is_in_colons_and_a_graph() -> None:
    picture = Diagram((Box("a", "A"),), ())
    assert written("azure", picture) == '::: mermaid\ngraph LR\n  n0["A"]\n:::'
    assert written("gitlab", picture) == '```mermaid\nflowchart LR\n  n0["A"]\n```'


def test_only_a_comment_is_cut() -> None:
    page = Page((Entries(tuple(Entry(line("x" * 99)) for _ in range(999))),))
    assert len(render(page)) <= GITHUB.limit
    assert "more" not in render(page, dialect=DIALECTS["github-wiki"])


# Generators of sites -----------------------------------------------------------------------------------------

_SITES = [name for name, dialect in DIALECTS.items() if dialect.is_site]
_EXTENSIONS = ["tables", "fenced_code", "toc", "admonition", "attr_list", "md_in_html", "def_list", "footnotes", "abbr"]

_TAGS = {"p", "br", "ul", "li", "strong", "code", "table", "thead", "tbody", "tr", "th", "td"}


def shown_by_python_markdown(text: str) -> tuple[str, list[str]]:
    """What Python-Markdown with the extensions that MkDocs and its themes use makes of a page."""
    return html_parts(Markdown(extensions=_EXTENSIONS).convert(text))


@pytest.mark.parametrize("dialect", _SITES)
@given(page=pages)
def test_a_page_fills_in_nothing(dialect: str, page: Page) -> None:
    text = render(page, dialect=DIALECTS[dialect])
    # Jinja, with which MkDocs fills in macros, knows no backslashes.
    template = r"\{[{%]" if dialect == "mkdocs" else r"\{\{|(?<!\\)\{%"
    assert not re.search(rf"{template}|^(import|export)\b|^[!?]{{3}}", text, re.MULTILINE)


@pytest.mark.parametrize("text", [*HOSTILE, "import x from 'y'", "!!! note", "??? x", '=== "Tab"', "{{< x >}} {% y %}"])
def test_hostile_text_is_text_for_mkdocs(text: str) -> None:
    runs = line(Run(text), " ", Run(text, Tone.BAD), " ", Run(text, Tone.CODE))
    page = Page((Paragraph((runs, runs)), Entries((Entry(runs, (runs,)),)), Table(((runs,),), (text,))))
    shown, tags = shown_by_python_markdown(render(page, dialect=DIALECTS["mkdocs"]))
    once = "".join(visible(text, whole_line=False).split())
    assert "".join(shown.replace(BREAK, "").split()) == once * 16
    assert {re.sub(" .*", "", tag).lstrip("/") for tag in tags} <= _TAGS


@given(texts)
def test_mkdocs_shows_what_the_text_says(text: str) -> None:
    shown, _ = shown_by_python_markdown(written("mkdocs", Paragraph((line("a ", text, " b"),))))
    expected = visible(f"a {text} b", whole_line=False)
    assert "".join(shown.replace(BREAK, "").split()) == "".join(expected.split())


def test_quotes_and_dashes_stay_as_they_are_in_a_site() -> None:
    text = line("it's --so... \\'", Run("a--b", Tone.CODE))
    assert written("hugo", Paragraph((text,))) == "it&#39;s &#45;-so&#46;&#46;. \\\\&#39;`a--b`"
    assert written("github", Paragraph((text,))) == "it's --so... \\\\'`a--b`"


def test_a_title_that_can_be_pressed_is_no_markdown_for_mdx() -> None:
    text = written("docusaurus", Fold(line("*a* `b` #1 {c}"), (Paragraph((line("x"),)),)))
    assert f"<summary>&#42;a&#42; &#96;b&#96; &#35;{BREAK}1 &#123;c&#125;</summary>" in text


def test_notes_stand_below_their_item_in_mkdocs() -> None:
    _, tags = shown_by_python_markdown(written("mkdocs", Entries((Entry(line("a"), (line("n"),)), Entry(line("b"))))))
    assert tags == ["ul", "li", "ul", "li", "/li", "/ul", "/li", "li", "/li", "/ul"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_example_says_the_same_everywhere(dialect: str) -> None:
    words = re.findall(r"[a-z]+", re.sub(r"&#?\w+;|<[^>]*>", "", render(EXAMPLE, dialect=DIALECTS[dialect])))
    assert {"identity", "media", "breaks", "kiosk", "gateway", "consumer"} <= set(words)
