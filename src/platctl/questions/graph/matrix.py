"""The design structure matrix of a part of a graph."""

from collections.abc import Iterator, Mapping

from platctl.questions.graph.part import GraphPart
from platctl.questions.graph.report import CellMeaning, DrawnLine, GraphPicture, MatrixCell, StructureMatrix
from platctl.scheduling.closure import closure

MOST_ROWS = 150
"""More rows can't be told apart; then they are groups."""


def structure(part: GraphPart) -> StructureMatrix:
    """Rows from the top of the graph down: a mark left of the diagonal is a dependency that goes up, or a cycle.

    What is reached through others is marked only where each row is one entity: groups would seem to reach what none of
    their members does.
    """
    drawing = part.drawn(part.groups(MOST_ROWS))
    return StructureMatrix(drawing, tuple(_cells(drawing)))


def _cells(drawing: GraphPicture) -> Iterator[MatrixCell]:
    place = {box.name: nth for nth, box in enumerate(drawing.boxes)}
    direct = {(place[each.source], place[each.target]): _meaning(each) for each in drawing.lines}
    reached = {} if drawing.is_folded else _reached(len(place), direct)
    for (row, column), meaning in sorted((reached | direct).items()):
        yield MatrixCell(row, column, meaning)


def _meaning(each: DrawnLine) -> CellMeaning:
    if each.is_soft:
        return CellMeaning.SOFT
    return CellMeaning.EXPOSES if each.exposes else CellMeaning.USES


def _reached(count: int, direct: Mapping[tuple[int, int], CellMeaning]) -> dict[tuple[int, int], CellMeaning]:
    below: dict[int, list[int]] = {}
    for row, column in direct:
        below.setdefault(row, []).append(column)
    whole = closure(below, range(count))
    return {
        (row, column): CellMeaning.REACHES for row in range(count) for column in whole.named(whole.reached.get(row, 0))
    }
