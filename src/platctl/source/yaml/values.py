"""Builds plain values from the parser's events, within the limits of a file."""

import re
from collections.abc import Iterator
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from platctl.source.yaml.characters import BLANK
from platctl.source.yaml.limits import Limits
from platctl.source.yaml.problems import Problems
from platctl.source.yaml.refusals import Refusals
from platctl.source.yaml.scalars import STARTS, is_merge_key, key_name, plain
from platctl.source.yaml.stream import Stream

_KEY_STARTS = STARTS | {"<"}
# PyYAML hides a tag that is only `!`: if there may be one, the first character of every scalar is checked.
_LONE_TAG = re.compile(r"!(?<![^\s\[{,]!)(?![^\s\]},])")
# `?` right before a key in brackets, and `&a:b`: the parser reads both unlike YAML 1.2.
_MARKED_KEY = re.compile(r"[\[{,]\s*\?(?!\s)")
_MISSING = object()
_UNDER_WAY = object()


class Values:
    """Reads the documents of one file.

    The parser's events are read one by one, so that deep nesting is rejected before it exhausts the C stack or takes
    too long. Every value counts towards the limit, including the values of an alias.
    """

    def __init__(self, problems: Problems, limits: Limits) -> None:
        self._problems = problems
        self._limits = limits
        self._left = limits.values
        self._copied_left = limits.size
        self._anchors: dict[str, object] = {}
        self.unsure: set[str] = set()

    def documents(self, stretch: Stream) -> Iterator[object]:
        """The value of each document. Raises RefusedError, and YAMLError or UnicodeError from the parser."""
        text, start = stretch.text.characters, stretch.offset
        self._refusals = Refusals(self._problems, stretch, self._limits)
        self._has_escapes = text.find("\\", start) >= 0
        self._has_lone_tags = _LONE_TAG.search(text, start) is not None
        self._has_blanks = BLANK.search(text, start) is not None
        self._has_marked_keys = _MARKED_KEY.search(text, start) is not None
        is_unusual = self._has_lone_tags or self._has_blanks or self._has_marked_keys
        self._longest = -1 if is_unusual else self._limits.scalar
        self._get = stretch.events()
        self._get()
        event = self._get()
        while event.__class__ is DocumentStartEvent:
            self._anchors = {}
            self.unsure = set()
            value = self._value(self._get(), 0)
            self._get()
            # Unless the end or a new document follows, this document does not really end here.
            event = self._get()
            yield value

    # From here to `_key` is the inner loop, which takes most of the time for reading a model.

    def _value(self, event: Any, depth: int) -> object:
        """The value that starts with this event."""
        self._left -= 1
        if self._left < 0:
            raise self._refusals.too_many(event)
        if event.__class__ is ScalarEvent:
            text: str = event.value
            if event.style or event.tag is not None or event.anchor is not None or len(text) > self._longest:
                return self._scalar(event)
            return plain(text) if text[:1] in STARTS else text
        if event.__class__ is AliasEvent:
            return self._alias(event, depth)
        return self._collection(event, depth + 1)

    def _sequence(self, depth: int) -> list[object]:
        get, value_of = self._get, self._value
        result: list[object] = []
        while (event := get()).__class__ is not SequenceEndEvent:
            result.append(value_of(event, depth))
        return result

    def _mapping(self, depth: int) -> dict[str, object]:
        get, value_of, key_of = self._get, self._value, self._key
        is_entity, number = depth == 1, 0
        result: dict[str, object] = {}
        keys: list[Any] = []
        while (event := get()).__class__ is not MappingEndEvent:
            if is_entity:
                number = self._problems.number
            key = key_of(event, depth)
            value = value_of(get(), depth)
            if is_entity and (key is None or key in result or self._problems.number != number):
                self._doubt(key, event)
            if key is None:
                continue
            if key in result:
                self._report_duplicate(key, event, result, keys)
            else:
                result[key] = value
                keys.append(event)
        return result

    def _key(self, event: Any, depth: int) -> str | None:
        """The key of an entry, or None if the entry has to be omitted."""
        if event.__class__ is not ScalarEvent:
            self._refusals.compound_key(event)
            self._value(event, depth)
            return None
        text: str = event.value
        simple = not event.style and event.tag is None and event.anchor is None
        if simple and text[:1] not in _KEY_STARTS and text.isascii() and len(text) <= self._longest:
            return text
        return self._unusual_key(event)

    def _unusual_key(self, event: Any) -> str | None:
        text: str = event.value
        if is_merge_key(event):
            self._refusals.merge_key(event)
            return None
        if self._has_marked_keys:
            self._refusals.marked_key(event)
        value = self._scalar(event, is_key=True)
        if isinstance(value, str):
            return key_name(value)
        self._refusals.key_without_quotes(event, value)
        return text

    def _doubt(self, key: str | None, event: Any) -> None:
        """Record a field of the document that is not read as it is written; "" for a name that is not text."""
        text = event.value if event.__class__ is ScalarEvent else ""
        self.unsure.add(text if key is None else key)

    def _report_duplicate(self, key: str, event: Any, result: dict[str, object], keys: list[Any]) -> None:
        # If the finding is not listed, the search is skipped: it would make many duplicates slow.
        first = event if self._problems.full("duplicate-key") else keys[list(result).index(key)]
        self._refusals.duplicate(key, event, first)

    def _collection(self, event: Any, depth: int) -> object:
        if depth > self._limits.depth:
            raise self._refusals.too_deep(event)
        if event.tag is not None:
            self._refusals.tag(event)
        if event.anchor is not None:
            self._refusals.cut_anchor(event)
            self._anchors[event.anchor] = _UNDER_WAY
        value = self._mapping(depth) if event.__class__ is MappingStartEvent else self._sequence(depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        return value

    def _scalar(self, event: Any, *, is_key: bool = False) -> object:
        """The value of a scalar that is not a short plain one."""
        text: str = event.value
        value: object = text
        if event.tag is not None or (self._has_lone_tags and self._refusals.is_tagged(event)):
            self._refusals.tag(event)
        elif not event.style:
            value = plain(text)
            if self._has_blanks:
                self._refusals.blanks(event, is_key=is_key)
        self._check(event)
        if len(text) > self._limits.scalar:
            self._refusals.too_long(event)
            value = text[: self._limits.scalar]
        if event.anchor is not None:
            self._refusals.cut_anchor(event)
            self._anchors[event.anchor] = value
        return value

    def _check(self, event: Any) -> None:
        if event.style == '"' and self._has_escapes:
            self._refusals.escapes(event)
        elif event.style == ">" and not event.value:
            self._refusals.empty_folded(event)

    def _alias(self, event: Any, depth: int) -> object:
        """A copy of the value of an alias."""
        value = self._anchors.get(event.anchor, _MISSING)
        if value is _MISSING:
            self._refusals.unknown_alias(event)
        elif value is _UNDER_WAY:
            self._refusals.endless_alias(event)
        else:
            self._left += 1
            return self._copy(value, depth, event)
        return None

    def _copy(self, value: object, depth: int, alias: Any) -> object:
        """A copy, counted value by value, so that no alias makes a small file large."""
        self._left -= 1
        if isinstance(value, str):
            self._copied_left -= len(value)
        if self._left < 0 or self._copied_left < 0:
            raise self._refusals.too_many(alias)
        if not isinstance(value, (dict, list)):
            return value
        if depth >= self._limits.depth:
            raise self._refusals.too_deep(alias)
        if isinstance(value, list):
            return [self._copy(item, depth + 1, alias) for item in value]
        return {key: self._copy(item, depth + 1, alias) for key, item in value.items()}
