"""The answer to "what do we give up for it?": some pieces of work side by side, and what would swap them."""

from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.ranking.items import Method, RankedDecision, RankedItem
from platctl.record import record


@record
class Side:
    """One of the compared: its place in the whole backlog, and what no score says.

    `unlocks` is everything open that waits for it, `after` everything open that has to end first, directly or not.
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
    """What one piece of work does to somebody. `weeks` are the person-weeks that it asks of them."""

    gains: bool
    must_act: bool
    weeks: float
    is_assumed: bool


@record
class Stake:
    """Somebody who gains or pays, and what of: one part for each side."""

    who: Named
    tier: int | None
    users: float | None
    parts: tuple[StakePart, ...]


@record
class GoalStake:
    """A goal, and which part of the whole strategy each side moves with it; None where it serves another one."""

    goal: Named
    contributions: tuple[float | None, ...]


@record
class Later:
    """Work that comes later if another piece goes first.

    `via` is the one of the compared that it waits for, None if it is compared itself. `gain` is its value in a ratio
    model and `cost` that value times the work of the one that goes first. `weeks` are calendar weeks in which `team`,
    which has to do with both, is busy with the first one; None if there is no such team, or nobody says how much it
    can do.
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

    `work` is how much the first one is, in the size of the model; `cost` what the others lose by waiting for it.
    `total` is what all lose until they are there: the sum of value times completion, to be compared with that of the
    other orders. `waits_for` are those of the compared because of which it can't be the first. `uncounted` has no
    value, so that nothing is lost by it.
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
    """The smallest change of one number that swaps a pair; `to` is None if none does from `low` to `high`.

    `of` is whose criterion it is, None if it is the weight of the criterion. `to` is the first number that swaps
    them, just beyond the point where both are the same. `relative` is the change divided by
    what it was, None for nothing. Of classes, `was_word` and `to_word` are what is changed.
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
    """What puts a pair in order, whatever the scores are."""

    NONE = "none"
    PRECEDENCE = "precedence"
    DECISION = "decision"
    UNLOCKS = "unlocks"


@record
class Pair:
    """Two that follow each other by score. `flips` has the smallest relative change first, and what has none last.

    `ahead` is the one that stands first in the backlog. It does so by precedence, by `decision` (None: by one about
    other work), or because it is raised by what comes together with it (`fixed`). `is_tied`: both score the same.
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
    """Some pieces of work against each other."""

    state: str
    method: Method
    ranked: int
    sides: tuple[Side, ...]
    stakes: tuple[Stake, ...]
    goals: tuple[GoalStake, ...]
    orders: tuple[Order, ...]
    pairs: tuple[Pair, ...]
    decided: tuple[RankedDecision, ...]
