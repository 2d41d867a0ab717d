"""Names in the order in which they are written: codenames, or `v1beta1` before `v1`."""

import re

from platctl.model.versioning.scheme import Comparator, OrderKey, ReadRange, ReadVersion, Scheme
from platctl.record import record

_SIGN = re.compile(r"(>=|<=|==|!=|[<>=])?\s*(.*\S)\s*")
_JOINT = re.compile(r",|\s+(?=[<>=!])")


class ListedName(OrderKey):
    """A name and its position. Another list may have it elsewhere, so only the name makes it equal."""

    def __init__(self, name: str, at: int) -> None:
        super().__init__(name)
        self.at = at

    def compare(self, other: "ListedName") -> int:
        return self.at - other.at


@record(slots=False)
class Ordered(Scheme):
    """The `names` of one interface, the oldest first; each is a line of its own."""

    names: tuple[str, ...]

    tells_compatibility = False
    title = "the names listed"

    def version(self, text: str) -> ReadVersion | None:
        if text not in self.names:
            return None
        return ReadVersion(ListedName(text, self.names.index(text)), text, ())

    def rank(self, version: ReadVersion) -> tuple[int, ...]:
        return (version.order.at,)

    def range(self, text: str) -> ReadRange | None:
        alternatives = []
        for part in text.split("||"):
            found: list[Comparator] = []
            for each in _JOINT.split(part):
                match = _SIGN.fullmatch(each.strip())
                if match is None or match[2][0] in "^~<>=!":
                    return None
                version = self.version(match[2]) or ReadVersion(ListedName(match[2], -1), match[2], ())
                found.append(Comparator({None: "==", "=": "=="}.get(match[1], match[1]), version))
            alternatives.append(tuple(found))
        return ReadRange(tuple(alternatives))

    def is_complete(self, found: ReadRange) -> bool:
        """A name that isn't listed has no place in the order, but it is none of those that are."""
        every = (each for all_of in found.alternatives for each in all_of)
        return all(each.operator in ("==", "!=") or each.version.order.at >= 0 for each in every)

    def admits(self, found: ReadRange, version: ReadVersion, *, prereleases: bool = False) -> bool | None:
        return super().admits(found, version, prereleases=prereleases) if self.is_complete(found) else None
