"""Pages as GitHub-flavoured markdown, for comments and job summaries."""

from collections.abc import Callable, Iterator

from platctl.page import (
    Bars,
    Block,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Line,
    Page,
    Paragraph,
    Periods,
    Run,
    Schedule,
    Section,
    Table,
    Tone,
    line,
)
from platctl.render import escape, mermaid
from platctl.render.chart import bar_text, longest
from platctl.render.excerpt import excerpt_lines, gutter
from platctl.render.fit import Group, Leaf, Part, fit
from platctl.render.layout import plain

_TOP_LEVEL = 3
_LONGEST_BAR = 20
_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)
_MOST_EDGES = 500
_LONGEST_DIAGRAM = 50_000
"""What mermaid draws at most on GitHub; beyond, it shows an error."""


def render(page: Page, *, limit: int = 65_000) -> str:
    """A page in at most `limit` characters; GitHub takes 65,536. What does not fit is counted, last things first."""
    return fit(tuple(_parts(page.blocks, _TOP_LEVEL, is_folded=False)), limit - 1) + "\n"


# Blocks ------------------------------------------------------------------------------------------------------


def _parts(blocks: tuple[Block, ...], level: int, *, is_folded: bool) -> Iterator[Part]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _paragraph(block, is_folded)
            case Table():
                yield _table(block) if block.header else _bullets(block)
            case Entries():
                yield Leaf(tuple(filter(None, map(_entry, block.items))), more="- … and {} more")
            case Excerpt():
                yield Leaf((_excerpt(block),), more="… and an excerpt")
            case Diagram() | Schedule() | Periods():
                yield from _picture(block)
            case Bars():
                yield _bars(block)
            case Section():
                yield _section(block, level, is_folded)
            case Fold():
                title = _inline(block.title, _html_styled)
                opening = f"<details>\n<summary>{title}</summary>"
                parts = tuple(_parts(block.blocks, level, is_folded=True))
                yield Group(_inline(block.title), opening, parts, "</details>")


def _section(section: Section, level: int, is_folded: bool) -> Part:
    title = _inline(tuple(_unbold(run) for run in section.title))
    heading = f"{'#' * min(level, _LOWEST_LEVEL)} {title}" if title else ""
    if not section.blocks:
        return Leaf((heading,) if heading else ())
    return Group(title, heading, tuple(_parts(section.blocks, level + bool(title), is_folded=is_folded)))


def _paragraph(paragraph: Paragraph, is_folded: bool) -> Iterator[Leaf]:
    lines = [text for text in map(_inline, paragraph.lines) if text]
    if lines:
        broken = (*(f"{text}\\" for text in lines[:-1]), lines[-1])
        yield Leaf(("\n".join(broken),), more="… and a paragraph", droppable=is_folded)


def _table(table: Table) -> Leaf:
    count = max([len(table.header), *(len(row) for row in table.rows)])
    header = [escape.markdown(text) for text in table.header] + [""] * (count - len(table.header))
    rows = tuple(_row([*map(_inline, row), *[""] * (count - len(row))]) for row in table.rows)
    return Leaf(
        rows, head=f"{_row(header)}\n{_row(['---:' if nth in table.numbers else '---' for nth in range(count)])}"
    )


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _bullets(table: Table) -> Leaf:
    rows = (" · ".join(filter(None, map(_inline, row))) for row in table.rows)
    return Leaf(tuple(f"- {row}" for row in rows if row), more="- … and {} more")


def _entry(entry: Entry) -> str:
    head, notes = _inline(entry.head), list(filter(None, map(_inline, entry.notes)))
    if not head:
        return "\n".join(f"- {note}" for note in notes)
    return "\n".join([f"- {head}", *(f"  - {note}" for note in notes)])


def _excerpt(excerpt: Excerpt) -> str:
    lines = excerpt_lines(excerpt, gutter([excerpt]), _CODE_WIDTH)
    text = "\n".join(escape.guarded(plain(line)).rstrip() for line in lines)
    fence = escape.backticks(text, 3)
    return f"{fence}\n{text}\n{fence}"


# Text in a line ----------------------------------------------------------------------------------------------


def _inline(line: Line, style: Callable[[Run], str] | None = None) -> str:
    text = ""
    for run in line:
        piece = (style or _styled)(run)
        # Side by side, two marks would be read as one longer mark.
        is_apart = not piece or text[-1:] != piece[0] or piece[0] not in "*`"
        text += piece if is_apart else escape.BREAK + piece
    return text.strip()


def _bold(text: str) -> str:
    """Asterisks only where they are sure to be read as emphasis (GFM 6.2, flanking runs)."""
    if text[0].isalnum() and text[-1].isalnum():
        return f"**{text}**"
    return f"<strong>{text}</strong>"


def _unbold(run: Run) -> Run:
    """A heading is bold as it is."""
    return Run(run.text) if run.tone in _BOLD else run


def _styled(run: Run) -> str:
    if run.tone is Tone.CODE:
        return escape.code_span(run.text)
    text = escape.markdown(run.text)
    inner = text.strip(" ")
    return text.replace(inner, _bold(inner), 1) if inner and run.tone in _BOLD else text


def _html_styled(run: Run) -> str:
    tag = "code" if run.tone is Tone.CODE else "strong" if run.tone in _BOLD else ""
    text = escape.html(run.text)
    return f"<{tag}>{text}</{tag}>" if tag else text


# Pictures ----------------------------------------------------------------------------------------------------


def _picture(picture: mermaid.Picture) -> Iterator[Leaf]:
    drawn = mermaid.render(picture)
    if not drawn:
        return
    text = f"```mermaid\n{drawn}\n```"
    yield Leaf((text if _can_be_drawn(picture, text) else _too_large(picture),), more="… and a picture")


def _can_be_drawn(picture: mermaid.Picture, text: str) -> bool:
    edges = len(picture.edges) if isinstance(picture, Diagram) else 0
    return len(text) <= _LONGEST_DIAGRAM and edges <= _MOST_EDGES


def _too_large(picture: mermaid.Picture) -> str:
    if isinstance(picture, Diagram):
        return f"A picture of {len(picture.nodes)} nodes and {len(picture.edges)} edges would be too large."
    return "A picture of this would be too large."


def _bars(chart: Bars) -> Leaf:
    most = longest(chart)
    rows = tuple((line(bar.label), line(bar_text(bar, most, _LONGEST_BAR)), line(bar.text)) for bar in chart.bars)
    return _table(Table(rows, ("", "", "")))
