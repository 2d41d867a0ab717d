"""Components: the interfaces they provide, in which versions, and what they depend on."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from platctl.model.entity.entity import Entity
from platctl.model.entity.metric import Metric
from platctl.model.fields import (
    Amount,
    ComponentOrInterface,
    ComponentRef,
    Day,
    DayOrRelease,
    Flag,
    Id,
    LifecycleType,
    Name,
    RangeText,
    ShortForm,
    SystemRef,
    Text,
    VersionText,
)
from platctl.model.part import Field, Part
from platctl.model.versioning.scheme import Versioning


class Lifecycle(StrEnum):
    """The lifecycle stage of a component or version."""

    EXPERIMENTAL = "experimental"
    PRODUCTION = "production"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


LifecycleWord = Annotated[Lifecycle, LifecycleType()]


class Strength(StrEnum):
    """Whether the dependent fails without the dependency (hard) or is only degraded (soft)."""

    HARD = "hard"
    SOFT = "soft"


class OfferedVersion(Part):
    """A version that an interface provides today."""

    version: VersionText = Field(description="The version; always read as text, quoted or not.")
    lifecycle: LifecycleWord = Field(Lifecycle.PRODUCTION, description="Lifecycle stage of this version.")
    since: DayOrRelease | None = Field(None, description="First day on which it is available.")
    deprecated: DayOrRelease | None = Field(None, description="Day from which no one should start using it.")
    sunset: DayOrRelease | None = Field(
        None, description="Day on which it is removed; without `deprecated`, it is deprecated at once."
    )
    successor: Name | None = Field(None, description="What to move to: a version or a reference.")
    migration: Amount | None = Field(None, description="Person-weeks needed to move away from it.")


class Offering(Part):
    """Something with versions: one at a time (`version`), or several in parallel (`versions`)."""

    version: VersionText | None = Field(None, description="The only available version.")
    versions: tuple[OfferedVersion, ...] = Field((), description="The versions available in parallel.")
    versioning: Versioning | None = Field(
        None,
        description="How versions and ranges of it are written. Default: as the component around it, or else as "
        "`versioning` in platctl.yaml.",
    )

    @property
    def offered(self) -> tuple[OfferedVersion, ...]:
        """All available versions, from `version` and `versions`."""
        if self.version is None:
            return self.versions
        return (OfferedVersion(version=self.version), *self.versions)


class Interface(Offering):
    """A contract of a component that others use."""

    id: Id = Field(description="Name within the component, as in `component#id`.")
    title: Text | None = Field(None, description="Display name.")
    description: Text | None = Field(None, description="What it provides.")
    type: Text | None = Field(None, description="http, grpc, events, sdk, data, ui, …")


class Verification(Part):
    """A record that a dependency was seen to work with a version, in a test or in use."""

    version: VersionText = Field(description="The version with which it worked.")
    on: Day | None = Field(None, description="Day on which that was verified.")
    by: Text | None = Field(None, description="Who or what verified it: a person, team, test or pipeline.")
    url: Text | None = Field(None, description="Where the result is.")


class Dependency(Part):
    """A dependency on a component: in which versions, and how strong."""

    component: ComponentOrInterface = Field(description="The component it depends on, or one of its interfaces.")
    requires: RangeText | None = Field(None, description="Version range it works with, such as `>=2,<3`.")
    strength: Strength = Field(
        Strength.HARD, description="hard: it fails without the component; soft: it is only degraded."
    )
    exposes: Flag = Field(False, description="true: it passes effects of the component on to its own dependents.")
    migration: Amount | None = Field(None, description="Person-weeks needed to move to a new major version.")
    need_by: DayOrRelease | None = Field(None, description="Day by which a version in `requires` must be available.")
    since: Day | None = Field(None, description="Day since which the dependency exists.")
    confirmed: Day | None = Field(
        None, description="Day on which someone last confirmed it; vouches for versions of that day in an open range."
    )
    verified: tuple[Verification, ...] = Field((), description="Versions with which it was seen to work.")
    note: Text | None = Field(None, description="Anything else worth knowing.")


DependencyEntry = Annotated[
    Dependency,
    ShortForm("component", (str,), ComponentOrInterface | Dependency),
]


class Component(Entity, Offering):
    """A shared part of the platform that products depend on."""

    kind_name = "component"

    type: Text | None = Field(None, description="service, library, data, tool, infrastructure, …")
    layer: Text | None = Field(None, description="One of the `layers` in platctl.yaml.")
    system: SystemRef | None = Field(None, description="The system that it is part of.")
    lifecycle: LifecycleWord = Field(Lifecycle.PRODUCTION, description="Lifecycle stage of the component.")
    exposes: Flag = Field(False, description="true: it passes effects of all its dependencies on to its dependents.")
    interfaces: tuple[Interface, ...] = Field((), description="The contracts that others use.")
    depends_on: tuple[DependencyEntry, ...] = Field((), description="Components it depends on.")
    successor: ComponentRef | None = Field(None, description="The component that replaces it.")
    sunset: DayOrRelease | None = Field(None, description="Day on which it is removed.")
    metrics: tuple[Metric, ...] = Field((), description="What is measured about it.")

    def offerings(self) -> Iterator[tuple[str, Offering]]:
        """Every interface by id in lower case; the implicit one has the id ''."""
        if self.version or self.versions or not self.interfaces:
            yield "", self
        for interface in self.interfaces:
            yield interface.id.lower(), interface

    def has_interface(self, interface: str) -> bool:
        return any(each.id.lower() == interface for each in self.interfaces)
