"""The answer to: whom does something move, who moves it, and who asked for what?"""

from enum import StrEnum

from platctl.finding import Span
from platctl.graph.reach import Count, EdgeSet
from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.outlook.totals import Total
from platctl.record import record


@record
class DependentCounts:
    """How many components and how many consumers depend on something, by one set of dependencies."""

    edges: EdgeSet
    components: Count
    consumers: Count


@record
class TierCount:
    """How many consumers have a tier; None is for those without one."""

    tier: int | None
    consumers: int


@record
class ComponentInfluence:
    """How many depend on a component, and on how many it depends.

    `reach` is that of all consumers among its dependents, each counted once; `tiers` are theirs.
    """

    component: Named
    layer: str | None
    owner: Named | None
    dependents: tuple[DependentCounts, ...]
    dependencies: Count
    reach: Total
    tiers: tuple[TierCount, ...]


@record
class ConsumerInfluence:
    """On how many components a consumer depends."""

    consumer: Named
    tier: int | None
    owner: Named | None
    dependencies: Count


class CountedKinds(StrEnum):
    """Which entities are counted."""

    COMPONENTS = "components"
    ALL = "components-and-consumers"


@record
class PropagationCost:
    """The density of the reachability matrix: `pairs` of different entities, of which one depends on the other, of
    `nodes` squared. The diagonal is not counted. `was_pairs` and `was_nodes` are those of the base.
    """

    scope: CountedKinds
    pairs: int
    nodes: int
    was_pairs: int | None = None
    was_nodes: int | None = None

    @property
    def share(self) -> float | None:
        """The pairs as a share of the square of the nodes."""
        return self.pairs / self.nodes**2 if self.nodes else None


@record
class MovedWork:
    """Work that ends later. `slips` says that it is what slips, rather than what waits for it."""

    initiative: Named
    status: str
    was: Date
    now: Date
    slips: bool
    span: Span

    @property
    def days(self) -> int:
        return (self.now - self.was).days


@record
class MovedProduct:
    """A consumer that gets work later that it asked for, or that is for it: that which moves most."""

    consumer: Named
    tier: int | None
    initiative: Named
    was: Date
    now: Date
    others: int

    @property
    def days(self) -> int:
        return (self.now - self.was).days


class PromiseKind(StrEnum):
    """What was to hold by a day."""

    DEADLINE = "deadline"
    NEED_BY = "need-by"


@record
class MovedPromise:
    """Something that was to hold by `due`: `was` and `now` are the days on which it does. `of` is whose it is, and `by`
    the work that keeps it.
    """

    kind: PromiseKind
    of: Named
    by: Named
    due: Date
    was: Date
    now: Date
    span: Span

    @property
    def is_missed(self) -> bool:
        return self.now > self.due

    @property
    def was_missed(self) -> bool:
        return self.was > self.due


@record
class MovedGoal:
    """A goal whose last planned work ends later."""

    goal: Named
    due: Date | None
    by: Named
    was: Date
    now: Date

    @property
    def days(self) -> int:
        return (self.now - self.was).days


@record
class Push:
    """What moves if work slips by `days`. `undated` is work that has no known end, so that it can't slip."""

    days: int
    work: tuple[MovedWork, ...]
    products: tuple[MovedProduct, ...]
    promises: tuple[MovedPromise, ...]
    goals: tuple[MovedGoal, ...]
    undated: tuple[Named, ...]


@record
class Absence:
    """What is lost without something: `consumers` are left without a version that they require, and `goals` have no
    planned work any more.
    """

    consumers: tuple[Named, ...]
    goals: tuple[Named, ...]


@record
class AskedShare:
    """The person-weeks of planned and active work that a consumer asked for; work for several is divided equally.

    None as the consumer is for work that no one asked for.
    """

    consumer: Named | None
    initiatives: int
    weeks: float


@record
class Pull:
    """Who asked for the planned and active work: `weeks` are its person-weeks in all."""

    weeks: float
    shares: tuple[AskedShare, ...]
    without_effort: tuple[Named, ...]


@record
class MigrationBalance:
    """The person-weeks of migration that the planned and active work of someone causes for others, and that the work of
    others causes for them. None is for what has no owner, or no product behind it. `assumed` of them are not declared.
    """

    who: Named | None
    caused: float
    received: float
    own: float

    @property
    def balance(self) -> float:
        """What is caused less what is received; the sum over all is zero."""
        return self.caused - self.received


@record
class Migrations:
    """Migrations by team, by who does the work and who owns what has to move; and by product, by who asked for the work
    and what has to move. `assumed` are the person-weeks that are not declared.
    """

    weeks: float
    assumed: float
    teams: tuple[MigrationBalance, ...]
    products: tuple[MigrationBalance, ...]


@record
class ChangedTogether:
    """Two entities, in how many commits each changed, and in how many both did."""

    one: Named
    other: Named
    one_commits: int
    other_commits: int
    both: int


@record
class TogetherReport:
    """What was changed together in git. It says nothing about why.

    Pairs with fewer than `at_least` common commits are only counted (`below`). `large` commits changed more than `most`
    entities and are left out. `missing` says why there is no history; `is_cut` is whether a shallow clone lacks a part.
    """

    commits: int
    since: Date | None
    at_least: int
    most: int
    large: int
    below: int
    pairs: tuple[ChangedTogether, ...]
    is_cut: bool
    missing: str | None = None


@record
class InfluenceReport:
    """Whom things move. With a `subject`, only what concerns it; `push` and `without` are then about it.

    `team`, `goal` or `consumer` as the subject stands for its work. `audience` is who may see the report.
    """

    state: str
    base: str | None
    today: Date | None
    audience: str | None
    only: str
    subject: Named | None
    components: tuple[ComponentInfluence, ...]
    consumers: tuple[ConsumerInfluence, ...]
    propagation: tuple[PropagationCost, ...]
    push: Push | None
    without: Absence | None
    pull: Pull
    migrations: Migrations
    together: TogetherReport
