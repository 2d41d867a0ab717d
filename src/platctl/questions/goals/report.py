"""The answer to: how far is each goal, which work serves it, and which goals have no work?"""

from collections.abc import Mapping
from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.placement import LazySpan
from platctl.outlook.compared import Compared
from platctl.questions.goals.choices import FailOn
from platctl.questions.goals.metrics_report import Measured
from platctl.record import record


@record
class ProgressPart:
    """A metric or sub-goal that counts towards a goal's progress, from 0 to 1; None if unknown."""

    label: str
    weight: float
    counts: float | None


@record
class Progress:
    """The progress of a goal, from 0 to 1: the mean of its metrics or, without any, of its sub-goals by weight.

    Each part counts from 0 to 1, so that none makes up for another. `known` is the share of the parts, by weight and
    through all levels, whose progress is known; `share` is the mean of those.
    """

    share: float | None
    known: float
    parts: tuple[ProgressPart, ...]


class WorkPhase(StrEnum):
    """The phase of work: done; planned, including active; open, which is not committed."""

    DONE = "done"
    PLANNED = "planned"
    OPEN = "open"


@record
class Serving:
    """An initiative that serves a goal. `contribution` is in the unit of the goal's metric.

    `is_late` is whether it ends after the goal is due; None if one of the two days is unknown.
    """

    initiative: Named
    status: str
    phase: WorkPhase
    contribution: float | None
    end: Date | None
    is_late: bool | None
    span: LazySpan


@record
class Sum:
    """Work of one phase, each initiative counted once. `silent` counts those without a contribution."""

    initiatives: int
    contribution: float | None
    silent: int


@record
class Closing:
    """Whether planned work closes the gap of a goal with one metric; contributions are in its unit.

    `gap` is the distance to the target, from the current value or, without measurements, from the baseline. `planned`
    is contributed by planned work that ends by the due date, `late` by planned work that ends after it, `open` by work
    that is not committed. `silent` counts planned work in time without a contribution.
    """

    gap: float
    is_from_baseline: bool
    planned: float
    late: float
    open: float
    silent: int

    @property
    def is_enough(self) -> bool:
        return self.planned >= self.gap * (1 - 1e-9)


class Gap(StrEnum):
    """What is wrong with the work for a goal, its sub-goals included.

    `unserved`: no work is open or planned. `unpromised`: none of it is planned. `late`: all planned work ends after the
    goal is due.
    """

    UNSERVED = "unserved"
    UNPROMISED = "unpromised"
    LATE = "late"


@record
class GoalStatus:
    """A goal: its progress, and the work that serves it.

    `parent` is None at the top, and if the parent is missing or goals are part of each other (`is_in_circle`). `sums`
    are of the work that serves the goal itself, `below` includes work for its sub-goals, without contributions, whose
    units differ. `effort` is planned person-weeks including sub-goals; work for several goals is divided equally.
    `effort_share` is its share of all planned effort.
    """

    goal: Named
    parent: Named | None
    depth: int
    is_in_circle: bool
    missing_parent: str | None
    weight: float | None
    due: Date | None
    owner: Named | None
    progress: Progress
    metrics: tuple[Measured, ...]
    serving: tuple[Serving, ...]
    sums: Mapping[WorkPhase, Sum]
    below: Mapping[WorkPhase, int]
    effort: float
    effort_share: float | None
    closing: Closing | None
    gap: Gap | None
    span: LazySpan


@record
class Aimless:
    """Planned work that serves no goal."""

    initiative: Named
    status: str
    effort: float | None
    span: LazySpan


class GoalEditKind(StrEnum):
    """What changed about a goal."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    WEIGHED = "weighed"
    DUE = "due"
    METRIC_ADDED = "metric-added"
    METRIC_REMOVED = "metric-removed"
    BASELINE = "baseline"
    TARGET = "target"
    DIRECTION = "direction"
    MEASURED = "measured"


@record
class GoalEdit:
    """One difference in a goal. `metric` is the metric concerned, `day` the day of a measurement."""

    goal: Named
    kind: GoalEditKind
    metric: str = ""
    was: Named | Date | float | str | None = None
    now: Named | Date | float | str | None = None
    day: str = ""
    span: LazySpan | None = None


class ServingTurn(StrEnum):
    """How the work that serves a goal changes.

    `gained`: planned now, and not before. `lost`: no longer planned for it. `delivered`: done. `delayed` and `earlier`:
    its end moves. `changed`: only its contribution differs. `proposed` and `withdrawn`: gained or lost without a plan.
    """

    LOST = "lost"
    DELAYED = "delayed"
    CHANGED = "changed"
    EARLIER = "earlier"
    GAINED = "gained"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"
    PROPOSED = "proposed"


@record
class ServingChange:
    """Work for a goal, before and after; None if it did not serve the goal or was given up."""

    goal: Named
    initiative: Named
    turn: ServingTurn
    was: Serving | None
    now: Serving | None


@record
class GoalShift:
    """A goal whose progress, planned contribution or gap differs, before and after."""

    goal: Named
    progress_was: float | None
    progress: float | None
    planned_was: float | None
    planned: float | None
    gap_was: Gap | None
    gap: Gap | None

    @property
    def is_turned(self) -> bool:
        """Whether its gap opens, closes or changes."""
        return self.gap_was is not self.gap


@record
class GoalChanges:
    """What a change set does to goals. `new_gaps` counts new gaps of goals, and planned work newly without a goal."""

    edits: tuple[GoalEdit, ...]
    moved: tuple[ServingChange, ...]
    shifts: tuple[GoalShift, ...]
    new_gaps: int


@record
class GoalsReport:
    """All requested goals, from the top down and the heaviest first.

    `is_complete` is whether all files could be read; otherwise there may be work missing here. `failing` counts the
    gaps that fail the check: in a comparison only new ones.
    """

    compared: Compared
    today: Date | None
    goals: tuple[GoalStatus, ...]
    aimless: tuple[Aimless, ...]
    changes: GoalChanges | None
    is_complete: bool
    failing: int
    fail_on: FailOn | None
