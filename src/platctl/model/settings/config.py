"""The settings of `platctl.yaml`. Each has a default that works without the file."""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from platctl.model.calendar import Cadence, Calendar
from platctl.model.fields import Day, Handle, Part, Text, short_form
from platctl.model.language.selector import SelectorText
from platctl.model.level import Level
from platctl.model.settings.audience import AudienceSettings
from platctl.model.settings.balance import BalanceSettings
from platctl.model.settings.policy import Policy
from platctl.model.settings.scoring import ScoringSettings

CONFIG_NAMES = ("platctl.yaml", "platctl.yml")
DEFAULT_LAYERS = ("technology", "platform", "product")


class CalendarSettings(Part):
    """How the plan divides time."""

    cadence: Cadence = Field(Cadence.QUARTER, description="quarter, month or sprint.")
    fiscal_year_start: int = Field(1, ge=1, le=12, strict=True, description="Month in which the fiscal year begins.")
    sprint_start: Day | None = Field(None, description="First day of sprint 01 of its year.")
    sprint_weeks: int = Field(2, ge=1, le=12, strict=True, description="Weeks a sprint.")

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.cadence, self.fiscal_year_start, self.sprint_start, self.sprint_weeks)


class RuleLevel(StrEnum):
    """How grave a rule's findings are, or that it does not run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class RuleSettings(Part):
    """How grave a rule's findings are, everywhere and in files that match a pattern."""

    severity: RuleLevel | None = Field(None, description="error, warning, info or off.")
    paths: dict[Text, RuleLevel] = Field(
        default_factory=dict, description="Path pattern: error, warning, info or off; the last match counts."
    )


RuleEntry = Annotated[
    RuleSettings, BeforeValidator(short_form("severity", str), json_schema_input_type=RuleLevel | RuleSettings)
]


class Waiver(Part):
    """Findings that are accepted for a while."""

    rule: Text = Field(description="The rule whose findings are accepted.")
    entity: Text | None = Field(None, description="Only those about this entity.")
    path: Text | None = Field(None, description="Only those in files that match this pattern.")
    reason: Text = Field(description="Why they are accepted.")
    by: Text | None = Field(None, description="Who accepted them.")
    expires: Day | None = Field(None, description="Last day on which the waiver holds.")


class ImpactSettings(Part):
    """What follows from an effect."""

    tell: Level = Field(Level.AT_RISK, description="Effects at or above this level are told.")
    confirmed_within_days: int | None = Field(
        None,
        ge=1,
        le=36500,
        strict=True,
        description="Age in days at which a dependency counts as unconfirmed.",
    )


class Config(Part):
    """The whole of `platctl.yaml`."""

    roots: tuple[Text, ...] = Field((), description="Folders that hold the model; by default the file's own.")
    calendar: CalendarSettings = Field(default_factory=CalendarSettings, description="How the plan divides time.")
    layers: tuple[Text, ...] = Field(DEFAULT_LAYERS, min_length=1, description="Layers, the lowest first.")
    rules: dict[Text, RuleEntry] = Field(default_factory=dict, description="Rule: its severity.")
    waivers: tuple[Waiver, ...] = Field((), description="Findings that are accepted for a while.")
    selectors: dict[Text, SelectorText] = Field(
        default_factory=dict, description="Name: a selector, to be used as `selector:NAME`."
    )
    policies: tuple[Policy, ...] = Field((), description="What has to be agreed, what is forbidden, what is said.")
    people: dict[Text, Handle] = Field(
        default_factory=dict, description="Name of a person: its name on the code host, or its e-mail address."
    )
    scoring: ScoringSettings = Field(default_factory=ScoringSettings, description="By what work is ranked.")
    balance: BalanceSettings = Field(default_factory=BalanceSettings, description="How work should be divided.")
    impact: ImpactSettings = Field(default_factory=ImpactSettings, description="What follows from an effect.")
    audiences: dict[Text, AudienceSettings] = Field(
        default_factory=dict,
        description="Name of an audience: what it may read. developers, product-managers and customers are there.",
    )
    strategy: Text | None = Field(None, description="The strategy in a few sentences.")
