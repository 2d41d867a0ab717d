"""Finds the best plan with a solver, proves how good it is, and says what can't hold together."""

import contextlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from platctl.model.ref import Ref
from platctl.model.settings.config import PlanPreference
from platctl.questions.plan.facts import PlanFacts
from platctl.record import record
from platctl.scheduling.milp import Outcome, Program, SearchLimits, Solution, Solver, Watch, solver
from platctl.scheduling.placing import (
    Ends,
    Loads,
    Piece,
    Placing,
    by_score,
    loads,
    musts_first,
    placed_in_turn,
    worth_of,
)
from platctl.scheduling.placing_program import PlacingProgram
from platctl.scheduling.solver_process import SolverError

_FIRST = SearchLimits(gap=0.0, nodes=300)
"""Enough to prove most plans of a few dozen pieces."""
_FEW = 1_000
"""The number of columns up to which that search comes first; in greater programs it takes too long."""
_MOST_CLASHES = 5
"""So many breaks of the written plan are explained."""
_CHECK = SearchLimits(gap=0.0, nodes=2_000)


@record
class CapacityClash:
    """What can't hold together: commitments, and teams whose capacity is not enough for them."""

    work: tuple[Ref, ...]
    teams: tuple[Ref, ...]


@record
class Solved:
    """A plan: by initiative the slot in which it ends. `bound` is what a plan can be worth at most; without a solver
    it is None.

    `broken` are commitments that are not kept, each with a clash that has no part to spare; None where nothing was
    proven. `unkept` are bands that no plan can keep beside the commitments.
    """

    ends: Ends[Ref]
    loads: Loads[Ref]
    worth: int
    bound: int | None
    broken: Mapping[Ref, CapacityClash | None]
    unkept: tuple[str, ...] = ()

    @property
    def is_proven(self) -> bool:
        return self.bound is not None and self.bound <= self.worth

    @property
    def gap(self) -> float | None:
        """How much more a plan can be worth at most, as a share of this one."""
        if self.bound is None:
            return None
        return max(self.bound - self.worth, 0) / self.worth if self.worth else float(self.bound > 0)


def by_rule(facts: PlanFacts, *, with_prerequisites: bool = True) -> dict[Ref, int]:
    """The plan of a simple rule: commitments first, then by value for effort."""
    problem = facts.problem
    free = replace(problem, bounds=())
    return placed_in_turn(free, musts_first(free, by_score(free)), with_prerequisites=with_prerequisites)


def without_solver(facts: PlanFacts) -> Solved:
    """The better of the simple rules; nothing is proven."""
    problem = replace(facts.problem, bounds=())
    ends = by_rule(facts)
    found = loads(problem, ends)
    assert found is not None  # noqa: S101  each step was checked
    broken: dict[Ref, CapacityClash | None] = {
        ref: None for ref, piece in problem.pieces.items() if piece.must and ref not in ends
    }
    return Solved(ends, found, worth_of(problem, ends), None, broken)


@record(slots=False)
class Planner:
    """Plans with a solver. `limits` are those of the main search; `watch` is told the best value and the bound."""

    solver: Solver
    limits: SearchLimits
    watch: Watch | None = None

    def plan(self, facts: PlanFacts) -> Solved:
        """The best plan within the limits."""
        return _PlanSearch(self, facts).solved

    def best(self, program: Program, watch: Watch | None = None) -> Solution:
        """A first search that proves small problems, then the main one if that did not."""
        if len(program.columns) > _FEW:
            return self.solver.solve(program, self.limits, watch)
        found = self.solver.solve(program, replace(_FIRST, workers=self.limits.workers), watch)
        is_enough = found.outcome in (Outcome.OPTIMAL, Outcome.INFEASIBLE)
        if is_enough or (
            found.outcome is Outcome.FEASIBLE and found.bound - found.worth <= self.limits.gap * found.worth
        ):
            return found
        start = found.values if found.outcome is Outcome.FEASIBLE else None
        return self.solver.solve(replace(program, start=start), self.limits, watch)

    def broken_as_written(self, facts: PlanFacts, ends: Ends[Ref]) -> Mapping[Ref, CapacityClash | None]:
        """What can't end in the slots that files say, each with what it clashes with; None for all but a few."""
        return _PlanSearch(self, facts).broken_as_written(ends)

    def is_possible(self, problem: Placing[Ref]) -> bool:
        """Whether everything that must be done can be."""
        program = PlacingProgram(problem)
        found = self.solver.solve(program.with_worth({}), _CHECK)
        return found.outcome is not Outcome.INFEASIBLE


@record
class _Found:
    """A plan, and what any can be worth at most."""

    ends: dict[Ref, int]
    loads: Loads[Ref]
    bound: int


@record(slots=False)
class _PlanSearch:
    planner: Planner
    facts: PlanFacts

    @cached_property
    def solved(self) -> Solved:
        problem = self.facts.problem
        unkept: tuple[str, ...] = ()
        found = self._valued(problem)
        if found is None and problem.bounds:
            unkept = tuple(dict.fromkeys(each.name for each in problem.bounds))
            problem = replace(problem, bounds=())
            found = self._valued(problem)
        broken: dict[Ref, CapacityClash | None] = {}
        if found is None:
            problem, broken = self._relaxed(problem)
            found = self._valued(problem)
        assert found is not None  # noqa: S101  nothing is required any more that can't be
        return Solved(found.ends, found.loads, worth_of(problem, found.ends), found.bound, broken, unkept)

    def broken_as_written(self, ends: Ends[Ref]) -> Mapping[Ref, CapacityClash | None]:
        pieces = self.facts.problem.pieces
        never = {ref: CapacityClash((ref,), ()) for ref, end in ends.items() if end not in pieces[ref].ends}
        written = {ref: _only_in(piece, ends.get(ref)) for ref, piece in pieces.items()}
        problem = replace(self.facts.problem, pieces=written, bounds=())
        broken = self._broken(problem)
        found: dict[Ref, CapacityClash | None] = dict.fromkeys(broken)
        found |= {ref: self._clash(problem, ref, broken, self.facts.problem) for ref in broken[:_MOST_CLASHES]}
        return found | never

    def _valued(self, problem: Placing[Ref]) -> "_Found | None":
        """The plan of the greatest worth, that which changes least among those; None if the musts can't be kept."""
        program = PlacingProgram(problem)
        found = self.planner.best(program.program, self._told)
        if found.outcome is Outcome.INFEASIBLE:
            return None
        if found.outcome is Outcome.UNKNOWN:
            return self._in_turn(problem, found)
        ends = program.ends(found.values)
        filled = loads(problem, ends, program.allowed(found.values))
        if filled is None:
            raise SolverError("the plan of the solver does not hold")
        worth = worth_of(problem, ends)
        second = replace(program.with_worth(self._preferred(problem), [program.worth_row(worth)]), start=found.values)
        nodes = _CHECK.nodes if len(second.columns) <= _FEW else 0
        again = self.planner.solver.solve(second, replace(self.planner.limits, gap=0.0, nodes=nodes))
        if again.outcome in (Outcome.OPTIMAL, Outcome.FEASIBLE):
            other = program.ends(again.values)
            also = loads(problem, other, program.allowed(again.values))
            if worth_of(problem, other) >= worth and also is not None:
                ends, filled = other, also
        return _Found(ends, filled, max(int(found.bound + 1e-6), worth_of(problem, ends)))

    def _told(self, worth: float, bound: float) -> None:
        if self.planner.watch:
            self.planner.watch(worth / self.facts.steps, bound / self.facts.steps)

    def _in_turn(self, problem: Placing[Ref], found: Solution) -> "_Found | None":
        """Where a search ended without any plan: that of the simple rule, if it does all that must be done."""
        ends = by_rule(self.facts)
        does_all = all(ref in ends for ref, piece in problem.pieces.items() if piece.must)
        filled = loads(problem, ends) if does_all else None
        return _Found(ends, filled, max(int(found.bound + 1e-6), worth_of(problem, ends))) if filled else None

    def _preferred(self, problem: Placing[Ref]) -> dict[tuple[Ref, int], int]:
        """What decides between plans of the same worth."""
        slots, horizon = self.facts.slots.slots, self.facts.options.horizon
        prefers_slack = self.facts.model.config.plan.prefer is PlanPreference.SLACK
        found: dict[tuple[Ref, int], int] = {}
        for ref, piece in problem.pieces.items():
            written = self.facts.written(ref)
            for end in piece.ends:
                if prefers_slack:
                    found[ref, end] = problem.slots - end
                elif written is not None:
                    found[ref, end] = 2 * (horizon - abs(slots[end].period - slots[written].period))
                elif self.facts.scores[ref]:
                    found[ref, end] = 1
        return found

    def _relaxed(self, problem: Placing[Ref]) -> tuple[Placing[Ref], dict[Ref, CapacityClash | None]]:
        """The problem without as few commitments as possible, each with what it clashes with."""
        broken = self._broken(problem)
        return optional(problem, broken), {ref: self._clash(problem, ref, broken, problem) for ref in broken}

    def _broken(self, problem: Placing[Ref]) -> list[Ref]:
        """As few commitments as possible without which all others hold."""
        musts = [ref for ref, piece in problem.pieces.items() if piece.must and ref not in self.facts.active]
        relaxed = PlacingProgram(problem, frozenset(musts))
        wanted = {(ref, end): 1 for ref in musts for end in problem.pieces[ref].ends}
        found = self.planner.solver.solve(relaxed.with_worth(wanted), _CHECK)
        kept = relaxed.ends(found.values) if found.values else by_rule(self.facts)
        return [ref for ref in musts if ref not in kept]

    def _clash(
        self, problem: Placing[Ref], ref: Ref, broken: Collection[Ref], without: Placing[Ref]
    ) -> CapacityClash | None:
        """A smallest set of kept commitments and teams that can't hold together with a broken one; None if that is not
        known. What is not in that set is as in the problem `without` it.
        """
        needed = {name for name, piece in problem.pieces.items() if piece.must and name not in self.facts.active}
        alone = replace(problem, bounds=())

        def holds(parts: Sequence[Ref]) -> bool:
            kept = {ref, *parts}
            free = {name: replace(without.pieces[name], must=False) for name in needed - kept}
            rest = replace(alone, pieces={name: free.get(name, piece) for name, piece in alone.pieces.items()})
            return self.planner.is_possible(unlimited(rest, problem.capacity.keys() - kept))

        # Only what holds together without it: else another break would do.
        parts = [*sorted(needed.difference(broken)), *sorted(problem.capacity)]
        if holds(parts):
            return None
        found = _minimal((), parts, holds) if holds(()) else ()
        teams = tuple(each for each in found if each in problem.capacity)
        return CapacityClash((ref, *(each for each in found if each not in problem.capacity)), teams)


def _minimal(beside: Sequence[Ref], parts: Sequence[Ref], holds: Callable[[Sequence[Ref]], bool]) -> Sequence[Ref]:
    """What no part of can be spared for it not to hold, by halves; what is beside it holds, but not with all parts."""
    if len(parts) == 1:
        return parts
    half = len(parts) // 2
    one, other = parts[:half], parts[half:]
    with_one = [*beside, *one]
    of_other = _minimal(with_one, other, holds) if holds(with_one) else ()
    with_other = [*beside, *of_other]
    return [*(_minimal(with_other, one, holds) if holds(with_other) else ()), *of_other]


def _only_in(piece: Piece[Ref], end: int | None) -> Piece[Ref]:
    """A piece that has to end in a slot, whether or not it may, or else need not be done."""
    if end is None:
        return replace(piece, must=False)
    return replace(piece, must=True, worth=tuple(0 if at == end else None for at in range(len(piece.worth))))


def optional(problem: Placing[Ref], refs: Iterable[Ref]) -> Placing[Ref]:
    """The same problem in which some work need not be done."""
    free = set(refs)
    return replace(
        problem,
        pieces={ref: replace(piece, must=False) if ref in free else piece for ref, piece in problem.pieces.items()},
    )


def required(problem: Placing[Ref], ref: Ref) -> Placing[Ref]:
    """The same problem in which a piece must be done."""
    pieces: dict[Ref, Piece[Ref]] = dict(problem.pieces)
    pieces[ref] = replace(pieces[ref], must=True)
    return replace(problem, pieces=pieces)


def unlimited(problem: Placing[Ref], teams: Iterable[Ref]) -> Placing[Ref]:
    """The same problem in which some teams can do anything."""
    free = set(teams)
    capacity = {team: units for team, units in problem.capacity.items() if team not in free}
    at_once = {team: most for team, most in problem.at_once.items() if team not in free}
    return replace(problem, capacity=capacity, at_once=at_once)


@contextlib.contextmanager
def planner(limits: SearchLimits, watch: Watch | None = None) -> Iterator[Planner]:
    """A planner with a running solver."""
    with solver() as running:
        yield Planner(running, limits, watch)
