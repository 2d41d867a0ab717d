"""Initiatives: pieces of work, what they change, when, for whom and at what effort."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from platctl.model.entity.entity import Entity
from platctl.model.entity.rating import RatingEntry
from platctl.model.fields import (
    Amount,
    ComponentOrInterface,
    ConsumerRef,
    Day,
    Digest,
    GoalRef,
    Id,
    InitiativeRef,
    Number,
    Part,
    PeriodText,
    RangeText,
    Text,
    short_form,
)
from platctl.model.ref import Ref
from platctl.model.version import Version
from platctl.model.vocabulary import ChangeEffect, Status


class InitiativeType(StrEnum):
    """What kind of work it is."""

    CAPABILITY = "capability"
    FEATURE = "feature"
    IMPROVEMENT = "improvement"
    MIGRATION = "migration"
    DEPRECATION = "deprecation"
    RELIABILITY = "reliability"
    DEBT = "debt"
    RESEARCH = "research"


class Change(Part):
    """What an initiative does to a component when it ends."""

    component: ComponentOrInterface = Field(description="What is changed: a component, or one interface of it.")
    effect: ChangeEffect = Field(description="What that means for those who use it.")
    version: RangeText | None = Field(
        None, description="The new version (addition, breaking), or which versions (deprecation, removal)."
    )
    sunset: Day | None = Field(None, description="Day on which a deprecated version will be gone.")
    note: Text | None = Field(None, description="What its users have to know.")

    @property
    def new_version(self) -> Version | None:
        """The version that an addition or a breaking change brings."""
        return Version(self.version.text) if self.version else None


class Estimate(Part):
    """Person-weeks, as one number or as a range of three."""

    low: Amount | None = Field(None, description="If all goes well.")
    likely: Amount = Field(description="Most probably.")
    high: Amount | None = Field(None, description="If much goes wrong.")


EstimateEntry = Annotated[
    Estimate, BeforeValidator(short_form("likely", int, float), json_schema_input_type=Amount | Estimate)
]


class GoalShare(Part):
    """A goal that an initiative serves, and how much of it."""

    goal: GoalRef = Field(description="The goal.")
    contribution: Number | None = Field(None, description="How much it contributes, in the goal's own measure.")


GoalEntry = Annotated[GoalShare, BeforeValidator(short_form("goal", str), json_schema_input_type=GoalRef | GoalShare)]


class Vote(Part):
    """One person's rating."""

    by: Text = Field(description="Who rates.")
    role: Text | None = Field(None, description="As what; criteria may ask certain roles only.")
    scores: dict[Text, RatingEntry] = Field(
        default_factory=dict, description="Criterion: number, word or {low, likely, high}."
    )


class Approval(Part):
    """A consumer's yes to what this initiative does to it."""

    consumer: ConsumerRef = Field(description="Whose approval it is.")
    by: Text = Field(description="Who gave it.")
    on: Day | None = Field(None, description="When it was given.")
    digest: Digest | None = Field(
        None, description="What was approved: `platctl approve` writes it; without it the approval never lapses."
    )
    note: Text | None = Field(None, description="Under which condition.")


class Risk(Part):
    """What may go wrong, and what is done against it."""

    risk: Text = Field(description="What may go wrong.")
    mitigation: Text | None = Field(None, description="What is done against it.")


RiskEntry = Annotated[Risk, BeforeValidator(short_form("risk", str), json_schema_input_type=Text | Risk)]


class Initiative(Entity):
    """A piece of work that changes components."""

    kind_name = "initiative"

    status: Status = Field(Status.IDEA, description="How far it is.")
    type: InitiativeType | None = Field(None, description="What kind of work it is.")
    proposed_by: Text | None = Field(None, description="Who had the idea.")
    proposed_on: Day | None = Field(None, description="When it was proposed.")
    requested_by: tuple[ConsumerRef, ...] = Field((), description="Consumers that ask for it.")
    for_: ConsumerRef | None = Field(
        None, alias="for", description="The consumer whose customer-facing feature this is."
    )
    goals: tuple[GoalEntry, ...] = Field((), description="Goals that it serves.")
    changes: tuple[Change, ...] = Field((), description="What it does to components when it ends.")
    depends_on: tuple[InitiativeRef, ...] = Field((), description="Initiatives that have to end first.")
    effort: dict[Id, EstimateEntry] = Field(default_factory=dict, description="Team: person-weeks.")
    estimated_on: Day | None = Field(None, description="When somebody last looked at effort and scores.")
    start: Day | None = Field(None, description="First day of work.")
    end: Day | None = Field(None, description="Last day of work; its changes take place then.")
    period: PeriodText | None = Field(None, description="The period of the work, where no days are set.")
    earliest: Day | None = Field(None, description="Day before which it can't begin.")
    deadline: Day | None = Field(None, description="Day by which it has to be done.")
    scores: dict[Text, RatingEntry] = Field(
        default_factory=dict, description="Criterion: number, word or {low, likely, high}."
    )
    votes: tuple[Vote, ...] = Field((), description="What several people think.")
    approvals: tuple[Approval, ...] = Field((), description="Who agreed to what it does to them.")
    risks: tuple[RiskEntry, ...] = Field((), description="What may go wrong.")
    outcome: Text | None = Field(None, description="What customers will notice.")

    @property
    def teams(self) -> dict[str, Ref]:
        """The teams that have estimated it, by the names that `effort` has for them."""
        return {name: Ref("team", self.ref.namespace, name.lower()) for name in self.effort}

    @property
    def owner_and_teams(self) -> tuple[Ref, ...]:
        """Who answers for it, and who works on it, as they are written."""
        return (*([self.owner] if self.owner else []), *self.teams.values())

    @property
    def waiting(self) -> tuple[Ref, ...]:
        """The consumers that asked for it, and the one whose feature it is, as they are written."""
        return (*self.requested_by, *([self.for_] if self.for_ else []))
