"""Scoring models: the criteria and formulas that rank work. Common ones are built in, in the same form."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, Final

from platctl.model.entity.metric import Direction
from platctl.model.fields import Amount, Checked, Number, Text
from platctl.model.language.formula import Formula, FormulaText, parse_formula
from platctl.model.part import Field, InvalidError, Part
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
"""The criteria that are derived, with their units; `ranking/graph_values.py` derives them."""


class Urgency(StrEnum):
    """How the benefit of work develops over time, and so what a delay costs: the word of the rating `urgency`."""

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


def _name(text: str) -> None:
    if not (text.isascii() and text.isidentifier()) or text != text.lower():
        raise InvalidError(f"`{text[:80]}` is not a valid criterion name; use lower-case letters, digits and `_`")


CriterionName = Annotated[Text, Checked(_name)]


def _two_ends(scale: tuple[float, ...]) -> None:
    if scale and (len(scale) != 2 or scale[0] >= scale[1]):
        raise InvalidError("a scale must have the form `[lowest, highest]`")


class Criterion(Part):
    """A criterion to rank work by."""

    id: CriterionName = Field(description="Name in `scores` and in formulas: lower-case letters, digits and `_`.")
    title: Text | None = Field(None, description="Display name.")
    unit: Text | None = Field(None, description="Unit of the number, such as users or users/week.")
    weight: Amount = Field(1.0, description="Weight in a weighted sum.")
    direction: Direction = Field(
        Direction.UP, description="down: less is better; the normalised value is subtracted from 1."
    )
    normalise: Normalise = Field(Normalise.NONE, description="How it becomes a number from 0 to 1.")
    scale: Annotated[tuple[Number, ...], Checked(_two_ends)] = Field(
        (), max_length=2, description="Lowest and highest value, such as [0, 10]."
    )
    words: dict[Text, Number] = Field(default_factory=dict, description="Word that may be used: its number.")
    default: Number | None = Field(None, description="Value to assume if there is no rating.")
    instead: Text | None = Field(None, description="Graph value to use if there is no rating.")
    roles: tuple[Text, ...] = Field((), description="Roles whose votes count. Default: all.")

    @property
    def label(self) -> str:
        return self.title or self.id.replace("_", " ")

    @property
    def is_normalised(self) -> bool:
        return self.normalise is not Normalise.NONE

    @property
    def unit_text(self) -> str:
        """Its unit in formulas; a normalised criterion has none."""
        return "" if self.is_normalised else self.unit or GRAPH_VALUES.get(self.id, "")


class ScoringModel(Part):
    """How work is scored: by a formula (value, divided by size if given), by classes, or by a weighted sum.

    With `size` the score is a ratio, value per unit of work, for which there is a best order under prerequisites.
    """

    id: CriterionName = Field(description="Name of the model, for `--model`.")
    title: Text | None = Field(None, description="Display name.")
    criteria: tuple[Criterion, ...] = Field((), description="Its criteria.")
    value: FormulaText | None = Field(
        None, description="Formula of the value. Default: the weighted sum of the criteria that are not in `size`."
    )
    size: FormulaText | None = Field(None, description="Formula of the work; the score is the value divided by it.")
    classes: tuple[Text, ...] = Field(
        (), description="Rank by classes, not by numbers: the words of the first criterion, the best first."
    )
    limits: dict[Text, Share] = Field(
        default_factory=dict, description="Class: its maximum share of the effort, such as 60%."
    )
    source: Text | None = Field(None, description="Source of the model.")

    @property
    def label(self) -> str:
        return self.title or self.id

    @property
    def is_ratio(self) -> bool:
        return self.size is not None and not self.classes

    @cached_property
    def value_formula(self) -> Formula:
        """The formula of the value; for a weighted sum, the equivalent formula."""
        return parse_formula(self.value or " + ".join(f"{each.weight:.15g} * {each.id}" for each in self.summed) or "0")

    @cached_property
    def summed(self) -> tuple[Criterion, ...]:
        """The criteria of a weighted sum: those that are not in `size`."""
        size = self.size_formula.names if self.size_formula else ()
        return () if self.value or self.classes else tuple(each for each in self.criteria if each.id not in size)

    @cached_property
    def size_formula(self) -> Formula | None:
        return parse_formula(self.size) if self.size else None

    def criterion(self, name: str) -> Criterion:
        """A criterion of the model; if only a formula names it, a criterion with just that name."""
        return next((each for each in self.criteria if each.id == name), None) or Criterion(id=name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The criteria that need a value, in the order of the formulas."""
        if self.classes:
            return (self.criteria[0].id,) if self.criteria else (self.id,)
        size = self.size_formula.names if self.size_formula else ()
        return tuple(dict.fromkeys((*self.value_formula.names, *size)))


class ScoringSettings(Part):
    """How work is ranked."""

    model: Text = Field("rice", description="The scoring model to use if `--model` is not given.")
    models: tuple[ScoringModel, ...] = Field(
        (), description="Custom models; one with the id of a built-in model replaces it."
    )
    migration: Amount = Field(
        2.0, description="Person-weeks of a migration, for dependencies without their own `migration`."
    )
    stale_days: int | None = Field(
        None, ge=1, le=36500, strict=True, description="Age in days after which an estimate is stale."
    )
    tiers: dict[int, Amount] = Field(
        default_factory=lambda: {1: 1.0, 2: 0.5, 3: 0.25},
        description="Tier: its weight in tier-weighted values. Default: 1, 0.5 and 0.25 for tiers 1 to 3. "
        "Tiers not listed have the smallest weight.",
    )

    @property
    def by_name(self) -> Mapping[str, ScoringModel]:
        """All available models by id."""
        return {**built_in(), **{each.id: each for each in self.models}}


@cache
def built_in() -> Mapping[str, ScoringModel]:
    """The built-in models, loaded on first use."""
    return {
        id_: ScoringModel(id=id_, **{**fields, "criteria": tuple(Criterion(**each) for each in fields["criteria"])})
        for id_, fields in USUAL.items()
    }
