"""The answer to: what fits into the people we have, and when?"""

from enum import StrEnum
from typing import Protocol

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.questions.plan.facts import PlanLimit
from platctl.record import record


class Proof(StrEnum):
    """How good a plan is known to be."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    UNPROVEN = "not-proven"


@record
class PlanPeriod:
    """A period of the plan, and its days that lie ahead."""

    name: str
    first: Date
    last: Date


class DatedWork(Protocol):
    """Work with its days."""

    @property
    def initiative(self) -> Named: ...
    @property
    def first(self) -> Date: ...
    @property
    def last(self) -> Date: ...
    @property
    def is_running(self) -> bool: ...
    @property
    def is_commitment(self) -> bool: ...


class AskedPlan(Protocol):
    """A plan, with what was asked."""

    @property
    def today(self) -> Date: ...
    @property
    def audience(self) -> str | None: ...
    @property
    def only(self) -> str: ...
    @property
    def scenario(self) -> Named | None: ...


@record
class PlacedWork:
    """Work in the plan. `first` and `last` are its days; `written` is the last day that its file has.

    `moved` is by how many periods its end differs from what is written; None if that has no place in the horizon.
    """

    initiative: Named
    status: str
    is_commitment: bool
    period: str
    first: Date
    last: Date
    written: Date | None
    moved: int | None
    value: float | None
    weeks: float
    span: Span

    @property
    def is_running(self) -> bool:
        return self.status == "active"


@record
class LackingTeam:
    """A team that can't take work, and the period in which it has the least left."""

    team: Named
    period: str
    weeks: float
    left: float


@record
class LeftOut:
    """Work that is not in the plan, and what stands in its way.

    `limit` is what keeps it out of any plan, because of `by`; otherwise `needs` are the teams that lack time, or
    `instead` is what was chosen in its place. `displaces` would leave the plan for it, and `lacks` is how much more
    value it would need (None where that was not computed; a range where it is not proven).
    """

    initiative: Named
    status: str
    value: float | None
    limit: PlanLimit | None
    by: tuple[Named, ...]
    needs: tuple[LackingTeam, ...]
    instead: tuple[Named, ...]
    displaces: tuple[Named, ...] | None
    lacks: tuple[float, float] | None
    span: Span


@record
class BrokenCommitment:
    """A commitment that no plan can keep: by which day, and what it can't hold together with.

    Without `work` and `teams` it can't be kept by itself. Without a solver, `is_proven` is False.
    """

    initiative: Named
    until: Date | None
    limit: PlanLimit | None
    by: tuple[Named, ...]
    work: tuple[Named, ...]
    teams: tuple[Named, ...]
    is_proven: bool
    span: Span


@record
class WrittenBreak:
    """Committed work that can't end on the day that its file says beside `work` in the time of `teams`, or at all.

    Only the first few are explained.
    """

    initiative: Named
    end: Date | None
    latest: Date | None
    work: tuple[Named, ...]
    teams: tuple[Named, ...]
    is_explained: bool
    span: Span


@record
class PeriodLoad:
    """The person-weeks of a team in a period: what it can do, and what the plan takes of it; active work apart."""

    period: str
    capacity: float
    running: float
    planned: float

    @property
    def slack(self) -> float:
        return self.capacity - self.running - self.planned


@record
class TeamLoad:
    """A team over the periods; without a known capacity, nothing limits its work."""

    team: Named
    periods: tuple[PeriodLoad, ...]


@record
class MoreCapacity:
    """What one more person-week of a team in a period adds to the value: from `least` to `most`, which are equal if
    both plans are proven."""

    period: str
    least: float
    most: float


@record
class OtherPlans:
    """What other plans are worth, as a share less than this one: ranking by score alone, and with prerequisites."""

    by_score: float | None
    by_bundle: float | None


@record
class PlanDifference:
    """What an altered question changes: the value, and what enters, leaves, or moves by periods."""

    asked: tuple[str, ...]
    value: float
    was: float
    is_proven: bool
    enters: tuple[Named, ...]
    leaves: tuple[Named, ...]
    moves: tuple[tuple[Named, int], ...]


@record
class PlanReport:
    """A plan, how good it is at least, and why it is not better.

    `value` is that of the scoring model `method`; `bound` is what a plan can be worth at most, and `gap` the difference
    as a share. `unscored` is work without a value, `without_effort` counts as no work, `unlimited` are teams whose
    capacity is not known. `strays` is written work whose file says something else than the plan, with the value that
    the files have (None if they don't hold, because of `written_breaks`).
    """

    state: str
    today: Date
    audience: str | None
    only: str
    scenario: Named | None
    method: str
    periods: tuple[PlanPeriod, ...]
    proof: Proof
    value: float
    bound: float | None
    gap: float | None
    work: tuple[PlacedWork, ...]
    left_out: tuple[LeftOut, ...]
    broken: tuple[BrokenCommitment, ...]
    unkept: tuple[str, ...]
    loads: tuple[TeamLoad, ...]
    comparison: OtherPlans
    more: tuple[MoreCapacity, ...]
    explained: Named | None
    difference: PlanDifference | None
    strays: tuple[Named, ...]
    written_value: float | None
    written_breaks: tuple[WrittenBreak, ...]
    unscored: tuple[Named, ...]
    without_effort: tuple[Named, ...]
    unlimited: tuple[Named, ...]
    checks: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether a commitment can't hold."""
        return bool(self.broken)

    @property
    def fails(self) -> bool:
        """Whether a commitment can't hold, or files stray from the plan where that is checked."""
        return self.is_broken or (self.checks and bool(self.strays))
