"""Ratings of work by one criterion: a number, a range or a word."""

from typing import Annotated

from platctl.model.fields import Number, ShortForm, Text
from platctl.model.part import Field, InvalidError, Part


class Rating(Part):
    """A number with its uncertainty, or a word of the criterion."""

    low: Number | None = Field(None, description="Low estimate.")
    likely: Number | None = Field(None, description="Most likely value.")
    high: Number | None = Field(None, description="High estimate.")
    word: Text | None = Field(None, description="A word of the criterion, such as `must` or `L`.")

    def check(self) -> None:
        """Raise InvalidError if the fields don\'t fit together."""
        if (self.likely is None) == (self.word is None):
            raise InvalidError("a rating must be a number, a word, or `{low, likely, high}`")
        ends = [each for each in (self.low, self.likely, self.high) if each is not None]
        if ends != sorted(ends):
            raise InvalidError("`low`, `likely` and `high` must be in ascending order")

    @property
    def text(self) -> str:
        """The rating as text."""
        if self.word is not None:
            return self.word
        ends = f" ({self.low:.15g} to {self.high:.15g})" if self.low is not None and self.high is not None else ""
        return f"{self.likely:.15g}{ends}"


RatingEntry = Annotated[
    Rating,
    ShortForm(
        "likely",
        (
            int,
            float,
        ),
    ),
    ShortForm("word", (str,), Number | Text | Rating),
]
