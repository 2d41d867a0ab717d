"""Teams: who does the work, and how much of it they can do in a period."""

from typing import Annotated, Any

from platctl.model.calendar import Period
from platctl.model.entity.entity import Entity
from platctl.model.fields import Amount, Handle, PeriodText, Rewritten, TeamRef, Text
from platctl.model.part import Field, Part


class Capacity(Part):
    """Person-weeks per period: the usual number, and the periods that differ."""

    usual: Amount | None = Field(None, description="Person-weeks in periods that are not listed.")
    periods: dict[PeriodText, Amount] = Field(default_factory=dict, description="Period: person-weeks.")

    def of(self, period: Period) -> float | None:
        """Person-weeks in that period, or None if unknown."""
        return self.periods.get(period, self.usual)


def _capacity(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return {"usual": value}
    return {"periods": value} if isinstance(value, dict) else value


class Team(Entity):
    """A team that owns components and does the work."""

    kind_name = "team"

    lead: Text | None = Field(None, description="The person to ask.")
    capacity: Annotated[Capacity, Rewritten(_capacity, Amount | dict[PeriodText, Amount])] = Field(
        default_factory=Capacity,
        description="Person-weeks per period: one number, or a number for each period.",
    )
    at_once: int | None = Field(
        None, ge=1, le=999, strict=True, description="How many initiatives it works on at once at most."
    )
    handle: Handle | None = Field(None, description="Its handle on the code host: `@group/team`, or an e-mail address.")
    members: tuple[Text, ...] = Field((), description="The members of the team.")
    parent: TeamRef | None = Field(None, description="The team or group that it is part of.")


class User(Entity):
    """A person who owns something, or takes part in it."""

    kind_name = "user"

    contact: Text | None = Field(None, description="How to reach the person.")
    handle: Handle | None = Field(None, description="Handle on the code host: `@name`, or an e-mail address.")
