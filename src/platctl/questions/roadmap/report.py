"""The answer to: what comes when, for whom, and what does it ask of them?

Nothing in it is a place in a file, and no day is more exact than its audience is told.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.model.settings.audience import Horizon
from platctl.outlook.effort import Effort, weeks_of
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.facts_report import About, ToldDay
from platctl.record import record


class Confidence(StrEnum):
    """How far one may count on the last day of a piece of work.

    `done`. `firm`: it has begun, and that day can hold. `planned`: it is promised, and that day can hold. `doubtful`:
    that day can't hold, since it is past or what it waits for ends too late. `tentative`: nobody has promised it.
    """

    DONE = "done"
    FIRM = "firm"
    PLANNED = "planned"
    DOUBTFUL = "doubtful"
    TENTATIVE = "tentative"


@record
class ItemChange:
    """What a piece of work does to a component."""

    component: Named
    interface: str | None
    effect: str
    version: str | None
    sunset: ToldDay | None
    note: str | None


@record
class Item:
    """One piece of work. `end` is its last day, on which its changes take place; `when` is all that is known of its
    days, in words. `earliest` is when it can end if that day can't hold, None where nobody knows.

    `status` and `confidence` are None for who may not read how far work is. `rank` is its place in the backlog.
    `approvals` are the consumers that have agreed.
    """

    initiative: Named
    status: str | None
    type: str | None
    horizon: Horizon
    when: str
    start: ToldDay | None
    end: ToldDay | None
    confidence: Confidence | None
    earliest: ToldDay | None
    deadline: ToldDay | None
    owner: Named | None
    effort: tuple[Effort, ...]
    for_: Named | None
    requested_by: tuple[Named, ...]
    gains: tuple[Named, ...]
    goals: tuple[Named, ...]
    changes: tuple[ItemChange, ...]
    waits_for: tuple[Named, ...]
    approvals: tuple[Named, ...]
    rank: int | None
    description: str | None
    outcome: str | None
    risks: tuple[str, ...]

    @property
    def weeks(self) -> float | None:
        """Person-weeks of all teams."""
        return weeks_of(self.effort)


@record
class Group:
    """Items that stand together, in order. `key` is the same from day to day; `depth` counts the goals above a goal."""

    key: str
    title: str
    items: tuple[Ref, ...]
    about: About | None = None
    depth: int = 0


@record
class RoadmapDecision:
    """A trade-off that somebody has written down."""

    decision: Named
    chose: Named
    over: tuple[Named, ...]
    why: str | None
    by: str | None
    date: ToldDay | None


class RoadmapEventKind(StrEnum):
    """What happens on a day: work ends, has to be done, a goal is due, or something is on offer for the last time."""

    RELEASE = "release"
    DEADLINE = "deadline"
    GOAL_DUE = "goal-due"
    SUNSET = "sunset"


@record
class RoadmapEvent:
    """A day to remember. `subject` says more than the entity: `rest 2.4.0` of an interface."""

    kind: RoadmapEventKind
    entity: Named
    day: ToldDay
    subject: str = ""


@record(slots=False)
class RoadmapReport:
    """The plan, as one audience may see it. An item may stand in several groups.

    `start` and `end` limit what is shown. `undated` counts the pieces of work that have no day and are left out for
    that; `outside` those that lie before or after.
    """

    state: str
    audience: str | None
    today: Date
    view: View
    grouping: Grouping
    about: About | None
    strategy: str | None
    start: ToldDay | None
    end: ToldDay | None
    ticks: tuple[tuple[str, Date], ...]
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    decisions: tuple[RoadmapDecision, ...]
    events: tuple[RoadmapEvent, ...]
    undated: int
    outside: int

    @property
    def is_vague(self) -> bool:
        """Whether days are only told as now, next and later."""
        return not self.ticks and all(item.end is None or item.end.day is None for item in self.items)

    @cached_property
    def _by_ref(self) -> Mapping[Ref, Item]:
        return {item.initiative.ref: item for item in self.items}

    def of(self, refs: Iterable[Ref]) -> list[Item]:
        """The items of these names that are on this roadmap, in the same order."""
        return [self._by_ref[ref] for ref in refs if ref in self._by_ref]


@record(slots=False)
class RoadmapPages:
    """A roadmap for everybody, and one for each consumer, team, goal and component."""

    index: RoadmapReport
    subjects: Mapping[Ref, RoadmapReport]

    @cached_property
    def named(self) -> Mapping[Ref, Named]:
        """What the subjects are called, by kind and name."""
        return {ref: each.about.entity for ref, each in self.subjects.items() if each.about}


def key_of(ref: Ref) -> str:
    """A name for pages and anchors that stays the same: `consumer-tv-app`, `consumer-partners~meridian`."""
    return f"{ref.kind}-{ref.name.replace('/', '~')}"
