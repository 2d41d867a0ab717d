"""What we give up for it: pieces of work side by side, who gains and pays, and what each of them delays."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.entity.team import Team
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.model.window import window
from platctl.outlook.benefit import Migration
from platctl.questions.backlog.derive import method_of
from platctl.questions.tradeoff.report import (
    Fixing,
    GoalStake,
    Later,
    Order,
    Pair,
    Side,
    Stake,
    StakePart,
    TradeoffReport,
)
from platctl.questions.tradeoff.swap import Swap
from platctl.ranking.criteria import DAYS_A_WEEK
from platctl.ranking.items import DecisionStanding, RankedItem
from platctl.ranking.ordering import Ranking, ranked
from platctl.ranking.scoring import Scoring


@dataclass(frozen=True, slots=True)
class TradeoffOptions:
    """By what it is judged. `today` is for decisions that run out and for work that begins now."""

    method: ScoringModel
    today: Date | None = None


def tradeoff(model: Model, state: str, work: tuple[Ref, ...], options: TradeoffOptions) -> TradeoffReport:
    """Some open work against each other: at least two initiatives, each once, neither done nor given up."""
    ranking = ranked(model, options.method, options.today)
    return TradeoffReport(
        state=state,
        method=method_of(options.method),
        ranked=len(ranking.ordered),
        sides=tuple(_side(ranking, ref) for ref in work),
        stakes=tuple(_stakes(ranking, work)),
        goals=tuple(_goals(ranking, work)),
        orders=tuple(_Delays(ranking, work).orders()),
        pairs=tuple(_pairs(ranking, work)),
        decided=tuple(each for each in ranking.decided if _is_about(each.chose, each.over, work)),
    )


def _is_about(chose: Named, over: Iterable[Named], work: tuple[Ref, ...]) -> bool:
    return chose.ref in work and any(each.ref in work for each in over)


def _side(ranking: Ranking, ref: Ref) -> Side:
    model, criteria = ranking.model, ranking.criteria
    initiative = model.initiatives[ref]
    planned = window(initiative, model.config.calendar.calendar)
    return Side(
        _item(ranking, ref),
        planned.start,
        planned.end,
        initiative.earliest,
        initiative.deadline,
        tuple(named(model, each) for each in criteria.plan.downstream(ref)),
        tuple(named(model, each) for each in criteria.plan.upstream(ref)),
    )


def _item(ranking: Ranking, ref: Ref) -> RankedItem:
    return next((each for each in ranking.items if each.initiative.ref == ref), None) or ranking.item_apart(ref)


# Who gains and who pays -------------------------------------------------------------------------------------


def _stakes(ranking: Ranking, work: tuple[Ref, ...]) -> Iterator[Stake]:
    """Everybody once, the most critical first; last the components that have to move."""
    model, benefits = ranking.model, [ranking.criteria.benefit(ref) for ref in work]
    moves = [_by_source(each.moves) for each in benefits]
    everybody = {ref for each in benefits for ref in (*each.gains, *each.harmed)}.union(*moves)
    for ref in sorted(everybody, key=lambda ref: (ref not in model.consumers, _tier(model, ref), ref)):
        consumer = model.consumers.get(ref)
        parts = tuple(
            StakePart(ref in benefit.gains, ref in benefit.harmed, *_paid(paid.get(ref, ())))
            for benefit, paid in zip(benefits, moves, strict=True)
        )
        yield Stake(
            named(model, ref), consumer.tier if consumer else None, consumer.reach.users if consumer else None, parts
        )


def _tier(model: Model, ref: Ref) -> float:
    consumer = model.consumers.get(ref)
    return float("inf") if consumer is None or consumer.tier is None else consumer.tier


def _by_source(moves: Iterable[Migration]) -> Mapping[Ref, list[Migration]]:
    found: dict[Ref, list[Migration]] = {}
    for move in moves:
        found.setdefault(move.use.source, []).append(move)
    return found


def _paid(moves: Iterable[Migration]) -> tuple[float, bool]:
    """Person-weeks, and whether some of them are an assumption."""
    paid = list(moves)
    return math.fsum(move.weeks for move in paid), any(move.is_assumed for move in paid)


def _goals(ranking: Ranking, work: tuple[Ref, ...]) -> Iterator[GoalStake]:
    model = ranking.model
    served = [dict(_served(ranking, ref)) for ref in work]
    for goal in dict.fromkeys(goal for each in served for goal in each):
        yield GoalStake(named(model, goal), tuple(each.get(goal) for each in served))


def _served(ranking: Ranking, ref: Ref) -> Iterator[tuple[Ref, float]]:
    """Goals, and how much of the strategy the initiative moves with each: the portions of `goal_contribution`."""
    model, known = ranking.model, ranking.criteria.known(ref, "goal_contribution")
    goals = [goal for share in model.initiatives[ref].goals if (goal := model.canonical(share.goal)) in model.goals]
    sums: dict[Ref, float] = {}
    for goal, portion in zip(goals, known.portions if known else (), strict=True):
        sums[goal] = sums.get(goal, 0.0) + portion.value
    yield from sums.items()


# What each delays -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Delays:
    """What is lost where one of the compared goes first, with everything else that waits for one of them."""

    ranking: Ranking
    work: tuple[Ref, ...]

    @property
    def model(self) -> Model:
        return self.ranking.model

    def orders(self) -> Iterator[Order]:
        """The orders in which each of the compared goes first."""
        place = {ref: at for at, ref in enumerate(self.ranking.ordered)}
        usual = sorted(self.work, key=lambda ref: (place.get(ref, len(place)), ref))
        for first in self.work:
            yield self._order(first, (first, *(ref for ref in usual if ref != first)))

    def _order(self, first: Ref, order: tuple[Ref, ...]) -> Order:
        names = tuple(named(self.model, ref) for ref in order)
        earlier = {*self.ranking.criteria.plan.upstream(first)}
        waits_for = tuple(named(self.model, ref) for ref in order if ref in earlier)
        work, unit = self._size(first), self._unit
        if waits_for:
            return Order(names, work, unit, (), None, None, waits_for, ())
        later = tuple(self._later(first, order[1:], work))
        uncounted = tuple(each.initiative for each in later if each.gain is None) if self.is_ratio else ()
        cost = math.fsum(each.cost or 0.0 for each in later) if work is not None else None
        return Order(names, work, unit, later, cost, self._total(order), (), uncounted)

    @property
    def is_ratio(self) -> bool:
        return self.ranking.method.is_ratio

    @property
    def _unit(self) -> str:
        """What the size is counted in; the formula itself where it has several parts."""
        method = self.ranking.method
        if method.size_formula is None:
            return ""
        alone = method.size if method.size_formula.names == (method.size,) else None
        inputs = [found for ref in self.work if (found := self.ranking.scores[ref].input(alone or ""))]
        units = {each.unit for each in inputs}
        return (units.pop() if len(units) == 1 else None) or f"of {method.size}"

    def _size(self, ref: Ref) -> float | None:
        return self.ranking.scores[ref].work if self.is_ratio else None

    def _gain(self, ref: Ref) -> float | None:
        return self.ranking.scores[ref].gain

    @cached_property
    def _needs(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """By work that waits for some of the compared, and is none of them: for which."""
        found: dict[Ref, list[Ref]] = {}
        for ref in self.work:
            for later in self.ranking.criteria.plan.downstream(ref):
                if later not in self.work:
                    found.setdefault(later, []).append(ref)
        return {ref: tuple(needs) for ref, needs in found.items()}

    def _later(self, first: Ref, others: tuple[Ref, ...], work: float | None) -> Iterator[Later]:
        """The others, each followed by what waits for it; what needs the first one as well loses nothing by it."""
        seen: set[Ref] = set()
        for other in others:
            yield self._delayed(first, other, other, work)
            for ref, needs in self._needs.items():
                if other in needs and first not in needs and ref not in seen:
                    seen.add(ref)
                    yield self._delayed(first, ref, other, work)

    def _delayed(self, first: Ref, ref: Ref, via: Ref, work: float | None) -> Later:
        gain = self._gain(ref)
        cost = gain * work if gain is not None and work is not None else None
        weeks, team = self._busy(self.model.initiatives[first], self.model.initiatives[via])
        return Later(named(self.model, ref), named(self.model, via) if via != ref else None, gain, cost, weeks, team)

    def _total(self, order: tuple[Ref, ...]) -> float | None:
        """The sum of value times completion, of the compared and of what waits for them; None without all sizes.

        What waits comes when the last one that it needs is there; its own work is the same in all orders. Source:
        Smith 1956, weighted completion time.
        """
        done: dict[Ref, float] = {}
        time = 0.0
        for ref in order:
            size = self._size(ref)
            if size is None:
                return None
            time += size
            done[ref] = time
        waiting = math.fsum(
            (self._gain(ref) or 0.0) * max(done[each] for each in needs) for ref, needs in self._needs.items()
        )
        return math.fsum((self._gain(ref) or 0.0) * done[ref] for ref in order) + waiting

    # Calendar weeks ---------------------------------------------------------------------------------------------

    def _busy(self, first: Initiative, other: Initiative) -> tuple[float | None, Named | None]:
        """Weeks until the last of the teams that both need is done with the first, and which that is.

        A team gives all that it can do in the period in which the first one begins. Where nobody says how much that
        is, there is a team and no weeks.
        """
        shared = self._efforts(first).keys() & self._efforts(other).keys()
        if not shared:
            return None, None
        found = [
            (self._efforts(first)[ref] / capacity, ref)
            for ref in sorted(shared)
            if (capacity := self._a_week(self.model.teams[ref], first))
        ]
        if not found:
            return None, named(self.model, min(shared))
        weeks, team = max(found, key=lambda each: each[0])
        return weeks, named(self.model, team)

    def _efforts(self, initiative: Initiative) -> Mapping[Ref, float]:
        refs = {name: Ref("team", initiative.ref.namespace, name.lower()) for name in initiative.effort}
        known = {name: self.model.canonical(ref) for name, ref in refs.items()}
        return {known[name]: each.likely for name, each in initiative.effort.items() if known[name] in self.model.teams}

    def _a_week(self, team: Team, first: Initiative) -> float | None:
        """Person-weeks that a team can do in a week."""
        calendar = self.model.config.calendar.calendar
        days = [day for day in (window(first, calendar).start, self.ranking.today) if day]
        if not days:
            return None
        period = calendar.period_of(max(days))
        begin, end = calendar.bounds(period)
        capacity = team.capacity.of(period)
        return capacity / ((end - begin).days + 1) * DAYS_A_WEEK if capacity else None


# What would swap them ---------------------------------------------------------------------------------------


def _pairs(ranking: Ranking, work: tuple[Ref, ...]) -> Iterator[Pair]:
    """Each with the next one by score; what has no score comes last."""
    place = {ref: at for at, ref in enumerate(ranking.ordered)}
    scores = {ref: ranking.scores[ref].value for ref in work}
    lowest = float("-inf")

    def key(ref: Ref) -> tuple[float, int, Ref]:
        value = scores[ref]
        return (-(lowest if value is None else value), place.get(ref, len(place)), ref)

    scoring = Scoring(ranking.method, ranking.criteria, ranking.work)
    for first, second in pairwise(sorted(work, key=key)):
        one, other = scores[first], scores[second]
        is_tied = one is not None and one == other
        flips = Swap(scoring, first, second).flips if None not in (one, other) and not is_tied else ()
        ahead = min((ref for ref in (first, second) if ref in place), key=lambda ref: place[ref], default=None)
        fixed, decision = _fixing(ranking, first, second, ahead)
        yield Pair(
            named(ranking.model, first),
            named(ranking.model, second),
            one,
            other,
            is_tied,
            flips,
            named(ranking.model, ahead) if ahead else None,
            fixed,
            decision,
        )


def _fixing(ranking: Ranking, first: Ref, second: Ref, ahead: Ref | None) -> tuple[Fixing, Named | None]:
    """Why the order of two is not that of their scores alone, or would not follow it."""
    later = ranking.criteria.plan.downstream
    if second in later(first) or first in later(second):
        return Fixing.PRECEDENCE, None
    for decided in ranking.decided:
        over = [each.ref for each in decided.over]
        if decided.standing in (DecisionStanding.KEPT, DecisionStanding.MOVED) and (
            (decided.chose.ref == first and second in over) or (decided.chose.ref == second and first in over)
        ):
            return Fixing.DECISION, decided.decision
    if ahead != second:
        return Fixing.NONE, None
    plain = replace(ranking, decisions=False).ordered
    return (Fixing.UNLOCKS if plain.index(second) < plain.index(first) else Fixing.DECISION), None
