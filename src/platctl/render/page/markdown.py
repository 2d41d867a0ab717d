"""Pages as Markdown, for comments, job summaries, wikis and static site generators."""

import re
from collections.abc import Iterator

from platctl.page import (
    Bars,
    DependencyMatrix,
    Diagram,
    Fold,
    Line,
    Matrix,
    Page,
    Periods,
    Picture,
    Run,
    Schedule,
    Section,
    Table,
    Target,
    Tone,
    line,
)
from platctl.render import escape, link
from platctl.render.cells import plain
from platctl.render.page.markdown_dialect import GITHUB, Anchoring, Dialect
from platctl.render.page.shorten import Branch, Leaf, Part, shortened
from platctl.render.page.walker import BOLD, CODE_WIDTH, Spot, Walker
from platctl.render.picture import mermaid
from platctl.render.picture.bars_text import bar_texts
from platctl.render.picture.cells_text import cell_lines
from platctl.render.picture.matrix_text import matrix_lines

_LONGEST_BAR = 20
_MOST_EDGES = 500
_LONGEST_DIAGRAM = 50_000
"""The largest diagram that mermaid draws on GitHub; beyond, it shows an error."""
_BACKSLASHED = re.compile(r"\\([^\w\s])")
_BLOCK = re.compile(r"^(?=(?:import|export)\b|!!!|\?\?\?)")
"""Text that a site generator takes for code (MDX) or for a box (Python-Markdown's admonitions)."""
_SMART = re.compile(r"(?s)(\\.|`[^`]+`)|['\"]|-(?=-)|\.(?=\.)")
"""Outside of code, characters that a site generator turns into typographic ones: quotes, dashes and dots."""
_MARKS = re.compile(r"[\\`*_\[\]|~!$]|(?<!&)#")
_TEMPLATE = re.compile(r"\{(?=[{%])")


def render(page: Page, *, dialect: Dialect = GITHUB, limit: int | None = None, title: str = "") -> str:
    """A page in at most `limit` characters, by default the dialect's. What does not fit is omitted and counted.

    `title` is a heading above all others.
    """
    level = dialect.top_level
    blocks = page.blocks
    if title:
        level, blocks = max(1, level - 1), (Section(line(title), blocks),)
    parts = tuple(_Markdown(dialect).parts(blocks, Spot(level)))
    return shortened(parts, (limit or dialect.limit) - 1) + "\n"


class _Markdown(Walker[Part]):
    """Writes blocks in one dialect, as parts that can be shortened or have to stay."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._break = "\\\n" if dialect.has_backslashes else "<br>\n"
        self._note = " " * dialect.indent + "- "

    def paragraph(self, lines: list[str], at: Spot) -> Part:
        text = self._break.join(lines)
        if self._dialect.is_site:
            text = _BLOCK.sub(escape.BREAK, text)
        return Leaf((text,), more="… and a paragraph", droppable=at.is_folded)

    def table(self, header: list[str], rows: list[list[str]], numbers: frozenset[int], at: Spot) -> Part:
        if not header:
            items = (" · ".join(filter(None, row)) for row in rows)
            return Leaf(tuple(f"- {item}" for item in items if item), more="- … and {:,} more")
        rule = _row(["---:" if nth in numbers else "---" for nth in range(len(header))])
        return Leaf(tuple(map(_row, rows)), head=f"{_row(header)}\n{rule}")

    def item(self, head: str, notes: list[str]) -> str:
        return "\n".join((f"- {head}", *(f"{self._note}{note}" for note in notes)))

    def entries(self, items: list[str]) -> Part:
        return Leaf(tuple(items), more="- … and {:,} more")

    def excerpt(self, name: str, lines: list[Line]) -> Part:
        return Leaf((self._fenced(lines),), more="… and an excerpt")

    def _fenced(self, lines: list[Line]) -> str:
        text = self._code("\n".join(escape.guarded(plain(line)).rstrip() for line in lines))
        fence = escape.backticks(text, 3)
        return f"{fence}\n{text}\n{fence}"

    def heading(self, title: str, section: Section, at: Spot) -> str:
        heading = f"{'#' * at.heading_level} {title}"
        name = link.anchor(section.anchor)
        if not name:
            return heading
        if self._dialect.anchoring is Anchoring.BRACES:
            return f"{heading} {{#{name}}}"
        return f'<a {self._dialect.anchoring.value}="{name}"></a>\n\n{heading}'

    def section(self, title: str, heading: str, parts: Iterator[Part]) -> Iterator[Part]:
        inner = tuple(parts)
        if inner:
            yield Branch(title, heading, inner)
        elif heading:
            yield Leaf((heading,))

    def fold(self, fold: Fold, at: Spot) -> Iterator[Part]:
        inside = at._replace(is_folded=True)
        if not self._dialect.has_folds:
            yield from self.parts((Section(fold.title, fold.blocks),), inside)
            return
        opening = f"<details>\n<summary>{''.join(map(self._html, fold.title)).strip()}</summary>"
        yield Branch(self.inline(fold.title), opening, tuple(self.parts(fold.blocks, inside)), "</details>")

    def picture(self, picture: Picture, at: Spot) -> Iterator[Part]:
        match picture:
            case Bars():
                bars = zip(picture.bars, bar_texts(picture, _LONGEST_BAR), strict=True)
                rows = tuple((line(bar.label), line(text), line(bar.text)) for bar, text in bars)
                yield from self.parts((Table(rows, ("", "", "")),), at)
            case Matrix():
                yield Leaf((self._fenced(matrix_lines(picture, CODE_WIDTH)),), more="… and a chart")
            case DependencyMatrix():
                yield Leaf((self._fenced(cell_lines(picture, CODE_WIDTH)),), more="… and a matrix")
            case Diagram() | Schedule() | Periods():
                if drawn := mermaid.render(picture):
                    yield Leaf((self._mermaid(picture, drawn),), more="… and a chart")

    def _mermaid(self, picture: mermaid.Picture, drawn: str) -> str:
        if isinstance(picture, Diagram):
            drawn = drawn.replace("flowchart", self._dialect.flow_chart, 1)
        opening, closing = self._dialect.mermaid
        text = f"{opening}\n{drawn}\n{closing}"
        return text if _can_be_drawn(picture, text) else _too_large(picture)

    def inline(self, line: Line) -> str:
        text = ""
        for run in line:
            piece = self.linked(run)
            # Side by side, two marks would be read as one longer mark.
            is_apart = not piece or text[-1:] != piece[0] or piece[0] not in "*`"
            text += piece if is_apart else escape.BREAK + piece
        return text.strip()

    def place(self, text: str, name: str) -> str:
        # In braces only a heading can have a name.
        if self._dialect.anchoring is Anchoring.BRACES:
            return text
        return f'<a {self._dialect.anchoring.value}="{link.anchor(name)}"></a>{text}'

    def link(self, text: str, to: Target) -> str:
        address = self._address(to)
        return f"[{text}]({address})" if address else text

    def _address(self, target: Target) -> str:
        if target.url:
            return link.address(target.url).replace("&", "&amp;")
        if not target.page:
            return link.path(target, "")
        page = target.page.rpartition("/")[2] if self._dialect.is_flat else target.page
        before, behind = self._dialect.around_link
        path = link.path(Target(page, target.anchor), self._dialect.ending)
        return path if before == "./" and path.startswith("../") else f"{before}{path}{behind}"

    def styled(self, run: Run) -> str:
        if run.tone is Tone.CODE:
            return self._code_span(run.text)
        text = self.text(run.text)
        inner = text.strip(" ")
        return text.replace(inner, _bold(inner), 1) if inner and run.tone in BOLD else text

    def text(self, text: str, *, has_code: bool = True) -> str:
        escaped = escape.markdown(text, has_code=has_code)
        if self._dialect.is_site:
            escaped = _SMART.sub(lambda found: found[1] or _coded(found), escaped)
        if self._dialect.has_backslashes:
            return escaped
        return _BACKSLASHED.sub(_coded, escaped)

    def _code_span(self, text: str) -> str:
        if "|" in text:
            return f"<code>{self.text(text, has_code=False)}</code>"
        return self._code(escape.code_span(text))

    def _code(self, text: str) -> str:
        """Code without anything that a site generator would expand."""
        return _TEMPLATE.sub(f"{{{escape.BREAK}", text) if self._dialect.is_site else text

    def _html(self, run: Run) -> str:
        tag = "code" if run.tone is Tone.CODE else "strong" if run.tone in BOLD else ""
        # MDX reads Markdown even there, also in `<code>`.
        text = escape.html(run.text, has_code=run.tone is not Tone.CODE and not self._dialect.is_site)
        if self._dialect.is_site:
            text = _MARKS.sub(_coded, text)
        return f"<{tag}>{text}</{tag}>" if tag else text


def _coded(found: re.Match[str]) -> str:
    """The last character of a match, as a numeric entity."""
    return f"&#{ord(found[0][-1])};"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _bold(text: str) -> str:
    """Asterisks only where they are certain to be read as emphasis (GFM 6.2, flanking runs)."""
    if text[0].isalnum() and text[-1].isalnum():
        return f"**{text}**"
    return f"<strong>{text}</strong>"


def _can_be_drawn(picture: mermaid.Picture, text: str) -> bool:
    edges = len(picture.arrows) if isinstance(picture, Diagram) else 0
    return len(text) <= _LONGEST_DIAGRAM and edges <= _MOST_EDGES


def _too_large(picture: mermaid.Picture) -> str:
    if isinstance(picture, Diagram):
        return f"A graph of {len(picture.boxes)} nodes and {len(picture.arrows)} edges is too large to draw."
    return "This chart is too large to draw."
