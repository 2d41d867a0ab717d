"""The answer to "what first, and why?": scores with all that went into them, and the order that follows."""

from enum import StrEnum

from platctl.finding import Finding, Severity
from platctl.model.named import Named
from platctl.ranking.items import Method, Optimum, RankedDecision, RankedItem
from platctl.record import record


@record
class BacklogGroup:
    """Items that have something in common; an item may be in several groups."""

    title: str
    items: tuple[Named, ...]


@record
class RankComparison:
    """The rank of each piece of work in several models, and how much they agree."""

    models: tuple[str, ...]
    ranks: tuple[tuple[Named, tuple[int | None, ...]], ...]
    agreement: tuple[tuple[str, str, float | None], ...]


@record
class ClassShare:
    """What a class takes of the effort of all that has one: person-weeks, and the share from 0 to 1.

    `unknown` counts initiatives whose effort nobody says; `limit` is the largest share that the model wants.
    """

    word: str
    initiatives: int
    effort: float
    share: float | None
    unknown: int
    limit: float | None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.share is not None and self.share > self.limit


class Quadrant(StrEnum):
    """Where work stands by value and effort; what is in the middle counts as much value, and as little effort."""

    QUICK_WIN = "quick-win"
    BIG_BET = "big-bet"
    FILL_IN = "fill-in"
    MONEY_PIT = "money-pit"


@record
class Placed:
    """Work with its value and its effort."""

    initiative: Named
    rank: int
    value: float
    effort: float
    field: Quadrant


@record
class ValueEffortMatrix:
    """Value against effort. `value` and `effort` are the medians that part the fields, `*_of` says what was taken.

    `unplaced` counts ranked work of which one of both is not known.
    """

    value_of: str
    effort_of: str
    value: float
    effort: float
    placed: tuple[Placed, ...]
    unplaced: int


@record
class BacklogReport:
    """All open work in order. `apart` has no score and stands outside; `left_out` counts what `--top` cuts.

    `is_complete` is False where something that is written down could not be read.
    """

    state: str
    method: Method
    items: tuple[RankedItem, ...]
    apart: tuple[RankedItem, ...]
    decided: tuple[RankedDecision, ...]
    groups: tuple[BacklogGroup, ...]
    optimum: Optimum | None
    left_out: int
    findings: tuple[Finding, ...]
    failing: int
    fail_on: Severity | None
    comparison: RankComparison | None = None
    matrix: ValueEffortMatrix | None = None
    is_complete: bool = True
    classes: tuple[ClassShare, ...] = ()
