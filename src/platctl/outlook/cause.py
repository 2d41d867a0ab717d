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
    `date` is when the change takes effect, `until` when the remaining ones end, `announced` the sunset declared before.
    `hard_level` is the level if the deciding dependency were hard.
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
    announced: Date | None = None
    initiative: Named | None = None
    moved_from: Date | None = None
    hard_level: Level | None = None
    is_range_known: bool = True
    absorbed_by: Named | None = None
    migration: float | None = None

    @property
    def distance(self) -> int:
        return len(self.steps)

    @property
    def span(self) -> LazySpan:
        """The dependency that decides."""
        return self.steps[-1].span

    @property
    def by(self) -> Date | None:
        """The day by which to act, or on which it happens."""
        return self.until or self.date
