"""Metrics: a measured number with a direction, and its values over time."""

from enum import StrEnum

from platctl.model.fields import Day, Id, Number, Text
from platctl.model.part import Field, Part


class Direction(StrEnum):
    """Whether a higher or a lower number is better."""

    UP = "up"
    DOWN = "down"


class Metric(Part):
    """Something measured on the way to a target."""

    id: Id = Field(description="Name within the entity.")
    title: Text | None = Field(None, description="Display name.")
    unit: Text | None = Field(None, description="Unit of the numbers.")
    baseline: Number | None = Field(None, description="Value at the start.")
    target: Number | None = Field(None, description="Value to reach.")
    direction: Direction = Field(Direction.UP, description="up: higher is better; down: lower is better.")
    values: dict[Day, Number] = Field(default_factory=dict, description="Day: measured value.")
