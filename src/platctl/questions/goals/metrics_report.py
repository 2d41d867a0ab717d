"""How far a metric is, and what becomes of it."""

from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.entity.metric import Direction
from platctl.model.placement import LazySpan
from platctl.record import record


class Lack(StrEnum):
    """Why nobody can say how far a metric is."""

    NO_TARGET = "no-target"
    NO_BASELINE = "no-baseline"
    NO_VALUE = "no-value"
    AGAINST_DIRECTION = "against-direction"


class MetricOutlook(StrEnum):
    """What becomes of a metric if it goes on as it did.

    `reached`: it is at its target or beyond. `on-track` and `late`: it gets there by its goal's due date, or after it.
    `coming`: it gets there, and nothing says by when it has to. `away`: it stands still or moves away. `missed`: its
    due date is past. `no-trend`: fewer than two values. `unknown`: it lacks a target or any value, or its target is on
    the wrong side of its baseline.
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
    """The line of least squares through the last values: by how much it changes a day, and through how many.

    `reaches` is the day on which the last value, going on at that pace, is at the target; None where it never is, or
    not before the year 10000.
    """

    a_day: float
    values: int
    since: Date
    reaches: Date | None


@record
class Measured:
    """A metric on a day. `current` is its last value on or before that day, measured `on`.

    `progress` is the share of the way from baseline to target: 0 at the baseline, 1 at the target, more beyond it,
    less than 0 behind the baseline. Where both are the same, a level is to be held: 1 while it is, else 0.
    `lack` says why there is none. `later` counts the values that are written down for later days.
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
