"""The answer to "what first, and why?": scores with all their inputs, and the resulting order."""

from enum import StrEnum

from platctl.finding import Finding, Severity
from platctl.model.named import Named
from platctl.ranking.items import Method, Optimum, RankedDecision, RankedItem
from platctl.record import record

NOT_RANKED = frozenset({"unscored-plan", "undefined-score"})
"""The rules of findings that an initiative has no score."""


@record
class BacklogGroup:
    """Items that have something in common; an item may be in several groups."""

    title: str
    items: tuple[Named, ...]


@record
class RankComparison:
    """The rank of each initiative in several models, and how much the models agree."""

    models: tuple[str, ...]
    ranks: tuple[tuple[Named, tuple[int | None, ...]], ...]
    agreement: tuple[tuple[str, str, float | None], ...]


@record
class ClassShare:
    """The effort in a class: person-weeks, and the share of the effort in all classes, from 0 to 1.

    `unknown` counts initiatives without an estimate; `limit` is the largest share that the model allows.
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
    """The field of work by value and effort; at the median, value counts as high and effort as low."""

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
    """Value against effort. `value` and `effort` are the medians that split the fields, `*_of` names what they measure.

    `unplaced` counts ranked work whose value or effort is unknown.
    """

    value_of: str
    effort_of: str
    value: float
    effort: float
    placed: tuple[Placed, ...]
    unplaced: int


@record
class BacklogReport:
    """All open work in order. `apart` has no score and no rank; `left_out` counts the work that `--limit` cuts, and
    `findings_left_out` the findings. `failing` counts all findings at or above `fail_on`.

    `is_complete` is False if some of the model could not be read.
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
    findings_left_out: int = 0
