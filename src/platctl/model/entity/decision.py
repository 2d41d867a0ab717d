"""Decisions: recorded trade-offs between initiatives."""

from platctl.model.entity.entity import Entity
from platctl.model.fields import Day, InitiativeRef, Text
from platctl.model.part import Field
from platctl.model.ref import Ref


class Decision(Entity):
    """A decision to do one initiative before others, with the reason."""

    kind_name = "decision"

    date: Day | None = Field(None, description="Day of the decision.")
    by: Text | None = Field(None, description="The person or group that decided.")
    chose: InitiativeRef | None = Field(None, description="The initiative that goes first.")
    over: tuple[InitiativeRef, ...] = Field((), description="The initiatives that wait.")
    why: Text | None = Field(None, description="The reason.")
    expires: Day | None = Field(None, description="Last day on which the decision is valid.")

    @property
    def about(self) -> tuple[Ref, ...]:
        """All initiatives that it names."""
        return (*([self.chose] if self.chose else []), *self.over)
