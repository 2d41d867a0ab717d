"""The answer to: how far are we on the way to each goal, what brings us further, and what does nobody work on?"""

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
    """What counts for a goal's progress: a metric, or a sub-goal. It counts from 0 to 1; None where nobody knows."""

    label: str
    weight: float
    counts: float | None


@record
class Progress:
    """How far a goal is, from 0 to 1: the mean of its metrics or, without any, of its sub-goals by their weight.

    A part counts at most 1 and at least 0, so that none makes up for another. `known` is the share of the parts, by
    weight and all the way down, that is known; `share` is the mean of those.
    """

    share: float | None
    known: float
    parts: tuple[ProgressPart, ...]


class WorkPhase(StrEnum):
    """How far work is: done; planned, also when it has begun; open, which nobody has promised."""

    DONE = "done"
    PLANNED = "planned"
    OPEN = "open"


@record
class Serving:
    """An initiative that serves a goal. `contribution` is in the goal's own measure.

    `is_late` says whether it ends after the goal is due; None where one of the two days is not known.
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
    """Work of one phase, each piece counted once. `silent` are those that don't say how much they contribute."""

    initiatives: int
    contribution: float | None
    silent: int


@record
class Closing:
    """Whether planned work closes the gap of a goal with one metric; contributions are in its measure.

    `gap` is what is missing to the target, from the current value or, where nothing was measured, from the baseline.
    `planned` comes from planned work that does not end after the due date, `late` from what does, `open` from all that
    nobody has promised. `silent` are the pieces of planned work in time that don't say how much they bring.
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

    `unserved`: there is none that is open or planned. `unpromised`: none of it is planned. `late`: all that is planned
    ends after the goal is due.
    """

    UNSERVED = "unserved"
    UNPROMISED = "unpromised"
    LATE = "late"


@record
class GoalStatus:
    """A goal: how far it is, and what brings it further.

    `parent` is None at the top, also where the parent is missing or goals are part of each other (`is_in_circle`).
    `sums` are of the work that serves it itself, `below` of that and what serves its sub-goals, without contributions,
    which are not in one measure. `effort` is the planned one in person-weeks, with the sub-goals; work for several
    goals is divided equally. `effort_share` is its share of all planned effort.
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
    """What was written about a goal."""

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
    """One thing about a goal that differs. `metric` is the one that it is about, `day` when it was measured."""

    goal: Named
    kind: GoalEditKind
    metric: str = ""
    was: Named | Date | float | str | None = None
    now: Named | Date | float | str | None = None
    day: str = ""
    span: LazySpan | None = None


class ServingTurn(StrEnum):
    """What becomes of the work that serves a goal.

    `gained`: planned now, and not before. `lost`: no longer planned for it. `delivered`. `delayed` and `earlier`: its
    end moves. `changed`: only its contribution differs. `proposed` and `withdrawn`: the same for what nobody promised.
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
    """Work for a goal, before and after; None where it did not serve it or was given up."""

    goal: Named
    initiative: Named
    turn: ServingTurn
    was: Serving | None
    now: Serving | None


@record
class GoalShift:
    """A goal before and after, where its progress, its planned contribution or its gap differs."""

    goal: Named
    progress_was: float | None
    progress: float | None
    planned_was: float | None
    planned: float | None
    gap_was: Gap | None
    gap: Gap | None

    @property
    def is_turned(self) -> bool:
        """Whether its gap opens, closes or becomes another one."""
        return self.gap_was is not self.gap


@record
class GoalChanges:
    """What a change set does to goals. `new_gaps` counts goals and planned work that lack something only since then."""

    edits: tuple[GoalEdit, ...]
    moved: tuple[ServingChange, ...]
    shifts: tuple[GoalShift, ...]
    new_gaps: int


@record
class GoalsReport:
    """All goals that were asked for, from the top down and the heaviest first.

    `is_complete` says that all files could be read; otherwise there may be work which nobody sees here. `failing`
    counts the gaps that fail the check: in a comparison only those that are new.
    """

    compared: Compared
    today: Date | None
    goals: tuple[GoalStatus, ...]
    aimless: tuple[Aimless, ...]
    changes: GoalChanges | None
    is_complete: bool
    failing: int
    fail_on: FailOn | None
