"""What a version scheme has to know, and the names of the schemes."""

import operator
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

MAX_LENGTH = 200
"""Longer text is no version and no range."""


class Versioning(StrEnum):
    """How versions are written. Each value but `ordered` is the scheme of the module of that name."""

    PEP440 = "pep440"
    SEMVER = "semver"
    NPM = "npm"
    CARGO = "cargo"
    MAVEN = "maven"
    GO = "go"
    GEM = "gem"
    CALVER = "calver"
    ORDERED = "ordered"


class ReadVersion(NamedTuple):
    """A version as its scheme reads it, in the order of the scheme.

    `line` is equal for versions that keep a contract, and `rank` orders the lines. `release` is the version that a
    pre-release leads to.
    """

    order: Any
    line: Any
    rank: tuple[int, ...]
    release: tuple[int, ...] = ()
    is_prerelease: bool = False


class Comparator(NamedTuple):
    """One bound of a range."""

    operator: str
    version: ReadVersion

    def admits(self, version: ReadVersion) -> bool:
        return bool(_OPERATORS[self.operator](version.order, self.version.order))

    @property
    def is_upper(self) -> bool:
        return self.operator in ("<", "<=", "==")


_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}
Comparators = tuple[Comparator, ...]


class ReadRange(NamedTuple):
    """A range as its scheme reads it: a version has to meet all comparators of one alternative."""

    alternatives: tuple[Comparators, ...]

    @property
    def is_bounded(self) -> bool:
        return all(any(each.is_upper for each in all_of) for all_of in self.alternatives)


class Scheme:
    """How versions and ranges are read. Texts are not longer than `MAX_LENGTH`; what can't be read is None."""

    title: str
    """What the scheme is called in sentences."""
    tells_compatibility = True
    """Whether the number of a version says what it is compatible with."""

    def version(self, text: str) -> Any:
        """The version, comparable with others of the scheme."""
        raise NotImplementedError

    def range(self, text: str) -> Any:
        """The range; equal for ranges that are written in the same way."""
        raise NotImplementedError

    def line(self, version: Any) -> Any:
        """Equal for versions of one line of compatible ones."""
        return version.line

    def rank(self, version: Any) -> tuple[int, ...]:
        """The order of the lines."""
        rank: tuple[int, ...] = version.rank
        return rank

    def is_prerelease(self, version: Any) -> bool:
        return bool(version.is_prerelease)

    def is_bounded(self, found: Any) -> bool:
        """Whether a range has an upper bound."""
        return bool(found.is_bounded)

    def is_complete(self, found: Any) -> bool:  # noqa: ARG002
        """Whether everything that a range names has a place in the order."""
        return True

    def admits(self, found: Any, version: Any, *, prereleases: bool = False) -> bool | None:
        """Whether a version meets a range; None if that is not known. With `prereleases`, whether it would if
        pre-releases were like any other version."""
        return any(
            all(each.admits(version) for each in all_of) and (prereleases or self.counts(all_of, version))
            for all_of in found.alternatives
        )

    def counts(self, all_of: Comparators, version: ReadVersion) -> bool:  # noqa: ARG002
        """Whether a version counts for comparators that it meets: a pre-release may not."""
        return True

    def successor_range(self, text: str) -> str | None:  # noqa: ARG002
        """The range of what is compatible with a version, as the scheme writes it; None if it has no such notation."""
        return None


def numbers_line(numbers: tuple[int, ...]) -> tuple[int, int]:
    """The line of numbered versions: the major version, and below 1.0 also the minor one (semver 4)."""
    major, minor = (*numbers, 0, 0)[:2]
    return (major, 0 if major else minor)


_CLAUSE = re.compile(r"(>=|<=|==|!=|~>|[<>=^~])?\s*([^\s<>=!~^,|]+)")


def clauses(text: str) -> list[tuple[str, str]] | None:
    """Pairs of operator and version, joined by comma or blank; None for anything else."""
    found: list[tuple[str, str]] = []
    for part in text.split(","):
        at, part = 0, part.strip()
        if not part:
            return None
        while at < len(part):
            match = _CLAUSE.match(part, at)
            if match is None:
                return None
            found.append((match[1] or "", match[2]))
            at = match.end()
            rest = part[at:].lstrip()
            if rest and len(rest) == len(part) - at:  # nothing between two of them
                return None
            at = len(part) - len(rest)
    return found or None


def comparisons(text: str, read: Callable[[str], ReadVersion | None], bare: str = "==") -> ReadRange | None:
    """A range that is only made of comparisons, and of versions alone, which mean `bare`; `||` separates alternatives.
    A version alone can't be joined with others."""
    alternatives = []
    for part in text.split("||"):
        pairs, all_of = clauses(part), list[Comparator]()
        if pairs is None or (len(pairs) > 1 and any(not operator for operator, _ in pairs)):
            return None
        for sign, written in pairs:
            sign = {"": bare, "=": "=="}.get(sign, sign)
            version = read(written)
            if version is None or sign not in _OPERATORS:
                return None
            all_of.append(Comparator(sign, version))
        alternatives.append(tuple(all_of))
    return ReadRange(tuple(alternatives))


_WILDCARD = re.compile(r"v?[0-9]+(\.[0-9]+)*\.[xX*+]")


def is_wildcard(text: str) -> bool:
    """Whether a text is what other schemes take for all versions with the same first numbers."""
    return _WILDCARD.fullmatch(text.strip().lstrip("<>=!~ ")) is not None


class OrderKey:
    """A key whose order is that of `compare`; `parts` are equal for what is equal."""

    def __init__(self, parts: Any) -> None:
        self.parts = parts

    def compare(self, other: Any) -> int:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OrderKey) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)

    def __lt__(self, other: Any) -> bool:
        return self.compare(other) < 0

    def __le__(self, other: Any) -> bool:
        return self.compare(other) <= 0

    def __gt__(self, other: Any) -> bool:
        return self.compare(other) > 0

    def __ge__(self, other: Any) -> bool:
        return self.compare(other) >= 0
