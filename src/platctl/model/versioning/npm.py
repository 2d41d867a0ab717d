"""npm: semantic versions, and the ranges of node-semver. Comparators may be joined by comma, too."""

import re

from platctl.model.versioning.scheme import Comparator, Comparators, ReadRange, ReadVersion, clauses
from platctl.model.versioning.semantic import Partial, Semantic, partial, semantic

_HYPHEN = re.compile(r"\s*(\S+)\s+-\s+(\S+)\s*")


class Npm(Semantic):
    """npm's versions and ranges, which `semver` stands for, too."""

    title = "npm"

    def version(self, text: str) -> ReadVersion | None:
        return semantic(text.strip().removeprefix("v"))

    def range(self, text: str) -> ReadRange | None:
        alternatives = [_all_of(each.strip()) for each in text.split("||")]
        return ReadRange(tuple(each for each in alternatives if each is not None)) if None not in alternatives else None


def _all_of(text: str) -> Comparators | None:
    if not text:
        return ()
    if hyphen := _HYPHEN.fullmatch(text):
        return _hyphen(partial(hyphen[1].removeprefix("v")), partial(hyphen[2].removeprefix("v")))
    found: list[Comparator] = []
    for sign, written in clauses(text) or [("?", "")]:
        version = partial(written.removeprefix("v"))
        sign = {"": "=", "~>": "~"}.get(sign, sign)
        bounds = version.bounds(sign) if version else None
        if bounds is None:
            return None
        found += bounds
    return tuple(found)


def _hyphen(first: Partial | None, last: Partial | None) -> Comparators | None:
    start, end = first.bounds(">=") if first else None, last.bounds("<=") if last else None
    return None if start is None or end is None else (*start, *end)


SCHEME = Npm()
