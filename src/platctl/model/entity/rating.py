"""Ratings: what somebody says of a piece of work in one criterion, as a number, a range or a word."""

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from platctl.model.fields import Number, Part, Text, invalid, short_form


class Rating(Part):
    """A number, with how far it may be off; or a word of the criterion's scale."""

    low: Number | None = Field(None, description="If all goes badly for it.")
    likely: Number | None = Field(None, description="Most probably.")
    high: Number | None = Field(None, description="If all goes well for it.")
    word: Text | None = Field(None, description="A word of the criterion's scale, such as `must` or `L`.")

    @model_validator(mode="after")
    def _is_one_thing(self) -> "Rating":
        if (self.likely is None) == (self.word is None):
            raise invalid("a rating is a number, a word, or `{low, likely, high}`")
        ends = [each for each in (self.low, self.likely, self.high) if each is not None]
        if ends != sorted(ends):
            raise invalid("low, likely and high have to rise")
        return self

    @property
    def text(self) -> str:
        """As people write it."""
        if self.word is not None:
            return self.word
        ends = f" ({self.low:.15g} to {self.high:.15g})" if self.low is not None and self.high is not None else ""
        return f"{self.likely:.15g}{ends}"


RatingEntry = Annotated[
    Rating,
    BeforeValidator(short_form("likely", int, float)),
    BeforeValidator(short_form("word", str), json_schema_input_type=Number | Text | Rating),
]
