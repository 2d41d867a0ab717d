"""Value against effort, as a chart and in words."""

import math
from collections.abc import Callable, Iterator

from platctl.page import Block, Entries, Entry, Line, Matrix, Paragraph, Point, Run, Section, Tone, joined, line
from platctl.questions.backlog.report import BacklogReport, Placed, Quadrant, ValueEffortMatrix
from platctl.writing.numbers import number
from platctl.writing.phrases import counted, in_state

_FIELDS = {
    Quadrant.QUICK_WIN: "Quick wins",
    Quadrant.BIG_BET: "Big bets",
    Quadrant.FILL_IN: "Fill-ins",
    Quadrant.MONEY_PIT: "Money pits",
}
_MEANING = {
    Quadrant.QUICK_WIN: "high value, low effort",
    Quadrant.BIG_BET: "high value, high effort",
    Quadrant.FILL_IN: "low value, low effort",
    Quadrant.MONEY_PIT: "low value, high effort",
}
_MOST = 60
"""The largest number of points that can be distinguished in a chart."""
_FAR = 20.0
"""From this ratio of the largest to the smallest value on, the scale is logarithmic."""

Axis = Callable[[float], float]


def matrix_section(found: ValueEffortMatrix) -> Section:
    """The chart, the work in each of its fields, and what is not shown."""
    blocks: list[Block] = [picture(found)] if found.placed else []
    fields = [(field, [each for each in found.placed if each.field is field]) for field in _FIELDS]
    blocks.append(Entries(tuple(_entry(field, placed) for field, placed in fields if placed)))
    return Section(line("Value against effort"), (*blocks, Paragraph(tuple(_notes(found)))))


def drawing(report: BacklogReport) -> tuple[Matrix, str]:
    """The chart alone, and its title."""
    found = report.matrix or ValueEffortMatrix("value", "effort", 0.0, 0.0, (), 0)
    return picture(found), f"Value against effort by {report.method.title}, {in_state(report.state)}"


def picture(found: ValueEffortMatrix) -> Matrix:
    """The chart of the highest ranks."""
    drawn = found.placed[:_MOST]
    x, x_note = _axis([found.effort, *(each.effort for each in drawn)])
    y, y_note = _axis([found.value, *(each.value for each in drawn)])
    points = tuple(Point(str(each.rank), each.initiative.label, x(each.effort), y(each.value)) for each in drawn)
    names = (
        _FIELDS[Quadrant.QUICK_WIN],
        _FIELDS[Quadrant.BIG_BET],
        _FIELDS[Quadrant.FILL_IN],
        _FIELDS[Quadrant.MONEY_PIT],
    )
    split = (x(found.effort), y(found.value))
    return Matrix(points, f"{found.effort_of}{x_note}", f"{found.value_of}{y_note}", names, split)


def _axis(numbers: list[float]) -> tuple[Axis, str]:
    """A function from a number to its place between the smallest and the largest, and a note about the scale."""
    low, high = min(numbers, default=0.0), max(numbers, default=0.0)
    if low > 0 and high / low >= _FAR:
        inner = _axis([math.log(low), math.log(high)])[0]
        return (lambda value: inner(math.log(value))), " (logarithmic)"
    if high == low:
        return (lambda _: 0.5), ""
    return (lambda value: (value - low) / (high - low)), ""


def _entry(field: Quadrant, placed: list[Placed]) -> Entry:
    head = line(Run(f"{_FIELDS[field]} ({len(placed)})", Tone.STRONG), f": {_MEANING[field]}")
    return Entry(head, (joined(line(f"{each.rank} {each.initiative.label}") for each in placed),))


def _notes(found: ValueEffortMatrix) -> Iterator[Line]:
    if found.placed:
        yield line(
            f"Split at the medians: {found.value_of} {number(found.value)}, {found.effort_of} {number(found.effort)}."
        )
    if len(found.placed) > _MOST:
        yield line(f"The chart shows the first {_MOST} of {len(found.placed)}.")
    if found.unplaced:
        yield line(f"{counted(found.unplaced, 'initiative')} not shown: value or effort is unknown.")
