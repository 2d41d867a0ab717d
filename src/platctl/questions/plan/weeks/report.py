"""The answer to: in which weeks is the work of the plan done?"""

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.questions.plan.report import BrokenCommitment, Proof
from platctl.record import record
from platctl.scheduling.serial import Aim


@record
class ScheduledWork:
    """Work with its weeks, such as `2027-W05`, and their first and last days.

    `length` is how many weeks it takes; without any, it is done when what it waits for is. `due` is the day by which it
    should end, and `late` by how many weeks it ends after that; `is_broken` if it misses a deadline or a need. `slack`
    is by how many weeks it can end later, with all that follows, while the schedule ends then; None if that is not
    known. It does not start sooner because of the work in `after`, or because of the time of `teams`; without either,
    because of its own days. `moved` is by how many weeks its end differs from `written`, the last day in its file.
    """

    initiative: Named
    status: str
    is_commitment: bool
    first_week: str
    last_week: str
    first: Date
    last: Date
    length: int
    effort: float
    due: Date | None
    late: int
    is_broken: bool
    slack: int | None
    after: tuple[Named, ...]
    teams: tuple[Named, ...]
    written: Date | None
    moved: int | None
    span: Span

    @property
    def is_running(self) -> bool:
        return self.status == "active"


@record
class UnscheduledWork:
    """Work of the plan that fits into no weeks, or waits for such work (`by`)."""

    initiative: Named
    by: tuple[Named, ...]
    span: Span


@record
class WeekLoad:
    """The person-weeks of a team in a week: what it can do, and what is taken of it; running work apart."""

    week: str
    capacity: float
    running: float
    planned: float


@record
class TeamWeeks:
    """A team over the weeks of a schedule."""

    team: Named
    weeks: tuple[WeekLoad, ...]


@record
class ScheduleReport:
    """The work that a plan chooses, in weeks from today to the finish.

    `finish` is the last day of the last work that is placed; None if there is none. `weeks` are all weeks until then,
    and `lateness` is by how many of them work is late, in all. `least_lateness` and `least_weeks` are what those can be
    at least, the second one of `aim` with what the first one has at least; None without a proof.
    `value` and `chosen` are those of the plan that chose the work, by the scoring model `method`, and `left_out` is how
    much it left out; `broken` are commitments that no plan can bring. `strays` is work whose file says something else,
    and `carried` are teams whose capacity is not written until the finish, so that of the last period goes on.
    """

    state: str
    today: Date
    audience: str | None
    only: str
    scenario: Named | None
    method: str
    horizon: str
    chosen: Proof
    value: float
    left_out: int
    aim: Aim
    proof: Proof
    finish: Date | None
    weeks: tuple[str, ...]
    lateness: int
    least_lateness: int | None
    least_weeks: int | None
    work: tuple[ScheduledWork, ...]
    unscheduled: tuple[UnscheduledWork, ...]
    broken: tuple[BrokenCommitment, ...]
    loads: tuple[TeamWeeks, ...]
    strays: tuple[Named, ...]
    without_effort: tuple[Named, ...]
    unlimited: tuple[Named, ...]
    carried: tuple[Named, ...]
    checks: bool = False

    @property
    def gap(self) -> float | None:
        """By how much of the least that is possible the aim that is not proven may be too great."""
        pairs = ((self.lateness, self.least_lateness), (len(self.weeks), self.least_weeks))
        for reached, least in pairs if self.aim is Aim.LATENESS else reversed(pairs):
            if least is not None and reached > least:
                return (reached - least) / max(least, 1)
        return None if self.proof is Proof.UNPROVEN else 0.0

    @property
    def late(self) -> tuple[ScheduledWork, ...]:
        return tuple(each for each in self.work if each.late)

    @property
    def is_broken(self) -> bool:
        """Whether a commitment can't be, or misses its deadline or a need, or work has no place."""
        is_missed = any(each.is_commitment and each.is_broken for each in self.work)
        return is_missed or bool(self.unscheduled or self.broken)

    @property
    def fails(self) -> bool:
        """Whether a commitment can't hold, or files stray from the schedule where that is checked."""
        return self.is_broken or (self.checks and bool(self.strays))
