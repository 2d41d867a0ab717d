"""The answer to "what do we give up for it?": initiatives side by side, and what would swap them."""

from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.ranking.items import Method, RankedDecision, RankedItem
from platctl.record import record


@record
class Side:
    """One of the compared: its rank in the whole backlog, and facts beyond the score.

    `unlocks` is all open work that waits for it, `after` all open work that has to end first, directly or not.
    """

    item: RankedItem
    start: Date | None
    end: Date | None
    earliest: Date | None
    deadline: Date | None
    unlocks: tuple[Named, ...]
    after: tuple[Named, ...]


@record
class StakePart:
    """The effect of one initiative on a consumer or component. `weeks` are the person-weeks that it costs them."""

    gains: bool
    must_act: bool
    weeks: float
    is_assumed: bool


@record
class Stake:
    """A consumer or component that gains or pays: one part for each side."""

    who: Named
    tier: int | None
    users: float | None
    parts: tuple[StakePart, ...]


@record
class GoalStake:
    """A goal, and the share of the whole strategy that each side contributes; None if it does not serve the goal."""

    goal: Named
    contributions: tuple[float | None, ...]


@record
class Later:
    """Work that is delayed if another initiative goes first.

    `via` is the compared initiative that it waits for, None if it is compared itself. `gain` is its value in a ratio
    model, and `cost` that value times the work of the one that goes first. `weeks` are the calendar weeks in which
    `team`, which works on both, is busy with the first one; None without a shared team or a declared capacity.
    """

    initiative: Named
    via: Named | None
    gain: float | None
    cost: float | None
    weeks: float | None
    team: Named | None


@record
class Order:
    """One of the compared goes first, the others follow as in the backlog.

    `work` is the size of the first one in the scoring model; `cost` is what the others lose by waiting for it.
    `total` is the loss of all until they are done: the sum of value times completion, comparable across orders.
    `waits_for` are the compared initiatives that have to end before the first one. `uncounted` have no value, so their
    delay adds no loss.
    """

    order: tuple[Named, ...]
    work: float | None
    unit: str
    later: tuple[Later, ...]
    cost: float | None
    total: float | None
    waits_for: tuple[Named, ...]
    uncounted: tuple[Named, ...]


@record
class Flip:
    """The smallest change of one number that swaps a pair; `to` is None if no number from `low` to `high` does.

    `of` is the initiative of the criterion, None for the weight of the criterion. `to` is the first number that swaps
    the pair, just beyond the point where both score the same. `relative` is the change divided by the former value,
    None if that is 0. For classes, `was_word` and `to_word` are the classes.
    """

    of: Named | None
    name: str
    label: str
    unit: str | None
    was: float
    to: float | None
    change: float | None
    relative: float | None
    low: float
    high: float
    was_word: str | None = None
    to_word: str | None = None


class Fixing(StrEnum):
    """What orders a pair regardless of the scores."""

    NONE = "none"
    PRECEDENCE = "precedence"
    DECISION = "decision"
    UNLOCKS = "unlocks"


@record
class Pair:
    """Two neighbours by score. `flips` has the smallest relative change first, those without one last.

    `ahead` is the one that comes first in the backlog. `fixed` is the reason if it is not the score: precedence, a
    decision (`decision` is None for one about other work), or the work that it unlocks. `is_tied`: same score.
    """

    first: Named
    second: Named
    first_score: float | None
    second_score: float | None
    is_tied: bool
    flips: tuple[Flip, ...]
    ahead: Named | None
    fixed: Fixing
    decision: Named | None


@record
class TradeoffReport:
    """Initiatives compared with each other."""

    state: str
    method: Method
    ranked: int
    sides: tuple[Side, ...]
    stakes: tuple[Stake, ...]
    goals: tuple[GoalStake, ...]
    orders: tuple[Order, ...]
    pairs: tuple[Pair, ...]
    decided: tuple[RankedDecision, ...]
