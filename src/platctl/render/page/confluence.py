"""Pages in Confluence's storage format, which its REST interface takes as the body of a page.

Not in wiki markup: that is only ever converted when somebody pastes it, and can't be read back or compared.
Source: Atlassian, "Confluence Storage Format"; `<representation>storage</representation>` of the content interface.
"""

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
from platctl.render.escape import element, guarded
from platctl.render.page.excerpt import excerpt_lines, gutter
from platctl.render.picture.in_words import told

_LOWEST_LEVEL = 6
_CODE_WIDTH = 120
_BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.GOOD)


def render(page: Page, *, titles: Mapping[str, str] | None = None) -> str:
    """A page as the body of one in Confluence.

    `titles` says what the page is called there that `Target.page` names; a link to one that is not in it is text.
    """
    return "".join(f"{part}\n" for part in _ConfluenceWriter(titles or {}).parts(page.blocks, 1))


class _ConfluenceWriter:
    """Writes blocks, with links to pages by their titles."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def parts(self, blocks: tuple[Block, ...], level: int) -> Iterator[str]:
        """The elements of blocks under a heading of the level before."""
        for block in blocks:
            match block:
                case Paragraph():
                    yield from _element("p", "<br />\n".join(filter(None, map(self._inline, block.lines))))
                case Table():
                    yield from self._table(block)
                case Entries():
                    yield from _element("ul", "\n".join(filter(None, map(self._entry, block.items))))
                case Excerpt():
                    yield _excerpt(block)
                case Diagram() | Bars() | Schedule() | Periods():
                    yield from self.parts(told(block), level)
                case Matrix():
                    pass  # What it says stands beside it.
                case Section():
                    yield from self._section(block, level)
                case Fold():
                    yield self._fold(block, level)

    def _section(self, section: Section, level: int) -> Iterator[str]:
        title = self._inline(section.title)
        if title:
            tag = f"h{min(level, _LOWEST_LEVEL)}"
            name = link.anchor(section.anchor)
            yield f"<{tag}>{_macro('anchor', {'': name}) if name else ''}{title}</{tag}>"
        yield from self.parts(section.blocks, level + bool(title))

    def _fold(self, fold: Fold, level: int) -> str:
        body = "\n".join(self.parts(fold.blocks, level))
        return _macro(
            "expand",
            {"title": element(plain(fold.title)).strip()},
            f"<ac:rich-text-body>\n{body}\n</ac:rich-text-body>",
        )

    def _entry(self, entry: Entry) -> str:
        head, notes = self._inline(entry.head), [f"<li>{note}</li>" for note in map(self._inline, entry.notes) if note]
        if not head:
            return "\n".join(notes)
        below = "\n".join(("", "<ul>", *notes, "</ul>")) if notes else ""
        return f"<li>{head}{below}</li>"

    def _table(self, table: Table) -> Iterator[str]:
        if not table.rows:
            return
        count = max(len(table.header), *map(len, table.rows))
        rows = [_row([*map(self._inline, row), *[""] * (count - len(row))], "td", table.numbers) for row in table.rows]
        if table.header:
            header = [*map(element, table.header), *[""] * (count - len(table.header))]
            rows.insert(0, _row(header, "th", table.numbers))
        yield "\n".join(("<table><tbody>", *rows, "</tbody></table>"))

    def _inline(self, line: Line) -> str:
        return "".join(map(self._linked, line)) if plain(line).strip() else ""

    def _linked(self, run: Run) -> str:
        text = _styled(run)
        return self._link(run.to, text) if run.to and run.text.strip() else text

    def _link(self, to: Target, text: str) -> str:
        if to.url:
            address = link.address(to.url)
            return f'<a href="{element(address)}">{text}</a>' if address else text
        title = self._titles.get(to.page, "")
        name = link.anchor(to.anchor)
        if (to.page and not title) or not (to.page or name):
            return text
        place = f' ac:anchor="{name}"' if name else ""
        page = f'<ri:page ri:content-title="{element(title)}" />' if to.page else ""
        return f"<ac:link{place}>{page}<ac:link-body>{text}</ac:link-body></ac:link>"


def _element(tag: str, inner: str) -> Iterator[str]:
    """An element, unless it would be empty."""
    if inner:
        yield f"<{tag}>{inner}</{tag}>"


def _macro(name: str, parameters: Mapping[str, str], body: str = "") -> str:
    written = "".join(f'<ac:parameter ac:name="{key}">{value}</ac:parameter>' for key, value in parameters.items())
    return f'<ac:structured-macro ac:name="{name}">{written}{body}</ac:structured-macro>'


def _excerpt(excerpt: Excerpt) -> str:
    lines = excerpt_lines(excerpt, gutter([excerpt]), _CODE_WIDTH)
    text = "\n".join(guarded(plain(each)).rstrip() for each in lines).replace("]]>", "]]]]><![CDATA[>")
    return _macro("code", {}, f"<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>")


def _row(cells: list[str], tag: str, numbers: frozenset[int]) -> str:
    right = ' style="text-align: right;"'
    parts = (f"<{tag}{right if nth in numbers else ''}>{cell}</{tag}>" for nth, cell in enumerate(cells))
    return f"<tr>{''.join(parts)}</tr>"


def _styled(run: Run) -> str:
    text = element(run.text)
    tag = "code" if run.tone is Tone.CODE else "strong" if run.tone in _BOLD else ""
    return f"<{tag}>{text}</{tag}>" if tag and text else text
