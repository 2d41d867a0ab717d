"""Bands: which share of the work somebody or something should have, at least or at most."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from platctl.model.fields import Flag, Name, Part, Text, invalid, written


class Dimension(StrEnum):
    """By what work is divided."""

    CONSUMER = "consumer"
    TIER = "tier"
    GOAL = "goal"
    TEAM = "team"
    TYPE = "type"
    LAYER = "layer"


class Measure(StrEnum):
    """What is divided: person-weeks, or the value that the scoring model gives."""

    EFFORT = "effort"
    VALUE = "value"


class Stage(StrEnum):
    """Which work: all that is open, what others may count on, or what is done."""

    RANKED = "ranked"
    PLANNED = "planned"
    DELIVERED = "delivered"


def _share(value: object) -> object:
    """A number from 0 to 1, or the same in percent as text."""
    if not isinstance(value, str):
        return value
    text = written(value) or ""
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%", text)
    if match is None:
        raise invalid(f"`{text[:80]}` is no share; write a number from 0 to 1, or `20%`")
    return float(match[1]) / 100


_NUMBER = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
_PERCENT = Annotated[str, Field(pattern=r"^[0-9]{1,3}(\.[0-9]{1,6})? ?%$")]
Share = Annotated[_NUMBER, BeforeValidator(_share, json_schema_input_type=_NUMBER | _PERCENT)]


class Band(Part):
    """What share of the work is wanted: of some together, or of each by itself."""

    by: Dimension = Field(description="By what the work is divided: consumer, tier, goal, team, type or layer.")
    of: tuple[Name, ...] = Field((), description="Whose share it is, taken together; each by itself if left out.")
    each: Flag = Field(False, description="Each of `of` by itself, not all together.")
    tier: int | None = Field(None, ge=1, le=99, strict=True, description="Only consumers of this tier.")
    at_least: Share | None = Field(None, description="The smallest share that is wanted: 0.2 or 20%.")
    at_most: Share | None = Field(None, description="The largest share that is wanted.")
    served: Flag = Field(False, description="Whether any share at all is wanted for each of them.")
    in_: Stage = Field(Stage.PLANNED, alias="in", description="Of which work: ranked, planned or delivered.")
    measure: Measure = Field(Measure.EFFORT, description="The share of what: effort or value.")
    why: Text | None = Field(None, description="The reason, for whoever stands outside of it.")

    @model_validator(mode="after")
    def _can_be_kept(self) -> "Band":
        if self.at_least is None and self.at_most is None and not self.served:
            raise invalid("a band needs `at_least`, `at_most` or `served: true`")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise invalid("`at_least` is more than `at_most`")
        if self.tier is not None and self.by is not Dimension.CONSUMER:
            raise invalid("`tier` needs `by: consumer`; write `by: tier` and `of: [1]` for a tier as a whole")
        return self

    @property
    def is_together(self) -> bool:
        """Whether the share of several is taken as one."""
        return bool(self.of) and not self.each and not self.served


class BalanceSettings(Part):
    """How work should be divided."""

    bands: tuple[Band, ...] = Field((), description="Shares that are wanted; `platctl balance` compares.")
