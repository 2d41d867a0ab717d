"""Consumers: the products, teams and partners that use the platform."""

from platctl.model.calendar import Date
from platctl.model.entity.component import DependencyEntry
from platctl.model.entity.entity import Entity
from platctl.model.fields import Amount, Day, SystemRef, Text
from platctl.model.part import Field, Part


class Reach(Part):
    """How many people a consumer serves, and its revenue. The whole model uses one currency."""

    users: Amount | None = Field(None, description="Number of end users.")
    developers: Amount | None = Field(None, description="Number of developers who build on it.")
    revenue: Amount | None = Field(None, description="Revenue per year.")


class Freeze(Part):
    """Days on which nothing may change for a consumer, including the first and the last."""

    start: Day = Field(description="First day.")
    end: Day = Field(description="Last day.")
    reason: Text | None = Field(None, description="Why nothing may change then.")


class Stakeholder(Part):
    """A person to inform."""

    name: Text = Field(description="Name of the person.")
    role: Text | None = Field(None, description="The person's role at the consumer.")
    contact: Text | None = Field(None, description="How to reach the person.")


class Consumer(Entity):
    """A product, team or partner that depends on components."""

    kind_name = "consumer"

    type: Text | None = Field(None, description="product, team, partner, …")
    system: SystemRef | None = Field(None, description="The system that it is part of.")
    tier: int | None = Field(None, ge=1, le=99, strict=True, description="How critical it is; 1 is the most critical.")
    product_manager: Text | None = Field(None, description="The person to ask about the product.")
    reach: Reach = Field(default_factory=Reach, description="How many people it serves, and revenue.")
    uses: tuple[DependencyEntry, ...] = Field((), description="Components it depends on.")
    freezes: tuple[Freeze, ...] = Field((), description="Times in which nothing may change for it.")
    stakeholders: tuple[Stakeholder, ...] = Field((), description="Other people to inform.")

    def frozen_on(self, day: Date | None) -> str | None:
        """The freeze that a day falls in, as text."""
        for freeze in self.freezes:
            if day and freeze.start <= day <= freeze.end:
                reason = f" ({freeze.reason})" if freeze.reason else ""
                return f"{freeze.start} to {freeze.end}{reason}"
        return None
