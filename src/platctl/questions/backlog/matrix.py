"""Value against effort: which work is a quick win, a big bet, a fill-in or a money pit?"""

import statistics
from collections.abc import Iterable

from platctl.model.settings.scoring import ScoringModel
from platctl.questions.backlog.report import Placed, Quadrant, ValueEffortMatrix
from platctl.ranking.items import RankedItem


def matrix(method: ScoringModel, ranked: Iterable[RankedItem], shown: Iterable[RankedItem]) -> ValueEffortMatrix:
    """The shown work, split at the medians of all ranked work.

    For a ratio model, value and effort are its value and its size; for other models, the score and the effort.
    """
    known = [place for item in ranked if (place := _place(method, item))]
    value = statistics.median([each for each, _ in known] or [0.0])
    effort = statistics.median([each for _, each in known] or [0.0])
    places = [(item, _place(method, item)) for item in shown]
    placed = tuple(
        Placed(item.initiative, item.rank or 0, *place, _field(place[0] >= value, place[1] <= effort))
        for item, place in places
        if place
    )
    value_of = method.value_formula.text if method.is_ratio else f"{method.label} score"
    return ValueEffortMatrix(value_of, method.size or "effort", value, effort, placed, len(places) - len(placed))


def _place(method: ScoringModel, item: RankedItem) -> tuple[float, float] | None:
    score = item.score
    value, effort = (score.gain, score.work) if method.is_ratio else (score.value, item.facts.effort)
    return None if value is None or effort is None else (value, effort)


def _field(is_valuable: bool, is_small: bool) -> Quadrant:
    if is_valuable:
        return Quadrant.QUICK_WIN if is_small else Quadrant.BIG_BET
    return Quadrant.FILL_IN if is_small else Quadrant.MONEY_PIT
