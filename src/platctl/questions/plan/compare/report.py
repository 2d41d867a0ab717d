"""The answer to: which of two futures is better, for whom, and what is different?"""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.outlook.deliveries import DeliveryVerdict, GoalMove
from platctl.questions.plan.report import PlanPeriod, Proof
from platctl.record import record


class Granularity(StrEnum):
    """What plans are made in."""

    PERIOD = "period"
    WEEK = "week"


@record
class PlannedFuture:
    """The plan of a future: that of a `scenario`, or without one what the files say.

    `assumed` is what the scenario says, in words. `value` is that of the plan, by the scoring model, and `proof` how
    good the plan is known to be, in weeks the schedule; `chosen` is how good the choice of work is known to be.
    `finish` is the last day of the last work, `late` how many pieces of work are late, and `broken` the commitments
    that can't hold.
    """

    scenario: Named | None
    assumed: tuple[str, ...]
    proof: Proof
    chosen: Proof
    value: float
    work: int
    left_out: int
    finish: Date | None
    late: int
    broken: tuple[Named, ...]

    @property
    def label(self) -> str:
        return self.scenario.label if self.scenario else "Current plan"


@record
class PlannedDays:
    """When work is done in a plan: the period or week in which it ends, and its days."""

    ends_in: str
    first: Date
    last: Date


@record
class ComparedWork:
    """Work of one of two plans. `moved` is by how many periods or weeks it ends later in the second one, and `days` by
    how many days; None if it is in one plan only."""

    initiative: Named
    is_running: bool
    first: PlannedDays | None
    second: PlannedDays | None
    moved: int | None
    days: int | None
    span: Span

    @property
    def differs(self) -> bool:
        """Whether it is in one plan only, or ends on another day."""
        ends = [each.last if each else None for each in (self.first, self.second)]
        return ends[0] != ends[1]


@record
class WorkTurn:
    """What becomes of work in the second plan, compared with the first one."""

    initiative: Named
    verdict: DeliveryVerdict
    was: Date | None
    now: Date | None


@record
class ConsumerTurn:
    """A consumer that has something sooner (or at all) in the second plan, or later (or not at all)."""

    consumer: Named
    sooner: tuple[WorkTurn, ...]
    later: tuple[WorkTurn, ...]


@record
class ComparisonReport:
    """Two plans for two futures, with the same horizon and scoring model. `audience` is who may read it.

    `spans` are the periods of the plans, or all weeks of both, with their days that lie ahead. `consumers` gain or wait
    in the second plan, and `goals` gain or lose there, compared with the first one.
    """

    state: str
    today: Date
    audience: str | None
    method: str
    horizon: str
    granularity: Granularity
    spans: tuple[PlanPeriod, ...]
    first: PlannedFuture
    second: PlannedFuture
    work: tuple[ComparedWork, ...]
    consumers: tuple[ConsumerTurn, ...]
    goals: tuple[GoalMove, ...]

    @property
    def different(self) -> tuple[ComparedWork, ...]:
        """What the plans say different things about."""
        return tuple(each for each in self.work if each.differs)

    @property
    def gaining(self) -> tuple[ConsumerTurn, ...]:
        return tuple(each for each in self.consumers if each.sooner)

    @property
    def waiting(self) -> tuple[ConsumerTurn, ...]:
        return tuple(each for each in self.consumers if each.later)
