"""What we give up: initiatives side by side, who gains and pays, and what each of them delays."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.model.window import window
from platctl.questions.tradeoff.delays import Delays
from platctl.questions.tradeoff.report import Fixing, Pair, Side, TradeoffReport
from platctl.questions.tradeoff.stakes import goal_stakes, stakes
from platctl.questions.tradeoff.swap import Swap
from platctl.ranking.items import DecisionStanding, RankedItem, method_of
from platctl.ranking.ordering import Ranking, ranked
from platctl.ranking.scoring import Scoring
from platctl.record import record


@record
class TradeoffOptions:
    """The scoring model to compare by. `today` is for decisions that expire and for work that begins now."""

    method: ScoringModel
    today: Date | None = None


def tradeoff(model: Model, state: str, work: tuple[Ref, ...], options: TradeoffOptions) -> TradeoffReport:
    """Compares open work: at least two initiatives, each once, neither done nor given up."""
    ranking = ranked(model, options.method, options.today)
    return TradeoffReport(
        state=state,
        method=method_of(options.method),
        ranked=len(ranking.ordered),
        sides=tuple(_side(ranking, ref) for ref in work),
        stakes=tuple(stakes(ranking, work)),
        goals=tuple(goal_stakes(ranking, work)),
        orders=tuple(Delays(ranking, work).orders()),
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


def _pairs(ranking: Ranking, work: tuple[Ref, ...]) -> Iterator[Pair]:
    """Each with the next one by score; initiatives without a score come last."""
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
    """Why the order of two initiatives does not follow from their scores alone."""
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
