"""The answer to "what first, and why?": scores with all that went into them, and the order that follows."""

from dataclasses import dataclass
from enum import StrEnum

from platctl.finding import Finding, Severity, Span
from platctl.report.impact import Named


class Origin(StrEnum):
    """Where the value of a criterion comes from."""

    WRITTEN = "written"
    VOTES = "votes"
    GRAPH = "graph"
    DEFAULT = "default"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Portion:
    """One part of a value; the parts of a value add up to it."""

    of: str
    value: float


@dataclass(frozen=True, slots=True)
class Input:
    """What a criterion is for one piece of work, and why.

    `value` is None where nothing says it. `used` is the number that goes into the formula: the value, or its share
    from 0 to 1 where the criterion is normalised. `written` is what somebody wrote although the graph knows better.
    """

    name: str
    label: str
    value: float | None
    origin: Origin
    used: float | None = None
    word: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    span: Span | None = None
    note: str = ""
    portions: tuple[Portion, ...] = ()
    written: float | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one piece of work. `value` is None where inputs are missing, or the formula is undefined for them.

    Of a ratio, `gain` and `work` are what is divided. `rank_key` orders words: 0 is the best class.
    """

    value: float | None
    inputs: tuple[Input, ...] = ()
    gain: float | None = None
    work: float | None = None
    word: str | None = None
    missing: tuple[str, ...] = ()
    undefined: str = ""

    def input(self, name: str) -> Input | None:
        return next((each for each in self.inputs if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Member:
    """One piece of work of a block, and what it brings to it. `is_assumed`: nobody says how much work it is."""

    initiative: Named
    gain: float
    work: float
    is_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of work in its place.

    `rank` counts from 1; it is None where the work has no score and nothing that has one waits for it. `priority` is
    what decides: the score, raised by what the work unlocks. In a ratio model it is the sum of the gains of `block`
    divided by the sum of their work: the pieces that come together because some of them open the way for others. In
    other models it is the score of `lifted_by`. `is_tied` says that another one has the same priority and score, so
    that the id decided.
    """

    initiative: Named
    rank: int | None
    score: Score
    priority: float | None
    block: tuple[Member, ...]
    lifted_by: Named | None
    unlocks: tuple[Named, ...]
    waits_for: tuple[Named, ...]
    is_tied: bool
    facts: "Facts"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is shown beside a score, whichever model made it. Effort and cost are person-weeks."""

    status: str
    teams: tuple[Named, ...]
    goals: tuple[Named, ...]
    components: tuple[Named, ...]
    gains: tuple[Named, ...]
    asked_by: tuple[Named, ...]
    effort: float | None
    reach: float | None
    induced_cost: float
    must_act: int
    span: Span


class Standing(StrEnum):
    """What became of a decision in a ranking."""

    KEPT = "kept"
    MOVED = "moved"
    AGAINST = "against"
    EXPIRED = "expired"
    UNRANKED = "unranked"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and what it did: nothing had to move, it moved something, or the order goes against it.

    Of one that is `unranked`, what it chose or all that it put second has no place in the order.
    """

    decision: Named
    chose: Named
    over: tuple[Named, ...]
    standing: Standing
    why: str
    note: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Group:
    """Items that have something in common; an item may be in several groups."""

    title: str
    items: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """The scoring model, in the words of its maker."""

    id: str
    title: str
    value: str
    size: str | None
    classes: tuple[str, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class Optimum:
    """How good the order of a ratio model is: the total weighted delay, and what no order can go below."""

    cost: float
    bound: float
    is_exact: bool

    @property
    def gap(self) -> float:
        """By how much of the bound the order may be off, at most."""
        return (self.cost - self.bound) / self.bound if self.bound > 0 and not self.is_exact else 0.0


@dataclass(frozen=True, slots=True)
class Compared:
    """The rank of each piece of work in several models, and how much they agree."""

    models: tuple[str, ...]
    ranks: tuple[tuple[Named, tuple[int | None, ...]], ...]
    agreement: tuple[tuple[str, str, float | None], ...]


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What a class takes of the effort of all that has one: person-weeks, and the share from 0 to 1.

    `unknown` counts initiatives whose effort nobody says; `limit` is the largest share that the model wants.
    """

    word: str
    initiatives: int
    effort: float
    share: float | None
    unknown: int
    limit: float | None

    @property
    def is_over(self) -> bool:
        return self.limit is not None and self.share is not None and self.share > self.limit


class Field(StrEnum):
    """Where work stands by value and effort; what is in the middle counts as much value, and as little effort."""

    QUICK_WIN = "quick-win"
    BIG_BET = "big-bet"
    FILL_IN = "fill-in"
    MONEY_PIT = "money-pit"


@dataclass(frozen=True, slots=True)
class Placed:
    """Work with its value and its effort."""

    initiative: Named
    rank: int
    value: float
    effort: float
    field: Field


@dataclass(frozen=True, slots=True)
class Matrix:
    """Value against effort. `value` and `effort` are the medians that part the fields, `*_of` says what was taken.

    `unplaced` counts ranked work of which one of both is not known.
    """

    value_of: str
    effort_of: str
    value: float
    effort: float
    placed: tuple[Placed, ...]
    unplaced: int


@dataclass(frozen=True, slots=True)
class BacklogReport:
    """All open work in order. `apart` has no score and stands outside; `left_out` counts what `--top` cuts.

    `is_complete` is False where something that is written down could not be read.
    """

    state: str
    method: Method
    items: tuple[Item, ...]
    apart: tuple[Item, ...]
    decided: tuple[Decided, ...]
    groups: tuple[Group, ...]
    optimum: Optimum | None
    left_out: int
    findings: tuple[Finding, ...]
    failing: int
    fail_on: Severity | None
    comparison: Compared | None = None
    matrix: Matrix | None = None
    is_complete: bool = True
    classes: tuple[ClassShare, ...] = ()
