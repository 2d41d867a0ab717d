"""The documents of one file, as values with positions."""

from collections.abc import Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from platctl.finding import Finding, Span
from platctl.record import record
from platctl.source.yaml.scalars import key_name
from platctl.source.yaml.text import Text

if TYPE_CHECKING:
    from platctl.source.yaml.places import Place
    from platctl.source.yaml.stream import Stream

Route = tuple[str | int, ...]
"""The keys and list positions that lead to a field."""


@record(eq=False)
class Document:
    """One YAML document: its number in the file, counted from 0 without empty documents, and its value.

    `unsure` are fields of the document that are not read as they are written, such as duplicates and `<<`; "" is one
    whose name is not text.

    The value consists of `dict` (with `str` keys), `list`, `str`, `int`, `Float`, `bool` and `None`.
    """

    path: str
    index: int
    value: object
    _stretch: "Stream" = field(repr=False)
    _ordinal: int = field(repr=False)
    unsure: frozenset[str] = frozenset()

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """The place of the value at `route`, or with `key` of its key.

        If the route does not exist, the place of the deepest part of it that exists.
        """
        place = self.place(route, key=key)
        return self.text.span(place.start, place.end)

    def place(self, route: Sequence[str | int] = (), *, key: bool = False) -> "Place":
        """The same as offsets in `text`, with the places of the value's parts."""
        place = name = self._stretch.place(self._ordinal)
        for step in route:
            part = place.parts.get(key_name(step) if isinstance(step, str) else step)
            if part is None:
                name = place
                break
            name, place = part
        return name if key else place

    @property
    def text(self) -> Text:
        """The text of its file, in which each disallowed character is replaced by another one."""
        return self._stretch.text


@record(eq=False)
class ParsedFile:
    """The contents of one file. `text` is "" if the bytes are not text; lines end with LF, CRLF or CR.

    `complete` is False if a document or entry could not be read.
    """

    path: str
    text: str
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    complete: bool
