"""Cargo: semantic versions; in a range, a version alone is like `^`."""

from platctl.model.versioning.scheme import Comparator, ReadRange, ReadVersion, clauses
from platctl.model.versioning.semantic import Semantic, partial, semantic


def _clauses(text: str) -> list[tuple[str, str]]:
    return clauses(text) or [("?", "")]


class Cargo(Semantic):
    """Cargo's versions and version requirements."""

    title = "Cargo"

    def version(self, text: str) -> ReadVersion | None:
        return semantic(text.strip())

    def range(self, text: str) -> ReadRange | None:
        found: list[Comparator] = []
        if any(len(each) > 1 and ("" in dict(each)) for each in map(_clauses, text.split(","))):
            return None  # Cargo wants commas; without one, only comparisons are clear
        for sign, written in _clauses(text):
            version = partial(written)
            if version is None or (sign and not version.numbers):
                return None
            is_wildcard = any(each in written.partition("-")[0] for each in "xX*")
            bounds = version.bounds(sign or ("=" if is_wildcard else "^"))
            if bounds is None:
                return None
            found += bounds
        return ReadRange((tuple(found),))


SCHEME = Cargo()
