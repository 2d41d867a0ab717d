"""Measures and wraps lines of runs in terminal cells."""

import re
from collections.abc import Iterator

from rich.cells import cell_len

from platctl.page import Line, Run
from platctl.render.escape import visible

_WORD = re.compile("[^ ]+")
_ZERO_WIDTH_JOINER = "\u200d"


def shown(line: Line) -> Line:
    """A line without misleading or invisible characters."""
    return tuple(Run(visible(run.text, whole_line=False), run.tone) for run in line)


def plain(line: Line) -> str:
    return "".join(run.text for run in line)


def cells(line: Line) -> int:
    """The width of a line in terminal columns."""
    return cell_len(plain(line))


def indented(line: Line, by: int) -> Line:
    return (Run(" " * by), *line) if by and line else line


def padded(line: Line, width: int, *, is_number: bool = False) -> Line:
    blanks = Run(" " * max(0, width - cells(line)))
    return (blanks, *line) if is_number else (*line, blanks)


def wrapped(line: Line, room: int, hang: int = 0) -> list[Line]:
    """A line broken between words so that it fits; the second and later lines are indented by `hang`."""
    if not line:
        return []
    pieces = _pieces(plain(line), room, room - hang)
    return [indented(_cut(line, start, end), hang if start else 0) for start, end in pieces]


def _pieces(text: str, first: int, rest: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a text start and end. A word longer than a line is broken; only spaces are dropped."""
    start, end, room = 0, 0, first
    for word in _WORD.finditer(text):
        if fitting(text, start, word.end(), room) < word.end() and end > start:
            yield start, end
            start, room = word.start(), rest
        while (cut := fitting(text, start, word.end(), room)) < word.end():
            yield start, cut
            start, room = cut, rest
        end = word.end()
    yield start, end


def fitting(text: str, start: int, end: int, room: int) -> int:
    """How far from `start` a text fits into `room` cells; at least one character."""
    if text[start : start + room + 1].isascii():
        return max(min(end, start + room), start + 1)
    if end - start <= room and cell_len(text[start:end]) <= room:
        return end
    cut, used = start, 0
    while cut < end and (used := used + cell_len(text[cut])) <= room:
        cut += 1
    while cut < end and cut > start + 1 and _is_inside(text, cut):
        cut -= 1
    # A selector may widen the character before it, so the whole may be wider than its parts.
    while cut > start + 1 and cell_len(text[start:cut]) > room:
        cut -= 1
    return max(cut, start + 1)


def _is_inside(text: str, at: int) -> bool:
    """Whether a cut would separate a character from its marks."""
    return cell_len(text[at]) == 0 or text[at - 1] == _ZERO_WIDTH_JOINER


def _cut(line: Line, start: int, end: int) -> Line:
    runs = []
    at = 0
    for run in line:
        piece = run.text[max(0, start - at) : max(0, end - at)]
        if piece:
            runs.append(Run(piece, run.tone))
        at += len(run.text)
    return tuple(runs)
