"""The answer to: which products does this change affect, how badly, why, and who has to be asked?"""

from enum import StrEnum

from platctl.finding import Finding, Severity, Span
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.named import Named
from platctl.outlook.cause import Cause
from platctl.outlook.compared import Compared
from platctl.outlook.conflicts import Conflict
from platctl.outlook.contacts import Contact
from platctl.outlook.deliveries import Delivery, GoalMove
from platctl.outlook.shifts import OfferChange
from platctl.outlook.spread import Aside, PassedOn
from platctl.outlook.totals import Total
from platctl.record import record


class ApprovalState(StrEnum):
    """How it stands with a yes that a policy asks for, the best first.

    Lapsed: something else was approved. By another: not by one of those whose yes counts.
    """

    GIVEN = "given"
    LAPSED = "lapsed"
    BY_ANOTHER = "by-another"
    MISSING = "missing"


@record
class PolicyName:
    """A policy as people know it."""

    id: str
    label: str


@record
class ApprovalStatus:
    """A yes that a policy asks for: `asks` are its words for whose yes counts (none: anybody's), `of` are the names."""

    policy: str
    label: str
    state: ApprovalState
    of: tuple[str, ...] = ()
    by: str | None = None
    on: Date | None = None
    asks: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        return self.state is ApprovalState.GIVEN


class Failure(StrEnum):
    """Why a verdict fails the check."""

    FORBIDDEN = "forbidden"
    APPROVAL = "approval-missing"
    LEVEL = "level"


@record
class Verdict:
    """What the change means for one consumer. The level is fact; `severity` is policy, `because` says why.

    `approvals` are those that policies ask for, `forbidden` the policies that forbid it, `told` those that only speak
    of it. An effect to which everybody agreed whom a policy names does not fail by its level.

    `span` is the line of the change that causes it, or else the dependency that decides. `fingerprint` names the
    rule, what changes, how, and whom it hits: the same verdict on another day, or of another request, has the same.
    """

    consumer: Named
    tier: int | None
    level: Level
    severity: Severity
    because: tuple[str, ...]
    cause: Cause
    others: tuple[Cause, ...]
    contacts: tuple[Contact, ...]
    approvals: tuple[ApprovalStatus, ...]
    forbidden: tuple[PolicyName, ...]
    told: tuple[PolicyName, ...]
    fails: Failure | None
    span: Span
    fingerprint: str
    waived: str | None = None


@record
class Told:
    """A person to be told, and the consumers or components because of which."""

    contact: Contact
    because: tuple[Named, ...]


class UnknownKind(StrEnum):
    """What a report cannot know."""

    NO_RANGE = "no-range"
    UNCONFIRMED = "unconfirmed"
    NO_DEPENDENTS = "no-dependents"
    UNREAD = "unread"
    UNDATED = "undated"


@record
class Unknown:
    """One kind of ignorance: what it concerns, with places."""

    kind: UnknownKind
    subjects: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@record
class OtherChange:
    """A difference that changes nobody's contract, such as a title or an owner."""

    entity: Named
    what: str
    span: Span | None


@record
class Summary:
    """How many consumers there are of each sort, each counted once, and whether the check fails.

    `failing` counts the verdicts that fail the check.
    """

    consumers: int
    breaks: int
    must_act: int
    at_risk: int
    gains: int
    informed: int
    already_broken: int
    left: int
    not_affected: int
    approvals_missing: int
    waived: int
    failing: int
    fails: bool


@record
class ImpactReport:
    """Everything that `platctl impact` has to say. `anchor` is a place in head for what has none of its own."""

    compared: Compared
    summary: Summary
    changes: tuple[OfferChange, ...]
    verdicts: tuple[Verdict, ...]
    components: tuple[PassedOn, ...]
    already_broken: tuple[Aside, ...]
    left: tuple[Aside, ...]
    deliveries: tuple[Delivery, ...]
    conflicts: tuple[Conflict, ...]
    goals: tuple[GoalMove, ...]
    told: tuple[Told, ...]
    totals: tuple[tuple[Level, Total], ...]
    whole: Total
    unknown: tuple[Unknown, ...]
    others: tuple[OtherChange, ...]
    findings: tuple[Finding, ...]
    anchor: Span
    fail_on: Level | None

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts that fail the check."""
        return tuple(verdict for verdict in self.verdicts if verdict.fails)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to say to anybody."""
        said = (self.changes, self.verdicts, self.deliveries, self.conflicts, self.others, self.findings)
        return not any(said)
