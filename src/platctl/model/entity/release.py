"""Releases: named days that move, on which work ends and versions come and go."""

from platctl.model.entity.entity import Entity
from platctl.model.fields import ComponentRef, Day
from platctl.model.part import Field


class Release(Entity):
    """A release of the platform. Fields that name it, as in `end: release:ID`, have its day, and move with it."""

    kind_name = "release"

    date: Day | None = Field(None, description="Day of the release; without it, what happens on it has no day.")
    of: ComponentRef | None = Field(None, description="The component that is released.")
