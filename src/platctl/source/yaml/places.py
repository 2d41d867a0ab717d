"""The places of a document's values in the text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from platctl.source.yaml.scalars import is_merge_key, key_name

# An anchor or a tag, with the space before the value.
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t\r\n]+|#[^\r\n]*)*)+")


@dataclass(slots=True, eq=False)
class Place:
    """The offsets of a value, and the places of its parts: by key or index, the places of key and value.

    The place of an alias is where it is written; its parts are at the anchor.
    """

    start: int
    end: int
    parts: "dict[str | int, tuple[Place, Place]]" = field(default_factory=dict)


def places(get_event: Callable[[], Any], characters: str, offset: int) -> Iterator[Place]:
    """The place of each document's value, from events whose text starts at `offset` of the file's characters."""
    while (event := get_event()) is not None:
        if event.__class__ is DocumentStartEvent:
            yield _PlaceReader(get_event, characters, offset).place(get_event())


@dataclass(slots=True, eq=False)
class _PlaceReader:
    get_event: Callable[[], Any]
    characters: str
    offset: int
    anchors: dict[str, Place] = field(default_factory=dict)

    def place(self, event: Any) -> Place:
        """The place of the value that starts with this event. The depth of values has already been limited."""
        place = Place(self._start(event), event.end_mark.index + self.offset)
        if isinstance(event, AliasEvent):
            return Place(place.start, place.end, self._parts_of(event.anchor))
        if isinstance(event, ScalarEvent):
            self._trim(place, event)
        else:
            self.anchors.pop(event.anchor, None)  # an alias inside has no end and no value, even where one was known
            self._fill(place, event)
        if event.anchor is not None:
            self.anchors[event.anchor] = place
        return place

    def _parts_of(self, anchor: str | None) -> dict[str | int, tuple[Place, Place]]:
        known = self.anchors.get(anchor or "")
        return known.parts if known else {}

    def _start(self, event: Any) -> int:
        start: int = event.start_mark.index + self.offset
        if not isinstance(event, AliasEvent) and self.characters[start : start + 1] in ("&", "!"):
            found = _PROPERTIES.match(self.characters, start, event.end_mark.index + self.offset)
            if found and (event.anchor is not None or event.tag is not None or isinstance(event, ScalarEvent)):
                return found.end()
        return start

    def _trim(self, place: Place, event: Any) -> None:
        """End a block of text after its last line, not where the next value starts."""
        if event.style in ("|", ">"):
            place.end = place.start + len(self.characters[place.start : place.end].rstrip())

    def _fill(self, place: Place, event: Any) -> None:
        if isinstance(event, SequenceStartEvent):
            end, last = self._fill_list(place)
        else:
            end, last = self._fill_mapping(place)
        if event.flow_style:
            place.end = end.end_mark.index + self.offset
        else:
            place.end = last

    def _fill_list(self, place: Place) -> tuple[Any, int]:
        """The final event, and the end of the last item."""
        last = place.end
        while not isinstance(event := self.get_event(), SequenceEndEvent):
            item = self.place(event)
            place.parts[len(place.parts)] = (item, item)
            last = item.end
        return event, last

    def _fill_mapping(self, place: Place) -> tuple[Any, int]:
        """The final event, and the end of the last value."""
        last = place.end
        while not isinstance(event := self.get_event(), MappingEndEvent):
            key, value = self.place(event), self.place(self.get_event())
            # What has no value has no place: only what has one is known to be bounded in depth.
            if isinstance(event, ScalarEvent) and not is_merge_key(event):
                place.parts.setdefault(key_name(event.value), (key, value))
            last = value.end
        return event, last
