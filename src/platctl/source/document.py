"""The documents of one file, as values with positions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from platctl.finding import Finding, Span
from platctl.source.scalars import key_name

if TYPE_CHECKING:
    from platctl.source.stretch import Stretch


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One YAML document: its number in the file, counted from 0 without empty ones, and its value.

    The value is made of `dict` (with `str` keys), `list`, `str`, `int`, `Float`, `bool` and `None`.
    """

    path: str
    index: int
    value: object
    _stretch: "Stretch" = field(repr=False)
    _ordinal: int = field(repr=False)

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """Where the value at `route` is written, or with `key` the name of that entry.

        A route that does not exist falls back to the value of what exists of it.
        """
        place = name = self._stretch.place(self._ordinal)
        for step in route:
            part = place.parts.get(key_name(step) if isinstance(step, str) else step)
            if part is None:
                name = place
                break
            name, place = part
        chosen = name if key else place
        return self._stretch.text.span(chosen.start, chosen.end)


@dataclass(frozen=True, slots=True, eq=False)
class ParsedFile:
    """All that is in one file. `text` is "" where the bytes are no text; lines end with LF, CRLF or CR.

    `complete` is False when some document or entry could not be read, so that the rest is not all there is.
    """

    path: str
    text: str
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    complete: bool
