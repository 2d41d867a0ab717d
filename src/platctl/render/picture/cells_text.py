"""Dependency matrices in a terminal: one character a cell."""

from typing import Final

from platctl.page import CellKind, DependencyMatrix, Line, Run, Tone, line
from platctl.render.cells import shown, wrapped

_MARKS: Final = {CellKind.USES: "■", CellKind.EXPOSES: "▲", CellKind.SOFT: "□", CellKind.REACHES: "·"}


def cell_lines(matrix: DependencyMatrix, room: int) -> list[Line]:
    """Rows with numbers, below the numbers of the columns; a sentence instead where they don't fit."""
    names = [each.text for each in matrix.names]
    digits = len(str(len(names)))
    wide = max(map(len, names), default=0)
    step = 2 if digits + 2 + wide + 2 * len(names) <= room else 1
    if digits + 2 + wide + step * len(names) > room:
        return [line(Run(f"A matrix of {len(names):,} rows needs a wider terminal, or --format html.", Tone.DIM))]
    lines = [_numbers(len(names), place, digits + 2 + wide, step) for place in range(digits)]
    for nth, name in enumerate(names):
        marks = {column: _MARKS[kind] for row, column, kind in matrix.cells if row == nth}
        text = "".join(marks.get(at, "\\" if at == nth else " ").rjust(step) for at in range(len(names)))
        number = Run(f"{nth + 1:>{digits}} ", Tone.DIM)
        lines.append(shown(line(number, name.rjust(wide), " ", text)))
    key = "  ".join(f"{_MARKS[kind]} {text}" for kind, text in matrix.key)
    return [*lines, *wrapped(line(Run(key, Tone.DIM)), room)] if key else lines


def _numbers(count: int, place: int, indent: int, step: int) -> Line:
    """One digit of each column's number."""
    digits = len(str(count))
    text = "".join(f"{nth:>{digits}}"[place].rjust(step) for nth in range(1, count + 1))
    return line(Run(" " * indent + text, Tone.DIM))
