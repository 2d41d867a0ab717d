"""Calendar versions and dates: `2026-01-15`, `2026.1`, `22.04`, `2026-04-22.dahlia`."""

import re

from platctl.model.versioning.scheme import Comparator, ReadRange, ReadVersion, Scheme, comparisons

_YEAR, _REST, _WORD = r"[0-9]{2}|[0-9]{4}|[0-9]{8}", r"(?:[.-][0-9]{1,8}){0,4}", r"([.-]?)([A-Za-z]+)[.-]?([0-9]{0,8})"
_VERSION = re.compile(rf"v?({_YEAR})({_REST})(?:{_WORD})?")
_LAST_SHORT = 2070
"""Whether 99 is meant to be 1999 or 2099, nothing tells."""
_PREFIX = re.compile(r"(.+)\.[xX*]")
_BEFORE = ("dev", "a", "alpha", "b", "beta", "pre", "preview", "rc")
_RELEASE = (len(_BEFORE), 0, "")


class Calver(Scheme):
    """Versions that are dates. Each is a line of its own: a date says nothing about compatibility.

    A year of two digits is one of this century, and missing numbers count as 0. A word behind the numbers is a
    pre-release if it is one of dev, a, alpha, b, beta, pre, preview and rc, else a name.
    """

    tells_compatibility = False
    title = "CalVer"

    def version(self, text: str) -> ReadVersion | None:
        text = text.strip()
        match = _VERSION.fullmatch(text)
        numbers = _numbers(match[1], match[2]) if match else None
        if match is None or numbers is None:
            return None
        word, last = _RELEASE, False
        if match[4]:
            known = match[4].lower()
            last = known in _BEFORE
            if not last and (not match[3] or match[5]):
                return None
            word = (_BEFORE.index(known), int(match[5] or 0), "") if last else (len(_BEFORE) + 1, 0, match[4])
        return ReadVersion((numbers, word), numbers, numbers, numbers, last)

    def range(self, text: str) -> ReadRange | None:
        if prefix := _PREFIX.fullmatch(text.strip()):
            start = self.version(prefix[1])
            dots = prefix[1].count(".") + prefix[1].count("-")
            if start is None or start.order[1] != _RELEASE or prefix[1].lstrip("v").startswith(("<", ">")):
                return None
            numbers = (*start.release, *(0,) * 5)[: dots + 1]
            return ReadRange(((Comparator(">=", _first(numbers)), Comparator("<", _first(_next(numbers)))),))
        return comparisons(text, self.version)

    def admits(self, found: ReadRange, version: ReadVersion, *, prereleases: bool = False) -> bool | None:
        """Not known where it depends on whether a month means all of its days, or a date all of its names."""
        if super().admits(found, version, prereleases=prereleases) == self._other(found, version):
            return self._other(found, version)
        return None

    def _other(self, found: ReadRange, version: ReadVersion) -> bool:
        """Whether it is admitted if a date means whatever it is the beginning of."""
        return any(all(_begins(each, version) for each in all_of) for all_of in found.alternatives)


def _numbers(first: str, more: str) -> tuple[int, ...] | None:
    """Year and what follows, without zeros at the end; None if that is no date."""
    rest = [int(each) for each in re.split("[.-]", more)[1:]]
    if len(first) == 8:
        if rest:
            return None
        first, rest = first[:4], [int(first[4:6]), int(first[6:])]
        more = "-"
    year = int(first) + (2000 if len(first) == 2 else 0)
    if len(first) == 2 and year >= _LAST_SHORT:
        return None
    is_date = "-" in more
    limits = zip(rest, (12, 31), strict=False) if is_date else ()
    if not 1900 <= year < 3000 or any(not 1 <= each <= limit for each, limit in limits):
        return None
    numbers = [year, *rest]
    while numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _begins(bound: Comparator, version: ReadVersion) -> bool:
    numbers, word = bound.version.order
    if word == _RELEASE and version.release[: len(numbers)] == numbers:
        return bound.operator in ("==", ">=", "<=")
    return bound.admits(version)


def _next(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return (*numbers[:-1], numbers[-1] + 1)


def _first(numbers: tuple[int, ...]) -> ReadVersion:
    """What comes before all versions that begin with these numbers."""
    return ReadVersion((numbers, (-1, 0, "")), numbers, numbers, numbers)


SCHEME = Calver()
