"""Bands: which share of the work somebody or something should have, at least or at most."""

import re
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from platctl.model.fields import Flag, Name, Part, Text, invalid
from platctl.model.vocabulary import Dimension, Measure


class Stage(StrEnum):
    """Which work: all that is open, what others may count on, or what is done."""

    RANKED = "ranked"
    PLANNED = "planned"
    DELIVERED = "delivered"


_TEXT = r"([01]|0?\.[0-9]{1,6}|(100|[0-9]{1,2}(\.[0-9]{1,6})?) ?%)"
_HELP = "is no share; write a number from 0 to 1, or `20%`"


def parse_share(text: str) -> float:
    """Read a share: `20%`, or `0.2`. Raises ValueError."""
    if not re.fullmatch(_TEXT, text):
        raise ValueError(f"`{text[:80]}` {_HELP}")
    return float(text.rstrip("% ")) / (100 if text.endswith("%") else 1)


def _share(value: object) -> object:
    if isinstance(value, str):
        try:
            return parse_share(value)
        except ValueError as error:
            raise invalid(str(error)) from None
    if isinstance(value, int | float) and not isinstance(value, bool) and not 0 <= value <= 1:
        raise invalid(f"`{value:g}` {_HELP}")
    return value


_NUMBER = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False, strict=True)]
_WRITTEN = Annotated[str, Field(pattern=f"^{_TEXT}$")]
Share = Annotated[_NUMBER, BeforeValidator(_share, json_schema_input_type=_NUMBER | _WRITTEN)]


NOBODY = "none"
"""In `of`: what belongs to nobody."""


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
        if self.tier is not None and self.of:
            raise invalid("`of` and `tier` both say who is meant; leave out one of them")
        return self

    @property
    def is_together(self) -> bool:
        """Whether the share of several is taken as one."""
        return bool(self.of) and not self.each and not self.served


class BalanceSettings(Part):
    """How work should be divided."""

    bands: tuple[Band, ...] = Field((), description="Shares that are wanted; `platctl balance` compares.")
