"""Versions and ranges: text that `packaging` can compare, or that stays unparsed."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from platctl.record import record

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version as ParsedVersion

_MAX_LENGTH = 200


@lru_cache(maxsize=65536)
def _parse_version(text: str) -> "ParsedVersion | None":
    from packaging.version import InvalidVersion, Version

    try:
        return Version(text) if len(text) <= _MAX_LENGTH else None
    except (InvalidVersion, ValueError):
        return None


@lru_cache(maxsize=65536)
def _parse_range(text: str) -> "SpecifierSet | None":
    from packaging.specifiers import InvalidSpecifier, SpecifierSet

    try:
        return SpecifierSet(text) if text.strip() and len(text) <= _MAX_LENGTH else None
    except (InvalidSpecifier, ValueError):
        return None


@record(slots=False)
class Version:
    """A version as written. `parsed` is None if it is not valid (PEP 440)."""

    text: str

    @property
    def parsed(self) -> "ParsedVersion | None":
        return _parse_version(self.text)

    @property
    def line(self) -> tuple[int, int] | None:
        """The line of compatible versions: the major version, and below 1.0 also the minor one (semver 4)."""
        parsed = self.parsed
        if parsed is None:
            return None
        return (parsed.major, 0 if parsed.major or parsed.epoch else parsed.minor)

    def is_same(self, other: "Version") -> bool:
        """Whether both mean the same version, however it is written."""
        return self.text == other.text or (self.parsed is not None and self.parsed == other.parsed)

    def __str__(self) -> str:
        return self.text


@record(slots=False)
class Range:
    """A version range such as `>=2,<3`. `parsed` is None if it is not valid (PEP 440)."""

    text: str

    @property
    def parsed(self) -> "SpecifierSet | None":
        return _parse_range(self.text)

    @cached_property
    def _names_prerelease(self) -> bool:
        from packaging.version import InvalidVersion, Version

        def is_prerelease(text: str) -> bool:
            try:
                return Version(text).is_prerelease
            except InvalidVersion:
                return False

        return any(is_prerelease(part.version.removesuffix(".*")) for part in self.parsed or ())

    def admits(self, version: Version) -> bool | None:
        """Whether the version meets the range; None if one of them can't be parsed.

        The flag is always passed: packaging 26.0 changed its default for pre-releases.
        """
        specifiers, parsed = self.parsed, version.parsed
        if specifiers is None or parsed is None:
            return None
        return specifiers.contains(parsed, prereleases=self._names_prerelease)

    def __str__(self) -> str:
        return self.text


def highest(versions: Iterable[Version]) -> Version | None:
    """The highest version that can be parsed, or else the first one given."""
    given = list(versions)
    readable = [version for version in given if version.parsed]
    if not readable:
        return given[0] if given else None
    return max(readable, key=lambda version: version.parsed)  # type: ignore[arg-type, return-value]


def compatible(old: Version, new: Version) -> bool | None:
    """Whether `new` is compatible with `old`: the same line and not older; None if one of them can't be parsed."""
    if old.parsed is None or new.parsed is None:
        return None
    return old.line == new.line and new.parsed >= old.parsed


_CARET = re.compile(r"\^\s*v?(\d+)(?:\.(\d+))?[\w.]*")
_TILDE = re.compile(r"~\s*v?(\d+)\.(\d+)[\w.]*")
_WILDCARD = re.compile(r"v?(\d+(?:\.\d+)*)\.[x*]")
_BARE = re.compile(r"v?\d+(?:\.\d+)*")


def rewrite_range(text: str) -> str | None:
    """A range in another tool's notation, translated to PEP 440; None if it is not recognised."""
    text = text.strip()
    if caret := _CARET.fullmatch(text):
        base = text.lstrip("^ ").removeprefix("v")
        return f">={base},<{int(caret[1]) + 1}"
    if tilde := _TILDE.fullmatch(text):
        return f">={text.lstrip('~ ').removeprefix('v')},<{tilde[1]}.{int(tilde[2]) + 1}"
    if wildcard := _WILDCARD.fullmatch(text):
        return f"=={wildcard[1]}.*"
    if _BARE.fullmatch(text):
        return f">={text},<{int(text.removeprefix('v').split('.')[0]) + 1}"
    spaced = re.sub(r"(?<=[\w*])\s+(?=[<>=!~])", ",", text)
    return spaced if spaced != text and Range(spaced).parsed is not None else None
