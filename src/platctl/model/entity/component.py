"""Components: what is shared, the interfaces it offers in which versions, and what it depends on."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from platctl.model.entity.entity import Entity
from platctl.model.entity.metric import Metric
from platctl.model.fields import (
    Amount,
    ComponentOrInterface,
    ComponentRef,
    Day,
    Flag,
    Id,
    Name,
    Part,
    RangeText,
    Text,
    VersionText,
    short_form,
)


class Lifecycle(StrEnum):
    """How far something is in its life."""

    EXPERIMENTAL = "experimental"
    PRODUCTION = "production"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Strength(StrEnum):
    """Whether the dependent fails without it (hard) or only gets worse (soft)."""

    HARD = "hard"
    SOFT = "soft"


class OfferedVersion(Part):
    """One version that an interface offers today."""

    version: VersionText = Field(description="The version; text, whether quoted or not.")
    lifecycle: Lifecycle = Field(Lifecycle.PRODUCTION, description="How far this version is in its life.")
    since: Day | None = Field(None, description="First day on offer.")
    deprecated: Day | None = Field(None, description="Day from which nobody should begin to use it.")
    sunset: Day | None = Field(None, description="Day on which it is gone.")
    successor: Name | None = Field(None, description="What to move to: a version or a reference.")
    migration: Amount | None = Field(None, description="Person-weeks that a move away from it takes.")


class Offering(Part):
    """Something that offers versions: one at a time (`version`), or several side by side (`versions`)."""

    version: VersionText | None = Field(None, description="The one version on offer; a new one takes its place.")
    versions: tuple[OfferedVersion, ...] = Field((), description="The versions on offer side by side.")

    @property
    def offered(self) -> tuple[OfferedVersion, ...]:
        """All versions on offer, however they are written."""
        if self.version is None:
            return self.versions
        return (OfferedVersion.model_construct(version=self.version), *self.versions)


class Interface(Offering):
    """A contract of a component that others build on."""

    id: Id = Field(description="Name within the component, as in `component#id`.")
    title: Text | None = Field(None, description="Name for people.")
    description: Text | None = Field(None, description="What it offers.")
    type: Text | None = Field(None, description="http, grpc, events, sdk, data, ui, …")


class Dependency(Part):
    """That something stands on a component, in which versions and how firmly."""

    component: ComponentOrInterface = Field(description="What it stands on: a component, or one interface of it.")
    requires: RangeText | None = Field(None, description="Version range that it can work with, such as `>=2,<3`.")
    strength: Strength = Field(Strength.HARD, description="Whether it fails without it, or only gets worse.")
    exposes: Flag = Field(False, description="Whether it passes on what it gets here to its own dependents.")
    migration: Amount | None = Field(None, description="Person-weeks that a move to a new major version takes.")
    need_by: Day | None = Field(None, description="Day by which `requires` has to be met.")
    since: Day | None = Field(None, description="Day since which it stands on it.")
    confirmed: Day | None = Field(None, description="Day on which somebody last said that this is true.")
    note: Text | None = Field(None, description="What else to know.")


DependencyEntry = Annotated[
    Dependency,
    BeforeValidator(short_form("component", str), json_schema_input_type=ComponentOrInterface | Dependency),
]


class Component(Entity, Offering):
    """Something shared that products stand on."""

    kind_name = "component"

    type: Text | None = Field(None, description="service, library, data, tool, infrastructure, …")
    layer: Text | None = Field(None, description="One of the layers that `platctl.yaml` lists.")
    lifecycle: Lifecycle = Field(Lifecycle.PRODUCTION, description="How far it is in its life.")
    exposes: Flag = Field(False, description="Whether it passes on to its dependents whatever it gets.")
    interfaces: tuple[Interface, ...] = Field((), description="The contracts that others build on.")
    depends_on: tuple[DependencyEntry, ...] = Field((), description="Components that it stands on.")
    successor: ComponentRef | None = Field(None, description="The component that takes its place.")
    sunset: Day | None = Field(None, description="Day on which it is gone.")
    metrics: tuple[Metric, ...] = Field((), description="What is measured about it.")

    def offerings(self) -> Iterator[tuple[str, Offering]]:
        """Every interface by id in lower case; the implicit one has the id ''."""
        if self.version or self.versions or not self.interfaces:
            yield "", self
        for interface in self.interfaces:
            yield interface.id.lower(), interface

    def has_interface(self, interface: str) -> bool:
        return any(each.id.lower() == interface for each in self.interfaces)
