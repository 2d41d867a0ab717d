"""Mixed-integer programs, and the solver for them, in a process of its own."""

import contextlib
import importlib.util
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from platctl.record import record
from platctl.scheduling.solver_process import SolverProcess, solver_process


@record
class Variable:
    """A variable: what a unit of it is worth, its bounds, and whether it is whole."""

    worth: int = 0
    lower: float = 0
    upper: float = 1
    is_integer: bool = True


@record
class Constraint:
    """A sum of columns (by number, with factors), and its bounds; None is no bound."""

    terms: tuple[tuple[int, float], ...]
    lower: float | None = None
    upper: float | None = None


@record
class Program:
    """A program whose worth is to be as great as possible. `start` are values to begin with."""

    columns: tuple[Variable, ...]
    rows: tuple[Constraint, ...]
    start: tuple[float, ...] | None = None


@record
class SearchLimits:
    """When to stop: at a relative gap, after a number of nodes, and after seconds if they are given.

    Without seconds, the answer does not depend on the clock.
    """

    gap: float = 0.0
    nodes: int = 1_000
    seconds: float | None = None
    workers: int = 1


class Outcome(StrEnum):
    """What the solver found."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@record
class Solution:
    """The values of the columns, their worth, and the greatest worth that is possible at most."""

    outcome: Outcome
    values: tuple[float, ...] = ()
    worth: float = 0.0
    bound: float = 0.0


def is_available() -> bool:
    """Whether the solver is installed; finds out without loading it."""
    return importlib.util.find_spec("highspy") is not None


Watch = Callable[[float, float], None]
"""Is told the best worth and the bound while a search goes on."""


@dataclass
class Solver:
    """A running solver, which answers one program after the other."""

    _process: SolverProcess

    def solve(self, program: Program, limits: SearchLimits, watch: Watch | None = None) -> Solution:
        """Solve a program; once a second `watch` is told the best worth and the bound. Raises SolverError if the
        solver stops.
        """
        if not program.columns:
            is_kept = all((row.lower or 0) <= 0 <= (0 if row.upper is None else row.upper) for row in program.rows)
            return Solution(Outcome.OPTIMAL if is_kept else Outcome.INFEASIBLE)

        def told(progress: tuple[float, float]) -> None:
            if watch and abs(progress[0]) != math.inf:
                watch(*progress)

        found = self._process.ask(_as_json(program, limits), told)
        return Solution(Outcome(found["outcome"]), tuple(found["values"]), found["worth"], found["bound"])


@contextlib.contextmanager
def solver() -> Iterator[Solver]:
    """A running solver."""
    with solver_process("highs") as process:
        yield Solver(process)


def _as_json(program: Program, limits: SearchLimits) -> dict[str, object]:
    return {
        "worth": [each.worth for each in program.columns],
        "lower": [each.lower for each in program.columns],
        "upper": [each.upper for each in program.columns],
        "integer": [each.is_integer for each in program.columns],
        "rows": [[each.lower, each.upper, each.terms] for each in program.rows],
        "start": program.start,
        "gap": limits.gap,
        "nodes": limits.nodes,
        "seconds": limits.seconds,
        "workers": limits.workers,
    }
