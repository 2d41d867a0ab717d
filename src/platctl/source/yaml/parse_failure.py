"""The place and reason of a parser error, with the text around it."""

import re
from typing import Any

from platctl.record import record
from platctl.source.yaml.stream import Stream

_WIDE = 100
_ENTRY = re.compile(r"\s*(?P<dashes>(?:- +)*)(?:(?P<key>[^\s\"'#:][^:]*): +)?(?P<value>\S.*?)(?: +#.*)?\s*")


@record
class ParseFailure:
    """The parser's message, the offset where it stopped, and the offset where the current construct started."""

    stretch: Stream
    problem: str
    offset: int
    context: int

    @classmethod
    def of(cls, error: Exception, stretch: Stream) -> "ParseFailure":
        """From the parser's exception."""
        problem = getattr(error, "problem", None) or "the next tag is not UTF-8"
        mark: Any = getattr(error, "problem_mark", None)
        if mark is None:
            last = stretch.read_until_failure()
            return cls(stretch, str(problem), last, last)
        context: Any = getattr(error, "context_mark", None) or mark
        # An error at the end of the file may be reported one line after the last one.
        offset = min(stretch.offset + mark.index, len(stretch.text.characters))
        return cls(stretch, str(problem), offset, stretch.offset + context.index)

    def characters(self, offset: int, count: int = 1) -> str:
        """Characters at any offset; fewer at the end of the file."""
        return self.stretch.text.characters[offset : offset + count]

    @property
    def character(self) -> str:
        """The character at which the parser stopped; "" at the end."""
        return self.characters(self.offset)

    @property
    def line(self) -> str:
        """The line on which it stopped."""
        return self.stretch.text.line(self.offset)

    @property
    def line_start(self) -> int:
        """The offset of that line."""
        return self.stretch.text.line_start(self.offset)

    @property
    def before(self) -> str:
        """The text before that character on its line."""
        return self.line[: self.offset - self.line_start]

    @property
    def begins_line(self) -> bool:
        """Whether only spaces are before it."""
        return not self.before.strip()

    @property
    def is_on_one_line(self) -> bool:
        """Whether the parser stopped on the line where the construct started."""
        return self.line_start == self.stretch.text.line_start(self.context)

    def column_of(self, offset: int) -> int:
        """The number of characters before an offset on its line."""
        return offset - self.stretch.text.line_start(offset)

    def line_before(self) -> int | None:
        """The offset of the last earlier line that is not empty and not a comment, if the document has one."""
        start = self.line_start
        while start > self.stretch.offset:
            start = self.stretch.text.line_start(start - 1)
            line = self.stretch.text.line(start).strip()
            if line.startswith("---"):
                return None
            if line and not line.startswith("#"):
                return start
        return None


def in_quotes(line: str) -> str | None:
    """A line `key: value` or `- value` with quotes around its value, if it fits in a message; else None."""
    found = _ENTRY.fullmatch(line) if len(line) <= _WIDE and "`" not in line else None
    if not found or not (found["key"] or found["dashes"]):
        return None
    key = f"{found['key']}: " if found["key"] else ""
    return f"{found['dashes']}{key}{_quoted(found['value'])}"


def _quoted(text: str) -> str:
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
