"""The layout of a file's text: its style, and where to insert something new."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from platctl.record import record
from platctl.source.yaml.document import Document
from platctl.source.yaml.places import Place
from platctl.source.yaml.text import Text

_BREAK = re.compile(r"\r\n|\r|\n")
_BLANK = re.compile(r"[ \t]*")
_KEEPS_BLANK_LINES = re.compile(r"[|>](?:[1-9]?\+|\+[1-9])")
_DASH = re.compile(r" *-( +)")


@record
class Splice:
    """A range of a text by offsets, and the new text that replaces it."""

    start: int
    end: int
    new: str


@record
class Layout:
    """The text of one file, and the style in which it is written."""

    text: Text

    @property
    def characters(self) -> str:
        return self.text.characters

    def is_flow(self, place: Place) -> bool:
        """Whether a list or a mapping is written between brackets."""
        return self.characters[place.start : place.start + 1] in ("[", "{")

    def is_alias(self, place: Place) -> bool:
        """Whether a value is an alias of a value elsewhere."""
        return self.characters.startswith("*", place.start)

    def column(self, offset: int) -> int:
        """The number of characters before an offset on its line."""
        return offset - self.text.line_start(offset)

    def begins_line(self, offset: int) -> bool:
        """Whether only blanks are before it on its line."""
        return self._is_blank(self.text.line_start(offset), offset)

    def ends_line(self, offset: int) -> bool:
        """Whether only blanks and a comment follow it on its line."""
        rest = self.characters[offset : self.text.line_end(offset)]
        return not rest.strip() or rest.lstrip(" \t").startswith("#")

    def comma_after(self, offset: int) -> int | None:
        """The offset after a comma that comes next on the line."""
        found = re.compile(r"[ \t]*,").match(self.characters, offset)
        return found.end() if found else None

    def line_before(self, offset: int) -> int:
        """The offset at which the line above ends."""
        return self.text.line_end(max(self.text.line_start(offset) - 1, 0))

    def lines(self, at: int, column: int, lines: Iterable[str]) -> Splice:
        """New lines below the line that ends at `at`."""
        line_break = self._line_break(at)
        return Splice(at, at, "".join(line_break + (" " * column + line if line else "") for line in lines))

    def below(self, place: Place, column: int) -> int:
        """The end of the line below which the next value is inserted, if keys or dashes are in this column.

        Comments that are indented deeper belong to the value above them.
        """
        end = self.text.line_end(place.end)
        if self._keeps_blank_lines(place):
            for start, at in self._lines_after(end):
                if not self._is_blank(start, at):
                    break
                end = at
        for start, at in self._lines_after(end):
            line = self.characters[start:at]
            content = line.lstrip(" \t")
            if content and not (content.startswith("#") and len(line) - len(content) > column):
                break
            end = at if content else end
        return end

    def dash(self, items: Place) -> str:
        """A dash with as many spaces as in the last item of a block list."""
        last = items.parts[len(items.parts) - 1][1]
        found = _DASH.fullmatch(self.characters, self.text.line_start(last.start), last.start)
        return "-" + (found[1] if found else " ")

    def are_apart(self, items: Place) -> bool:
        """Whether blank lines separate all items of a list."""
        pairs = list(pairwise(item for item, _ in items.parts.values()))
        return bool(pairs) and all(self._has_blank_line(one.end, other.start) for one, other in pairs)

    def indentation(self, document: Document, others: Iterable[Document]) -> int:
        """The indentation of block lists relative to their key, as in the first list of the file; default: 2."""
        found = (step for each in (document, *others) for step in self._steps(each.place()))
        return next(found, 2)

    def _steps(self, place: Place) -> Iterator[int]:
        if self.is_alias(place):
            return
        for key, value in place.parts.values():
            if value.parts and self.characters.startswith("-", value.start):
                step = self.column(value.start) - self.column(key.start)
                if key is not value and step >= 0:
                    yield step
            yield from self._steps(value)

    def _keeps_blank_lines(self, place: Place) -> bool:
        """Whether the value is, or ends with, a block of text that includes the blank lines after it."""
        while place.parts and not self.is_alias(place):
            place = list(place.parts.values())[-1][1]
        return _KEEPS_BLANK_LINES.match(self.characters, place.start) is not None

    def _has_blank_line(self, start: int, end: int) -> bool:
        between = _BREAK.split(self.characters[start:end])
        return any(not line.strip() for line in between[1:-1])

    def _lines_after(self, end: int) -> Iterator[tuple[int, int]]:
        """The start and end of each line below the one that ends here."""
        while found := _BREAK.match(self.characters, end):
            end = self.text.line_end(found.end())
            yield found.end(), end

    def _line_break(self, at: int) -> str:
        """The line break used here, or else in the file."""
        found = _BREAK.match(self.characters, at) or _BREAK.search(self.characters)
        return found[0] if found else "\n"

    def _is_blank(self, start: int, end: int) -> bool:
        return _BLANK.fullmatch(self.characters, start, end) is not None
