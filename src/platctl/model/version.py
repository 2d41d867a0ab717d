"""Versions and ranges: text that a version scheme can compare, or that stays unparsed."""

from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache
from typing import Any, NamedTuple

from platctl.model.versioning.pep440 import UNDECLARED
from platctl.model.versioning.scheme import MAX_LENGTH, Scheme
from platctl.record import record

_FOLLOWS = ("latest", "LATEST")


@lru_cache(maxsize=65536)
def _parse_version(text: str, scheme: Scheme) -> Any:
    return scheme.version(text) if len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=65536)
def _parse_range(text: str, scheme: Scheme) -> Any:
    if len(text) > MAX_LENGTH:
        return None
    if text.strip() in _FOLLOWS and scheme.version(text.strip()) is None:
        return Newest()
    return scheme.range(text)


@record
class Newest:
    """A range that follows the newest version, whatever that is."""


@record(slots=False)
class Version:
    """A version as written. `parsed` is None if its scheme can't read it; if none is declared, that is PEP 440.

    Versions with the same text are equal, and `is_same` goes by their meaning.
    """

    text: str
    declared: Scheme | None = field(default=None, compare=False)

    @property
    def scheme(self) -> Scheme:
        return self.declared or UNDECLARED

    @property
    def parsed(self) -> Any:
        return _parse_version(self.text, self.scheme)

    @property
    def line(self) -> Any:
        """The line of compatible versions: the major version, and below 1.0 also the minor one (semver 4). Dates and
        names have no number that says so; there, each version is a line of its own."""
        parsed = self.parsed
        return None if parsed is None else self.scheme.line(parsed)

    @property
    def is_prerelease(self) -> bool:
        return self.parsed is not None and self.scheme.is_prerelease(self.parsed)

    def is_same(self, other: "Version") -> bool:
        """Whether both mean the same version, however it is written."""
        if self.text == other.text:
            return True
        pair = _together(self, other)
        return pair is not None and bool(pair.one == pair.other)

    def is_newer(self, other: "Version") -> bool | None:
        """Whether it comes after another; None if that can't be told."""
        pair = _together(self, other)
        return None if pair is None else bool(pair.one > pair.other)

    def is_above(self, other: "Version") -> bool | None:
        """Whether it is on a higher line than another; None if that can't be told."""
        pair = _together(self, other)
        return None if pair is None else pair.scheme.rank(pair.one) > pair.scheme.rank(pair.other)

    def __str__(self) -> str:
        return self.text


class _ReadTogether(NamedTuple):
    """Two versions as one scheme reads them."""

    scheme: Scheme
    one: Any
    other: Any


def _together(one: Version, other: Version) -> _ReadTogether | None:
    """Both versions read by the scheme of one of them: what two states declare may differ, as may the names that they
    list."""
    for scheme in (one.scheme, other.scheme):
        pair = _ReadTogether(scheme, _parse_version(one.text, scheme), _parse_version(other.text, scheme))
        if pair.one is not None and pair.other is not None:
            return pair
    return None


@record(slots=False)
class Range:
    """A version range such as `>=2,<3`. `parsed` is None if its scheme can't read it, as with `Version`."""

    text: str
    declared: Scheme | None = field(default=None, compare=False)

    @property
    def parsed(self) -> Any:
        return _parse_range(self.text, self.declared or UNDECLARED)

    @property
    def follows(self) -> bool:
        """Whether it means the newest version."""
        return isinstance(self.parsed, Newest)

    @property
    def is_bounded(self) -> bool:
        """Whether it can be read, and has an upper bound or means one version at a time."""
        parsed = self.parsed
        if parsed is None or isinstance(parsed, Newest):
            return parsed is not None
        return (self.declared or UNDECLARED).is_bounded(parsed)

    @property
    def is_complete(self) -> bool:
        """Whether it can be read, and everything that it names is known."""
        parsed = self.parsed
        if parsed is None or isinstance(parsed, Newest):
            return parsed is not None
        return (self.declared or UNDECLARED).is_complete(parsed)

    def admits(self, version: Version) -> bool | None:
        """Whether the version meets the range, as the scheme of the version reads it; None if one of them can't be
        parsed."""
        scheme = version.scheme
        found, parsed = _parse_range(self.text, scheme), version.parsed
        if isinstance(found, Newest):
            return True
        if found is None or parsed is None:
            return None
        return scheme.admits(found, parsed)

    def bars_as_prerelease(self, version: Version) -> bool:
        """Whether the version is within the bounds, and does not meet the range only since it is a pre-release."""
        scheme = version.scheme
        found, parsed = _parse_range(self.text, scheme), version.parsed
        if found is None or parsed is None or isinstance(found, Newest) or self.admits(version):
            return False
        return scheme.is_prerelease(parsed) and bool(scheme.admits(found, parsed, prereleases=True))

    def __str__(self) -> str:
        return self.text


def highest(versions: Iterable[Version]) -> Version | None:
    """The highest version that can be parsed, or else the first one given."""
    given = list(versions)
    readable = [version for version in given if version.parsed is not None]
    if not readable:
        return given[0] if given else None
    best = readable[0]
    for each in readable[1:]:
        best = each if each.is_newer(best) else best
    return best


def compatible(old: Version, new: Version) -> bool | None:
    """Whether `new` is compatible with `old`: the same line and not older; None if one of them can't be parsed."""
    pair = _together(new, old)
    if pair is None:
        return None
    return bool(pair.scheme.line(pair.one) == pair.scheme.line(pair.other) and pair.one >= pair.other)
