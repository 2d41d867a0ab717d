"""Teams: who does the work, and how much of it fits into a period."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from platctl.model.calendar import Period
from platctl.model.entity.entity import Entity
from platctl.model.fields import Amount, Handle, Part, PeriodText, Text


class Capacity(Part):
    """Person-weeks a period: the usual number, and the periods that differ."""

    usual: Amount | None = Field(None, description="In any period that is not listed.")
    periods: dict[PeriodText, Amount] = Field(default_factory=dict, description="Period: person-weeks.")

    def of(self, period: Period) -> float | None:
        """Person-weeks in that period, or None if nobody said."""
        return self.periods.get(period, self.usual)


def _capacity(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"usual": value}
    return {"periods": value} if isinstance(value, dict) else value


class Team(Entity):
    """People who own components and do the work."""

    kind_name = "team"

    lead: Text | None = Field(None, description="Whom to ask.")
    capacity: Annotated[
        Capacity, BeforeValidator(_capacity, json_schema_input_type=Amount | dict[PeriodText, Amount])
    ] = Field(
        default_factory=Capacity.model_construct,
        description="Person-weeks a period: one number, or a number for each period.",
    )
    handle: Handle | None = Field(None, description="Its name on the code host: `@group/team`, or an e-mail address.")
    members: tuple[Text, ...] = Field((), description="Who is in the team.")
