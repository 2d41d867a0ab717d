"""Ballots: one person's ratings of several initiatives, in a separate file."""

from collections.abc import Iterator

from platctl.model.entity.entity import Entity
from platctl.model.entity.rating import Rating, RatingEntry
from platctl.model.fields import InitiativeName, Text
from platctl.model.part import Field
from platctl.model.ref import Ref, parse_ref


class Ballot(Entity):
    """One person's ratings of several initiatives. They replace this person's `votes` in an initiative."""

    kind_name = "ballot"

    by: Text = Field(description="The person who rates.")
    role: Text | None = Field(None, description="The person's role; a criterion may count only certain roles.")
    votes: dict[InitiativeName, dict[Text, RatingEntry]] = Field(
        default_factory=dict, description="Initiative: criterion: number, word or {low, likely, high}."
    )

    def rated(self) -> Iterator[tuple[Ref, str, dict[str, Rating]]]:
        """Each rated initiative as a reference and as written, with its ratings."""
        for name, ratings in self.votes.items():
            yield parse_ref(name, "initiative", self.namespace), name, ratings
