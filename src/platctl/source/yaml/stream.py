"""The part of a file from a document on, read event by event."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml._yaml import CParser
from yaml.error import YAMLError

from platctl.source.yaml.places import Place, places
from platctl.source.yaml.text import Text

_DOCUMENT = re.compile(r"---(?<![^\r\n]---)(?![^ \t\r\n])")
PARSER_ERRORS = (YAMLError, UnicodeError)
"""The errors of the parser; the second one is for a tag whose escapes are not UTF-8."""


@dataclass(slots=True, eq=False)
class Stream:
    """A stretch: the text from the start of a document to the end of the file.

    A document that can't be parsed ends the stretch; the next stretch starts after it.
    """

    text: Text
    offset: int = 0
    _places: list[Place] = field(default_factory=list)
    _more_places: Iterator[Place] | None = None

    def events(self) -> Callable[[], Any]:
        """A new reader: each call returns a PyYAML event, None at the end, or raises one of PARSER_ERRORS."""
        return CParser(self.text.characters[self.offset :]).get_event

    def after(self, failure: int) -> "Stream | None":
        """The next stretch after a document that failed at this offset."""
        found = _DOCUMENT.search(self.text.characters, max(failure, self.offset + 1))
        return Stream(self.text, found.start()) if found else None

    def document_at(self, offset: int) -> "Stream":
        """The stretch that starts with the document around this offset."""
        *_, start = (
            self.offset,
            *(each.start() for each in _DOCUMENT.finditer(self.text.characters, self.offset, offset)),
        )
        return Stream(self.text, start)

    def read_until_failure(self) -> int:
        """The offset of the last event that can be read."""
        offset, get_event = self.offset, self.events()
        try:
            while (event := get_event()) is not None:
                offset = event.start_mark.index + self.offset
        except PARSER_ERRORS:
            pass
        return offset

    def place(self, ordinal: int) -> Place:
        """The places in one document. Read again on demand, since most runs never need them."""
        if self._more_places is None:
            self._more_places = places(self.events(), self.text.characters, self.offset)
        while len(self._places) <= ordinal:
            self._places.append(next(self._more_places))
        return self._places[ordinal]
