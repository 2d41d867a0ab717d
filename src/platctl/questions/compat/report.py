"""The answer to: who works with which version, and until when? What breaks when, if no one acts?"""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.named import Named, Spelling
from platctl.model.placement import LazySpan
from platctl.outlook.asides import Aside
from platctl.outlook.contacts import Contact
from platctl.outlook.endings import Announcement, EndKind, Fate
from platctl.outlook.fits import FitDays, Why
from platctl.record import record


class Word(StrEnum):
    """What a cell says. Part of the JSON format."""

    WORKS = "works"
    WORKS_UNTIL = "works-until"
    DEPRECATED = "deprecated"
    FAILS = "doesnt"
    UNKNOWN = "unknown"
    NO_RELATION = "no-relation"


@record
class Verified:
    """When, by whom and where it was seen to work with a version."""

    on: Date | None
    by: str | None
    url: str | None


@record
class Cell:
    """Whether a dependency works with a version: on the first day, or on the first day of the version if it is ahead.

    `until` is the first day on which it no longer does, `why` the reason why it doesn't, or why that is not known.
    `days` are all days ahead. `span` is the dependency; without one there is no relation.
    """

    word: Word
    until: Date | None = None
    why: Why | None = None
    days: tuple[FitDays, ...] = ()
    verified: Verified | None = None
    span: LazySpan | None = None


@record
class VersionColumn:
    """A version of an interface. `begins` is its first day if that is ahead, `ends` the day on which it is removed.

    `is_over` says that it is not available on any day from the first on. `by` is the work that adds it.
    """

    interface: str
    on: Spelling
    version: str | None
    begins: Date | None
    ends: Date | None
    is_deprecated: bool
    is_over: bool
    by: Named | None
    status: str | None
    span: Span | None


@record
class Edge:
    """A dependency of a row."""

    on: Spelling
    requires: str | None
    is_soft: bool
    span: LazySpan


@record
class VersionRow:
    """A dependent, with one cell for each column. `whole` is whether it works with any version, and until when."""

    who: Named
    tier: int | None
    edges: tuple[Edge, ...]
    cells: tuple[Cell, ...]
    whole: Cell


@record
class VersionTable:
    """Who works with which version of one component. `unrelated` counts the consumers without any relation."""

    component: Named
    columns: tuple[VersionColumn, ...]
    rows: tuple[VersionRow, ...]
    unrelated: int


@record
class Hit:
    """Whom an end hits. `mover` is the one whose own dependency ends, which is itself unless it is hit through others.

    `way` are the ids from it down to the component, `absorbed_by` is who in between keeps its own contract. `span` is
    the dependency that ends. `is_frozen` says that the day falls in a freeze of a consumer.
    """

    who: Named
    tier: int | None
    level: Level
    mover: Named
    way: tuple[str, ...]
    absorbed_by: Named | None
    requires: str | None
    is_soft: bool
    kind: EndKind
    move_to: tuple[str, ...]
    weeks: float | None
    contacts: tuple[Contact, ...]
    span: LazySpan
    is_frozen: bool
    fails: bool

    @property
    def is_of_consumer(self) -> bool:
        return self.who.ref.kind == "consumer"

    @property
    def is_direct(self) -> bool:
        return self.who.ref == self.mover.ref


@record
class Break:
    """Something that ends or weakens on a day, and all whom that hits, the worst first.

    `by` is the work that ends it with its `status`, or else the catalog does; it is overdue since `overdue`. `early` is
    the number of days by which it ends before the announced sunset.
    """

    day: Date
    days_left: int | None
    on: Spelling
    versions: tuple[str, ...]
    fate: Fate
    level: Level
    by: Named | None
    status: str | None
    overdue: Date | None
    announced: Announcement | None
    early: int | None
    hits: tuple[Hit, ...]
    span: Span | None


@record
class FrozenDays:
    """A freeze of a consumer that is hit; the first and the last day are frozen, too."""

    who: Named
    start: Date
    end: Date
    reason: str | None


@record
class Shared:
    """The versions of an interface with which all work on some days."""

    on: Spelling
    versions: tuple[str, ...]


@record
class TogetherDays:
    """Days in a row on which all work with one version of each shared interface."""

    start: Date
    until: Date | None
    shared: tuple[Shared, ...]


@record
class Unfit:
    """One dependency of a set that can't hold together, and the versions that it works with, if any."""

    who: Named
    on: Spelling
    requires: str | None
    works_with: tuple[str, ...]
    is_unknown: bool
    span: LazySpan


@record
class Together:
    """Whether all named work together: on which days, or else a smallest set that can't.

    `is_smallest` is False if there was too much to search.
    """

    named: tuple[Named, ...]
    shared: tuple[Spelling, ...]
    days: tuple[TogetherDays, ...]
    clash: tuple[Unfit, ...]
    is_smallest: bool


class StepKind(StrEnum):
    """A step of an order of moves. Part of the JSON format."""

    ADD = "add"
    MOVE = "move"
    DROP = "drop"
    SET = "set"


@record
class MoveStep:
    """One step: a version is added, dropped or made the only one, or a dependent moves.

    `to` are the versions that a dependent can move to. `is_stuck` says that it can't be done without breaking someone.
    """

    kind: StepKind
    on: Spelling
    version: str | None
    who: Named | None
    requires: str | None
    to: tuple[str, ...]
    weeks: float | None
    contacts: tuple[Contact, ...]
    span: LazySpan | None
    is_stuck: bool


@record
class WordChange:
    """A dependency that works differently after a what-if."""

    who: Named
    on: Spelling
    requires: str | None
    before: Cell
    after: Cell
    span: LazySpan


@record
class WhatIf:
    """What the changes asked about do: who works differently, and an order of moves in which no one is broken.

    `stuck` are those whom the stuck step would break; `unclear` those of whom it is not known whether they must move.
    """

    asked: tuple[str, ...]
    changes: tuple[WordChange, ...]
    steps: tuple[MoveStep, ...]
    stuck: tuple[Named, ...]
    unclear: tuple[Named, ...]

    @property
    def is_possible(self) -> bool:
        return not any(step.is_stuck for step in self.steps)


@record
class CompatReport:
    """The answer. `first` is the first day (None: the catalog has no day), `last` the last one asked about.

    `breaks` are in the order of their days, those after `within` are only counted in `later`. `freezes` are those of
    the consumers that are hit.
    """

    state: str
    only: str
    today: Date | None
    first: Date | None
    last: Date | None
    within: Date | None
    tables: tuple[VersionTable, ...]
    breaks: tuple[Break, ...]
    later: int
    already_broken: tuple[Aside, ...]
    freezes: tuple[FrozenDays, ...]
    together: Together | None
    what_if: WhatIf | None
    consumers: int
    fail_on: Level | None
    fails: bool
