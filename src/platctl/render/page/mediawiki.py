"""Pages as wikitext of MediaWiki."""

from collections.abc import Iterator, Mapping

from platctl.page import Fold, Line, Page, Section, Target
from platctl.render import link
from platctl.render.cells import plain
from platctl.render.escape import wikitext
from platctl.render.page.walker import Spot, Walker

_TOP_LEVEL = 2
_NO_TITLE = frozenset("#<>[]|{}_\n")
"""Characters that a page title can't have (MediaWiki, "Manual:Page title")."""


def render(page: Page, *, titles: Mapping[str, str] | None = None) -> str:
    """A page as wikitext.

    `titles` says what the page is called there that `Target.page` names; a link to one that is not in it is text.
    """
    return "\n\n".join(_MediaWiki(titles or {}).parts(page.blocks, Spot(_TOP_LEVEL))) + "\n"


class _MediaWiki(Walker[str]):
    """Separates its parts by blank lines."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles

    def text(self, text: str) -> str:
        return wikitext(text)

    def inline(self, line: Line) -> str:
        return super().inline(line).strip()

    def link(self, text: str, to: Target) -> str:
        if to.url:
            address = link.address(to.url)
            return f"[{address} {text}]" if address else text
        title = self._titles.get(to.page, "") if to.page else ""
        name = f"#{link.anchor(to.anchor)}" if to.anchor else ""
        if (to.page and (not title or set(title) & _NO_TITLE)) or not title + name:
            return text
        # With a colon before it, a title of a category or of a file is a link, too.
        return f"[[{':' if title else ''}{title}{name}|{text}]]"

    def place(self, text: str, name: str) -> str:
        return f'<span id="{link.anchor(name)}"></span>{text}'

    def paragraph(self, lines: list[str], at: Spot) -> str:
        return "<br>\n".join(lines)

    def table(self, header: list[str], rows: list[list[str]], numbers: frozenset[int], at: Spot) -> str:
        styles = [' style="text-align:right"' if nth in numbers else "" for nth in range(len(rows[0]))]
        lines = [f'! scope="col"{style} | {text}' for style, text in zip(styles, header, strict=False)]
        for row in rows:
            lines.append("|-")
            lines += [f"|{style} | {cell}" if style else f"| {cell}" for style, cell in zip(styles, row, strict=True)]
        return "\n".join(('{| class="wikitable"', *(each.rstrip() for each in lines), "|}"))

    def item(self, head: str, notes: list[str]) -> str:
        return "\n".join((f"* {head}", *(f"** {note}" for note in notes)))

    def entries(self, items: list[str]) -> str:
        return "\n".join(items)

    def excerpt(self, name: str, lines: list[Line]) -> str:
        return "\n".join(("<pre>", *(wikitext(plain(each).rstrip()) for each in lines), "</pre>"))

    def heading(self, title: str, section: Section, at: Spot) -> str:
        marks = "=" * at.heading_level
        name = link.anchor(section.anchor)
        place_of_links = f'<span id="{name}"></span>' if name else ""
        return f"{marks} {place_of_links}{title} {marks}"

    def section(self, title: str, heading: str, parts: Iterator[str]) -> Iterator[str]:
        if title:
            yield heading
        yield from parts

    def fold(self, fold: Fold, at: Spot) -> Iterator[str]:
        """Source: MediaWiki, "Manual:Collapsible elements"."""
        title = self.inline(fold.title)
        yield f'<div class="mw-collapsible mw-collapsed">\n<div><strong>{title}</strong></div>'
        yield '<div class="mw-collapsible-content">'
        yield from self.parts(fold.blocks, at)
        yield "</div>\n</div>"
