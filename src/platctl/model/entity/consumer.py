"""Consumers: the products, teams and partners that stand on the platform."""

from pydantic import Field

from platctl.model.entity.component import DependencyEntry
from platctl.model.entity.entity import Entity
from platctl.model.fields import Amount, Day, Part, Text


class Reach(Part):
    """Whom a consumer serves. Revenue is per year, in the one currency of the model."""

    users: Amount | None = Field(None, description="End users.")
    developers: Amount | None = Field(None, description="Developers who build on it.")
    revenue: Amount | None = Field(None, description="Revenue a year.")


class Freeze(Part):
    """Days on which nothing may change for a consumer, the first and the last included."""

    start: Day = Field(description="First day.")
    end: Day = Field(description="Last day.")
    reason: Text | None = Field(None, description="Why nothing may change then.")


class Stakeholder(Part):
    """A person to tell."""

    name: Text = Field(description="Name of the person.")
    role: Text | None = Field(None, description="What the person does for the consumer.")
    contact: Text | None = Field(None, description="How to reach the person.")


class Consumer(Entity):
    """A product, team or partner that stands on components."""

    kind_name = "consumer"

    type: Text | None = Field(None, description="product, team, partner, …")
    tier: int | None = Field(None, ge=1, le=99, strict=True, description="1 is the most critical.")
    product_manager: Text | None = Field(None, description="Whom to ask about the product.")
    reach: Reach = Field(default_factory=Reach.model_construct, description="Whom it serves.")
    uses: tuple[DependencyEntry, ...] = Field((), description="Components that it stands on.")
    freezes: tuple[Freeze, ...] = Field((), description="When nothing may change for it.")
    stakeholders: tuple[Stakeholder, ...] = Field((), description="Who else is to be told.")
