"""Semantic versions, which npm, Cargo and Go share, and the shorthands for ranges of them."""

import re

from platctl.model.versioning.scheme import Comparator, Comparators, ReadVersion, Scheme, numbers_line

_MAX_NUMBER = 2**53 - 1
"""npm refuses higher numbers."""
_NUMBER = r"0|[1-9][0-9]{0,15}"
_FULL = re.compile(rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?")
_PARTIAL = re.compile(
    rf"({_NUMBER}|[xX*])(?:\.({_NUMBER}|[xX*])(?:\.({_NUMBER}|[xX*])(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?)?)?"
)
_RELEASE = ((2,),)
"""Comes after every pre-release of the same numbers."""
_LOWEST = ((-1,),)
"""Comes before every pre-release: an upper bound that no pre-release of it meets."""


def semantic(text: str) -> ReadVersion | None:
    """A version of semver 2.0.0."""
    match = _FULL.fullmatch(text)
    if match is None or not _are_identifiers(match[5]):
        return None
    return _made((int(match[1]), int(match[2]), int(match[3])), match[4])


def _made(numbers: tuple[int, int, int], prerelease: str | None) -> ReadVersion | None:
    pre = _prerelease(prerelease)
    if pre is None or max(numbers) > _MAX_NUMBER:
        return None
    line = numbers_line(numbers)
    return ReadVersion((numbers, pre), line, line, numbers, prerelease is not None)


def _before(*numbers: int) -> Comparator:
    """Below a version and all of its pre-releases."""
    whole = (*numbers, 0, 0, 0)[:3]
    line = numbers_line(whole)
    return Comparator("<", ReadVersion((whole, _LOWEST), line, line, whole))


def _from(*numbers: int, prerelease: str | None = None) -> Comparator | None:
    major, minor, patch = (*numbers, 0, 0, 0)[:3]
    version = _made((major, minor, patch), prerelease)
    return version and Comparator(">=", version)


def _are_identifiers(text: str | None) -> bool:
    return text is None or all(text.split("."))


def _prerelease(text: str | None) -> tuple[tuple[int | str, ...], ...] | None:
    """The identifiers of a pre-release in their order: numbers before words."""
    if text is None:
        return _RELEASE
    found: list[tuple[int | str, ...]] = []
    for each in text.split("."):
        if not each or (each.isdigit() and len(each) > 1 and each[0] == "0"):
            return None
        found.append((0, int(each)) if each.isdigit() else (1, each))
    return tuple(found)


class Partial:
    """A version of which the last numbers may be missing or `x`."""

    def __init__(self, numbers: tuple[int, ...], prerelease: str | None) -> None:
        self.numbers, self.prerelease = numbers, prerelease

    @property
    def is_full(self) -> bool:
        return len(self.numbers) == 3

    def _above(self) -> Comparator:
        """Below the next version with these numbers."""
        *first, last = self.numbers
        return _before(*first, last + 1)

    def bounds(self, sign: str) -> Comparators | None:
        """What an operator before it means; `^` and `~` are those of npm and Cargo, and `=` the version itself."""
        if not self.numbers:
            return (_before(0),) if sign in ("<", ">") else ()
        start = _from(*self.numbers, prerelease=self.prerelease)
        if start is None or max(self.numbers) >= _MAX_NUMBER:
            return None
        match sign:
            case "=" if self.is_full:
                return (Comparator("==", start.version),)
            case "=":
                return (start, self._above())
            case "^":
                return (start, self._caret())
            case "~":
                return (start, _before(*self.numbers[:1], self.numbers[1] + 1) if self.is_full else self._above())
            case ">=":
                return (start,)
            case "<" if not self.is_full:
                return (_before(*self.numbers),)
            case ">" if not self.is_full:
                *first, last = self.numbers
                following = _from(*first, last + 1)
                return following and (following,)
            case "<=" if not self.is_full:
                return (self._above(),)
            case "<" | ">" | "<=":
                return (Comparator(sign, start.version),)
        return None

    def _caret(self) -> Comparator:
        """Below the next version that changes the first number other than 0, of those that are given."""
        for index, number in enumerate(self.numbers):
            if number or index == len(self.numbers) - 1:
                return _before(*self.numbers[:index], number + 1)
        raise AssertionError("no numbers")


def partial(text: str) -> Partial | None:
    """A version whose last numbers may be missing, `x` or `*`."""
    match = _PARTIAL.fullmatch(text)
    if match is None or not _are_identifiers(match[5]):
        return None
    numbers: list[int] = []
    for each in match.group(1, 2, 3):
        if each is None or each in "xX*":
            break
        numbers.append(int(each))
    if match[4] is not None and (len(numbers) < 3 or _prerelease(match[4]) is None):
        return None
    return Partial(tuple(numbers), match[4])


class Semantic(Scheme):
    """Semantic versions, of which pre-releases count only where the range names one of the same numbers."""

    def counts(self, all_of: Comparators, version: ReadVersion) -> bool:
        if not version.is_prerelease:
            return True
        named = (each.version for each in all_of if each.version.is_prerelease)
        return any(each.release == version.release for each in named)

    def successor_range(self, text: str) -> str | None:
        return f"^{text}"
