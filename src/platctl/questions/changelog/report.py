"""The answer to: what has happened to the plan since then?

Days are text, with the precision allowed for the audience: a day, its period, or now, next, later.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.named import Named, Spelling
from platctl.model.placement import LazySpan
from platctl.outlook.compared import Compared
from platctl.outlook.moves import Detour, Punctuality
from platctl.outlook.shifts import OfferEffect
from platctl.record import record


class Kind(StrEnum):
    """What happened, in the order of the report."""

    DELIVERED = "delivered"
    RELEASE_MOVED = "release-moved"
    SLIPPED = "slipped"
    OVERDUE = "overdue"
    PULLED_IN = "pulled-in"
    DROPPED = "dropped"
    DESCOPED = "descoped"
    EXTENDED = "extended"
    RESCOPED = "rescoped"
    ADDED = "added"
    REPLANNED = "replanned"
    RETURNED = "returned"
    STARTED = "started"
    DATED = "dated"
    UNDATED = "undated"
    PROMISE_BROKEN = "promise-broken"
    PROMISE_KEPT = "promise-kept"
    REPRIORITISED = "reprioritised"
    DECIDED = "decided"
    PROPOSED = "proposed"
    STAGE_CHANGED = "stage-changed"
    GIVEN_UP = "given-up"
    DEPRECATED = "deprecated"
    SUNSET_MOVED = "sunset-moved"
    RELIEVED = "relieved"
    VERSION_REMOVED = "version-removed"
    VERSION_ADDED = "version-added"
    VERSION_REPLACED = "version-replaced"
    OFFER_PLANNED = "offer-planned"
    GOAL_ADDED = "goal-added"
    GOAL_MOVED = "goal-moved"
    GOAL_REMOVED = "goal-removed"
    OWNER_CHANGED = "owner-changed"
    ENTITY_ADDED = "entity-added"
    ENTITY_REMOVED = "entity-removed"
    RENAMED = "renamed"
    DEPENDENCY_ADDED = "dependency-added"
    DEPENDENCY_REMOVED = "dependency-removed"
    DEPENDENCY_CHANGED = "dependency-changed"
    OTHER = "other"

    @property
    def rank(self) -> int:
        return _RANKS[self]


_RANKS = {kind: rank for rank, kind in enumerate(Kind)}


@record
class Moved:
    """A planned end or a sunset on another day. `days` is positive for later, None if days are not exact.

    `was` is the last promised end, also if the work had none in base (`detour`). `nth` counts the slips of this work
    from the first one on; None if the history was not read.
    """

    was: str | None
    now: str | None
    days: int | None = None
    nth: int | None = None
    detour: Detour | None = None


@record
class Overdue:
    """Committed work that is not done `days` after its last day, `since`; `is_new` if that day passed after base, or is
    another one than in base. `since` is None where only now, next and later are shown."""

    since: str | None
    days: int | None
    is_new: bool = True


@record
class Finished:
    """Work that is done. `planned` is its last promised end, `on` the day on which it was done, `days` after that end.

    `at_start` is the end promised in base, if that was another one. For work that was never promised, `end` is the end
    that it has, and `days` count from there.

    That is the day of the commit that says so, unless that commit declares another end that is not after it. Without a
    history it is the end in head, or today if that is sooner, or if the work was overdue in base.
    """

    punctuality: Punctuality
    planned: str | None
    on: str | None
    days: int | None
    end: str | None = None
    at_start: str | None = None


@record
class StageChange:
    """The former and current stage of work.

    `was` is None for new work, `now` for removed work, and both for an audience that may not read a status.
    """

    was: str | None
    now: str | None
    end: str | None = None


class ScopePart(StrEnum):
    """The part of a promised scope that differs."""

    CHANGE = "change"
    CONSUMER = "consumer"
    EFFORT = "effort"


@record
class Scope:
    """A part of the scope that was added, removed or changed. Effort is in person-weeks."""

    part: ScopePart
    what: str
    was: str | None
    now: str | None


class PromiseOutcome(StrEnum):
    """The outcome of a promise. Open: it can still be kept. All but the first two break it."""

    KEPT = "kept"
    OPEN = "open"
    LATE = "late"
    MOVED = "moved"
    UNDATED = "undated"
    OVERDUE = "overdue"
    GIVEN_UP = "given-up"
    WITHDRAWN = "withdrawn"


@record
class Promise:
    """Work that was committed in base for a consumer, with an end.

    `now` is the end in head; for work that is given up its status, or None if it is removed.
    """

    consumer: Named
    outcome: PromiseOutcome
    promised: str | None
    now: str | None


@record
class Priority:
    """A class or a rank (from 1) in a scoring model that changed relative to other work."""

    model: str
    was: str
    now: str


@record
class Offered:
    """What happened to available versions. `interface` is empty for the component as a whole.

    `sunset_was` is the end announced before; `migration` is in person-weeks.
    """

    interface: str
    versions: tuple[str, ...]
    replaced: tuple[str, ...] = ()
    sunset: str | None = None
    sunset_was: str | None = None
    days: int | None = None
    successor: str | None = None
    migration: float | None = None


@record
class OfferPlan:
    """What planned work will do to available versions: new in the plan, moved, or withdrawn."""

    interface: str
    effect: OfferEffect
    versions: tuple[str, ...]
    by: Named
    date: str | None
    moved_from: str | None
    is_withdrawn: bool
    sunset: str | None


@record
class Decided:
    """A recorded decision between initiatives."""

    chose: Named | None
    over: tuple[Named, ...]
    by: str | None
    why: str | None


class FieldChange(StrEnum):
    """How a field changed."""

    SET = "set"
    REMOVED = "removed"
    CHANGED = "changed"


@record
class ChangedField:
    """A field with both values; None if absent, too long or too complex to show."""

    name: str
    change: FieldChange
    was: str | None
    now: str | None


@record
class Depends:
    """A dependency of an entity; `field` is empty if the whole dependency was added or removed."""

    on: Spelling
    requires: str | None = None
    field: str = ""
    was: str | None = None
    now: str | None = None


@record
class Presence:
    """An entity that was added, removed or renamed; `former` is the former name."""

    former: str | None = None


Fact = (
    Moved
    | Overdue
    | Finished
    | StageChange
    | Scope
    | Promise
    | Priority
    | Offered
    | OfferPlan
    | Decided
    | ChangedField
    | Depends
    | Presence
)


@record
class Because:
    """What something else follows from: the entry of this kind about this entity."""

    kind: Kind
    entity: Named


@record
class ChangelogEntry:
    """One thing that happened. `owner` is the owner of the entity, `waiting` are the consumers it is for.

    `because` is what it follows from, such as a slip for a broken promise. `span` is the position in head, or in base
    for removed entities; None for an audience.
    """

    kind: Kind
    entity: Named
    fact: Fact
    owner: Named | None = None
    waiting: tuple[Named, ...] = ()
    span: Span | LazySpan | None = None
    because: Because | None = None


@record(slots=False)
class ChangelogReport:
    """All that happened, by kind.

    `since` is the day of the base, `open_promises` counts those that can still be kept, and
    `still_overdue` the work that was overdue in base as well. `incomplete` are the states
    that could not be read completely: entities missing there do not count as removed, but may look different.
    `is_ranked` is whether the order of work could be compared.
    """

    compared: Compared
    since: Date | None
    today: Date | None
    consumer: Named | None
    audience: str | None
    incomplete: tuple[str, ...]
    is_ranked: bool
    totals: Mapping[Kind, int]
    open_promises: int
    still_overdue: int
    entries: tuple[ChangelogEntry, ...]

    @cached_property
    def _first(self) -> Mapping[Because, ChangelogEntry]:
        """Of several alike, the first one."""
        return {Because(each.kind, each.entity): each for each in reversed(self.entries)}

    @cached_property
    def _following(self) -> Mapping[Because, list[ChangelogEntry]]:
        found: dict[Because, list[ChangelogEntry]] = {}
        for each in self.entries:
            if each.because:
                found.setdefault(each.because, []).append(each)
        return found

    def following(self, entry: ChangelogEntry) -> list[ChangelogEntry]:
        """What follows from an entry; of several alike, from the first one."""
        cause = Because(entry.kind, entry.entity)
        return self._following.get(cause, []) if self._first[cause] is entry else []
