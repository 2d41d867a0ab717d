"""Policies: what follows from an effect on a consumer, as data."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from platctl.model.entity.entity import Visibility
from platctl.model.fields import Flag, Id, Part, Text
from platctl.model.language.selector import SelectorText
from platctl.model.level import Level
from platctl.model.vocabulary import ChangeEffect


class Action(StrEnum):
    """What a policy does about an effect."""

    APPROVE = "approve"
    FORBID = "forbid"
    TELL = "tell"


class Approver(StrEnum):
    """Who may agree for a consumer; every other word is the name of a person."""

    OWNER = "owner"
    PRODUCT_MANAGER = "product-manager"


def _list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Condition(Part):
    """To which effects a policy applies: all that is written here has to be true of one cause."""

    level: Level = Field(Level.MUST_ACT, description="Effects at or above this level.")
    tier: int | None = Field(
        None, ge=1, le=99, strict=True, description="Consumers of this tier or a more critical one."
    )
    visibility: Visibility | None = Field(None, description="Consumers of this visibility.")
    consumers: SelectorText | None = Field(None, description="Selector: only these consumers.")
    components: SelectorText | None = Field(None, description="Selector: only changes of these components.")
    layer: Text | None = Field(None, description="Only changes of components of this layer.")
    effect: Annotated[
        tuple[ChangeEffect, ...],
        BeforeValidator(_list, json_schema_input_type=ChangeEffect | tuple[ChangeEffect, ...]),
    ] = Field((), description="Only these effects of a change, one or a list.")
    in_freeze: Flag = Field(False, description="true: only what takes place in a freeze of the consumer.")
    notice_days: int | None = Field(
        None, ge=1, le=36500, strict=True, description="Only what takes place, or has to be done, in fewer days."
    )


class Policy(Part):
    """What has to be agreed, what is forbidden, and what is only said."""

    id: Id = Field(description="Name of the policy in messages.")
    title: Text | None = Field(None, description="What it asks for, in a sentence.")
    when: Condition = Field(default_factory=Condition, description="To which effects it applies.")
    action: Action = Field(description="approve, forbid or tell.")
    by: Annotated[tuple[Text, ...], BeforeValidator(_list, json_schema_input_type=Text | tuple[Text, ...])] = Field(
        (),
        description="With approve: whose yes counts, any one of them: owner, product-manager or a name. "
        "Anybody's if left out.",
    )

    @property
    def label(self) -> str:
        return self.title or self.id
