"""Goals: what the platform is for, as a tree from the vision to measurable objectives."""

from platctl.model.entity.entity import Entity
from platctl.model.entity.metric import Metric
from platctl.model.fields import Amount, DayOrPeriod, GoalRef
from platctl.model.part import Field


class Goal(Entity):
    """A goal, with its metrics."""

    kind_name = "goal"

    parent: GoalRef | None = Field(None, description="The goal that this one is part of.")
    weight: Amount | None = Field(None, description="Weight among the goals with the same parent.")
    due: DayOrPeriod | None = Field(None, description="When it is due: a day, or the end of a period.")
    metrics: tuple[Metric, ...] = Field((), description="Metrics that show whether it is reached.")
