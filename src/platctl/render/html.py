"""Pages as HTML files that need nothing else: no network, no script, light and dark, readable aloud and on paper."""

import base64
import hashlib
from collections.abc import Iterator

from platctl.page import (
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
    Run,
    Section,
    Table,
    Tone,
    line,
)
from platctl.render import escape
from platctl.render.excerpt import excerpt_lines, gutter
from platctl.render.layout import plain
from platctl.render.svg import picture

_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)

_STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --text: #1f2328; --dim: #59636e; --line: #d1d9e0; --code: #f6f8fa;
  --bad: #b3131d; --warn: #7d4e00; --good: #116329; --note: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --text: #e6edf3; --dim: #9198a1; --line: #3d444d;
  --code: #151b23; --bad: #ff7b72; --warn: #e3b341; --good: #56d364; --note: #79c0ff; } }
body { margin: 0 auto; padding: 1.5rem; max-width: 75rem; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } h3, h4, h5, h6 { font-size: 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: normal; }
tbody th { font-weight: inherit; } .number { text-align: right; white-space: nowrap; }
.wide { overflow-x: auto; } .wide:focus-visible { outline: 2px solid var(--note); }
pre, code { font-family: ui-monospace, monospace; font-size: 0.875rem; background: var(--code); }
pre { padding: 0.75rem; overflow-x: auto; } summary { cursor: pointer; font-weight: bold; }
svg { max-width: 48rem; height: auto; font-size: 0.8125rem; }
.dim { color: var(--dim); } .bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
.note { color: var(--note); }
@media print { body { max-width: none; padding: 0; } .wide { overflow: visible; } }
"""
_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"
"""A browser loads nothing, runs nothing, and takes no style but the one that stands here. Source: CSP, level 3."""


def render(page: Page, *, title: str = "") -> str:
    """A page as one file. `title` is its heading; if left out, the first line of the page is."""
    heading, blocks = ((Run(title),), page.blocks) if title else _headed(page.blocks)
    return "".join(f"{part}\n" for part in (*_head(plain(heading)), *_body(heading, blocks)))


def _headed(blocks: tuple[Block, ...]) -> tuple[Line, tuple[Block, ...]]:
    """The first line of a page, if it begins with one, and the rest."""
    match blocks:
        case (Paragraph(lines=(first, *more)), *rest) if plain(first).strip():
            return first, (Paragraph(tuple(more)), *rest)
    return (), blocks


def _head(title: str) -> Iterator[str]:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY.format(digest)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape.element(title.strip()) or 'platctl'}</title>\n<style>{_STYLE}</style>\n</head>"


def _body(heading: Line, blocks: tuple[Block, ...]) -> Iterator[str]:
    yield "<body>\n<main>"
    if text := _inline(tuple(map(_unbold, heading))):
        yield f"<h1>{text}</h1>"
    yield from _parts(blocks, 2, "")
    yield "</main>\n</body>\n</html>"


# Blocks ------------------------------------------------------------------------------------------------------


def _parts(blocks: tuple[Block, ...], level: int, above: str) -> Iterator[str]:
    """Blocks under a heading of the level before; `above` names what a table shows."""
    for block in blocks:
        match block:
            case Paragraph():
                yield from _element("p", "<br>\n".join(filter(None, map(_inline, block.lines))))
            case Table():
                yield from _table(block, above)
            case Entries():
                yield from _element("ul", "\n".join(filter(None, map(_entry, block.items))))
            case Excerpt():
                yield _excerpt(block)
            case Diagram():
                yield from _diagram(block)
            case Matrix():
                yield picture(block, above.strip() or f"{block.y_title}, {block.x_title}")
            case Section():
                yield from _section(block, level, above)
            case Fold():
                inner = "\n".join(_parts(block.blocks, level, plain(block.title)))
                yield f"<details>\n<summary>{_inline(block.title)}</summary>\n{inner}\n</details>"


def _element(tag: str, inner: str) -> Iterator[str]:
    """An element, unless it would be empty."""
    if inner:
        yield f"<{tag}>\n{inner}\n</{tag}>"


def _section(section: Section, level: int, above: str) -> Iterator[str]:
    title = _inline(tuple(map(_unbold, section.title)))
    if not title:
        yield from _parts(section.blocks, level, above)
        return
    tag = f"h{min(level, _LOWEST_LEVEL)}"
    blocks = _parts(section.blocks, level + 1, plain(section.title))
    yield from _element("section", "\n".join((f"<{tag}>{title}</{tag}>", *blocks)))


def _entry(entry: Entry) -> str:
    head, notes = _inline(entry.head), [f"<li>{note}</li>" for note in map(_inline, entry.notes) if note]
    if not head:
        return "\n".join(notes)
    below = "\n".join(("", "<ul>", *notes, "</ul>")) if notes else ""
    return f"<li>{head}{below}</li>"


def _excerpt(excerpt: Excerpt) -> str:
    lines = excerpt_lines(excerpt, gutter([excerpt]), _CODE_WIDTH)
    return "<pre>" + "\n".join("".join(map(_styled, each)) for each in lines) + "</pre>"


# Tables ------------------------------------------------------------------------------------------------------


def _table(table: Table, above: str) -> Iterator[str]:
    """A table that scrolls by itself where the window is narrow, with the keyboard too."""
    if not table.rows:
        return
    label = f' aria-label="{escape.element(above.strip())}"' if above.strip() else ""
    yield f'<div class="wide" role="group" tabindex="0"{label}>\n<table>'
    count = max(len(table.header), *map(len, table.rows))
    if table.header:
        header = [*map(escape.element, table.header), *[""] * (count - len(table.header))]
        yield from _element("thead", _row(header, table.numbers, frozenset(range(count)), "col"))
    # What a row is about stands in the first column that is no number.
    names = [nth for nth in range(count) if nth not in table.numbers][:1] if table.header else []
    for_rows = ([*map(_inline, row), *[""] * (count - len(row))] for row in table.rows)
    yield from _element("tbody", "\n".join(_row(row, table.numbers, frozenset(names), "row") for row in for_rows))
    yield "</table>\n</div>"


def _row(cells: list[str], numbers: frozenset[int], headings: frozenset[int], scope: str) -> str:
    parts = []
    for nth, cell in enumerate(cells):
        tag = "th" if cell and nth in headings else "td"
        attributes = (f' scope="{scope}"' if tag == "th" else "") + (' class="number"' if nth in numbers else "")
        parts.append(f"<{tag}{attributes}>{cell}</{tag}>")
    return f"<tr>{''.join(parts)}</tr>"


# Text in a line ----------------------------------------------------------------------------------------------


def _inline(line: Line) -> str:
    return "".join(map(_styled, line)) if plain(line).strip() else ""


def _styled(run: Run) -> str:
    text = escape.element(run.text)
    if not text or run.tone is Tone.PLAIN:
        return text
    if run.tone is Tone.CODE:
        return f"<code>{text}</code>"
    if run.tone is Tone.STRONG:
        return f"<strong>{text}</strong>"
    tag = "strong" if run.tone in _BOLD else "span"
    return f'<{tag} class="{run.tone.value}">{text}</{tag}>'


def _unbold(run: Run) -> Run:
    """A heading is bold as it is."""
    return Run(run.text) if run.tone is Tone.STRONG else run


# Pictures ----------------------------------------------------------------------------------------------------


def _diagram(diagram: Diagram) -> Iterator[str]:
    """What a picture shows, as a list: one that can be read aloud, searched and copied."""
    names = {node: Run(label or node, tone) for node, label, tone in diagram.nodes}
    edges = [each for each in diagram.edges if each[0] in names and each[1] in names]
    joined = {end for start, end, _ in edges for end in (start, end)}
    alone = [Entry(line(names[node])) for node, _, _ in diagram.nodes if node not in joined]
    items = [
        Entry(line(names[start], " → ", names[end], f" ({label})" if label.strip() else ""))
        for start, end, label in edges
    ]
    yield from _parts((Entries((*items, *alone)),), 2, "")
