"""The answer to: what is planned when, for whom, and what does it ask of them?

It contains no places in files, and no day that is more exact than its audience may see.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.named import Named
from platctl.model.ref import Ref
from platctl.outlook.effort import Effort, weeks_of
from platctl.outlook.overload import Overload
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.facts_report import About, ToldDay
from platctl.record import record


class Confidence(StrEnum):
    """How certain the last day of a piece of work is.

    `done`. `firm`: it has started, and that day can hold. `planned`: it is committed, and that day can hold.
    `doubtful`: that day can't hold, because it is past or a prerequisite ends too late. `tentative`: not committed.
    """

    DONE = "done"
    FIRM = "firm"
    PLANNED = "planned"
    DOUBTFUL = "doubtful"
    TENTATIVE = "tentative"


class Heading(StrEnum):
    """Where work is in now, next and later.

    Overdue: it is committed, and its last day has passed. Now: it has started, or its days have begun. Next and later:
    it starts in the next period, or after it. Later also has work whose start is not known, and proposals whose days
    have passed. Past: it is done.
    """

    OVERDUE = "overdue"
    PAST = "past"
    NOW = "now"
    NEXT = "next"
    LATER = "later"


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
    days, as text. `earliest` is when it can end if that day can't hold, None where that is not known.

    `is_lapsed`: it is not committed, and its days have passed. `is_early`: it is done before its last day.
    `status` and `confidence` are None for an audience that may not read the status. `rank` is its place in the
    backlog. `approvals` are the consumers that have approved it.
    """

    initiative: Named
    status: str | None
    type: str | None
    horizon: Heading
    when: str
    start: ToldDay | None
    end: ToldDay | None
    confidence: Confidence | None
    earliest: ToldDay | None
    is_lapsed: bool
    is_early: bool
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
    """A group of items, in order. `key` is stable; `depth` counts the goals above a goal."""

    key: str
    title: str
    items: tuple[Ref, ...]
    about: About | None = None
    depth: int = 0


@record
class RoadmapDecision:
    """A recorded trade-off."""

    decision: Named
    chose: Named
    over: tuple[Named, ...]
    why: str | None
    by: str | None
    date: ToldDay | None


class RoadmapEventKind(StrEnum):
    """What happens on a day: work ends, a deadline, a goal is due, or a version is available for the last time."""

    RELEASE = "release"
    DEADLINE = "deadline"
    GOAL_DUE = "goal-due"
    SUNSET = "sunset"


@record
class RoadmapEvent:
    """A date to remember. `subject` is more specific than the entity: `rest 2.4.0` of an interface."""

    kind: RoadmapEventKind
    entity: Named
    day: ToldDay
    subject: str = ""


@record(slots=False)
class RoadmapReport:
    """The plan, as one audience may see it. An item may be in several groups.

    `start` and `end` limit what is shown. `undated` counts work that is omitted because it has no date;
    `outside` work that is before or after. `over_capacity` are teams that work on what is shown, where the audience may
    see that.
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
    over_capacity: tuple[Overload, ...]
    events: tuple[RoadmapEvent, ...]
    undated: int
    outside: int

    @property
    def is_vague(self) -> bool:
        """Whether days are only shown as now, next and later."""
        return not self.ticks and all(item.end is None or item.end.day is None for item in self.items)

    @cached_property
    def _by_ref(self) -> Mapping[Ref, Item]:
        return {item.initiative.ref: item for item in self.items}

    def of(self, refs: Iterable[Ref]) -> list[Item]:
        """The items of these names that are on this roadmap, in the same order."""
        return [self._by_ref[ref] for ref in refs if ref in self._by_ref]


@record(slots=False)
class RoadmapPages:
    """A roadmap for everyone, and one for each consumer, team, goal and component."""

    index: RoadmapReport
    subjects: Mapping[Ref, RoadmapReport]

    @cached_property
    def named(self) -> Mapping[Ref, Named]:
        """The names of the subjects, by kind and id."""
        return {ref: each.about.entity for ref, each in self.subjects.items() if each.about}


def key_of(ref: Ref) -> str:
    """A name for pages and anchors that stays the same: `consumer-tv-app`, `consumer-partners~meridian`."""
    return f"{ref.kind}-{ref.name.replace('/', '~')}"
