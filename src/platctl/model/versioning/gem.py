"""RubyGems: its versions, and requirements such as `~> 1.2`."""

import re
from itertools import zip_longest
from typing import TypeVar

from platctl.model.versioning.scheme import (
    Comparator,
    Comparators,
    OrderKey,
    ReadRange,
    ReadVersion,
    Scheme,
    clauses,
    is_wildcard,
    numbers_line,
)

_VERSION = re.compile(r"[0-9]+(\.[0-9A-Za-z]+)*(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?")
_P = TypeVar("_P", int, int | str)
_Segments = tuple[int | str, ...]


def _segments(text: str) -> _Segments:
    """The numbers and words of a version."""
    found = re.findall(r"[0-9]+|[A-Za-z]+", text.replace("-", ".pre."))
    return tuple(int(each) if each.isdigit() else each for each in found)


def _first_word(segments: _Segments) -> int:
    """The position of the first word, or else that of the end."""
    return next((index for index, each in enumerate(segments) if isinstance(each, str)), len(segments))


def _canonical(segments: _Segments) -> _Segments:
    """Without zeros at the end of the numbers, and at the end of what the first word begins."""
    at = _first_word(segments)
    return (*_without_zeros(segments[:at]), *_without_zeros(segments[at:]))


def _without_zeros(segments: tuple[_P, ...]) -> tuple[_P, ...]:
    while segments and segments[-1] == 0:
        segments = segments[:-1]
    return segments


def _rank(segment: int | str) -> tuple[int, int, str]:
    """Words come before numbers."""
    return (1, segment, "") if isinstance(segment, int) else (0, 0, segment)


class GemOrder(OrderKey):
    """The segments of a version; what one has more is compared with 0."""

    def compare(self, other: "GemOrder") -> int:
        for one, two in zip_longest(self.parts, other.parts, fillvalue=0):
            if one != two:
                return 1 if _rank(one) > _rank(two) else -1
        return 0


def _made(segments: _Segments) -> ReadVersion:
    at = _first_word(segments)
    numbers = tuple(each for each in segments[:at] if isinstance(each, int))
    line = numbers_line(numbers)
    return ReadVersion(GemOrder(_canonical(segments)), line, line, _without_zeros(numbers), at < len(segments))


class Gem(Scheme):
    """RubyGems' versions and requirements; pre-releases count only where the requirement names one."""

    title = "RubyGems"

    def version(self, text: str) -> ReadVersion | None:
        text = text.strip()
        return _made(_segments(text)) if _VERSION.fullmatch(text) else None

    def range(self, text: str) -> ReadRange | None:
        pairs, found = clauses(text), list[Comparator]()
        if pairs is None or is_wildcard(text) or (len(pairs) > 1 and any(not sign for sign, _ in pairs)):
            return None
        for sign, written in pairs:
            version = self.version(written)
            if version is None or sign in ("^", "~"):
                return None
            if sign == "~>":
                found += [Comparator(">=", version), Comparator("<", _below(written))]
            else:
                found.append(Comparator("==" if sign in ("", "=") else sign, version))
        return ReadRange((tuple(found),))

    def counts(self, all_of: Comparators, version: ReadVersion) -> bool:
        return not version.is_prerelease or any(each.version.is_prerelease for each in all_of)

    def admits(self, found: ReadRange, version: ReadVersion, *, prereleases: bool = False) -> bool | None:
        """`~>` compares the version that a pre-release leads to with its upper bound: `~> 1.2` admits no 2.0.a."""
        release = _made(version.release)
        return super().admits(found, version, prereleases=prereleases) and all(
            each.admits(release) for each in found.alternatives[0] if each.version.line == _UPPER
        )

    def successor_range(self, text: str) -> str | None:
        version = self.version(text)
        if version is None:
            return None
        major, minor = version.rank
        return f">= {text}, < {major + 1}" if major else f">= {text}, < 0.{minor + 1}"


_UPPER = "upper"
"""Marks the upper bound of `~>`."""


def _below(text: str) -> ReadVersion:
    """What `~>` ends before: the last number left out, and the one before it raised."""
    segments = _segments(text)
    at = _first_word(segments)
    numbers = [each for each in segments[:at] if isinstance(each, int)]
    *first, last = numbers[:-1] or numbers
    return _made((*first, last + 1))._replace(line=_UPPER)


SCHEME = Gem()
