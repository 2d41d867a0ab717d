"""Ranked work for reports."""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.named import Named
from platctl.model.settings.scoring import ScoringModel
from platctl.ranking.inputs import Score
from platctl.record import record


@record
class Method:
    """The scoring model, as configured."""

    id: str
    title: str
    value: str
    size: str | None
    classes: tuple[str, ...]
    source: str | None


def method_of(method: ScoringModel) -> Method:
    """A scoring model as reports name it."""
    value = method.value_formula.text if not method.classes else ""
    return Method(method.id, method.label, value, method.size, method.classes, method.source)


@record
class Member:
    """One initiative of a block, with its gain and work. `is_assumed`: its work is not declared, but assumed."""

    initiative: Named
    gain: float
    work: float
    is_assumed: bool = False


@record
class RankedItem:
    """One initiative with its rank.

    `rank` counts from 1; it is None if the work has no score and no scored work waits for it. `priority` determines the
    order: the score, raised by the work that it unlocks. In a ratio model it is the sum of the gains of `block` divided
    by the sum of their work; a block is work that is ranked together because some of it unlocks the rest. In other
    models it is the score of `lifted_by`. `is_tied` is whether another one has the same priority and score, so that
    the id decided.
    """

    initiative: Named
    rank: int | None
    score: Score
    priority: float | None
    block: tuple[Member, ...]
    lifted_by: Named | None
    unlocks: tuple[Named, ...]
    waits_for: tuple[Named, ...]
    is_tied: bool
    facts: "WorkFacts"


@record
class WorkFacts:
    """Facts shown next to a score, for any scoring model. Effort and cost are in person-weeks.

    `reach_harmed` are the consumers in `reach` that the same work breaks or makes act.
    """

    status: str
    teams: tuple[Named, ...]
    goals: tuple[Named, ...]
    components: tuple[Named, ...]
    gains: tuple[Named, ...]
    asked_by: tuple[Named, ...]
    effort: float | None
    reach: float | None
    induced_cost: float
    must_act: int
    span: Span
    reach_harmed: tuple[Named, ...]


class DecisionStanding(StrEnum):
    """The effect of a decision on a ranking."""

    KEPT = "kept"
    MOVED = "moved"
    AGAINST = "against"
    EXPIRED = "expired"
    UNRANKED = "unranked"


@record
class RankedDecision:
    """A decision, and its effect: nothing had to move, it moved something, or the order contradicts it.

    For an `unranked` decision, the chosen initiative or all others have no rank.
    """

    decision: Named
    chose: Named
    over: tuple[Named, ...]
    standing: DecisionStanding
    why: str
    note: str
    span: Span | None


@record
class Optimum:
    """How good the order of a ratio model is: the total weighted delay, and a lower bound for all orders."""

    cost: float
    bound: float
    is_exact: bool

    @property
    def gap(self) -> float:
        """The largest possible distance from the best order, as a share of the bound."""
        return (self.cost - self.bound) / self.bound if self.bound > 0 and not self.is_exact else 0.0
