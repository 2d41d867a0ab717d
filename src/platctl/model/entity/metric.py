"""Metrics: a number with a direction, and what it was on which day."""

from enum import StrEnum

from pydantic import Field

from platctl.model.fields import Day, Id, Number, Part, Text


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Metric(Part):
    """Something measured on the way to a target."""

    id: Id = Field(description="Name within the entity.")
    title: Text | None = Field(None, description="Name for people.")
    unit: Text | None = Field(None, description="What the numbers count.")
    baseline: Number | None = Field(None, description="Value at the start.")
    target: Number | None = Field(None, description="Value to reach.")
    direction: Direction = Field(Direction.UP, description="Which way is better.")
    values: dict[Day, Number] = Field(default_factory=dict, description="What was measured on which day.")
