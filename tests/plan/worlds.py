"""Plans of a few lines, benchmark instances as models, and slow and obvious ways to find the best plan."""

import datetime
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import networkx

from builders import model
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.plan.derive import PlanShown
from platctl.questions.plan.derive import plan as derive
from platctl.questions.plan.options import PlanOptions
from platctl.questions.plan.report import PlanReport
from platctl.questions.plan.solving import planner
from platctl.scheduling.milp import SearchLimits
from platctl.scheduling.placing import Placing, worth_of

TODAY = datetime.date(2027, 1, 1)
"""The first day of a quarter."""
PROFIT = """\
scoring:
  model: profit
  models: [{id: profit, value: profit, criteria: [{id: profit}]}]
"""
DATA = Path(__file__).parents[3] / "shared" / "data" / "planning" / "nrp"


def work(name: str, profit: float = 0, effort: str = "", *more: str, status: str = "proposed") -> str:
    """An initiative: `effort` is `a: 3, b: 2`."""
    lines = [f"kind: initiative\nid: {name}\nstatus: {status}", f"scores: {{profit: {profit:g}}}"]
    lines += [f"effort: {{{effort}}}"] if effort else []
    return "\n".join([*lines, *more]) + "\n"


def team(name: str, capacity: object, *more: str) -> str:
    return "\n".join([f"kind: team\nid: {name}\ncapacity: {capacity}", *more]) + "\n"


def world(*texts: str, config: str = "") -> Model:
    return model("---\n".join(texts), config=PROFIT + config)


def plan(
    found: Model, shown: PlanShown | None = None, limits: SearchLimits | None = None, **options: object
) -> PlanReport:
    asked = PlanOptions(**{"method": method(found), "today": TODAY, **options})  # type: ignore[arg-type]
    with planner(limits or SearchLimits(gap=0.0)) as running:
        return derive(found, "here", asked, shown or PlanShown(), running)


def method(found: Model):  # type: ignore[no-untyped-def]
    return found.config.scoring.by_name[found.config.scoring.model]


def periods(report: PlanReport) -> dict[str, str]:
    """By initiative: the period in which the plan ends it."""
    return {each.initiative.id: each.period for each in report.work}


# The next release problem


def release_problem(name: str, ratio: float) -> Model:
    """An instance as a model: each customer is an initiative without effort, worth its profit, that depends on what it
    requests; the budget is one team's capacity in one period.
    """
    numbers = iter([int(each) for each in (DATA / f"{name}.txt").read_text().split()])
    costs: list[int] = []
    for _ in range(next(numbers)):
        costs += [next(numbers) for _ in range(next(numbers))]
    needs: dict[int, list[int]] = {}
    for _ in range(next(numbers)):
        before, after = next(numbers), next(numbers)
        needs.setdefault(after, []).append(before)
    texts = [team("team", int(sum(costs) * ratio + 0.5))]
    for at, cost in enumerate(costs, start=1):
        after_ = ", ".join(f"r{each}" for each in needs.get(at, ()))
        texts.append(work(f"r{at}", 0, f"team: {cost}", f"depends_on: [{after_}]"))
    for customer in range(next(numbers)):
        profit = next(numbers)
        requests = ", ".join(f"r{next(numbers)}" for _ in range(next(numbers)))
        texts.append(work(f"c{customer}", profit, "", f"depends_on: [{requests}]"))
    return world(*texts)


# The slow way


def every_plan(problem: Placing[Ref]) -> Iterator[Mapping[Ref, int]]:
    """Every choice of ends that keeps the rules, with enough capacity by a flow of work into slots."""
    names = sorted(problem.pieces)
    choices = [[None, *problem.pieces[name].ends] for name in names]
    for picked in itertools.product(*choices):
        ends = {name: end for name, end in zip(names, picked, strict=True) if end is not None}
        if _is_allowed(problem, ends) and all(_flows(problem, ends, each) for each in problem.capacity):
            yield ends


def best_worth(problem: Placing[Ref]) -> int | None:
    """The worth of the best plan that does all that must be done; None if there is none."""
    musts = {name for name, piece in problem.pieces.items() if piece.must}
    return max((worth_of(problem, ends) for ends in every_plan(problem) if musts <= ends.keys()), default=None)


def _is_allowed(problem: Placing[Ref], ends: Mapping[Ref, int]) -> bool:
    for name, end in ends.items():
        for before in problem.pieces[name].after:
            lag = problem.pieces[name].lag
            if before not in ends or (lag[ends[before]] if lag else ends[before]) > end:
                return False
    if any(sum(name in ends for name in group) > 1 for group in problem.one_of):
        return False
    return all(first in ends and ends[first] <= ends[then] for first, then in problem.order if then in ends) and all(
        (bound.lower is None or _total(bound.terms, ends) >= bound.lower)
        and (bound.upper is None or _total(bound.terms, ends) <= bound.upper)
        for bound in problem.bounds
    )


def _total(terms: tuple[tuple[Ref, int], ...], ends: Mapping[Ref, int]) -> int:
    return sum(weight for name, weight in terms if name in ends)


def _flows(problem: Placing[Ref], ends: Mapping[Ref, int], who: Ref) -> bool:
    """Whether all work of a team flows into slots in which it may be done."""
    graph, wanted = networkx.DiGraph(), 0
    left = list(problem.capacity[who])
    for name, end in ends.items():
        piece = problem.pieces[name]
        if piece.pattern is not None:
            for slot, units in enumerate(piece.pattern[end].get(who, ())):
                left[slot] -= units
            continue
        units = piece.units.get(who, 0)
        if not units:
            continue
        wanted += units
        graph.add_edge("from", name, capacity=units)
        begins = [piece.release, *([piece.first[end]] if piece.first else [])]
        begins += [piece.lag[ends[each]] if piece.lag else ends[each] for each in piece.after]
        for slot in range(max(begins), end + 1):
            graph.add_edge(name, slot, capacity=units)
    if min(left, default=0) < 0:
        return False
    for slot, units in enumerate(left):
        graph.add_edge(slot, "to", capacity=units)
    if not wanted:
        return True
    most = problem.at_once.get(who)
    if most is None:
        return bool(networkx.maximum_flow_value(graph, "from", "to") == wanted)
    return any(_flows_with(graph, wanted, kept) for kept in _at_once(graph, most))


def _at_once(graph: "networkx.DiGraph", most: Sequence[int]) -> Iterator[set[tuple[object, object]]]:
    """Every way to work on no more than so many in each slot."""
    by_slot: dict[object, list[object]] = {}
    for name, slot in graph.edges:
        if name != "from" and slot != "to":
            by_slot.setdefault(slot, []).append(name)
    ways = [
        [[(name, slot) for name in chosen] for chosen in itertools.combinations(names, min(most[slot], len(names)))]
        for slot, names in by_slot.items()
    ]
    for picked in itertools.product(*ways):
        yield {edge for edges in picked for edge in edges}


def _flows_with(graph: "networkx.DiGraph", wanted: int, kept: set[tuple[object, object]]) -> bool:
    rest = networkx.DiGraph()
    for one, other, data in graph.edges(data=True):
        if one == "from" or other == "to" or (one, other) in kept:
            rest.add_edge(one, other, **data)
    return "to" in rest and "from" in rest and networkx.maximum_flow_value(rest, "from", "to") == wanted
