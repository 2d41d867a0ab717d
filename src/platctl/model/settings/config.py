"""The settings in `platctl.yaml`. Each has a default that works without the file."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from platctl.model.calendar import SPRINT_START, Cadence, Calendar
from platctl.model.entity.component import Lifecycle
from platctl.model.fields import Checked, Conventions, Day, Handle, Id, ShortForm, Text
from platctl.model.language.path_pattern import ModelScope
from platctl.model.language.selector import SelectorText
from platctl.model.level import Level
from platctl.model.part import Field, InvalidError, Part
from platctl.model.settings.approval import ApprovalSettings
from platctl.model.settings.audience import AudienceSettings
from platctl.model.settings.balance import BalanceSettings, Share
from platctl.model.settings.policy import Policy
from platctl.model.settings.scoring import ScoringSettings
from platctl.model.versioning.scheme import Versioning

CONFIG_NAMES = ("platctl.yaml", "platctl.yml")
DEFAULT_LAYERS = ("technology", "platform", "product")


class CalendarSettings(Part):
    """How the plan divides time."""

    id: Id | None = Field(
        None,
        description="What makes calendar entries of this model unique. "
        "Default: the id of the first commit, or else the name of the remote.",
    )
    cadence: Cadence = Field(Cadence.QUARTER, description="quarter, month or sprint.")
    fiscal_year_start: int = Field(1, ge=1, le=12, strict=True, description="First month of the fiscal year.")
    sprint_start: Day = Field(
        SPRINT_START,
        description="First day of any sprint; sprints run on without a gap before and after it. "
        "A sprint belongs to the year in which it starts, and the first one of a year is 01.",
    )
    sprint_weeks: int = Field(2, ge=1, le=12, strict=True, description="Weeks per sprint.")

    @property
    def calendar(self) -> Calendar:
        return Calendar(self.cadence, self.fiscal_year_start, self.sprint_start, self.sprint_weeks)


class RuleLevel(StrEnum):
    """The severity of a rule's findings, or that the rule is off."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class RuleSettings(Part):
    """The severity of a rule's findings, in general and in files that match a pattern."""

    severity: RuleLevel | None = Field(None, description="error, warning, info or off.")
    paths: dict[Text, RuleLevel] = Field(
        default_factory=dict, description="Path pattern: error, warning, info or off; the last match wins."
    )


RuleEntry = Annotated[RuleSettings, ShortForm("severity", (str,), RuleLevel | RuleSettings)]


class Waiver(Part):
    """Findings that are accepted temporarily."""

    rule: Text = Field(description="The rule whose findings are accepted.")
    entity: Text | None = Field(None, description="Only findings about this entity.")
    path: Text | None = Field(None, description="Only findings in files that match this pattern.")
    reason: Text = Field(description="Why they are accepted.")
    by: Text | None = Field(None, description="The person who accepted them.")
    expires: Day | None = Field(None, description="Last day on which the waiver is valid.")


class ImpactSettings(Part):
    """Settings for `platctl impact`."""

    notice: int = Field(
        90,
        ge=0,
        le=36500,
        strict=True,
        description="Days before which an end has to be announced; with less notice it breaks its users.",
    )
    tell: Level = Field(Level.AT_RISK, description="Stakeholders are informed of effects at or above this level.")
    confirmed_within_days: int | None = Field(
        None,
        ge=1,
        le=36500,
        strict=True,
        description="Age in days at which a dependency counts as unconfirmed.",
    )


class PlanPreference(StrEnum):
    """What decides between plans of the same value."""

    STABILITY = "stability"
    SLACK = "slack"


class PlanSettings(Part):
    """Settings for `platctl plan`."""

    discount: Share = Field(
        0.05, description="Share of its value that work loses with each period that it is done later: 0.05 or 5%."
    )
    prefer: PlanPreference = Field(
        PlanPreference.STABILITY,
        description="Of plans of the same value: stability changes least against the written one, slack ends earliest.",
    )


def _are_new_words(words: Mapping[str, Lifecycle]) -> None:
    seen: set[str] = set()
    for word in words:
        if word.lower() in {each.value for each in Lifecycle}:
            raise InvalidError(f"`{word[:80]}` is a lifecycle stage already; choose another word")
        if word.lower() in seen:
            raise InvalidError(f"`{word[:80]}` occurs twice; upper and lower case are the same")
        seen.add(word.lower())


class Config(Part):
    """The whole of `platctl.yaml`."""

    roots: tuple[Text, ...] = Field(
        (),
        description="Folders and files of the model, such as `model` or `teams/*/model`: `*` matches within one name, "
        "`**` any number of folders. Default: the folder of this file.",
    )
    exclude: tuple[Text, ...] = Field(
        (),
        description="Folders and files that are not part of the model, such as `deploy` or `**/docker-compose*.yml`.",
    )
    calendar: CalendarSettings = Field(default_factory=CalendarSettings, description="How the plan divides time.")
    layers: tuple[Text, ...] = Field(DEFAULT_LAYERS, min_length=1, description="Layers, the lowest first.")
    versioning: Versioning | None = Field(
        None,
        description="How versions of components that don't declare it are written.",
    )
    lifecycles: Annotated[dict[Text, Lifecycle], Checked(_are_new_words)] = Field(
        default_factory=dict,
        description="Own words for lifecycle stages: the built-in one that each means, as in `ga: production`.",
    )
    rules: dict[Text, RuleEntry] = Field(default_factory=dict, description="Rule: its severity.")
    waivers: tuple[Waiver, ...] = Field((), description="Findings that are accepted temporarily.")
    selectors: dict[Text, SelectorText] = Field(
        default_factory=dict, description="Name: a selector, for use as `selector:NAME`."
    )
    policies: tuple[Policy, ...] = Field(
        (), description="Effects that need approval, are forbidden, or add a note to the report."
    )
    approvals: ApprovalSettings = Field(default_factory=ApprovalSettings, description="Which approvals in files count.")
    people: dict[Text, Handle] = Field(
        default_factory=dict, description="Name of a person: handle on the code host, or e-mail address."
    )
    scoring: ScoringSettings = Field(default_factory=ScoringSettings, description="How work is ranked.")
    balance: BalanceSettings = Field(default_factory=BalanceSettings, description="Intended balance of the work.")
    plan: PlanSettings = Field(default_factory=PlanSettings, description="Settings for `platctl plan`.")
    impact: ImpactSettings = Field(default_factory=ImpactSettings, description="Settings for `platctl impact`.")
    audiences: dict[Text, AudienceSettings] = Field(
        default_factory=dict,
        description="Audience: what it may see. developers, product-managers and customers are built in.",
    )
    strategy: Text | None = Field(None, description="The strategy in a few sentences.")

    @property
    def conventions(self) -> Conventions:
        """How the other files are written."""
        words = tuple(sorted((word.lower(), stage.value) for word, stage in self.lifecycles.items()))
        return Conventions(self.calendar.calendar, words)

    @property
    def scope(self) -> ModelScope:
        """Which files belong to the model."""
        return ModelScope(self.roots, self.exclude)
