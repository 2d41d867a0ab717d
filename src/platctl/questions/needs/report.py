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
    """What decides on which day work can start, or end if it has started."""

    PLAN = "plan"
    EARLIEST = "earliest"
    PREREQUISITE = "prerequisite"
    TODAY = "today"


@record
class NeededWork:
    """A piece of work that is waited for. Days are the first and the last day of work.

    `start` and `end` are the planned days; `begins` and `ends` the earliest. `decided_by` says why it can't be
    sooner, `after` names the last prerequisite to end, and `deciding` is where that is declared. `slack` is the
    number of days by which it may end later without delaying the whole.
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
    """A freeze of a consumer that a day falls in; the first and the last day are frozen, too."""

    date: Date
    start: Date
    end: Date
    reason: str | None
    span: Span


@record
class Shipping:
    """When everything is ready: `work` is the day on which the last work ends, `ready` the first day from then on that
    is not frozen. `pauses` are the freezes in between.
    """

    work: When
    ready: When
    pauses: tuple[Pause, ...] = ()


@record
class Feature:
    """One piece of work, and everything that has to be ready before customers can have it.

    `planned` uses the declared days, `earliest` the first possible days. `chain` is the critical path to the
    earliest day, in order. `requirements` are the unmet needs of the consumer that it is for.
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

    `requirements` are those of a consumer; in a report on an initiative they are part of the feature.
    """

    state: str
    subject: Named
    today: Date | None
    at: Date | None
    features: tuple[Feature, ...]
    requirements: tuple[Requirement, ...]
    moves: tuple[ForcedMove, ...]
