"""Bands: the minimum or maximum share of the work for a consumer, goal, team and so on."""

import re
from enum import StrEnum
from typing import Annotated

from platctl.model.fields import Flag, Name, NumberType, Rewritten, Text, TextType
from platctl.model.part import Field, InvalidError, Part
from platctl.model.vocabulary import Dimension, Measure


class Stage(StrEnum):
    """Which work counts: all open work, committed work, or finished work."""

    RANKED = "ranked"
    PLANNED = "planned"
    DELIVERED = "delivered"


_TEXT = r"([01]|0?\.[0-9]{1,6}|(100|[0-9]{1,2}(\.[0-9]{1,6})?) ?%)"
_HELP = "is not a share; use a number from 0 to 1, or a percentage such as `20%`"


def parse_share(text: str) -> float:
    """Parse a share: `20%`, or `0.2`. Raises ValueError."""
    if not re.fullmatch(_TEXT, text):
        raise ValueError(f"`{text[:80]}` {_HELP}")
    return float(text.rstrip("% ")) / (100 if text.endswith("%") else 1)


def _share(value: object) -> object:
    if isinstance(value, str):
        try:
            return parse_share(value)
        except ValueError as error:
            raise InvalidError(str(error)) from None
    if isinstance(value, int | float) and not isinstance(value, bool) and not 0 <= value <= 1:
        raise InvalidError(f"`{value:g}` {_HELP}")
    return value


_NUMBER = Annotated[float, NumberType(0, 1)]
_WRITTEN = Annotated[str, TextType(f"^{_TEXT}$")]
Share = Annotated[_NUMBER, Rewritten(_share, _NUMBER | _WRITTEN)]


NOBODY = "none"
"""In `of`: work that belongs to none."""


class Band(Part):
    """The intended share of the work, for several values together or for each one."""

    by: Dimension = Field(
        description="What the work is divided by: consumer, tier, goal, team, type, layer, system or domain."
    )
    of: tuple[Name, ...] = Field((), description="Values that share the band together. Default: each value separately.")
    each: Flag = Field(False, description="true: the band applies to each value in `of`, not to all together.")
    tier: int | None = Field(None, ge=1, le=99, strict=True, description="Only consumers of this tier.")
    at_least: Share | None = Field(None, description="Minimum share: 0.2 or 20%.")
    at_most: Share | None = Field(None, description="Maximum share.")
    served: Flag = Field(False, description="true: each of them should have a share, however small.")
    in_: Stage = Field(Stage.PLANNED, key="in", description="Which work counts: ranked, planned or delivered.")
    measure: Measure = Field(Measure.EFFORT, description="What is measured: effort or value.")
    why: Text | None = Field(None, description="The reason for the band, shown when a share is outside it.")

    def check(self) -> None:
        """Raise InvalidError if the fields don\'t fit together."""
        if self.at_least is None and self.at_most is None and not self.served:
            raise InvalidError("a band needs `at_least`, `at_most` or `served: true`")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise InvalidError("`at_least` is greater than `at_most`")
        if self.tier is not None and self.by is not Dimension.CONSUMER:
            raise InvalidError("`tier` needs `by: consumer`; use `by: tier` and `of: [1]` for a tier as a whole")
        if self.tier is not None and self.of:
            raise InvalidError("`of` and `tier` can't be combined; remove one of them")

    @property
    def is_together(self) -> bool:
        """Whether the band applies to the total of several values."""
        return bool(self.of) and not self.each and not self.served


class BalanceSettings(Part):
    """The intended balance of the work."""

    bands: tuple[Band, ...] = Field((), description="Intended shares, checked by `platctl balance`.")
