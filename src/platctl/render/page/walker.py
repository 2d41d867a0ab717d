"""Walks the blocks of a page once for all formats of markup; each defines only how it writes a block.

Text for a terminal is not among them: it lays lines out in columns, and has no markup.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Generic, NamedTuple, TypeVar

from platctl.page import (
    Block,
    Conclusion,
    Entries,
    Entry,
    Excerpt,
    Fold,
    Line,
    Paragraph,
    Picture,
    Run,
    Section,
    Table,
    Target,
    Tone,
)
from platctl.render.cells import plain
from platctl.render.page.excerpt import excerpt_lines, gutter
from platctl.render.picture.in_words import conclusion_blocks, in_words

BOLD = (Tone.STRONG, Tone.BAD, Tone.WARN, Tone.RISK, Tone.GOOD)
CODE_WIDTH = 120
_LOWEST_LEVEL = 6

Part = TypeVar("Part")


class Spot(NamedTuple):
    """The position of blocks: the heading level, the title above them, and whether a reader has to unfold them."""

    level: int
    above: str = ""
    is_folded: bool = False

    @property
    def heading_level(self) -> int:
        return min(self.level, _LOWEST_LEVEL)


class Walker(ABC, Generic[Part]):
    """Turns blocks into parts of a document."""

    plain_in_titles: tuple[Tone, ...] = BOLD
    """Tones that a title does not show, because it is bold anyway."""

    def parts(self, blocks: tuple[Block, ...], at: Spot) -> Iterator[Part]:
        for block in blocks:
            match block:
                case Paragraph():
                    if lines := self._seen(block.lines):
                        yield self.paragraph(lines, at)
                case Table():
                    if block.rows:
                        yield self._table(block, at)
                case Entries():
                    if items := list(filter(None, map(self._entry, block.items))):
                        yield self.entries(items)
                case Excerpt():
                    yield self.excerpt(block.place, excerpt_lines(block, gutter([block]), CODE_WIDTH))
                case Conclusion():
                    yield from self.conclusion(block, at)
                case Section():
                    yield from self._section(block, at)
                case Fold():
                    yield from self.fold(block, at)
                case _:
                    yield from self.picture(block, at)

    def _seen(self, lines: tuple[Line, ...]) -> list[str]:
        return [text for text in map(self.inline, lines) if text]

    def conclusion(self, block: Conclusion, at: Spot) -> Iterator[Part]:
        yield from self.parts(conclusion_blocks(block), at)

    def _table(self, table: Table, at: Spot) -> Part:
        table = table.with_titles
        count = max(len(table.header), *map(len, table.rows))
        header = [*map(self.text, table.header), *[""] * (count - len(table.header))] if table.header else []
        rows = [[*map(self.inline, row), *[""] * (count - len(row))] for row in table.rows]
        return self.table(header, rows, table.numbers, at)

    def _entry(self, entry: Entry) -> str:
        head, notes = self.inline(entry.head), self._seen(entry.notes)
        return self.item(head, notes) if head else "\n".join(self.item(note, []) for note in notes)

    def _section(self, section: Section, at: Spot) -> Iterator[Part]:
        title = self.title(section.title)
        heading = self.heading(title, section, at) if title else ""
        below = Spot(at.level + 1, plain(section.title), at.is_folded) if title else at
        yield from self.section(title, heading, self.parts(section.blocks, below))

    def title(self, line: Line) -> str:
        return self.inline(tuple(Run(run.text, to=run.to) if run.tone in self.plain_in_titles else run for run in line))

    def inline(self, line: Line) -> str:
        """A line with its links; "" if there is nothing to see."""
        return "".join(map(self.linked, line)) if plain(line).strip() else ""

    def linked(self, run: Run) -> str:
        text = self.styled(run)
        text = self.link(text, run.to) if run.to and run.text.strip() else text
        text = self.place(text, run.anchor) if run.anchor else text
        return self.aside(text) if run.is_aside and run.text.strip() else text

    def aside(self, text: str) -> str:
        """A text that stands apart from the one before it."""
        return f"; {text}"

    def place(self, text: str, name: str) -> str:
        """A text to which links can lead."""
        return text

    def styled(self, run: Run) -> str:
        text = self.text(run.text)
        tag = "code" if run.tone is Tone.CODE else "strong" if run.tone in BOLD else ""
        return f"<{tag}>{text}</{tag}>" if tag and text.strip() else text

    def item(self, head: str, notes: list[str]) -> str:
        below = "\n".join(("", "<ul>", *(f"<li>{note}</li>" for note in notes), "</ul>")) if notes else ""
        return f"<li>{head}{below}</li>"

    def picture(self, picture: Picture, at: Spot) -> Iterator[Part]:
        yield from self.parts(in_words(picture), at)

    @abstractmethod
    def text(self, text: str) -> str:
        """Plain text, made safe."""

    @abstractmethod
    def link(self, text: str, to: Target) -> str:
        """A linked text; the text alone if the target is not an address."""

    @abstractmethod
    def paragraph(self, lines: list[str], at: Spot) -> Part: ...

    @abstractmethod
    def table(self, header: list[str], rows: list[list[str]], numbers: frozenset[int], at: Spot) -> Part: ...

    @abstractmethod
    def entries(self, items: list[str]) -> Part: ...

    @abstractmethod
    def excerpt(self, name: str, lines: list[Line]) -> Part: ...

    @abstractmethod
    def heading(self, title: str, section: Section, at: Spot) -> str: ...

    @abstractmethod
    def section(self, title: str, heading: str, parts: Iterator[Part]) -> Iterator[Part]:
        """Parts below a heading; both texts are empty where there is no title."""

    @abstractmethod
    def fold(self, fold: Fold, at: Spot) -> Iterator[Part]: ...
