"""The value of a plain scalar: YAML 1.2's core schema without octal, hexadecimal, infinite and huge numbers."""

import re
from math import isinf
from typing import Any, Self
from unicodedata import normalize


class Float(float):
    """A number that keeps its text, so that a version `2.10` stays `2.10`."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """The number with this text."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __getnewargs__(self) -> tuple[str]:  # type: ignore[override]
        """The arguments for making a copy."""
        return (self.text,)


_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("-+.0123456789")

STARTS = _NUMBER_STARTS | {word[:1] for word in _WORDS}
"""The first characters of everything that is not simply text; "" means the empty scalar."""


def plain(text: str) -> str | int | Float | bool | None:
    """The value of a scalar without quotes; everything except numbers, booleans and null is text."""
    if text[:1] in _NUMBER_STARTS:
        return _number(text)
    return _WORDS.get(text, text)


def _number(text: str) -> str | int | Float:
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = Float(text)
        return text if isinf(number) else number
    return text


def key_name(text: str) -> str:
    """The normalised key of an entry: spellings that look the same are equal."""
    return text if text.isascii() else normalize("NFC", text)


def is_merge_key(event: Any) -> bool:
    """Whether the parser's event of a key is `<<`, which is refused; in quotes it is a name like any other."""
    return event.value == "<<" and not event.style
