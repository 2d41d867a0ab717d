"""The answer to: where does a platform emerge, and where does one lose its users?"""

from enum import StrEnum

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.past import Broken
from platctl.questions.history.report import Look
from platctl.record import record
from platctl.source.git.commit import short as short_id


class Pattern(StrEnum):
    """What platforms come from, and how one ends."""

    SHARED = "shared-component"
    CORE = "core-product"
    TWINS = "twins"
    LOSING = "losing-users"


class Coming(StrEnum):
    """How a user came to be known: it came, was there when recording began, was another user or of another component
    before a merge, or was hidden from the audience before."""

    CAME = "came"
    UNCOMMITTED = "uncommitted"
    RECORDED = "recorded"
    MERGED = "merged"
    SHOWN = "shown"

    @property
    def is_news(self) -> bool:
        """Whether it is known that the user came then."""
        return self in (Coming.CAME, Coming.UNCOMMITTED)


class Leaving(StrEnum):
    """Why something is no longer a user."""

    LEFT = "left"
    REMOVED = "removed"
    RETIRED = "retired"
    MERGED = "merged"
    UNDEFINED = "undefined"

    @property
    def is_loss(self) -> bool:
        """Whether the component lost a user. What retires or becomes part of something else did not leave it."""
        return self in (Leaving.LEFT, Leaving.REMOVED)


class TrapKind(StrEnum):
    """What looks as if users came or left."""

    RECORDING = "recording-begins"
    PLACEHOLDER = "lists-almost-nothing"
    RENAME = "rename"
    DEAD_USER = "dead-user"


class Agreement(StrEnum):
    """A fact in which twins agree."""

    TYPE = "type"
    TAGS = "tags"
    INTERFACES = "interface types"


class Shortfall(StrEnum):
    """The one condition of a pattern that is not met, by little."""

    CONSUMERS = "consumers"
    OWNERS = "owners"
    KNOWN_OWNER = "known-owner"
    COMMON_USER = "common-user"
    MORE_LEFT = "more-left-than-came"


class YearLater(StrEnum):
    """What became of a candidate within a year."""

    STILL = "still"
    OFFICIAL = "official"
    ENDED = "ended"
    NOT_YET = "not-yet"


class Missing(StrEnum):
    """What an answer lacks."""

    HISTORY = "history"
    SECOND_COMMIT = "second-commit"
    EARLIER_COMMITS = "earlier-commits"
    COMMITS = "commits"
    COMPONENTS = "components"
    USERS = "users"
    OWNERS = "owners"
    FULL_STATE = "full-state"
    DAYS = "days"
    UNREAD = "unread"
    QUARTERS = "quarters"


@record
class Stamp:
    """A commit and its day, as the reader may know it; without a commit where there is none yet, and for audiences."""

    day: str | None
    commit: str | None = None
    author: str | None = None

    @property
    def short(self) -> str:
        """The short id, as used in reports."""
        return short_id(self.commit) if self.commit else ""


@record
class UserPause:
    """Days on which a user was none; it is the same user when it comes back."""

    left: Stamp
    why: Leaving
    back: Stamp


@record
class ComponentUser:
    """What uses a component, or used it: when it came, how that is known, and when and why it left.

    `came` is None if only the present state is known. `since` is the day that the dependency itself declares.
    """

    user: Named
    owner: Named | None
    is_using: bool
    came: Stamp | None
    how: Coming
    pauses: tuple[UserPause, ...] = ()
    left: Stamp | None = None
    why: Leaving | None = None
    since: str | None = None


@record
class UserCount:
    """How many users a component had at the end of a quarter, or has now."""

    quarter: str
    users: int
    is_now: bool = False


@record
class Agreed:
    """A fact in which both twins agree, with its values."""

    what: Agreement
    values: tuple[str, ...]


@record
class NearMiss:
    """A pattern that a component just misses: the condition, what it has and what it needs, and whom that is about."""

    pattern: Pattern
    component: Named
    twin: Named | None
    lacks: Shortfall
    has: int
    needs: int
    about: tuple[Named, ...] = ()


@record
class OfficialEdit:
    """The edit that states openly what the facts show: a command, or else the settings that come first."""

    command: str | None


@record
class UsedComponent:
    """A component, its users now and once, and what is to be known of them.

    `type_users` counts the users of all components of its type, `unowned` its users that name no owner. `called` is
    what calls it platform: its layer or a goal. `came` and `left` count the users of the last 365 days. `breaks` are
    the commits that broke its contract since its first user came.
    """

    entity: Named
    type: str | None
    layer: str | None
    lifecycle: str
    owner: Named | None
    called: str | None
    users: tuple[ComponentUser, ...]
    former: tuple[ComponentUser, ...]
    type_users: int
    owners: tuple[Named, ...]
    unowned: int
    came: int
    left: int
    breaks: tuple[Stamp, ...]
    counts: tuple[UserCount, ...]


@record
class Discovery:
    """A component that matches a pattern; of twins, the one with more users, or else the older one.

    `needed` counts the users that make it match, and `since` is the commit from which on it matches without a break,
    with the users, owners, layers and goals of then; None if it is not known when those users came. `is_emerging` is
    whether one of them is known to have come, and was not there when recording began.
    """

    pattern: Pattern
    component: UsedComponent
    twin: UsedComponent | None
    is_emerging: bool
    needed: int
    since: Stamp | None
    agreed: tuple[Agreed, ...]
    misses: tuple[NearMiss, ...]
    edit: OfficialEdit


@record
class Appearance:
    """How many of the dependencies in a field, `uses` or `depends_on`, appear on one day."""

    field: str
    new: int
    total: int


@record
class RecordBegins:
    """A day on which half of the dependencies of a field, or of both, appear: nothing says when they came."""

    at: Stamp
    appear: tuple[Appearance, ...]
    kind: TrapKind = TrapKind.RECORDING


@record
class BlankState:
    """A state that lists almost nothing, up to the commit `until`: it `has` so many components, or dependencies, where
    the one before `had` more. Nobody left in it, and nobody came back after it."""

    at: Stamp
    until: Stamp | None
    has: int
    had: int
    is_dependencies: bool
    kind: TrapKind = TrapKind.PLACEHOLDER


@record
class RenamedEntity:
    """A component or consumer that got another name: `former` neither left, nor did `entity` come. With `is_guess` no
    alias says so, but all else is the same."""

    at: Stamp
    entity: Named
    former: str
    is_guess: bool
    kind: TrapKind = TrapKind.RENAME


@record
class DeadUser:
    """A component that is no longer there, as `why` says, and still names what it used."""

    entity: Named
    uses: tuple[Named, ...]
    why: str
    kind: TrapKind = TrapKind.DEAD_USER


Trap = RecordBegins | BlankState | RenamedEntity | DeadUser
"""Something that looks as if users came or left, and that is not told as such."""


@record
class PastCandidate:
    """A candidate at the end of a past quarter, and what became of it within a year."""

    pattern: Pattern
    component: Named
    twin: Named | None
    later: YearLater


@record
class PastQuarter:
    """The candidates at the end of a quarter."""

    quarter: str
    end: Date
    candidates: tuple[PastCandidate, ...]


@record
class Backtest:
    """What would have been said at the end of each past quarter, and what became of it: `judged` counts how
    often a candidate was told that has a year behind it, once for each quarter."""

    quarters: tuple[PastQuarter, ...]
    judged: int
    still: int
    official: int
    ended: int


@record
class DiscoverReport:
    """Where platforms emerge, by the state at hand and the commits up to it.

    `look` is None without a history, and for an audience. `crowds` counts the groups of components that agree in one
    fact but are too many to compare. `lacking` is why there is no history, if so; `broken` is what could not be read in
    commits.
    """

    state: str
    today: Date | None
    audience: str | None
    only: str
    look: Look | None
    lacking: str
    missing: tuple[Missing, ...]
    found: tuple[Discovery, ...]
    near: tuple[NearMiss, ...]
    traps: tuple[Trap, ...]
    crowds: int
    broken: tuple[Broken, ...]
    backtest: Backtest | None
