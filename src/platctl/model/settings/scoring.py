"""Scoring models: by which criteria and formulas work is ranked. The usual ones are built in, as the same data."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, Final

from pydantic import AfterValidator, Field, field_validator

from platctl.model.entity.metric import Direction
from platctl.model.fields import Amount, Number, Part, Text, invalid
from platctl.model.language.formula import Formula, FormulaText, parse_formula
from platctl.model.settings.balance import Share
from platctl.model.settings.usual_scoring import USUAL

GRAPH_VALUES: Final[Mapping[str, str]] = {
    "reach": "users",
    "users": "users",
    "developers": "developers",
    "revenue": "money",
    "tier_reach": "users",
    "consumers": "consumers",
    "must_act": "consumers",
    "induced_cost": "person-weeks",
    "effort": "person-weeks",
    "duration": "weeks",
    "unlocked_reach": "users",
    "unlocks": "initiatives",
    "blocked_by": "initiatives",
    "goal_contribution": "",
    "demand": "requests",
    "age": "weeks",
    "delay_cost": "money/week",
}
"""The criteria that are derived, with their units; `analysis/criteria.py` derives them."""


class Urgency(StrEnum):
    """How the benefit of work develops, and so what a delay takes from it: the word of the rating `urgency`."""

    STANDARD = "standard"
    SHORT_LIFE = "short-life"
    LONG_LIFE = "long-life"
    DEADLINE = "deadline"


class Normalise(StrEnum):
    """How a criterion becomes a number between 0 and 1."""

    NONE = "none"
    SCALE = "scale"
    MAXIMUM = "maximum"
    RANGE = "range"


def _name(text: str) -> str:
    if not (text.isascii() and text.isidentifier()) or text != text.lower():
        raise invalid(f"`{text[:80]}` can't be the name of a criterion; write small letters, digits and `_`")
    return text


CriterionName = Annotated[Text, AfterValidator(_name)]


class Criterion(Part):
    """Something to judge work by."""

    id: CriterionName = Field(description="Name in `scores` and in formulas: small letters, digits and `_`.")
    title: Text | None = Field(None, description="Name for people.")
    unit: Text | None = Field(None, description="What the number counts, such as users or users/week.")
    weight: Amount = Field(1.0, description="How much it counts in a weighted sum.")
    direction: Direction = Field(Direction.UP, description="down: less is better. It counts as 1 minus its share then.")
    normalise: Normalise = Field(Normalise.NONE, description="How it becomes a number from 0 to 1.")
    scale: tuple[Number, ...] = Field((), max_length=2, description="Lowest and highest value, such as [0, 10].")
    words: dict[Text, Number] = Field(default_factory=dict, description="Word that may be written: its number.")
    default: Number | None = Field(None, description="What to assume where nobody says anything.")
    instead: Text | None = Field(None, description="The value of the graph to take where nobody rates it.")
    roles: tuple[Text, ...] = Field((), description="Whose votes count; everybody's if left out.")

    @field_validator("scale")
    @classmethod
    def _two_ends(cls, scale: tuple[float, ...]) -> tuple[float, ...]:
        if scale and (len(scale) != 2 or scale[0] >= scale[1]):
            raise invalid("a scale is written `[lowest, highest]`")
        return scale

    @property
    def label(self) -> str:
        return self.title or self.id.replace("_", " ")

    @property
    def is_normalised(self) -> bool:
        return self.normalise is not Normalise.NONE

    @property
    def unit_text(self) -> str:
        """Its unit in formulas; a normalised criterion is a plain number."""
        return "" if self.is_normalised else self.unit or GRAPH_VALUES.get(self.id, "")


class ScoringModel(Part):
    """How a score comes about: a formula (value, divided by size if there is one), classes, or a weighted sum.

    With `size` it is a ratio: value for each unit of work, for which there is a best order under prerequisites.
    """

    id: CriterionName = Field(description="Name of the model, for `--model`.")
    title: Text | None = Field(None, description="Name for people.")
    criteria: tuple[Criterion, ...] = Field((), description="What it judges by.")
    value: FormulaText | None = Field(
        None, description="Formula of the value; without, a weighted sum of the criteria that `size` does not name."
    )
    size: FormulaText | None = Field(None, description="Formula of the work; the score is the value divided by it.")
    classes: tuple[Text, ...] = Field((), description="Words of the first criterion, the best first: no number then.")
    limits: dict[Text, Share] = Field(
        default_factory=dict, description="Class: the largest share of the effort that it should take, such as 60%."
    )
    source: Text | None = Field(None, description="Where the model comes from.")

    @property
    def label(self) -> str:
        return self.title or self.id

    @property
    def is_ratio(self) -> bool:
        return self.size is not None and not self.classes

    @cached_property
    def value_formula(self) -> Formula:
        """The formula of the value; of a weighted sum, the one that is meant."""
        return parse_formula(self.value or " + ".join(f"{each.weight:.15g} * {each.id}" for each in self.summed) or "0")

    @cached_property
    def summed(self) -> tuple[Criterion, ...]:
        """The criteria of a weighted sum: those that the size does not name."""
        size = self.size_formula.names if self.size_formula else ()
        return () if self.value or self.classes else tuple(each for each in self.criteria if each.id not in size)

    @cached_property
    def size_formula(self) -> Formula | None:
        return parse_formula(self.size) if self.size else None

    def criterion(self, name: str) -> Criterion:
        """A criterion of the model; one that a formula names without more is just that name."""
        return next((each for each in self.criteria if each.id == name), None) or Criterion(id=name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The criteria that have to be known, in the order in which the formulas name them."""
        if self.classes:
            return (self.criteria[0].id,) if self.criteria else (self.id,)
        size = self.size_formula.names if self.size_formula else ()
        return tuple(dict.fromkeys((*self.value_formula.names, *size)))


class ScoringSettings(Part):
    """By what work is ranked."""

    model: Text = Field("rice", description="The scoring model that is used unless `--model` names another one.")
    models: tuple[ScoringModel, ...] = Field((), description="Own models; one with the id of a built-in replaces it.")
    migration: Amount = Field(
        2.0, description="Person-weeks that a move costs a consumer whose dependency does not say."
    )
    stale_days: int | None = Field(
        None, ge=1, le=36500, strict=True, description="Age in days at which an estimate counts as stale."
    )
    tiers: dict[int, Amount] = Field(
        default_factory=lambda: {1: 1.0, 2: 0.5, 3: 0.25},
        description="Tier: its weight in tier-weighted values; 1, 0.5 and 0.25 for the first three if left out. "
        "Other tiers have the smallest of them.",
    )

    @property
    def by_name(self) -> Mapping[str, ScoringModel]:
        """All models that can be used."""
        return {**built_in(), **{each.id: each for each in self.models}}


@cache
def built_in() -> Mapping[str, ScoringModel]:
    """The usual models, read when somebody first ranks."""
    return {id_: ScoringModel.model_validate({"id": id_, **fields}) for id_, fields in USUAL.items()}
