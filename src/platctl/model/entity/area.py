"""Systems and domains: what components and consumers belong to."""

from platctl.model.entity.entity import Entity
from platctl.model.fields import DomainRef, Text
from platctl.model.part import Field


class System(Entity):
    """Components and consumers that belong together."""

    kind_name = "system"

    type: Text | None = Field(None, description="product, service, feature set, …")
    domain: DomainRef | None = Field(None, description="The domain that it is part of.")


class Domain(Entity):
    """An area of the business, with its systems and parts."""

    kind_name = "domain"

    type: Text | None = Field(None, description="product area, product group, …")
    parent: DomainRef | None = Field(None, description="The domain that this one is part of.")
