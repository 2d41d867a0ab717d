"""Pages as wikitext of MediaWiki."""

from collections.abc import Iterator, Mapping

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
)
from platctl.render import link
from platctl.render.cells import plain
from platctl.render.escape import wikitext
from platctl.render.page.excerpt import excerpt_lines, gutter
from platctl.render.picture.in_words import told

_TOP_LEVEL = 2
_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)
_NO_TITLE = frozenset("#<>[]|{}_\n")
"""What no title of a page can have (MediaWiki, "Manual:Page title")."""


def render(page: Page, *, titles: Mapping[str, str] | None = None) -> str:
    """A page as wikitext.

    `titles` says what the page is called there that `Target.page` names; a link to one that is not in it is text.
    """
    return "\n\n".join(_MediaWikiWriter(titles or {}).parts(page.blocks, _TOP_LEVEL)) + "\n"


class _MediaWikiWriter:
    """Writes blocks, with links to pages by their titles."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def parts(self, blocks: tuple[Block, ...], level: int) -> Iterator[str]:
        """The parts of blocks under a heading of the level before, to be put apart by blank lines."""
        for block in blocks:
            match block:
                case Paragraph():
                    lines = [text for text in map(self._inline, block.lines) if text]
                    yield from filter(None, ["<br>\n".join(lines)])
                case Table():
                    yield from self._table(block)
                case Entries():
                    yield from filter(None, ["\n".join(each for item in block.items for each in self._entry(item))])
                case Excerpt():
                    yield _excerpt(block)
                case Diagram() | Bars() | Schedule() | Periods():
                    yield from self.parts(told(block), level)
                case Matrix():
                    pass  # What it says stands beside it.
                case Section():
                    yield from self._section(block, level)
                case Fold():
                    yield from self._fold(block, level)

    def _section(self, section: Section, level: int) -> Iterator[str]:
        title = self._inline(tuple(Run(run.text, to=run.to) if run.tone in _BOLD else run for run in section.title))
        if title:
            marks = "=" * min(level, _LOWEST_LEVEL)
            name = link.anchor(section.anchor)
            place = f'<span id="{name}"></span>' if name else ""
            yield f"{marks} {place}{title} {marks}"
        yield from self.parts(section.blocks, level + bool(title))

    def _fold(self, fold: Fold, level: int) -> Iterator[str]:
        """Source: MediaWiki, "Manual:Collapsible elements"."""
        title = self._inline(fold.title)
        yield f'<div class="mw-collapsible mw-collapsed">\n<div><strong>{title}</strong></div>'
        yield '<div class="mw-collapsible-content">'
        yield from self.parts(fold.blocks, level)
        yield "</div>\n</div>"

    def _entry(self, entry: Entry) -> Iterator[str]:
        head, notes = self._inline(entry.head), filter(None, map(self._inline, entry.notes))
        if head:
            yield f"* {head}"
        for note in notes:
            yield f"{'**' if head else '*'} {note}"

    def _table(self, table: Table) -> Iterator[str]:
        if not table.rows:
            return
        count = max(len(table.header), *map(len, table.rows))
        lines = ['{| class="wikitable"']
        if table.header:
            header = [*map(wikitext, table.header), *[""] * (count - len(table.header))]
            lines += [f'! scope="col"{_style(nth, table)} | {text}'.rstrip() for nth, text in enumerate(header)]
        for row in table.rows:
            cells = [*map(self._inline, row), *[""] * (count - len(row))]
            lines.append("|-")
            lines += [
                f"|{style} | {cell}" if (style := _style(nth, table)) else f"| {cell}" for nth, cell in enumerate(cells)
            ]
        yield "\n".join([*(each.rstrip() for each in lines), "|}"])

    def _inline(self, line: Line) -> str:
        return "".join(map(self._linked, line)).strip() if plain(line).strip() else ""

    def _linked(self, run: Run) -> str:
        text = _styled(run)
        return self._link(run.to, text) if run.to and run.text.strip() else text

    def _link(self, to: Target, text: str) -> str:
        if to.url:
            address = link.address(to.url)
            return f"[{address} {text}]" if address else text
        title = self._titles.get(to.page, "") if to.page else ""
        name = f"#{link.anchor(to.anchor)}" if to.anchor else ""
        if (to.page and (not title or set(title) & _NO_TITLE)) or not title + name:
            return text
        # With a colon before it, a title of a category or of a file is a link, too.
        return f"[[{':' if title else ''}{title}{name}|{text}]]"


def _style(nth: int, table: Table) -> str:
    return ' style="text-align:right"' if nth in table.numbers else ""


def _excerpt(excerpt: Excerpt) -> str:
    lines = excerpt_lines(excerpt, gutter([excerpt]), _CODE_WIDTH)
    return "<pre>\n" + "\n".join(wikitext(plain(each).rstrip()) for each in lines) + "\n</pre>"


def _styled(run: Run) -> str:
    text = wikitext(run.text)
    tag = "code" if run.tone is Tone.CODE else "strong" if run.tone in _BOLD else ""
    return f"<{tag}>{text}</{tag}>" if tag and text.strip() else text
