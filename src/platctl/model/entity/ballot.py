"""Ballots: what one person thinks of several initiatives, in a file of that person's own."""

from collections.abc import Iterator

from pydantic import Field

from platctl.model.entity.entity import Entity
from platctl.model.entity.rating import Rating, RatingEntry
from platctl.model.fields import InitiativeName, Text
from platctl.model.ref import Ref, parse_ref


class Ballot(Entity):
    """One person's ratings. They count instead of what this person's `votes` in an initiative say."""

    kind_name = "ballot"

    by: Text = Field(description="Who rates.")
    role: Text | None = Field(None, description="As what; criteria may ask certain roles only.")
    votes: dict[InitiativeName, dict[Text, RatingEntry]] = Field(
        default_factory=dict, description="Initiative: criterion: number, word or {low, likely, high}."
    )

    def rated(self) -> Iterator[tuple[Ref, str, dict[str, Rating]]]:
        """What is rated, as a reference and as it is written, and how."""
        for name, ratings in self.votes.items():
            yield parse_ref(name, "initiative", self.namespace), name, ratings
