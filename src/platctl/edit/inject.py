"""Inserts a text between two markers of an existing page, and leaves the rest unchanged."""

import re

from platctl.source.errors import SourceError

NAME = re.compile("[a-z0-9][a-z0-9_-]{0,62}")
"""The valid names of a pair of markers."""


def markers(name: str) -> tuple[str, str]:
    """The two lines around the text; they are comments in Markdown, HTML and wikitext."""
    return f"<!-- platctl:begin {name} -->", f"<!-- platctl:end {name} -->"


def injected(page: bytes, name: str, text: str, path: str) -> bytes:
    """The page with this text between its markers.

    The line ends are those of the first marker's line. Raises SourceError unless each marker occurs exactly once and in
    the right order, or if the text itself contains a marker.
    """
    begin, end = (_MarkerLine(page, each, path) for each in markers(name))
    if begin.after > end.before:
        raise SourceError(f"in `{path}` the end marker is before the begin marker", f"put `{begin.text}` first")
    if any(each in text for each in (begin.text, end.text)):
        raise SourceError(f"the text itself contains a marker `{name}`", "use another name: `--marker NAME`")
    line_end = begin.line_end
    body = line_end.join((*text.rstrip("\n").split("\n"), "")).encode()
    return page[: begin.after] + body + page[end.before :]


class _MarkerLine:
    """A line of a page that contains only a marker."""

    def __init__(self, page: bytes, text: str, path: str) -> None:
        self.text = text
        found = list(re.finditer(rb"(?m)^[ \t]*" + re.escape(text.encode()) + rb"[ \t]*(\r\n|\n|\r|\Z)", page))
        if len(found) != 1:
            what = f"has no line `{text}`" if not found else f"has {len(found)} lines `{text}`"
            first, last = markers(text.split()[2])
            raise SourceError(f"`{path}` {what}", f"add `{first}` and `{last}` once, each on a separate line")
        (self._match,) = found

    @property
    def before(self) -> int:
        return self._match.start()

    @property
    def after(self) -> int:
        return self._match.end()

    @property
    def line_end(self) -> str:
        return self._match[1].decode() or "\n"
