"""The answer to: which products does this change affect, how badly, why, and who has to be asked?"""

from enum import StrEnum

from platctl.finding import Finding, Severity, Span
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.named import Named, Spelling
from platctl.outlook.asides import Aside
from platctl.outlook.cause import Cause
from platctl.outlook.compared import Compared
from platctl.outlook.conflicts import Conflict
from platctl.outlook.contacts import Contact
from platctl.outlook.deliveries import Delivery, GoalLink, GoalMove
from platctl.outlook.release_moves import ReleaseMove
from platctl.outlook.shifts import OfferChange
from platctl.outlook.spread import PassedOn
from platctl.outlook.totals import Total
from platctl.record import record


class ApprovalState(StrEnum):
    """The state of an approval that a policy requires, the best first.

    Claimed: the change itself brings it. Lapsed: a different change was approved. Unbound: without a digest of what
    was approved. By another: by someone who is not an approver.
    """

    GIVEN = "given"
    CLAIMED = "claimed"
    LAPSED = "lapsed"
    UNBOUND = "unbound"
    BY_ANOTHER = "by-another"
    MISSING = "missing"


class ApprovalSource(StrEnum):
    """Where an approval is: in the files of the base, only in those of the change, or in a review of the change."""

    BASE = "base"
    CHANGE = "change"
    REVIEW = "review"


@record
class PolicyName:
    """A policy as people know it."""

    id: str
    label: str


@record
class ApprovalStatus:
    """An approval that a policy requires. `asks` are its words for the approvers (none: anyone), `of` their names.

    `source` is where the approval is; None if there is none. `no_handle` are the approvers whose reviews can't count,
    as base lists no handle for them; only where reviews are looked at.
    """

    policy: str
    label: str
    state: ApprovalState
    of: tuple[str, ...] = ()
    by: str | None = None
    on: Date | None = None
    asks: tuple[str, ...] = ()
    source: ApprovalSource | None = None
    no_handle: tuple[str, ...] = ()

    @property
    def is_given(self) -> bool:
        return self.state is ApprovalState.GIVEN


class EscapeKind(StrEnum):
    """How a consumer escapes an effect: a dependency on its way is gone, or was edited."""

    LEFT = "left"
    EDITED = "edited"


class Failure(StrEnum):
    """Why a verdict fails the check."""

    FORBIDDEN = "forbidden"
    APPROVAL = "approval-missing"
    LEVEL = "level"


@record
class Verdict:
    """What the change means for one consumer. The level is fact; `severity` is policy, and `because` explains it.

    `approvals` are those that policies require, `forbidden` the policies that forbid it, `told` those that only comment
    on it. An effect that all required approvers agreed to does not fail by its level.

    `gain` is what it gains beside a harm. `span` is the line of the change that causes it, or else the dependency that
    decides. `fingerprint` is made of the rule, what changes, how, and the consumer, so that it is the same on another
    day or in another request.

    `escaped` is the level of the harm that the consumer escapes, since the change edits or removes a dependency, or the
    consumer itself. In a verdict on such a harm, `level` is the same, and `escape` tells how.
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
    gain: Cause | None = None
    waived: str | None = None
    type: str | None = None
    """The type of the consumer: product, team, partner or another word."""
    escaped: Level | None = None
    escape: EscapeKind | None = None
    maybe_now: Named | None = None
    """Of a consumer that is gone: what it may be called now, if it was renamed."""


@record
class Told:
    """A person or team to tell, and the entities because of which."""

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
    """One kind of missing knowledge: the subjects, with places."""

    kind: UnknownKind
    subjects: tuple[Spelling, ...]
    spans: tuple[Span, ...] = ()


@record
class Port:
    """A component that has to be changed itself, since something it depends on changes, with the team that owns it."""

    component: Named
    level: Level
    cause: Cause
    owner: Contact | None
    fails: bool


@record
class Exposed:
    """A dependency of a component that passes on what it gets, and did not before: its dependents are affected now."""

    component: Named
    on: Spelling
    dependents: tuple[Named, ...]
    span: Span


@record
class OtherChange:
    """A difference that affects no contract, such as a title or an owner."""

    entity: Named
    what: str
    span: Span | None


@record
class Incomplete:
    """Something that base has and head could not read, judged as in base: where, why, and which entities."""

    span: Span
    why: str
    entities: tuple[Named, ...]


@record
class Summary:
    """How many consumers are affected in which way, each counted once, and whether the check fails.

    `failing` counts the verdicts that fail the check, `ports` the components to port, `errors` the errors that base
    does not have, `not_read` the files of base that head could not read, `escaped` the consumers that escape a harm,
    which are counted in another way as well.
    """

    consumers: int
    breaks: int
    must_act: int
    at_risk: int
    gains: int
    informed: int
    already_broken: int
    left: int
    escaped: int
    not_affected: int
    approvals_missing: int
    waived: int
    failing: int
    ports: int
    ports_failing: int
    errors: int
    not_read: int
    fails: bool


@record
class ImpactReport:
    """Everything that `platctl impact` reports. `anchor` is a place in head for findings without one.

    `incomplete` is what head could not read, `is_first_model` tells that base has no model yet, and `errors` are those
    that head has and base has not. `escapes` are verdicts on harm that does not happen, since what it would happen to
    is edited or removed in the same change.
    """

    incomplete: tuple[Incomplete, ...]
    compared: Compared
    is_first_model: bool
    summary: Summary
    changes: tuple[OfferChange, ...]
    verdicts: tuple[Verdict, ...]
    escapes: tuple[Verdict, ...]
    components: tuple[PassedOn, ...]
    ports: tuple[Port, ...]
    exposed: tuple[Exposed, ...]
    already_broken: tuple[Aside, ...]
    left: tuple[Aside, ...]
    deliveries: tuple[Delivery, ...]
    releases: tuple[ReleaseMove, ...]
    conflicts: tuple[Conflict, ...]
    goals: tuple[GoalMove, ...]
    links: tuple[GoalLink, ...]
    told: tuple[Told, ...]
    totals: tuple[tuple[Level, Total], ...]
    whole: Total
    unknown: tuple[Unknown, ...]
    others: tuple[OtherChange, ...]
    findings: tuple[Finding, ...]
    errors: tuple[Finding, ...]
    anchor: Span
    fail_on: Level | None
    fail_on_component: Level | None

    @property
    def failing(self) -> tuple[Verdict, ...]:
        """The verdicts that fail the check."""
        return tuple(verdict for verdict in self.judged if verdict.fails)

    @property
    def judged(self) -> tuple[Verdict, ...]:
        """All that policies judge: what happens to consumers, and what they escape."""
        return (*self.verdicts, *self.escapes)

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to report."""
        plans = (self.deliveries, self.releases, self.conflicts, self.links)
        unsure = (self.incomplete, self.errors)
        said = (*unsure, self.changes, self.judged, self.ports, self.exposed, *plans, self.others, self.findings)
        return not any(said)
