"""The progress of a metric, and its outlook."""

from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.entity.metric import Direction
from platctl.model.placement import LazySpan
from platctl.record import record


class Lack(StrEnum):
    """Why the progress of a metric is unknown."""

    NO_TARGET = "no-target"
    NO_BASELINE = "no-baseline"
    NO_VALUE = "no-value"
    AGAINST_DIRECTION = "against-direction"


class MetricOutlook(StrEnum):
    """Where a metric goes at its current pace.

    `reached`: it is at its target or beyond. `on-track` and `late`: it gets there by its goal's due date, or after it.
    `coming`: it gets there, and the goal has no due date. `away`: it does not move or moves away from the target.
    `missed`: its due date is past. `no-trend`: fewer than two values. `unknown`: it lacks a target or any value, or its
    target is on the wrong side of its baseline.
    """

    REACHED = "reached"
    ON_TRACK = "on-track"
    COMING = "coming"
    LATE = "late"
    AWAY = "away"
    MISSED = "missed"
    NO_TREND = "no-trend"
    UNKNOWN = "unknown"


@record
class Trend:
    """The least-squares line through the last values: the change per day, and the number of values.

    `reaches` is the day on which the last value reaches the target at that pace; None for never, or not before the
    year 10000.
    """

    a_day: float
    values: int
    since: Date
    reaches: Date | None


@record
class Measured:
    """A metric on a day. `current` is its last value on or before that day, measured `on`.

    `progress` is the share of the way from baseline to target: 0 at the baseline, 1 at the target, more beyond it,
    negative behind the baseline. If both are the same, the level is to be held: 1 while it is, else 0. `lack` is the
    reason if there is none. `later` counts the values recorded for later days.
    """

    id: str
    title: str | None
    unit: str | None
    direction: Direction
    baseline: float | None
    current: float | None
    on: Date | None
    target: float | None
    progress: float | None
    lack: Lack | None
    trend: Trend | None
    outlook: MetricOutlook
    later: int
    span: LazySpan

    @property
    def label(self) -> str:
        return self.title or self.id
