"""Who gains from initiatives, and who pays for them."""

import math
from collections.abc import Iterable, Iterator, Mapping

from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.outlook.benefit import Migration
from platctl.questions.tradeoff.report import GoalStake, Stake, StakePart
from platctl.ranking.ordering import Ranking


def stakes(ranking: Ranking, work: tuple[Ref, ...]) -> Iterator[Stake]:
    """Each consumer once, the most critical first; then the components that have to migrate."""
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
    """Person-weeks, and whether some of them are assumed."""
    paid = list(moves)
    return math.fsum(move.weeks for move in paid), any(move.is_assumed for move in paid)


def goal_stakes(ranking: Ranking, work: tuple[Ref, ...]) -> Iterator[GoalStake]:
    model = ranking.model
    served = [dict(_served(ranking, ref)) for ref in work]
    for goal in dict.fromkeys(goal for each in served for goal in each):
        yield GoalStake(named(model, goal), tuple(each.get(goal) for each in served))


def _served(ranking: Ranking, ref: Ref) -> Iterator[tuple[Ref, float]]:
    """Goals, and the share of the strategy contributed through each: the portions of `goal_contribution`."""
    model, known = ranking.model, ranking.criteria.known(ref, "goal_contribution")
    goals = [goal for share in model.initiatives[ref].goals if (goal := model.canonical(share.goal)) in model.goals]
    sums: dict[Ref, float] = {}
    for goal, portion in zip(goals, known.portions if known else (), strict=True):
        sums[goal] = sums.get(goal, 0.0) + portion.value
    yield from sums.items()
