"""Ranked work, as reports show it."""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.named import Named
from platctl.model.settings.scoring import ScoringModel
from platctl.ranking.inputs import Score
from platctl.record import record


@record
class Method:
    """The scoring model, in the words of its maker."""

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
    """One piece of work of a block, and what it brings to it. `is_assumed`: nobody says how much work it is."""

    initiative: Named
    gain: float
    work: float
    is_assumed: bool = False


@record
class RankedItem:
    """One piece of work in its place.

    `rank` counts from 1; it is None where the work has no score and nothing that has one waits for it. `priority` is
    what decides: the score, raised by what the work unlocks. In a ratio model it is the sum of the gains of `block`
    divided by the sum of their work: the pieces that come together because some of them open the way for others. In
    other models it is the score of `lifted_by`. `is_tied` says that another one has the same priority and score, so
    that the id decided.
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
    """What is shown beside a score, whichever model made it. Effort and cost are person-weeks."""

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


class DecisionStanding(StrEnum):
    """What became of a decision in a ranking."""

    KEPT = "kept"
    MOVED = "moved"
    AGAINST = "against"
    EXPIRED = "expired"
    UNRANKED = "unranked"


@record
class RankedDecision:
    """A decision, and what it did: nothing had to move, it moved something, or the order goes against it.

    Of one that is `unranked`, what it chose or all that it put second has no place in the order.
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
    """How good the order of a ratio model is: the total weighted delay, and what no order can go below."""

    cost: float
    bound: float
    is_exact: bool

    @property
    def gap(self) -> float:
        """By how much of the bound the order may be off, at most."""
        return (self.cost - self.bound) / self.bound if self.bound > 0 and not self.is_exact else 0.0
