"""The grammar of selectors, which select sets of entities: `tag:pci+,tier:1 identity`."""

import re
from typing import Annotated, Final

from platctl.model.entity.kinds import KINDS
from platctl.model.fields import Checked, Text
from platctl.model.part import InvalidError
from platctl.model.similar_names import Names, did_you_mean
from platctl.record import record

ALL: Final = 1_000_000
"""More steps than any path has."""
METHODS = (
    "kind",
    "tag",
    "owner",
    "layer",
    "system",
    "domain",
    "lifecycle",
    "type",
    "tier",
    "status",
    "goal",
    "period",
    "path",
    "visibility",
    "state",
    "selector",
)
"""The words before a colon, in addition to the kinds of entities."""

WILDCARDS: Final = "*?["

_LONGEST = 2_000
_MOST_ATOMS = 200
_ATOM = re.compile(
    r"(?P<at>@)?(?:(?P<up>\d{0,6})\+)?(?:(?P<method>[a-z_][a-z0-9_.]*):)?"
    r"(?P<value>[^\s,@+:][^\s,+:]*(?::[^\s,+:]+)*)(?:\+(?P<down>\d{0,6}))?"
)


class SelectorError(ValueError):
    """A selector that is invalid or names something unknown; `offset` and `length` locate the error in the text."""

    def __init__(self, message: str, help_: str, offset: int = 0, length: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.help = help_
        self.offset = offset
        self.length = max(1, length)


@record
class Atom:
    """One set: what `method:value` matches, with its dependencies and dependents.

    `up` and `down` are the number of steps towards its dependencies and its dependents. `is_whole` is `@`: its
    dependents, with all their dependencies. `offset` and `at` are where the atom and its value start in the text.
    """

    value: str
    method: str | None = None
    up: int = 0
    down: int = 0
    is_whole: bool = False
    offset: int = 0
    at: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it selects one thing, without wildcards, dependencies or dependents."""
        return not (self.up or self.down or self.is_whole or any(sign in self.value for sign in WILDCARDS))


@record
class Selector:
    """A union of intersections of atoms, with its source text."""

    text: str
    unions: tuple[tuple[Atom, ...], ...]

    @property
    def atoms(self) -> tuple[Atom, ...]:
        return tuple(atom for union in self.unions for atom in union)


def parse_selector(text: str) -> Selector:
    """Parse a selector. Raises SelectorError with the place of the error.

    The grammar is that of dbt's node selection, but stricter: no part may be empty.
    """
    if len(text) > _LONGEST:
        message = f"the selector has {len(text):,} characters"
        raise SelectorError(message, f"at most {_LONGEST:,} are allowed", _LONGEST)
    unions, offset = [], 0
    for part in text.split(" "):
        if part:
            unions.append(tuple(_intersection(part, offset)))
        offset += len(part) + 1
    if not unions:
        raise SelectorError("the selector is empty", "use an id, or a form such as `tag:pci` or `tier:1`")
    if sum(map(len, unions)) > _MOST_ATOMS:
        raise SelectorError("the selector is too long", f"at most {_MOST_ATOMS} parts are allowed")
    return Selector(text, tuple(unions))


def _intersection(part: str, offset: int) -> list[Atom]:
    atoms: list[Atom] = []
    for text in part.split(","):
        if not text:
            place = offset - 1 if atoms else offset
            raise SelectorError("an entry before or after this comma is missing", "use `a,b` without spaces", place)
        atoms.append(_atom(text, offset))
        offset += len(text) + 1
    return atoms


def _atom(text: str, offset: int) -> Atom:
    found = _ATOM.fullmatch(text)
    if found is None or (found["method"] is None and ":" in found["value"]):
        raise _fault(text, offset)
    method = found["method"]
    if method is not None and method not in (*METHODS, *KINDS):
        near = did_you_mean(Names((*METHODS, *KINDS)).nearest(method, 1), "? ")
        help_ = f"{near}use one of {', '.join(METHODS)}, or a kind"
        raise SelectorError(
            f"there is no selector method `{method}:`", help_, offset + found.start("method"), len(method)
        )
    up, down = _steps(found["up"]), _steps(found["down"])
    if found["at"] and (found["up"] is not None or found["down"] is not None):
        place = offset + (found.end("up") if up else found.start("down") - 1)
        help_ = "`@` already includes all dependents, and everything they depend on"
        raise SelectorError("`@` and `+` can't be combined", help_, place)
    value_at = offset + found.start("value")
    return Atom(found["value"], method, up, down, bool(found["at"]), offset, value_at)


def _steps(text: str | None) -> int:
    if text is None:
        return 0
    return int(text) if text else ALL


def _fault(text: str, offset: int) -> SelectorError:
    """The error for a text that is not an atom, with its place."""
    bare = text.lstrip("@0123456789+")
    start = offset + len(text) - len(bare)
    if not bare:
        help_ = f"add an id, or a form such as `tag:pci`, next to the `{'@' if '@' in text else '+'}`"
        return SelectorError("a name is missing here", help_, offset, len(text))
    if strange := re.search(r"[\s\x00-\x1f]", text):
        help_ = "use `a b` for a union"
        return SelectorError("only spaces can separate the parts of a selector", help_, offset + strange.start())
    method, colon, value = bare.partition(":")
    if colon and not value.strip("+"):
        return SelectorError(
            f"the value after `{method}:` is missing", f"use `{method}:VALUE`", start + len(method) + 1
        )
    if colon and not re.fullmatch(r"[a-z_][a-z0-9_.]*", method):
        help_ = "use lower-case letters, such as `kind:consumer`"
        return SelectorError(f"`{method}` is not allowed before a colon", help_, start, len(method))
    before = text[: len(text) - len(bare)]
    if not re.fullmatch(r"@?(\d*\+)?\d*", before):
        message = f"`{before}` is not allowed before a name"
        return SelectorError(message, "use `+a`, `2+a` or `@a`", offset, len(before))
    plus = bare.find("+")
    if plus >= 0:
        help_ = "put `+` before or after a name, with an optional number of steps: `2+a`, `a+2`"
        return SelectorError("this `+` is not allowed here", help_, start + plus)
    return SelectorError(f"`{bare}` is not valid", "use an id, or a form such as `tag:pci`", start, len(bare))


def _checked(text: str) -> None:
    try:
        parse_selector(text)
    except SelectorError as error:
        raise InvalidError(f"{error.message}, at character {error.offset + 1} of `{text[:80]}`; {error.help}") from None


SelectorText = Annotated[Text, Checked(_checked)]
