"""The text of one file, with the line and column of each character."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from platctl.finding import Span

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True, eq=False)
class Text:
    """A file's characters, without its byte order mark. Offsets count characters from 0."""

    path: str
    characters: str
    _starts: list[int] = field(default_factory=list)

    def span(self, start: int, end: int) -> Span:
        """The span from one offset to another."""
        return Span(self.path, *self._place(start), *self._place(min(end, len(self.characters))))

    def line_start(self, offset: int) -> int:
        """The offset at which the line of `offset` starts."""
        starts = self._lines()
        return starts[bisect_right(starts, offset) - 1]

    def line_end(self, offset: int) -> int:
        """The offset at which the line of `offset` ends, before its break."""
        end = _BREAK.search(self.characters, self.line_start(offset))
        return end.start() if end else len(self.characters)

    def line(self, offset: int) -> str:
        """The line of `offset`, without its end."""
        return self.characters[self.line_start(offset) : self.line_end(offset)]

    def _place(self, offset: int) -> tuple[int, int]:
        starts = self._lines()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def _lines(self) -> list[int]:
        if not self._starts:
            self._starts = [0, *(found.end() for found in _BREAK.finditer(self.characters))]
        return self._starts
