"""Independent judges of what a terminal, a CI runner and a markdown host make of an output."""

import itertools
import re
import unicodedata
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

HOSTILE = (
    "\x1b[2J\x1b[H cleared",
    "\x1b]0;title\x07 \x9b31m \x08\x08 \r over",
    "user\u202e live\u2066 isolate\u2069 \u200f mark",
    "zero\u200bwidth \u2060 \ufeff \u00ad \U000e0041\U000e0042",
    "two\nlines\r\nand\u2028more\u2029end\x85",
    "lone \udc80 surrogate",
    "tab\there",
    "[/] [bold]x[/bold] [link=https://evil.example]y[/link] :bomb:",
    "::error file=a,line=1::x",
    " \u00a0::stop-commands::x",
    "##[error]x ###[add-mask]y",
    "a | b | c || \\| d",
    "`code` ``two`` ``` three",
    "```\nfence",
    "*a* **b** _c_ __d__ ~~e~~ ~f~",
    "<script>alert(1)</script> <img src=x onerror=y> <!-- c --> <!-- unclosed",
    "&lt; &amp; &#64;org &copy;",
    "![x](https://evil.example/x.png) [y](javascript:z) [ref]: https://a.example",
    "<https://evil.example> <a@evil.example>",
    "https://evil.example http://a.example ftp://b.example //c.example www.evil.example",
    "mail a@evil.example, mailto:a@evil.example xmpp:b@evil.example",
    "@org/team @user #1 GH-3 fixes #12 org/repo#4 !7",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709 and 1f3c9a2",
    "# heading",
    "- item",
    "1. item",
    "2) item",
    "+ item",
    "> quote [!NOTE]",
    "---",
    "===",
    ":-- | --:",
    "    four blanks",
    "[^1] and [^1]: note",
    "[ ] task [x] task",
    "$x^2$ $$y$$ $`z`$",
    "\\",
    "ends with \\",
    "\\@ \\` \\[",
    '"]; click n0 "javascript:x" %%{init}%%',
    "/approve",
    "end",
    "| --- |",
    "</summary></details><b>",
)

texts = st.one_of(
    st.text(st.characters(), max_size=40),
    st.text(st.sampled_from("\\`*_[]<>&#|~!@:/.-+=(){}$^\"'%;, \t\n19aAfw\u200b\u200d\u202e\x1bé名"), max_size=30),
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3).map("".join),
)

_JOINERS = "\u200c\u200d"


def hidden(text: str) -> list[str]:
    """What a terminal would act on or not show; line ends and joiners are not counted."""
    return [
        each
        for each in text
        if each not in "\n" + _JOINERS and unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    ]


def commands(log: str) -> list[str]:
    """What actions/runner would take for a command (ActionCommand.cs), whatever its name."""
    found = []
    for line in log.splitlines():
        stripped = line.lstrip()
        if (stripped.startswith("::") and "::" in stripped[2:]) or ((at := line.find("##[")) >= 0 and "]" in line[at:]):
            found.append(line)
    return found


# Markdown ----------------------------------------------------------------------------------------------------


def _parser() -> MarkdownIt:
    parser = MarkdownIt("gfm-like")
    assert parser.linkify is not None
    # GitHub makes links of `www.` and of URLs, but not of any word with a dot.
    parser.linkify.set({"fuzzy_link": False})
    return parser


PARSER = _parser()


def tokens(markdown: str) -> list[Token]:
    """All tokens, the ones within lines too."""
    return [each for token in PARSER.parse(markdown) for each in (token, *(token.children or ()))]


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag + "".join(f" {name}" for name, _ in attrs))

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.tags.append("!--")

    def handle_decl(self, decl: str) -> None:
        self.tags.append("!")

    def handle_pi(self, data: str) -> None:
        self.tags.append("?")

    def unknown_decl(self, data: str) -> None:
        self.tags.append("![")


def html_parts(html: str) -> tuple[str, list[str]]:
    """The text of an HTML piece, and its tags."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.texts), parser.tags


_VOID = {"meta", "br", "col"}
_PAGE_TAGS = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "section",
    "p",
    "br",
    "ul",
    "li",
    "pre",
    "details",
}
_PAGE_TAGS |= {"details", "summary", "div", "table", "thead", "tbody", "tr", "th", "td", "strong", "span", "code"}
SVG_TAGS = {"svg", "rect", "path", "circle", "text", "g", "title", "style", "desc"}
_PAGE_TAGS |= SVG_TAGS
_PAGE_TAGS |= {"a", "nav", "script", "desc", "time", "ol", "small", "colgroup", "col"}
_PAGE_TAGS |= {f"h{level}" for level in range(1, 7)}
_INSIDE = {
    "li": {"ul", "ol"},
    "tr": {"thead", "tbody"},
    "th": {"tr"},
    "td": {"tr"},
    "colgroup": {"table"},
    "col": {"colgroup"},
    "thead": {"table"},
    "tbody": {"table"},
    "summary": {"details"},
}


def _leads_somewhere(href: str) -> bool:
    """Whether it is an http or https address, or the way to something beside the page."""
    parts = urlsplit(href)
    return bool(href) and (
        (parts.scheme in ("http", "https") and bool(parts.netloc)) or not (parts.scheme or parts.netloc)
    )


class Tree(HTMLParser):
    """An independent reader: elements that are closed in the order they were opened, each where it may stand."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _PAGE_TAGS, tag
        assert not {name for name, _ in attrs} & {"style", "src"}, attrs
        assert all(_leads_somewhere(value or "") for name, value in attrs if name == "href"), attrs
        assert not any(name.startswith("on") for name, _ in attrs), attrs
        if parents := _INSIDE.get(tag):
            assert self.open[-1] in parents, (tag, self.open)
        if self.open and self.open[-1] in ("ul", "table", "thead", "tbody", "tr"):
            assert tag in _INSIDE, (tag, self.open)
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SVG_TAGS
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def html_tree(text: str) -> Tree:
    """The elements of a whole page; fails where one is none of ours, or stands where it may not."""
    found = Tree()
    found.feed(text)
    found.close()
    assert found.open == []
    return found


_LINKS = re.compile(
    r"(?i)(?<!\w)@\w|#\d|\bGH-\d|!\d|https?://|ftp://|(?<!\w)www\.|mailto:\w|\w@\w"
    r"|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:"
)


def links(shown: str) -> list[str]:
    """What a host would turn into mentions, references, links and emoji in text that is already rendered."""
    return _LINKS.findall(shown)


# GitHub Actions ----------------------------------------------------------------------------------------------


class Annotation(NamedTuple):
    """What a runner makes of a workflow command."""

    command: str
    properties: dict[str, str]
    data: str

    @property
    def place(self) -> tuple[str, ...]:
        """File, line, endLine, col and endColumn, as far as they are there."""
        names = ("file", "line", "endLine", "col", "endColumn")
        return tuple(self.properties[name] for name in names if name in self.properties)


def annotations(log: str) -> list[Annotation]:
    """The commands of a log as actions/runner reads them (ActionCommand.cs, TryParseV2; ActionCommandManager.cs)."""
    return [_annotation(line.lstrip()) for line in log.splitlines() if line.lstrip().startswith("::")]


def _annotation(line: str) -> Annotation:
    info, _, data = line[2:].partition("::")
    name, _, written = info.partition(" ")
    pairs = (each.partition("=") for each in written.strip().split(",") if each)
    properties = {key: _decoded(value, ":", ",") for key, _, value in pairs if value}
    if properties.get("line") != properties.get("endLine", properties.get("line")):
        properties = {key: value for key, value in properties.items() if key not in ("col", "endColumn")}
    return Annotation(name, properties, _decoded(data))


def _decoded(text: str, *more: str) -> str:
    for character in ("\r", "\n", *more, "%"):
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def step_outputs(file: str) -> dict[str, str]:
    """What actions/runner reads from GITHUB_OUTPUT (FileCommandManager.cs): NAME=VALUE, or NAME<<END to a line END."""
    found, lines = {}, iter(file.splitlines())
    for each in lines:
        name, sign, value = re.split("(=|<<)", each, maxsplit=1)
        found[name] = value if sign == "=" else "\n".join(itertools.takewhile(value.__ne__, lines))
    return found


# SARIF -------------------------------------------------------------------------------------------------------

_SARIF_LINK = re.compile(r"(?<!\\)(?:\\\\)*\[((?:[^\\\[\]]|\\.)*)\]\(([^)]*)\)")


def sarif_links(message: str) -> list[str]:
    """Where a viewer would lead from a plain text message (SARIF 2.1.0, 3.11.6)."""
    return [target for _, target in _SARIF_LINK.findall(message)]
