"""Pages as GitHub-flavoured markdown, for comments and job summaries."""

from collections.abc import Callable, Iterator

from platctl.page import (
    Block,
    Diagram,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
)
from platctl.render import escape
from platctl.render.excerpt import excerpt_lines, gutter
from platctl.render.fit import Group, Leaf, Part, fit
from platctl.render.layout import plain

_TOP_LEVEL = 3
_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)
_MOST_EDGES = 500
_LONGEST_DIAGRAM = 50_000
"""What mermaid draws at most on GitHub; beyond, it shows an error."""
_CLASSES = {
    Tone.BAD: "fill:#ffd7d5,stroke:#cf222e,color:#1f2328",
    Tone.WARN: "fill:#fff1c2,stroke:#9a6700,color:#1f2328",
    Tone.GOOD: "fill:#d2f5d9,stroke:#1a7f37,color:#1f2328",
    Tone.NOTE: "fill:#d8ecff,stroke:#0969da,color:#1f2328",
    Tone.STRONG: "fill:#eaeef2,stroke:#57606a,color:#1f2328,stroke-width:2px",
    Tone.DIM: "fill:#f6f8fa,stroke:#d0d7de,color:#57606a",
}


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
            case Diagram():
                yield from _diagram(block)
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


def _diagram(diagram: Diagram) -> Iterator[Leaf]:
    if not diagram.nodes:
        return
    text = "\n".join(["```mermaid", "flowchart LR", *_chart(diagram), "```"])
    is_small = len(text) <= _LONGEST_DIAGRAM and len(diagram.edges) <= _MOST_EDGES
    size = f"A picture of {len(diagram.nodes)} nodes and {len(diagram.edges)} edges would be too large."
    yield Leaf((text if is_small else size,), more="… and a picture")


def _chart(diagram: Diagram) -> Iterator[str]:
    names = {node: f"n{index}" for index, (node, _, _) in enumerate(diagram.nodes)}
    for node, label, tone in diagram.nodes:
        style = f":::{tone.value}" if tone in _CLASSES else ""
        yield f'  {names[node]}["{escape.mermaid(label) or " "}"]{style}'
    for start, end, label in diagram.edges:
        if start in names and end in names:
            text = f'|"{escape.mermaid(label)}"|' if label.strip() else ""
            yield f"  {names[start]} -->{text} {names[end]}"
    for tone in dict.fromkeys(tone for _, _, tone in diagram.nodes if tone in _CLASSES):
        yield f"  classDef {tone.value} {_CLASSES[tone]}"
