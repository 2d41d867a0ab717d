"""The answer to: what does a product, or one of its features, wait for, and when can it ship?"""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.outlook.conflicts import Conflict
from platctl.outlook.demands import ForcedMove, Requirement
from platctl.outlook.earliest import Certainty, Obstacle, When
from platctl.outlook.effort import Effort, weeks_of
from platctl.record import record


class Decider(StrEnum):
    """What decides on which day a piece of work can begin, or, if it has begun, end."""

    PLAN = "plan"
    EARLIEST = "earliest"
    PREREQUISITE = "prerequisite"
    TODAY = "today"


@record
class NeededWork:
    """A piece of work that is waited for. Days are the first and the last day of work.

    `start` and `end` are those of the plan; `begins` and `ends` are the earliest. `decided_by` says why it can't be
    sooner, `after` names the work that ends last before it, and `deciding` is where that is written. `slack` is the
    number of days by which it may end later than that without moving the day on which all is there.
    """

    initiative: Named
    status: str | None
    is_promised: bool
    owner: Named | None
    effort: tuple[Effort, ...]
    start: Date | None
    end: Date | None
    begins: Date | None
    ends: When
    decided_by: Decider | None
    after: Named | None
    obstacle: Obstacle | None
    waits_for: tuple[Named, ...]
    slack: int | None
    is_critical: bool
    span: Span
    deciding: Span | None

    @property
    def weeks(self) -> float | None:
        """Person-weeks of all teams."""
        return weeks_of(self.effort)


@record
class Pause:
    """A freeze of a consumer that a day would land in; the first and the last day are frozen, too."""

    date: Date
    start: Date
    end: Date
    reason: str | None
    span: Span


@record
class Shipping:
    """When all is there: `work` is the day on which the last work ends, `ready` the first from then on that is not
    frozen. `pauses` are the freezes between.
    """

    work: When
    ready: When
    pauses: tuple[Pause, ...] = ()


@record
class Feature:
    """One piece of work, and everything that has to be there before customers can have it.

    `planned` takes the days that are written, `earliest` the first days that can hold. `chain` are the pieces of work
    that decide the earliest day, in their order. `requirements` are unmet ones of the consumer that it is for.
    """

    initiative: Named
    status: str
    consumer: Named | None
    planned: Shipping
    earliest: Shipping
    chain: tuple[Named, ...]
    steps: tuple[NeededWork, ...]
    requirements: tuple[Requirement, ...]
    circles: tuple[tuple[Named, ...], ...]
    conflicts: tuple[Conflict, ...]

    @property
    def is_open(self) -> bool:
        return self.earliest.work.certainty is not Certainty.DONE


@record
class NeedsReport:
    """What a consumer or an initiative waits for, and what the consumer has to do by when.

    `requirements` are those of a consumer; in a report on an initiative they stand with it.
    """

    state: str
    subject: Named
    today: Date | None
    at: Date | None
    features: tuple[Feature, ...]
    requirements: tuple[Requirement, ...]
    moves: tuple[ForcedMove, ...]
