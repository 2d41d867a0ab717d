"""The placing of work as a mixed-integer program.

The columns are of steps: whether a piece has ended by a slot. What has no prerequisites and no limits of its own is
summed by team, which is exact, since work that may be split meets its ends if the sums do.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Generic

from platctl.record import record
from platctl.scheduling.milp import Constraint, Program, Variable
from platctl.scheduling.name import Name
from platctl.scheduling.placing import Bound, Piece, Placing

_Terms = list[tuple[int, float]]


@record(slots=False)
class PlacingProgram(Generic[Name]):
    """Builds the program of a problem. What `must` be done is, unless it is in `optional`."""

    problem: Placing[Name]
    optional: frozenset[Name] = frozenset()

    @cached_property
    def program(self) -> Program:
        """Its worth is that of the plan."""
        self._build()
        return Program(tuple(self._columns), tuple(self._rows))

    def with_worth(self, worth: Mapping[tuple[Name, int], int], more: Iterable[Constraint] = ()) -> Program:
        """The same program for another worth of each piece and slot, with more rows."""
        program = self.program
        columns = [Variable(0, each.lower, each.upper, each.is_integer) for each in program.columns]
        for name, steps in self._steps.items():
            for at, (slot, column) in enumerate(steps):
                later = worth.get((name, steps[at + 1][0]), 0) if at + 1 < len(steps) else 0
                was = columns[column]
                columns[column] = Variable(worth.get((name, slot), 0) - later, was.lower, was.upper, was.is_integer)
        return Program(tuple(columns), (*program.rows, *more))

    def worth_row(self, least: int) -> Constraint:
        """That the plan is worth at least so much."""
        terms = tuple((at, float(each.worth)) for at, each in enumerate(self.program.columns) if each.worth)
        return Constraint(terms, lower=least)

    def chosen_terms(self, name: Name) -> tuple[tuple[int, float], ...]:
        """The sum that is 1 if a piece is chosen."""
        steps = self._steps[name]
        return ((steps[-1][1], 1.0),) if steps else ()

    def ended_terms(self, name: Name, slot: int) -> tuple[tuple[int, float], ...]:
        """The sum that is 1 if a piece has ended by a slot."""
        column = self._by(name, slot)
        return () if column is None else ((column, 1.0),)

    def ends(self, values: tuple[float, ...]) -> dict[Name, int]:
        """The plan of a solution."""
        found = {}
        for name, steps in self._steps.items():
            end = next((slot for slot, column in steps if values[column] > 0.5), None)
            if end is not None:
                found[name] = end
        return found

    def allowed(self, values: tuple[float, ...]) -> dict[Name, dict[int, frozenset[Name]]]:
        """What each team that works on so many at once works on in each slot of a solution."""
        found: dict[Name, dict[int, frozenset[Name]]] = {team: {} for team in self.problem.at_once}
        for (team, slot), busy in self._busy.items():
            found[team][slot] = frozenset(name for name, column in busy if values[column] > 0.5)
        return found

    # Columns

    @cached_property
    def _columns(self) -> list[Variable]:
        return []

    @cached_property
    def _rows(self) -> list[Constraint]:
        return []

    @cached_property
    def _steps(self) -> dict[Name, list[tuple[int, int]]]:
        """By piece: each slot in which it may end, and the column that says whether it has by then."""
        return {}

    def _column(self, worth: int = 0, upper: float = 1, lower: float = 0, *, is_integer: bool = True) -> int:
        self._columns.append(Variable(worth, lower, upper, is_integer))
        return len(self._columns) - 1

    def _row(self, terms: Iterable[tuple[int, float]], lower: float | None = None, upper: float | None = None) -> None:
        summed: dict[int, float] = {}
        for column, factor in terms:
            summed[column] = summed.get(column, 0.0) + factor
        found = tuple((column, factor) for column, factor in sorted(summed.items()) if factor)
        if found or (lower or 0) > 0 or (upper or 0) < 0:
            self._rows.append(Constraint(found, lower, upper))

    def _by(self, name: Name, slot: int) -> int | None:
        """The column that says whether a piece has ended by a slot; None if it can't have."""
        found = [column for end, column in self._steps[name] if end <= slot]
        return found[-1] if found else None

    def _build(self) -> None:
        pieces = self.problem.pieces
        for name in sorted(pieces):
            self._place(pieces[name])
        for name in sorted(pieces):
            self._wait(pieces[name])
        for team in sorted(self.problem.capacity):
            self._fill(team)
        for group in self.problem.one_of:
            terms = [term for each in group if each in pieces for term in self.chosen_terms(each)]
            self._row(terms, upper=1)
        for first, then in self.problem.order:
            if then in pieces:
                for slot, column in self._steps[then]:
                    before = self.ended_terms(first, slot) if first in pieces else ()
                    self._row([(column, 1.0), *((at, -factor) for at, factor in before)], upper=0)
        for bound in self.problem.bounds:
            self._bound(bound)

    def _place(self, piece: Piece[Name]) -> None:
        steps: list[tuple[int, int]] = []
        is_must = piece.must and piece.name not in self.optional
        for at, slot in enumerate(piece.ends):
            later = piece.worth[piece.ends[at + 1]] or 0 if at + 1 < len(piece.ends) else 0
            is_last = at + 1 == len(piece.ends)
            steps.append((slot, self._column((piece.worth[slot] or 0) - later, lower=float(is_must and is_last))))
        self._steps[piece.name] = steps
        if is_must and not steps:
            self._rows.append(Constraint((), lower=1, upper=1))
        for (_, one), (_, other) in pairwise(steps):
            self._row([(one, 1.0), (other, -1.0)], upper=0)

    def _ended_before(self, piece: Piece[Name], before: Name, slot: int) -> int | None:
        """The column that says whether `before` has ended so that a piece may be worked on in a slot."""
        if before not in self.problem.pieces:
            return None
        last = max((end for end in range(self.problem.slots) if piece.begins_after(end) <= slot), default=-1)
        return self._by(before, last)

    def _wait(self, piece: Piece[Name]) -> None:
        for before in piece.after:
            for slot, column in self._steps[piece.name]:
                done = self._ended_before(piece, before, piece.last_begin(slot))
                self._row([(column, 1.0), *([(done, -1.0)] if done is not None else [])], upper=0)

    # Capacity

    def _fill(self, team: Name) -> None:
        used: list[_Terms] = [[] for _ in range(self.problem.slots)]
        groups: dict[int, list[Piece[Name]]] = {}
        for name in sorted(self.problem.pieces):
            piece = self.problem.pieces[name]
            if piece.pattern is not None:
                self._fixed(piece, team, used)
            elif piece.units.get(team, 0):
                if piece.after or piece.first or team in self.problem.at_once:
                    self._spread(piece, team, used)
                else:
                    groups.setdefault(piece.release, []).append(piece)
        for release, group in sorted(groups.items()):
            self._together(group, team, release, used)
        for slot, terms in enumerate(used):
            if terms:
                self._row(terms, upper=self.problem.capacity[team][slot])
        self._at_once(team)

    def _fixed(self, piece: Piece[Name], team: Name, used: list[_Terms]) -> None:
        previous: int | None = None
        for slot, column in self._steps[piece.name]:
            for at, units in enumerate((piece.pattern or {})[slot].get(team, ())):
                if units:
                    used[at] += [(column, float(units)), *([(previous, -float(units))] if previous is not None else [])]
            previous = column

    def _together(self, group: list[Piece[Name]], team: Name, release: int, used: list[_Terms]) -> None:
        """The work of several pieces as one sum in each slot: what has ended by a slot has been worked on by then."""
        sums = []
        total = sum(piece.units[team] for piece in group)
        for slot in range(self.problem.slots):
            if slot >= release:
                column = self._column(upper=total, is_integer=False)
                sums.append(column)
                used[slot].append((column, 1.0))
            terms = [(column, 1.0) for column in sums]
            needed = [
                (by, -float(piece.units[team])) for piece in group if (by := self._by(piece.name, slot)) is not None
            ]
            if needed:
                self._row([*terms, *needed], lower=0)

    def _spread(self, piece: Piece[Name], team: Name, used: list[_Terms]) -> None:
        """The work of a piece in each slot, after all that it waits for."""
        units, steps = float(piece.units[team]), self._steps[piece.name]
        work: dict[int, int] = {}
        for slot in range(piece.release, steps[-1][0] + 1 if steps else 0):
            column = work[slot] = self._column(upper=units, is_integer=False)
            used[slot].append((column, 1.0))
            ended = self._by(piece.name, slot - 1)
            over = [(ended, units)] if ended is not None else []
            for before in piece.after:
                done = self._ended_before(piece, before, slot)
                self._row([(column, 1.0), *over, *([(done, -units)] if done is not None else [])], upper=0)
            if piece.first:
                self._row([(column, 1.0), *self._counting(piece, slot, -units)], upper=0)
            if team in self.problem.at_once:
                is_busy = self._column()
                self._busy.setdefault((team, slot), []).append((piece.name, is_busy))
                self._row([(column, 1.0), (is_busy, -units)], upper=0)
        for slot, column in steps:
            self._row([*((each, 1.0) for at, each in work.items() if at <= slot), (column, -units)], lower=0)
        if steps:
            self._row([*((each, 1.0) for each in work.values()), (steps[-1][1], -units)], upper=0)

    def _counting(self, piece: Piece[Name], slot: int, factor: float) -> Iterator[tuple[int, float]]:
        """Whether it ends in a slot for which the work in this one counts."""
        previous: int | None = None
        for end, column in self._steps[piece.name]:
            if end >= slot >= piece.begins(end):
                yield column, factor
                if previous is not None:
                    yield previous, -factor
            previous = column

    @cached_property
    def _busy(self) -> dict[tuple[Name, int], list[tuple[Name, int]]]:
        return {}

    def _at_once(self, team: Name) -> None:
        if team not in self.problem.at_once:
            return
        for slot in range(self.problem.slots):
            terms = [(column, 1.0) for _, column in self._busy.get((team, slot), ())]
            for name in sorted(self.problem.pieces):
                piece = self.problem.pieces[name]
                if piece.pattern is not None:
                    terms += self._working(piece, team, slot)
            if terms:
                self._row(terms, upper=self.problem.at_once[team][slot])

    def _working(self, piece: Piece[Name], team: Name, slot: int) -> Iterator[tuple[int, float]]:
        """Whether it ends so that its pattern has work in a slot."""
        previous: int | None = None
        for end, column in self._steps[piece.name]:
            units = (piece.pattern or {})[end].get(team, ())
            if slot < len(units) and units[slot]:
                yield column, 1.0
                if previous is not None:
                    yield previous, -1.0
            previous = column

    def _bound(self, bound: Bound[Name]) -> None:
        terms = [
            (column, factor * weight)
            for name, weight in bound.terms
            if name in self.problem.pieces
            for column, factor in self.chosen_terms(name)
        ]
        if bound.lower is not None:
            self._row(terms, lower=bound.lower)
        if bound.upper is not None:
            self._row(terms, upper=bound.upper)
