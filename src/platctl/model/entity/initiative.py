"""Initiatives: pieces of work, with what they change, when, for whom and with what effort."""

from enum import StrEnum
from typing import Annotated

from platctl.model.entity.entity import Entity
from platctl.model.entity.rating import RatingEntry
from platctl.model.fields import (
    Amount,
    ComponentOrInterface,
    ConsumerRef,
    Day,
    DayOrRelease,
    Digest,
    Flag,
    GoalRef,
    Id,
    InitiativeRef,
    Number,
    PeriodText,
    RangeText,
    ShortForm,
    Text,
)
from platctl.model.part import Field, Part
from platctl.model.ref import Ref
from platctl.model.version import Version
from platctl.model.vocabulary import ChangeEffect, Status


class InitiativeType(StrEnum):
    """The type of work."""

    CAPABILITY = "capability"
    FEATURE = "feature"
    IMPROVEMENT = "improvement"
    MIGRATION = "migration"
    DEPRECATION = "deprecation"
    RELIABILITY = "reliability"
    DEBT = "debt"
    RESEARCH = "research"


class Change(Part):
    """A change that an initiative makes to a component when it ends."""

    component: ComponentOrInterface = Field(description="The component that changes, or one of its interfaces.")
    effect: ChangeEffect = Field(description="Effect of the change on dependents.")
    version: RangeText | None = Field(
        None, description="The new version (addition, breaking), or a range of versions (deprecation, removal)."
    )
    sunset: DayOrRelease | None = Field(None, description="Day on which a deprecated version is removed.")
    note: Text | None = Field(None, description="What users need to know.")

    @property
    def new_version(self) -> Version | None:
        """The version that an addition or a breaking change adds."""
        return Version(self.version.text, self.version.declared) if self.version else None


class Estimate(Part):
    """An estimate in person-weeks: one number, or low, likely and high."""

    low: Amount | None = Field(None, description="Optimistic estimate.")
    likely: Amount = Field(description="Most likely estimate.")
    high: Amount | None = Field(None, description="Pessimistic estimate.")


EstimateEntry = Annotated[
    Estimate,
    ShortForm(
        "likely",
        (
            int,
            float,
        ),
        Amount | Estimate,
    ),
]


class GoalShare(Part):
    """A goal that an initiative serves, and its contribution."""

    goal: GoalRef = Field(description="The goal.")
    contribution: Number | None = Field(None, description="Its contribution, in the unit of the goal's metric.")


GoalEntry = Annotated[GoalShare, ShortForm("goal", (str,), GoalRef | GoalShare)]


class Vote(Part):
    """One person's rating."""

    by: Text = Field(description="The person who rates.")
    role: Text | None = Field(None, description="The person's role; a criterion may count only certain roles.")
    scores: dict[Text, RatingEntry] = Field(
        default_factory=dict, description="Criterion: number, word or {low, likely, high}."
    )


class Approval(Part):
    """A consumer's approval of the effects of this initiative."""

    consumer: ConsumerRef = Field(description="The consumer that approves.")
    by: Text = Field(description="The person who approved.")
    on: Day | None = Field(None, description="Day of the approval.")
    digest: Digest | None = Field(
        None,
        description="Digest of what was approved, written by `platctl approve`; without it, it does not count.",
    )
    note: Text | None = Field(None, description="Conditions of the approval.")


class Risk(Part):
    """A risk and its mitigation."""

    risk: Text = Field(description="What may go wrong.")
    mitigation: Text | None = Field(None, description="What is done to prevent or limit it.")


RiskEntry = Annotated[Risk, ShortForm("risk", (str,), Text | Risk)]


class Initiative(Entity):
    """A piece of work that changes components."""

    kind_name = "initiative"

    status: Status = Field(Status.IDEA, description="Status of the work.")
    type: InitiativeType | None = Field(None, description="Type of work.")
    proposed_by: Text | None = Field(None, description="The person who proposed it.")
    proposed_on: Day | None = Field(None, description="Day on which it was proposed.")
    requested_by: tuple[ConsumerRef, ...] = Field((), description="Consumers that requested it.")
    for_: ConsumerRef | None = Field(
        None, key="for", description="For a customer-facing feature: the consumer that it is a feature of."
    )
    supersedes: tuple[InitiativeRef, ...] = Field((), description="Initiatives that it takes the place of.")
    see_also: tuple[InitiativeRef, ...] = Field((), description="Other initiatives that are worth knowing with it.")
    goals: tuple[GoalEntry, ...] = Field((), description="Goals it serves.")
    changes: tuple[Change, ...] = Field((), description="What it changes in components when it ends.")
    depends_on: tuple[InitiativeRef, ...] = Field((), description="Initiatives that have to end first.")
    effort: dict[Id, EstimateEntry] = Field(default_factory=dict, description="Team: person-weeks.")
    estimated_on: Day | None = Field(None, description="Day on which effort and scores were last reviewed.")
    start: DayOrRelease | None = Field(None, description="First day of work.")
    end: DayOrRelease | None = Field(None, description="Last day of work; its changes take effect on that day.")
    period: PeriodText | None = Field(None, description="Period of the work; `start` and `end` take precedence.")
    earliest: DayOrRelease | None = Field(None, description="Earliest day on which it can start.")
    deadline: DayOrRelease | None = Field(None, description="Day by which it must be done.")
    duration: Amount | None = Field(
        None, description="Weeks that it takes, for `platctl plan`; its effort is spread evenly over them."
    )
    whole: Flag = Field(False, description="true: it begins and ends in one period, for `platctl plan`.")
    gap: Amount | None = Field(
        None, description="Weeks that have to pass between the end of what it depends on and its start."
    )
    conflicts_with: tuple[InitiativeRef, ...] = Field((), description="Initiatives that are not done if this one is.")
    one_of: Text | None = Field(
        None, description="Name of a group of alternatives; of all initiatives with the same one, at most one is done."
    )
    scores: dict[Text, RatingEntry] = Field(
        default_factory=dict, description="Criterion: number, word or {low, likely, high}."
    )
    votes: tuple[Vote, ...] = Field((), description="Ratings by several people.")
    approvals: tuple[Approval, ...] = Field((), description="Approvals by the consumers it affects.")
    risks: tuple[RiskEntry, ...] = Field((), description="What may go wrong.")
    outcome: Text | None = Field(None, description="What customers will notice.")

    @property
    def teams(self) -> dict[str, Ref]:
        """The teams in `effort`, by their names as written."""
        return {name: Ref("team", self.ref.namespace, name.lower()) for name in self.effort}

    @property
    def owner_and_teams(self) -> tuple[Ref, ...]:
        """The owners and the teams in `effort`, as written."""
        return (*self.owners, *self.teams.values())

    @property
    def waiting(self) -> tuple[Ref, ...]:
        """The consumers that requested it, and the one it is a feature of, as written."""
        return (*self.requested_by, *([self.for_] if self.for_ else []))
