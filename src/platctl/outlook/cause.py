"""Why an entity is affected: the path to it, step by step."""

from platctl.model.calendar import Date
from platctl.model.entity.component import Strength
from platctl.model.level import Level
from platctl.model.named import Named, Spelling
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.outlook.effects import Reason
from platctl.record import record


@record
class Step:
    """One dependency on the path from an affected entity to the change, and the effect that it passes on."""

    entity: Named
    on: Spelling
    span: LazySpan
    requires: str | None
    strength: Strength
    exposes: bool
    level: Level
    decides: bool


@record
class Cause:
    """Why an entity is affected: the path, and the dependency at its end that decides.

    `offered` has the versions that the deciding dependency could use before, `left` those that remain or are added.
    `date` is the first day of the effect (None: it holds now), `until` the first day on which it no longer holds
    (`is_met_again`: since there is something to use again), `by` the day of an end ahead by which to act. `announced`
    is the sunset that base had declared, `days_early` by how many days it ends before that. `initiative` is the work
    behind it, `moved_from` the day that base had for it; the work is overdue since `overdue_since`, or done although
    the catalog does not show it (`is_contradicted`). `detail` is the reason that all readings of a dependency have in
    common. `others` counts the other stretches of days with an effect. `hard_level` is the level if the deciding
    dependency were hard.
    """

    level: Level
    reason: Reason
    subject: Spelling
    component: Ref
    steps: tuple[Step, ...]
    requires: str | None = None
    offered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    date: Date | None = None
    until: Date | None = None
    by: Date | None = None
    announced: Date | None = None
    days_early: int | None = None
    initiative: Named | None = None
    moved_from: Date | None = None
    detail: Reason | None = None
    is_met_again: bool = False
    overdue_since: Date | None = None
    is_contradicted: bool = False
    hard_level: Level | None = None
    is_range_known: bool = True
    absorbed_by: Named | None = None
    migration: float | None = None
    others: int = 0

    @property
    def distance(self) -> int:
        return len(self.steps)

    @property
    def span(self) -> LazySpan:
        """The dependency that decides."""
        return self.steps[-1].span

    @property
    def due(self) -> Date | None:
        """The day by which to act, or on which it happens; None for now."""
        return self.by or self.date
