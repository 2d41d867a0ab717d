"""Decisions: recorded trade-offs between initiatives."""

from pydantic import Field

from platctl.model.entity.entity import Entity
from platctl.model.fields import Day, InitiativeRef, Text
from platctl.model.ref import Ref


class Decision(Entity):
    """That one initiative goes before others, and why."""

    kind_name = "decision"

    date: Day | None = Field(None, description="When it was decided.")
    by: Text | None = Field(None, description="Who decided.")
    chose: InitiativeRef | None = Field(None, description="The initiative that goes first.")
    over: tuple[InitiativeRef, ...] = Field((), description="The initiatives that wait.")
    why: Text | None = Field(None, description="The reason.")
    expires: Day | None = Field(None, description="Last day on which it holds.")

    @property
    def about(self) -> tuple[Ref, ...]:
        """The initiatives that it weighs."""
        return (*([self.chose] if self.chose else []), *self.over)
