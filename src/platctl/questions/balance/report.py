"""The answer to "who gets how much?": shares of effort and value, their concentration, and how they fit their bands."""

from collections.abc import Mapping
from enum import StrEnum

from platctl.finding import Finding, Severity, Span
from platctl.model.named import Named
from platctl.model.settings.balance import Stage
from platctl.model.vocabulary import Dimension, Measure
from platctl.outlook.overload import Overload
from platctl.record import record


@record
class StageShare:
    """An amount (person-weeks, or value), and its share of all work at that stage from 0 to 1."""

    amount: float
    share: float


@record
class Row:
    """The share of one consumer, goal, team and so on at each stage. `id` is None for unassigned work."""

    id: str | None
    label: str
    parts: Mapping[Stage, StageShare]

    @property
    def is_empty(self) -> bool:
        return not any(part.amount for part in self.parts.values())


@record
class Concentration:
    """How concentrated the work is; unassigned work is omitted.

    `index` is that of Herfindahl (1950) and Hirschman (1945): the sum of the squared shares, 1 if one has everything.
    Its inverse, `as_if`, is the number of equal shares with the same index.
    """

    index: float
    as_if: float
    top: str
    top_share: float


@record
class Shares:
    """One measure divided by one dimension. The shares of a stage add up to 1, unless there is nothing to divide."""

    by: Dimension
    measure: Measure
    rows: tuple[Row, ...]
    concentration: Mapping[Stage, Concentration | None]


@record
class StageTotal:
    """All work at a stage. `without_effort` and `without_value` are the initiatives that count as 0 there."""

    initiatives: int
    effort: float
    value: float
    without_effort: tuple[Named, ...]
    without_value: tuple[Named, ...]


class BandStanding(StrEnum):
    """How a share compares with its band. `idle`: there is no such work to divide."""

    KEPT = "kept"
    BELOW = "below"
    ABOVE = "above"
    UNSERVED = "unserved"
    IDLE = "idle"


@record
class Held:
    """A share that a band covers, from 0 to 1."""

    label: str
    share: float
    standing: BandStanding

    @property
    def is_outside(self) -> bool:
        return self.standing not in (BandStanding.KEPT, BandStanding.IDLE)


@record
class BandCheck:
    """A band, and every share that it covers."""

    of: str
    by: Dimension
    measure: Measure
    stage: Stage
    at_least: float | None
    at_most: float | None
    served: bool
    why: str
    shares: tuple[Held, ...]
    span: Span | None


@record
class BalanceReport:
    """All requested shares, every band, and the teams over capacity. `method` is the scoring model of the values."""

    state: str
    method: str
    since: str | None
    totals: Mapping[Stage, StageTotal]
    shares: tuple[Shares, ...]
    bands: tuple[BandCheck, ...]
    over_capacity: tuple[Overload, ...]
    findings: tuple[Finding, ...]
    failing: int
    fail_on: Severity | None
