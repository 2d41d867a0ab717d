"""The width of text, estimated without any font, so that a chart is the same on every machine."""

import re
from functools import lru_cache

from rich.cells import cell_len

_NARROW = frozenset("ijlIrtf.,:;'|!()[]{} -/\\\"`")
_BROAD = frozenset("MWmw@%&#+=<>~^")
_WORD = re.compile(r"\S+")


def width(text: str, size: float) -> float:
    """The maximum width of a text in common sans-serif fonts of a size, in the unit of the size."""
    return sum(map(_part, text)) * size


@lru_cache(maxsize=4096)
def _part(character: str) -> float:
    """The width of one character, relative to the size. Measured as the widest of DejaVu Sans, Arial and Segoe UI."""
    cells = cell_len(character)
    if cells != 1:
        return cells * 0.6
    if character in _NARROW:
        return 0.42
    if character in _BROAD:
        return 1.0
    return 0.65 if character.islower() or character.isdigit() else 0.8


def wrapped(text: str, room: float, size: float) -> list[str]:
    """The lines of a text between words; a word that is too wide is broken."""
    lines: list[str] = []
    for word in _WORD.findall(text):
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _broken(word, room, size)
    return lines


def _broken(word: str, room: float, size: float) -> list[str]:
    parts, start = [], 0
    for at in range(1, len(word)):
        # A mark stays with its letter.
        if cell_len(word[at]) and width(word[start : at + 1], size) > room:
            parts.append(word[start:at])
            start = at
    return [*parts, word[start:]]
