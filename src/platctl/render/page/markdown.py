"""Pages as Markdown, for comments, job summaries, wikis and generators of sites."""

import re
from collections.abc import Iterator

from platctl.page import (
    Bars,
    Block,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Line,
    Matrix,
    Page,
    Paragraph,
    Periods,
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
from platctl.render.page.excerpt import excerpt_lines, gutter
from platctl.render.page.markdown_dialect import GITHUB, Anchoring, Dialect
from platctl.render.page.shorten import FitGroup, Leaf, Part, fit
from platctl.render.picture import mermaid
from platctl.render.picture.matrix_text import matrix_lines
from platctl.render.picture.schedule_text import bar_text, longest

_LONGEST_BAR = 20
_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)
_MOST_EDGES = 500
_LONGEST_DIAGRAM = 50_000
"""What mermaid draws at most on GitHub; beyond, it shows an error."""
_BACKSLASHED = re.compile(r"\\([^\w\s])")
_BLOCK = re.compile(r"^(?=(?:import|export)\b|!!!|\?\?\?)")
"""What a generator of sites takes for a program (MDX) or for a box (Python-Markdown's admonitions)."""
_SMART = re.compile(r"(?s)(\\.)|['\"]|-(?=-)|\.(?=\.)")
"""What a generator of sites makes typographic: quotes, dashes and dots."""
_MARKS = re.compile(r"[\\`*_\[\]|~!$]|(?<!&)#")
_TEMPLATE = re.compile(r"\{(?=[{%])")


def render(page: Page, *, dialect: Dialect = GITHUB, limit: int | None = None, title: str = "") -> str:
    """A page in at most `limit` characters, by default the dialect's. What does not fit is counted, last things first.

    `title` is a heading above all others.
    """
    level = dialect.top_level
    blocks = page.blocks
    if title:
        level, blocks = max(1, level - 1), (Section(line(title), blocks),)
    parts = tuple(_MarkdownWriter(dialect).parts(blocks, level, is_folded=False))
    return fit(parts, (limit or dialect.limit) - 1) + "\n"


class _MarkdownWriter:
    """Writes blocks in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._break = "\\\n" if dialect.has_backslashes else "<br>\n"
        self._note = " " * dialect.indent + "- "

    # Blocks --------------------------------------------------------------------------------------------------

    def parts(self, blocks: tuple[Block, ...], level: int, *, is_folded: bool) -> Iterator[Part]:
        """What can be left out or has to stay, in order."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield from self._paragraph(block, is_folded)
                case Table():
                    yield self._table(block) if block.header else self._bullets(block)
                case Entries():
                    yield Leaf(tuple(filter(None, map(self._entry, block.items))), more="- … and {:,} more")
                case Excerpt():
                    yield Leaf((self._excerpt(block),), more="… and an excerpt")
                case Diagram() | Schedule() | Periods():
                    yield from self._picture(block)
                case Matrix():
                    yield Leaf((self._fenced(matrix_lines(block, _CODE_WIDTH)),), more="… and a picture")
                case Bars():
                    yield self._bars(block)
                case Section():
                    yield self._section(block, level, is_folded)
                case Fold():
                    yield self._fold(block, level)

    def _section(self, section: Section, level: int, is_folded: bool) -> Part:
        title = self._inline(tuple(_unbold(run) for run in section.title))
        heading = self._heading(title, level, section.anchor) if title else ""
        if not section.blocks:
            return Leaf((heading,) if heading else ())
        return FitGroup(title, heading, tuple(self.parts(section.blocks, level + bool(title), is_folded=is_folded)))

    def _heading(self, title: str, level: int, anchor: str) -> str:
        heading = f"{'#' * min(level, _LOWEST_LEVEL)} {title}"
        name = link.anchor(anchor)
        if not name:
            return heading
        if self._dialect.anchoring is Anchoring.BRACES:
            return f"{heading} {{#{name}}}"
        return f'<a {self._dialect.anchoring.value}="{name}"></a>\n\n{heading}'

    def _fold(self, fold: Fold, level: int) -> Part:
        if not self._dialect.has_folds:
            return self._section(Section(fold.title, fold.blocks), level, is_folded=True)
        opening = f"<details>\n<summary>{''.join(map(self._html, fold.title)).strip()}</summary>"
        parts = tuple(self.parts(fold.blocks, level, is_folded=True))
        return FitGroup(self._inline(fold.title), opening, parts, "</details>")

    def _paragraph(self, paragraph: Paragraph, is_folded: bool) -> Iterator[Leaf]:
        lines = [text for text in map(self._inline, paragraph.lines) if text]
        if lines:
            text = self._break.join(lines)
            if self._dialect.is_site:
                text = _BLOCK.sub(escape.BREAK, text)
            yield Leaf((text,), more="… and a paragraph", droppable=is_folded)

    def _table(self, table: Table) -> Leaf:
        count = max([len(table.header), *(len(row) for row in table.rows)])
        header = [*map(self._plain, table.header), *[""] * (count - len(table.header))]
        rows = tuple(_row([*map(self._inline, row), *[""] * (count - len(row))]) for row in table.rows)
        rule = _row(["---:" if nth in table.numbers else "---" for nth in range(count)])
        return Leaf(rows, head=f"{_row(header)}\n{rule}")

    def _bullets(self, table: Table) -> Leaf:
        rows = (" · ".join(filter(None, map(self._inline, row))) for row in table.rows)
        return Leaf(tuple(f"- {row}" for row in rows if row), more="- … and {:,} more")

    def _entry(self, entry: Entry) -> str:
        head, notes = self._inline(entry.head), list(filter(None, map(self._inline, entry.notes)))
        if not head:
            return "\n".join(f"- {note}" for note in notes)
        return "\n".join([f"- {head}", *(f"{self._note}{note}" for note in notes)])

    def _excerpt(self, excerpt: Excerpt) -> str:
        return self._fenced(excerpt_lines(excerpt, gutter([excerpt]), _CODE_WIDTH))

    def _fenced(self, lines: list[Line]) -> str:
        text = self._code("\n".join(escape.guarded(plain(line)).rstrip() for line in lines))
        fence = escape.backticks(text, 3)
        return f"{fence}\n{text}\n{fence}"

    def _bars(self, chart: Bars) -> Leaf:
        most = longest(chart)
        rows = tuple((line(bar.label), line(bar_text(bar, most, _LONGEST_BAR)), line(bar.text)) for bar in chart.bars)
        return self._table(Table(rows, ("", "", "")))

    # Text in a line ------------------------------------------------------------------------------------------

    def _inline(self, line: Line) -> str:
        text = ""
        for run in line:
            piece = self._linked(run)
            # Side by side, two marks would be read as one longer mark.
            is_apart = not piece or text[-1:] != piece[0] or piece[0] not in "*`"
            text += piece if is_apart else escape.BREAK + piece
        return text.strip()

    def _linked(self, run: Run) -> str:
        text, to = self._styled(run), self._address(run.to) if run.to else ""
        return f"[{text}]({to})" if to and run.text.strip() else text

    def _address(self, target: Target) -> str:
        if target.url:
            return link.address(target.url).replace("&", "&amp;")
        if not target.page:
            return link.path(target, "")
        page = target.page.rpartition("/")[2] if self._dialect.is_flat else target.page
        before, behind = self._dialect.around_link
        path = link.path(Target(page, target.anchor), self._dialect.ending)
        return path if before == "./" and path.startswith("../") else f"{before}{path}{behind}"

    def _styled(self, run: Run) -> str:
        if run.tone is Tone.CODE:
            return self._code_span(run.text)
        text = self._plain(run.text)
        inner = text.strip(" ")
        return text.replace(inner, _bold(inner), 1) if inner and run.tone in _BOLD else text

    def _plain(self, text: str) -> str:
        escaped = escape.markdown(text)
        if self._dialect.is_site:
            escaped = _SMART.sub(lambda found: found[1] or _coded(found), escaped)
        if self._dialect.has_backslashes:
            return escaped
        return _BACKSLASHED.sub(_coded, escaped)

    def _code_span(self, text: str) -> str:
        if "|" in text:
            return f"<code>{self._plain(text)}</code>"
        return self._code(escape.code_span(text))

    def _code(self, text: str) -> str:
        """Code in which a generator of sites finds nothing to fill in."""
        return _TEMPLATE.sub(f"{{{escape.BREAK}", text) if self._dialect.is_site else text

    def _html(self, run: Run) -> str:
        tag = "code" if run.tone is Tone.CODE else "strong" if run.tone in _BOLD else ""
        text = escape.html(run.text)
        if self._dialect.is_site:  # MDX reads Markdown even there
            text = _MARKS.sub(_coded, text)
        return f"<{tag}>{text}</{tag}>" if tag else text

    # Pictures ------------------------------------------------------------------------------------------------

    def _picture(self, picture: mermaid.Picture) -> Iterator[Leaf]:
        drawn = mermaid.render(picture)
        if not drawn:
            return
        if isinstance(picture, Diagram):
            drawn = drawn.replace("flowchart", self._dialect.flow_chart, 1)
        opening, closing = self._dialect.mermaid
        text = f"{opening}\n{drawn}\n{closing}"
        yield Leaf((text if _can_be_drawn(picture, text) else _too_large(picture),), more="… and a picture")


def _coded(found: re.Match[str]) -> str:
    """The last sign of what was found, as its number."""
    return f"&#{ord(found[0][-1])};"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _bold(text: str) -> str:
    """Asterisks only where they are sure to be read as emphasis (GFM 6.2, flanking runs)."""
    if text[0].isalnum() and text[-1].isalnum():
        return f"**{text}**"
    return f"<strong>{text}</strong>"


def _unbold(run: Run) -> Run:
    """A heading is bold as it is."""
    return Run(run.text, to=run.to) if run.tone in _BOLD else run


def _can_be_drawn(picture: mermaid.Picture, text: str) -> bool:
    edges = len(picture.edges) if isinstance(picture, Diagram) else 0
    return len(text) <= _LONGEST_DIAGRAM and edges <= _MOST_EDGES


def _too_large(picture: mermaid.Picture) -> str:
    if isinstance(picture, Diagram):
        return f"A picture of {len(picture.nodes)} nodes and {len(picture.edges)} edges would be too large."
    return "A picture of this would be too large."
