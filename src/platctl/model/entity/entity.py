"""What all kinds of entities have in common."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import ClassVar, Self

from platctl.model.fields import ExternalName, FormerName, Id, OwnerRef, Text
from platctl.model.part import Field, Part
from platctl.model.ref import DEFAULT_NAMESPACE, Ref, parse_ref


class Visibility(StrEnum):
    """Who may read about an entity."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


class Link(Part):
    """A link to further information."""

    title: Text | None = Field(None, description="Text of the link.")
    url: Text = Field(description="An http or https address, or a path in the repository.")


class Entity(Part):
    """One document of the model."""

    # The last two are derived once, since several states share an entity.
    __slots__ = ("_extensions", "_ref", "_references", "_waits")
    kind_name: ClassVar[str]

    kind: Text = Field(description="The kind of entity that this document describes.")
    id: Id = Field(description="Name used in references; unique per kind and namespace, ignoring case.")
    namespace: Id = Field(DEFAULT_NAMESPACE, description="Lets different groups use the same ids.")
    title: Text | None = Field(None, description="Display name.")
    description: Text | None = Field(None, description="What it is, in a few sentences.")
    owner: OwnerRef | None = Field(None, description="The team or user responsible for it.")
    co_owners: tuple[OwnerRef, ...] = Field((), description="Other teams and users who are responsible as well.")
    participants: tuple[OwnerRef, ...] = Field((), description="Teams and users who take part in it, and are told.")
    tags: tuple[Text, ...] = Field((), description="Free-form words, for use in selectors.")
    links: tuple[Link, ...] = Field((), description="Links to further information.")
    aliases: tuple[FormerName, ...] = Field(
        (), description="Former ids, or `namespace/id` of another namespace; references to them still work."
    )
    external: tuple[ExternalName, ...] = Field(
        (),
        description="Names in package ecosystems, such as `npm:@scope/name`, `maven:group:artifact`, `go:path` or "
        "`pkg:pypi/name`; references to them work.",
    )
    visibility: Visibility = Field(Visibility.INTERNAL, description="Who may read about it.")

    @property
    def extensions(self) -> dict[str, object]:
        """The custom `x-` fields, as written."""
        return getattr(self, "_extensions", {})

    @property
    def waits(self) -> Mapping[tuple[str | int, ...], Ref]:
        """The fields that name a release without a day, and that release."""
        return getattr(self, "_waits", {})

    @property
    def ref(self) -> Ref:
        found: Ref | None = getattr(self, "_ref", None)
        if found is None:
            found = Ref(self.kind_name, self.namespace.lower(), self.id.lower())
            object.__setattr__(self, "_ref", found)
        return found

    @property
    def name(self) -> str:
        """The id as spelled in its file, with the namespace unless that is the default one."""
        spaced = self.namespace.lower() != DEFAULT_NAMESPACE
        return f"{self.namespace}/{self.id}" if spaced else self.id

    @property
    def full_name(self) -> str:
        """The id as spelled in its file, always with the namespace."""
        return f"{self.namespace}/{self.id}"

    @property
    def label(self) -> str:
        """The name to use in sentences: the title, or else the id."""
        return self.title or self.name

    @property
    def owners(self) -> tuple[Ref, ...]:
        """All who are responsible for it, as written."""
        return (*([self.owner] if self.owner else []), *self.co_owners)

    @property
    def alias_refs(self) -> tuple[Ref, ...]:
        return tuple(parse_ref(alias, self.kind_name, self.namespace) for alias in self.aliases)

    @property
    def external_refs(self) -> tuple[Ref, ...]:
        return tuple(parse_ref(name, self.kind_name) for name in self.external)

    @property
    def other_refs(self) -> tuple[Ref, ...]:
        """Its former and external names, which references may use as well."""
        return (*self.alias_refs, *self.external_refs)

    def first_written(self, *fields: str) -> str:
        """The first of these fields that is written in its file, or else `id`."""
        return next((each for each in fields if each in self.given_fields), "id")

    def changed(self, values: Mapping[str, object]) -> Self:
        """A copy with other values, which are known to be right, and the same `x-` fields."""
        copy, keys = self.altered(values, self.extensions), {self.all_fields[name].key for name in values}
        waits = {route: release for route, release in self.waits.items() if route[0] not in keys}
        return copy.without_days(waits) if waits else copy

    def restored(self, names: Collection[str], was: "Entity") -> Self:
        """The same with the values of another state in these fields, and the releases that they wait for."""
        if not names:
            return self
        copy = self.changed({name: getattr(was, name) for name in names})
        keys = {self.all_fields[name].key for name in names}
        waits = {route: release for route, release in was.waits.items() if route[0] in keys}
        return copy.without_days({**copy.waits, **waits}) if waits else copy

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, Entity) and self.extensions == other.extensions

    __hash__ = Part.__hash__

    def without_days(self, waits: Mapping[tuple[str | int, ...], Ref]) -> Self:
        """A copy, of which these fields name releases without a day."""
        copy = self.altered({}, self.extensions)
        object.__setattr__(copy, "_waits", waits)
        return copy

    def altered(self, fields: Mapping[str, object], extensions: dict[str, object]) -> Self:
        """A copy with other values in these fields, without validation, and other `x-` fields."""
        copy = super().changed(fields)
        object.__setattr__(copy, "_extensions", extensions)
        return copy
