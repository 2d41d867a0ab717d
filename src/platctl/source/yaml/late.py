"""Files whose content is known from an earlier run: they are parsed only where something of them is asked for."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from platctl.finding import Finding, Span
from platctl.source.tree import SourceFile
from platctl.source.yaml.decode import decode
from platctl.source.yaml.document import Document, ParsedFile
from platctl.source.yaml.limits import STANDARD

_Values = Callable[[], "Sequence[object] | None"]
_NUMBERS = 4
"""Line and column of both ends of a place."""
_OF_PARSING = ("_stretch", "_ordinal")
"""What is known of a document only when its file is parsed."""


class LateFile(ParsedFile):
    """A file without findings, with a known number of documents. `places` is what `places_text` returned before, and
    `values` has the values of the documents, if they are known.

    Raises ValueError or TypeError if the places are damaged.
    """

    __slots__ = ("_file", "_parsed", "_places", "_values", "_were_known")

    def __init__(self, file: SourceFile, count: int, places: str | None, values: _Values) -> None:
        documents = tuple(LateDocument(self, file.path, index) for index in range(count))
        known: Mapping[str, list[int]] = json.loads(places) if places else {}
        if not isinstance(known, dict):
            raise TypeError("no places")
        fields = {"path": file.path, "documents": documents, "findings": (), "complete": True}
        own = {"_file": file, "_parsed": None, "_places": known, "_were_known": len(known), "_values": values}
        _set(self, fields | own)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not known yet."""
        if name != "text":
            raise AttributeError(name)
        text = decode(self._file, STANDARD)
        _set(self, {"text": "" if isinstance(text, Finding) else text})
        return self.text

    @property
    def parsed(self) -> ParsedFile:
        """The file, parsed once."""
        if self._parsed is None:
            from platctl.source.yaml.parse import parse_file

            _set(self, {"_parsed": parse_file(self._file)})
        found: ParsedFile = self._parsed
        return found

    def value(self, index: int) -> object:
        """The value of a document."""
        if callable(self._values):
            known = self._values()
            _set(self, {"_values": [each.value for each in self.parsed.documents] if known is None else known})
        return self._values[index]

    def span(self, index: int, route: Sequence[str | int], *, key: bool) -> Span:
        """A place in one of the documents; those that were asked for in earlier runs are known."""
        name = json.dumps([index, key, *route])
        if name not in self._places or len(self._places[name]) != _NUMBERS:
            found = self.parsed.documents[index].span(route, key=key)
            self._places[name] = [found.line, found.column, found.end_line, found.end_column]
        return Span(self.path, *self._places[name])

    @property
    def places_text(self) -> str | None:
        """All places that are known, as text; None if none was added."""
        return json.dumps(self._places) if len(self._places) > self._were_known else None


class LateDocument(Document):
    """A document of such a file, of which only path and number are known."""

    __slots__ = ("_file",)

    def __init__(self, file: LateFile, path: str, index: int) -> None:
        _set(self, {"_file": file, "path": path, "index": index, "unsure": frozenset()})

    def __getattr__(self, name: str) -> Any:
        """Called for what is not known yet."""
        if name == "value":
            _set(self, {"value": self._file.value(self.index)})
        elif name in _OF_PARSING:
            document = self._file.parsed.documents[self.index]
            _set(self, {each: getattr(document, each) for each in _OF_PARSING})
        else:
            raise AttributeError(name)
        return getattr(self, name)

    def span(self, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """The place of the value at `route`, or with `key` of its key."""
        found: Span = self._file.span(self.index, route, key=key)
        return found


def _set(record: object, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        object.__setattr__(record, name, value)
