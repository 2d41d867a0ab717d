"""The answer to: which products does this change affect, how badly, why, and who has to be asked?"""

from dataclasses import dataclass
from enum import StrEnum

from platctl.finding import Finding, Severity, Span
from platctl.graph.effects import Reason
from platctl.model.calendar import Date
from platctl.model.component import Strength
from platctl.model.effect import Level
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as people know it."""

    ref: Ref
    id: str
    title: str | None = None

    @property
    def label(self) -> str:
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class Compared:
    """Which two states were compared; in a what-if only `head` is set. `only` are the selectors of what is reported."""

    head: str
    base: str | None = None
    how: str = ""
    at: Date | None = None
    only: str = ""


class OfferEffect(StrEnum):
    """What happens to what an interface offers: the effects of a change, and the relief of taking one back."""

    ADDITION = "addition"
    CHANGE = "change"
    BREAKING = "breaking"
    DEPRECATION = "deprecation"
    REMOVAL = "removal"
    INTERNAL = "internal"
    RELIEF = "relief"


@dataclass(frozen=True, slots=True)
class OfferChange:
    """One change to what an interface offers.

    `date` is when it takes place (None: at once, or nobody knows when); `moved_from` when it was to take place.
    `is_withdrawn` says that base planned it and head does not.
    """

    subject: str
    component: Ref
    effect: OfferEffect
    span: Span | None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    ending: tuple[str, ...] = ()
    sunset: Date | None = None
    date: Date | None = None
    initiative: Named | None = None
    moved_from: Date | None = None
    is_withdrawn: bool = False
    note: str = ""

    def is_behind(self, cause: "Cause") -> bool:
        """Whether it is what a cause comes from."""
        used, changed = (each.subject.partition("#")[2] for each in (cause, self))
        is_used = not used or not changed or used.lower() == changed.lower()
        return is_used and (self.component, self.date) == (cause.component, cause.date)


@dataclass(frozen=True, slots=True)
class Step:
    """One dependency on the way from an affected entity to the change, and the effect that came over it."""

    entity: Named
    on: str
    span: LazySpan
    requires: str | None
    strength: Strength
    exposes: bool
    level: Level
    decides: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """Why an entity is affected: the way, and what decided it at its far end.

    `offered` is what was on offer for the deciding dependency and `left` what remains or comes. `date` is when the
    change takes place, `until` when what is left ends, `announced` the sunset that had been set before.
    `hard_level` is the level it had if the deciding dependency were hard.
    """

    level: Level
    reason: Reason
    subject: str
    component: Ref
    steps: tuple[Step, ...]
    requires: str | None = None
    offered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    date: Date | None = None
    until: Date | None = None
    announced: Date | None = None
    initiative: Named | None = None
    moved_from: Date | None = None
    hard_level: Level | None = None
    is_range_known: bool = True
    absorbed_by: Named | None = None
    migration: float | None = None

    @property
    def distance(self) -> int:
        return len(self.steps)

    @property
    def span(self) -> LazySpan:
        """The dependency that decides."""
        return self.steps[-1].span

    @property
    def by(self) -> Date | None:
        """The day by which somebody has to act, or on which it happens."""
        return self.until or self.date


class ApprovalState(StrEnum):
    """How it stands with a yes that a policy asks for, the best first.

    Lapsed: something else was approved. By another: not by one of those whose yes counts.
    """

    GIVEN = "given"
    LAPSED = "lapsed"
    BY_ANOTHER = "by-another"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PolicyName:
    """A policy as people know it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to ask or to tell."""

    name: str
    role: str
    contact: str | None = None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A component that an effect reached."""

    component: Named
    level: Level


@dataclass(frozen=True, slots=True)
class Aside:
    """A consumer whose dependency was broken before, or is gone in head."""

    consumer: Named
    tier: int | None
    on: str
    requires: str | None
    span: Span | None


class DeliveryVerdict(StrEnum):
    """What happens to a promised piece of work."""

    DROPPED = "dropped"
    DELAYED = "delayed"
    EARLIER = "earlier"
    ADDED = "added"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A piece of work that moves, those who wait for it, and what is downstream of it."""

    initiative: Named
    verdict: DeliveryVerdict
    was: Date | None
    now: Date | None
    status: str
    waiting: tuple[Named, ...]
    downstream: tuple[Named, ...]
    span: Span | None

    @property
    def days(self) -> int | None:
        """By how many days it moves; later is positive."""
        return (self.now - self.was).days if self.was and self.now else None


class ConflictKind(StrEnum):
    STARTS_BEFORE_DEPENDENCY = "starts-before-dependency-ends"
    AFTER_DEADLINE = "after-deadline"
    AFTER_NEED_BY = "after-need-by"
    AFTER_GOAL_DUE = "after-goal-due"
    IN_FREEZE = "in-freeze"
    OVER_CAPACITY = "over-capacity"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something in the plan that does not fit together, and did before the change."""

    kind: ConflictKind
    subject: Named
    other: Named
    date: Date | None
    limit: Date | None
    detail: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class GoalMove:
    """What a goal gains or loses through one initiative."""

    goal: Named
    initiative: Named
    verdict: DeliveryVerdict
    contribution: float | None
    was: Date | None
    now: Date | None
    due: Date | None


@dataclass(frozen=True, slots=True)
class Told:
    """A person to be told, and the consumers or components because of which."""

    contact: Contact
    because: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How much a group of consumers weighs. A number is None where none of them says."""

    consumers: int
    users: float | None
    developers: float | None
    revenue: float | None


class UnknownKind(StrEnum):
    """What a report cannot know."""

    NO_RANGE = "no-range"
    UNCONFIRMED = "unconfirmed"
    NO_DEPENDENTS = "no-dependents"
    UNREAD = "unread"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Unknown:
    """One kind of ignorance: what it concerns, with places."""

    kind: UnknownKind
    subjects: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherChange:
    """A difference that changes nobody's contract, such as a title or an owner."""

    entity: Named
    what: str
    span: Span | None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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
