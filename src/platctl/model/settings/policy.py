"""Policies: what an effect on a consumer requires, as data."""

from enum import StrEnum
from typing import Annotated

from platctl.model.entity.entity import Visibility
from platctl.model.fields import Flag, Id, Rewritten, Text
from platctl.model.language.selector import SelectorText
from platctl.model.level import Level
from platctl.model.part import Field, Part
from platctl.model.vocabulary import ChangeEffect


class Action(StrEnum):
    """What a policy does when an effect meets its condition."""

    APPROVE = "approve"
    FORBID = "forbid"
    TELL = "tell"


class Approver(StrEnum):
    """Who may approve for a consumer; any other word is the name of a person."""

    OWNER = "owner"
    PRODUCT_MANAGER = "product-manager"


def _list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Condition(Part):
    """The effects a policy applies to: one cause must meet all conditions given here."""

    level: Level = Field(Level.MUST_ACT, description="Effects at or above this level.")
    tier: int | None = Field(
        None, ge=1, le=99, strict=True, description="Only consumers of this tier or a more critical one."
    )
    visibility: Visibility | None = Field(None, description="Only consumers with this visibility.")
    consumers: SelectorText | None = Field(None, description="Selector: only these consumers.")
    components: SelectorText | None = Field(None, description="Selector: only changes to these components.")
    layer: Text | None = Field(None, description="Only changes to components in this layer.")
    effect: Annotated[
        tuple[ChangeEffect, ...],
        Rewritten(_list, ChangeEffect | tuple[ChangeEffect, ...]),
    ] = Field((), description="Only changes with this effect, or one of a list of effects.")
    in_freeze: Flag = Field(False, description="true: only effects during a freeze of the consumer.")
    notice_days: int | None = Field(
        None, ge=1, le=36500, strict=True, description="Only effects or deadlines less than this many days away."
    )
    escaped: Flag = Field(
        False,
        description="true: also effects that a consumer escapes because the change edits or removes a dependency.",
    )


class Policy(Part):
    """Effects that need approval, are forbidden, or add a note to the report."""

    id: Id = Field(description="Name of the policy in messages.")
    title: Text | None = Field(None, description="What it requires, in one sentence.")
    when: Condition = Field(default_factory=Condition, description="The effects it applies to.")
    action: Action = Field(description="approve, forbid or tell.")
    by: Annotated[tuple[Text, ...], Rewritten(_list, Text | tuple[Text, ...])] = Field(
        (),
        description="With approve: who may approve: owner, product-manager or a name; one of them is enough. "
        "Default: anyone.",
    )

    @property
    def label(self) -> str:
        return self.title or self.id
