"""Maven: the order of its ComparableVersion, a version alone as a minimum, and ranges in brackets."""

import re
from itertools import zip_longest
from typing import Any

from platctl.model.versioning.scheme import (
    Comparator,
    Comparators,
    OrderKey,
    ReadRange,
    ReadVersion,
    Scheme,
    comparisons,
    is_wildcard,
    numbers_line,
)

_VERSION = re.compile(r"[0-9][0-9A-Za-z._+-]*")
_TOKEN = re.compile(r"[0-9]+|[^0-9.-]+|[.-]")
_SETS = re.compile(r"([\[(])([^\[\]()]*)([\])])")
_QUALIFIERS = ("alpha", "beta", "milestone", "rc", "snapshot", "", "sp")
_ALIASES = {"cr": "rc", "ga": "", "final": "", "release": ""}
_SHORT = {"a": "alpha", "b": "beta", "m": "milestone"}
_Item = Any
"""A number, the rank of a qualifier, or a tuple of items that a hyphen begins."""


def _qualifier(word: str, *, before_number: bool = False) -> tuple[int, str]:
    word = _SHORT.get(word, word) if before_number else word
    word = _ALIASES.get(word, word)
    return (_QUALIFIERS.index(word), "") if word in _QUALIFIERS else (len(_QUALIFIERS), word)


_NO_QUALIFIER = _qualifier("")


class _Qualifier:
    """The rank of a qualifier."""

    __slots__ = ("rank",)

    def __init__(self, rank: tuple[int, str]) -> None:
        self.rank = rank

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Qualifier) and self.rank == other.rank

    def __hash__(self) -> int:
        return hash(self.rank)


def _is_null(item: _Item) -> bool:
    if isinstance(item, _Qualifier):
        return item.rank == _NO_QUALIFIER
    return item in (0, [])


def _items(text: str) -> tuple[_Item, ...]:
    """The items of a version: each hyphen, and each change between digits and letters, begins a list in the list."""
    whole: list[_Item] = []
    lists = [whole]
    now, is_after_separator, was = whole, True, ""
    tokens = _TOKEN.findall(text.lower())
    for index, part in enumerate(tokens):
        if part in ".-":
            if is_after_separator:
                now.append(0)
            if part == "-":
                now = _nested(now, lists)
            is_after_separator = True
        else:
            if part.isdigit():
                if was and not was.isdigit() and not is_after_separator:
                    now = _nested(now, lists)
                now.append(int(part))
            else:
                if now:
                    now = _nested(now, lists)
                following = tokens[index + 1] if index + 1 < len(tokens) else ""
                now.append(_Qualifier(_qualifier(part, before_number=following.isdigit())))
            is_after_separator = False
        was = part
    for each in reversed(lists):
        _trim(each)
    return _frozen(whole)


def _nested(now: list[_Item], lists: list[list[_Item]]) -> list[_Item]:
    inner: list[_Item] = []
    now.append(inner)
    lists.append(inner)
    return inner


def _trim(items: list[_Item]) -> None:
    """Without zeros and empty qualifiers at the end, and before a list."""
    for index in range(len(items) - 1, -1, -1):
        if _is_null(items[index]):
            del items[index]
        elif not isinstance(items[index], list):
            break


def _frozen(items: list[_Item]) -> tuple[_Item, ...]:
    return tuple(_frozen(each) if isinstance(each, list) else each for each in items)


def _sign(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


_KINDS = (_Qualifier, tuple, int)
"""A qualifier comes before a list, and a list before a number."""


def _compare(one: _Item, other: _Item) -> int:
    if one is None:
        return 0 if other is None else -_compare(other, None)
    if other is None:
        return _compare_with_nothing(one)
    kinds = [next(at for at, kind in enumerate(_KINDS) if isinstance(each, kind)) for each in (one, other)]
    if kinds[0] != kinds[1]:
        return _sign(*kinds)
    if isinstance(one, _Qualifier):
        return _sign(one.rank, other.rank)
    if isinstance(one, int):
        return _sign(one, other)
    return next(filter(None, (_compare(*pair) for pair in zip_longest(one, other))), 0)


def _compare_with_nothing(item: _Item) -> int:
    if isinstance(item, _Qualifier):
        return _sign(item.rank, _NO_QUALIFIER)
    if isinstance(item, int):
        return _sign(item, 0)
    return next(filter(None, map(_compare_with_nothing, item)), 0)


class MavenOrder(OrderKey):
    """The items of a version, in the order of ComparableVersion."""

    def compare(self, other: "MavenOrder") -> int:
        return _compare(self.parts, other.parts)


class Maven(Scheme):
    """Maven's versions and version ranges, in which pre-releases are like any other version."""

    title = "Maven"

    def version(self, text: str) -> ReadVersion | None:
        text = text.strip()
        if not _VERSION.fullmatch(text):
            return None
        numbers = tuple(map(int, re.match(r"[0-9]+(\.[0-9]+)*", text)[0].split(".")))  # type: ignore[index]
        items, line = _items(text), numbers_line(numbers)
        plain = _items(".".join(map(str, numbers)))
        return ReadVersion(MavenOrder(items), line, line, (), _compare(items, plain) < 0)

    def range(self, text: str) -> ReadRange | None:
        text = text.strip()
        if is_wildcard(text):
            return None
        if text[:1] not in ("[", "("):
            return comparisons(text, self.version, bare=">=")
        alternatives: list[Comparators] = []
        at = 0
        while at < len(text):
            match = _SETS.match(text, at)
            found = match and self._set(*match.groups())
            if not match or not found or (alternatives and not _follows(alternatives[-1], found)):
                return None
            alternatives.append(found)
            rest = text[match.end() :].lstrip()
            if rest and rest[0] != ",":
                return None
            at = len(text) - len(rest[1:].lstrip()) if rest else len(text)
            if rest and at == len(text):
                return None
        return ReadRange(tuple(alternatives))

    def _set(self, first: str, inner: str, last: str) -> Comparators | None:
        """The bounds in one pair of brackets."""
        low, comma, high = inner.partition(",")
        versions = [self.version(each) if each.strip() else None for each in (low, high)]
        if any(each.strip() and not version for each, version in zip((low, high), versions, strict=True)):
            return None
        start, end = versions
        if not comma:
            return (Comparator("==", start),) if start and first == "[" and last == "]" else None
        if start and end and start.order >= end.order:
            return None
        found = []
        if start:
            found.append(Comparator(">=" if first == "[" else ">", start))
        if end:
            found.append(Comparator("<=" if last == "]" else "<", end))
        return tuple(found) or None

    def successor_range(self, text: str) -> str | None:
        version = self.version(text)
        if version is None:
            return None
        major, minor = version.rank
        return f"[{text},{major + 1})" if major else f"[{text},0.{minor + 1})"


def _follows(one: Comparators, other: Comparators) -> bool:
    """Whether a set begins where the one before it has ended: Maven refuses others."""
    end, start = one[-1], other[0]
    return end.is_upper and not start.operator.startswith("<") and start.version.order >= end.version.order


SCHEME = Maven()
