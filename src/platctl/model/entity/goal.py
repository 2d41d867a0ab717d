"""Goals: what the platform is for, as a tree from the vision to objectives that can be measured."""

from pydantic import Field

from platctl.model.entity.entity import Entity
from platctl.model.entity.metric import Metric
from platctl.model.fields import Amount, DayOrPeriod, GoalRef


class Goal(Entity):
    """Something to achieve."""

    kind_name = "goal"

    parent: GoalRef | None = Field(None, description="The goal that this one is part of.")
    weight: Amount | None = Field(None, description="How much it counts among its siblings.")
    due: DayOrPeriod | None = Field(None, description="By when: a day, or the end of a period.")
    metrics: tuple[Metric, ...] = Field((), description="How to see that it is reached.")
