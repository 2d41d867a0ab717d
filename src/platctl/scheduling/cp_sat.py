"""The process of the scheduler: reads projects as lines of JSON and answers each. Only `project_search` starts it."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from platctl.scheduling.child import Answer, Tell, answer_all

_WORKERS = 2
_EVERY = 1.0
"""Seconds between two lines of progress."""


def main() -> None:
    """Answer until the input ends."""
    answer_all(_prepare)


def _prepare() -> Answer:
    from ortools.sat.python import cp_model

    return lambda asked, tell: _Constraints(cp_model, asked, tell).answer()


class _Constraints:
    """One project as a constraint program, solved for one aim after the other; each keeps what those before reached."""

    def __init__(self, cp: Any, asked: Mapping[str, Any], tell: Tell) -> None:
        self.cp, self.asked, self.tell = cp, asked, tell
        self.model = cp.CpModel()
        self.starts: list[Any] = []
        self.ends: list[Any] = []
        self.intervals: dict[str, list[tuple[Any, Any]]] = {name: [] for name in asked["capacity"]}
        for each in asked["activities"]:
            self._add(each)
        self._relate()
        self.aims = [self._aim(name) for name in asked["aims"]]

    def _add(self, each: Mapping[str, Any]) -> None:
        model, cp = self.model, self.cp
        domain = cp.Domain.from_intervals(each["starts"])
        start = model.new_int_var_from_domain(domain, "")
        rows = each["shapes"]
        columns: list[Any] = [_constant(column) for column in zip(*rows, strict=True)]
        self._tie(each, start, columns)
        length, *amounts = columns
        end = start + length if isinstance(length, int) else model.new_int_var(0, self.asked["last"], "")
        self.starts.append(start)
        self.ends.append(end)
        if isinstance(length, int) and not length:
            return
        interval = model.new_interval_var(start, length, end, "")
        for name, amount in zip(each["resources"], amounts, strict=True):
            if not isinstance(amount, int) or amount:
                self.intervals[name].append((interval, amount))

    def _tie(self, each: Mapping[str, Any], start: Any, columns: list[Any]) -> None:
        """Replace what depends on the start by variables."""
        free = [at for at, column in enumerate(columns) if column is None]
        if not free:
            return
        model, rows = self.model, each["shapes"]
        for at in free:
            values = sorted({row[at] for row in rows})
            columns[at] = model.new_int_var_from_domain(self.cp.Domain.from_values(values), "")
        steps = [step for first, last in each["starts"] for step in range(first, last + 1)]
        model.add_allowed_assignments(
            [start, *(columns[at] for at in free)],
            [(step, *(row[at] for at in free)) for step, row in zip(steps, rows, strict=True)],
        )

    def _relate(self) -> None:
        model, asked = self.model, self.asked
        for then, each in enumerate(asked["activities"]):
            for before, lag in each["after"]:
                model.add(self.starts[then] >= self.ends[before] + lag)
        for first, then in asked["order"]:
            model.add(self.ends[then] >= self.ends[first])
        for name, first, until, amount in asked["taken"]:
            fixed = model.new_fixed_size_interval_var(first, until - first, "")
            self.intervals[name].append((fixed, amount))
        for name, users in self.intervals.items():
            if users:
                capacity = asked["capacity"][name]
                model.add_cumulative([each for each, _ in users], [amount for _, amount in users], capacity)

    def _aim(self, name: str) -> Any:
        model, last = self.model, self.asked["last"]
        if name == "finish":
            finish = model.new_int_var(0, last, "")
            model.add_max_equality(finish, self.ends)
            return finish
        if name == "lateness":
            late: list[Any] = []
            for each, end in zip(self.asked["activities"], self.ends, strict=True):
                if each["due"] is not None:
                    late.append(model.new_int_var(0, last - min(each["due"], 0), ""))
                    model.add(late[-1] >= end - each["due"])
            return sum(late) if late else 0
        return sum(each["weight"] * end for each, end in zip(self.asked["activities"], self.ends, strict=True))

    def answer(self) -> Mapping[str, object]:
        values: list[int] = list(self.asked["start"])
        least: list[int] = []
        is_proven = True
        for nth, (aim, limit) in enumerate(zip(self.aims, self.asked["limits"], strict=True)):
            if isinstance(aim, int):
                least += [aim] if is_proven else []
                continue
            solver = self._solver(limit)
            self.model.clear_hints()
            for start, value in zip(self.starts, values, strict=True):
                self.model.add_hint(start, value)
            self.model.minimize(aim)
            status = solver.solve(self.model, self._watch() if nth == 0 else None)
            is_found = status in (self.cp.OPTIMAL, self.cp.FEASIBLE)
            if is_proven and nth < len(self.aims) - 1 and status != self.cp.MODEL_INVALID:
                least.append(max(math.ceil(solver.best_objective_bound - 1e-6), 0))
            is_proven &= status == self.cp.OPTIMAL
            if not is_found:
                break
            values = [solver.value(each) for each in self.starts]
            self.model.add(aim <= round(solver.objective_value))
        return {"starts": values, "least": least}

    def _solver(self, limit: float) -> Any:
        solver = self.cp.CpSolver()
        chosen = solver.parameters
        chosen.num_workers = _WORKERS
        chosen.interleave_search = True
        chosen.random_seed = 0
        chosen.max_deterministic_time = limit
        if self.asked["seconds"]:
            chosen.max_time_in_seconds = self.asked["seconds"]
        return solver

    def _watch(self) -> Any:
        """Tells the best value and the bound of the first aim as they change."""
        tell, every = self.tell, _EVERY

        class Watch(self.cp.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]
            told = -every

            def on_solution_callback(self) -> None:
                if self.wall_time - self.told >= every:
                    self.told = self.wall_time
                    tell({"progress": [round(self.objective_value), round(self.best_objective_bound)]})

        return Watch()


def _constant(values: Sequence[int]) -> int | None:
    return values[0] if len(set(values)) == 1 else None


if __name__ == "__main__":
    main()
