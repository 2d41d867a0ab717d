"""Scenarios: futures that are compared before one is chosen. None of them is a fact for other commands."""

from collections.abc import Mapping
from typing import Annotated

from platctl.model.entity.entity import Entity
from platctl.model.fields import AnyRef, Flag, InitiativeRef, Number, PeriodText, Raw, ShortForm, TeamRef, Text, written
from platctl.model.part import Field, InvalidError, Part
from platctl.model.raw import from_raw
from platctl.model.ref import DEFAULT_NAMESPACE, Ref, is_id


class ScenarioEdit(Part):
    """What is different about one entity in a scenario."""

    entity: AnyRef = Field(description="The entity, with its kind, such as `initiative:wallets`.")
    set_: dict[Text, Raw] = Field(key="set", default_factory=dict, description="Field: the value it has instead.")
    unset: tuple[Text, ...] = Field((), description="Fields that are not written.")
    remove: Flag = Field(False, description="Whether there is no such entity.")

    def check(self) -> None:
        """It has to change something, and can't change what it removes."""
        if self.remove and (self.set_ or self.unset):
            raise InvalidError("`remove` can't stand beside `set` and `unset`: omit one of them")
        if not (self.remove or self.set_ or self.unset):
            raise InvalidError("this edit changes nothing: add `set`, `unset` or `remove: true`")


class ScenarioCapacity(Part):
    """What a team can do more or less in a scenario."""

    team: TeamRef = Field(description="The team.")
    add: Number = Field(description="Person-weeks in a period; below 0 for less.")
    period: PeriodText | None = Field(None, description="The period; without it, each period of the plan.")


class Pin(Part):
    """Work that a plan has to bring."""

    initiative: InitiativeRef = Field(description="The initiative.")
    period: PeriodText | None = Field(None, description="The period in which it ends; without it, any.")


class Scenario(Entity):
    """A future to plan for and to compare. Only `platctl plan` knows it; nothing in it is a fact for other commands."""

    kind_name = "scenario"

    edits: tuple[ScenarioEdit, ...] = Field((), description="What is different about the entities of the model.")
    add: tuple[Raw, ...] = Field((), description="Entities that are there besides, each with `kind` and `id`.")
    capacity: tuple[ScenarioCapacity, ...] = Field((), description="What teams can do more or less.")
    pins: tuple[Annotated[Pin, ShortForm("initiative", (str,), InitiativeRef | Pin)], ...] = Field(
        (), description="Work that the plan has to bring."
    )
    bans: tuple[InitiativeRef, ...] = Field((), description="Work that the plan leaves out.")

    @property
    def added(self) -> Mapping[Ref, int]:
        """The entities that it adds, as far as they have a name, with their positions in `add`."""
        found: dict[Ref, int] = {}
        for at, text in enumerate(self.add):
            value = from_raw(text)
            if isinstance(value, dict) and (ref := _ref_of(value)):
                found.setdefault(ref, at)
        return found


def _ref_of(value: Mapping[str, object]) -> Ref | None:
    kind, id_ = value.get("kind"), written(value.get("id"))
    namespace = written(value.get("namespace")) or DEFAULT_NAMESPACE
    if isinstance(kind, str) and id_ and is_id(id_) and is_id(namespace):
        return Ref(kind, namespace.lower(), id_.lower())
    return None
