"""Why work is not in a plan: what keeps it out, and what it would displace."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from platctl.model.named import all_named, named
from platctl.model.ref import Ref
from platctl.questions.plan.facts import PlanFacts
from platctl.questions.plan.report import LackingTeam, LeftOut, MoreCapacity
from platctl.questions.plan.slots import UNIT
from platctl.questions.plan.solving import Planner, Solved, required
from platctl.record import record
from platctl.scheduling.milp import Outcome
from platctl.scheduling.placing import loads, window, worth_of
from platctl.scheduling.placing_program import PlacingProgram


@record(slots=False)
class PlanReasons:
    """What stands in the way of what a plan leaves out. `planner` is None without a solver.

    Of the others than `asked`, only the `most` of the greatest value are forced into a plan to see what that costs.
    """

    facts: PlanFacts
    solved: Solved
    planner: Planner | None
    most: int
    asked: Ref | None = None

    def left_out(self) -> Iterator[LeftOut]:
        """By value, the greatest first."""
        absent = [ref for ref in self.facts.open if ref not in self.solved.ends and ref not in self.solved.broken]
        scores = self.facts.scores
        absent.sort(key=lambda ref: (ref in self.facts.blocked, -(scores[ref] or 0.0), ref))
        tried = {ref for ref in absent if ref in self.facts.candidates and scores[ref]}
        forced = {
            ref
            for at, ref in enumerate(each for each in absent if each in tried)
            if at < self.most or ref == self.asked
        }
        for ref in absent:
            yield self._left_out(ref, is_forced=ref in forced)

    def _left_out(self, ref: Ref, *, is_forced: bool) -> LeftOut:
        model, each = self.facts.model, self.facts.open[ref]
        blocked = self.facts.blocked.get(ref)
        displaces, lacks = self._cost(ref) if is_forced and self.planner else (None, None)
        return LeftOut(
            initiative=named(model, ref),
            status=each.status.value,
            value=self.facts.scores[ref],
            limit=blocked.limit if blocked else None,
            by=all_named(model, blocked.by) if blocked else (),
            needs=() if blocked else tuple(self._needs(ref)),
            instead=() if blocked else all_named(model, self._instead(ref)),
            displaces=None if displaces is None else all_named(model, displaces),
            lacks=lacks,
            span=model.at(ref, ("id",)),
        )

    def _instead(self, ref: Ref) -> list[Ref]:
        """What excludes it."""
        groups = (group for group in self.facts.problem.one_of if ref in group)
        return sorted({other for group in groups for other in group if other in self.solved.ends})

    @cached_property
    def _left(self) -> dict[Ref, list[int]]:
        """By team: the units that the plan leaves in each slot."""
        return {
            team: [
                units - sum(taken[slot] for taken in self.solved.loads.get(team, {}).values())
                for slot, units in enumerate(capacity)
            ]
            for team, capacity in self.facts.problem.capacity.items()
        }

    def _needs(self, ref: Ref) -> Iterator[LackingTeam]:
        """The teams that can't take it beside the plan, and what it waits for that is not in it."""
        problem = replace(self.facts.problem, bounds=(), order=(), one_of=())
        bundle = [each for each in _with_prerequisites(self.facts, ref) if each not in self.solved.ends]
        end = max(self.facts.problem.pieces[ref].ends, default=None)
        if end is None:
            return
        trial = dict(self.solved.ends) | {each: max(problem.pieces[each].ends, default=end) for each in bundle}
        first = window(problem, trial, ref)[0] if all(each in trial for each in problem.pieces[ref].after) else 0
        for team, left in self._left.items():
            wanted = sum(problem.pieces[each].units.get(team, 0) for each in bundle)
            there = sum(left[first : end + 1])
            if wanted > there:
                slots = self.facts.slots
                by_period: dict[int, int] = {}
                for slot in range(first, end + 1):
                    period = slots.slots[slot].period
                    by_period[period] = by_period.get(period, 0) + left[slot]
                if not by_period:
                    continue
                tightest = min(by_period, key=lambda period: (by_period[period], period))
                name = str(slots.periods[tightest])
                yield LackingTeam(named(self.facts.model, team), name, wanted / UNIT, there / UNIT)

    def _cost(self, ref: Ref) -> tuple[list[Ref] | None, tuple[float, float] | None]:
        """What a plan with it leaves out instead, and how much more value it would need."""
        assert self.planner is not None  # noqa: S101  only called with one
        problem = required(self.facts.problem, ref)
        problem = replace(
            problem,
            pieces={
                name: replace(piece, must=False) if name in self.solved.broken else piece
                for name, piece in problem.pieces.items()
            },
            bounds=() if self.solved.unkept else problem.bounds,
        )
        program = PlacingProgram(problem)
        found = self.planner.best(program.program)
        if found.outcome not in (Outcome.OPTIMAL, Outcome.FEASIBLE):
            return None, None
        ends = program.ends(found.values)
        if loads(problem, ends, program.allowed(found.values)) is None:
            return None, None
        gone = sorted(self.solved.ends.keys() - ends.keys())
        worth, bound = worth_of(problem, ends), int(found.bound + 1e-6)
        most = (self.solved.bound or self.solved.worth) - worth
        least = self.solved.worth - max(bound, worth)
        steps = self.facts.steps
        return gone, (max(least, 0) / steps, max(most, 0) / steps)


def _with_prerequisites(facts: PlanFacts, ref: Ref) -> list[Ref]:
    found, waiting = dict.fromkeys([ref]), [ref]
    while waiting:
        for before in facts.problem.pieces[waiting.pop()].after:
            if before not in found:
                found[before] = None
                waiting.append(before)
    return list(found)


def more_capacity(facts: PlanFacts, solved: Solved, planner: Planner, team: Ref) -> Iterator[MoreCapacity]:
    """What one more person-week of a team is worth in each period, by solving again."""
    options = facts.options
    for nth, period in enumerate(facts.slots.periods):
        more = dict(options.wishes.capacity or {})
        more[team, nth] = more.get((team, nth), 0.0) + 1.0
        asked = replace(options, wishes=replace(options.wishes, capacity=more))
        again = planner.plan(PlanFacts(facts.model, asked))
        least = again.worth - (solved.bound or solved.worth)
        most = (again.bound or again.worth) - solved.worth
        yield MoreCapacity(str(period), max(least, 0) / facts.steps, max(most, 0) / facts.steps)
