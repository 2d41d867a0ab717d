"""The plan as one audience may see it: grouped work, for everyone or for one entity."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.graph.areas import Areas
from platctl.model.calendar import Calendar, Date
from platctl.model.entity.initiative import Initiative, InitiativeType
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience, Precision
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.outlook.audience import dates_of, seen_by
from platctl.outlook.overload import Overload
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.concerned import Concerned
from platctl.questions.roadmap.events import events
from platctl.questions.roadmap.facts import SUBJECTS, SubjectFacts
from platctl.questions.roadmap.items import Items
from platctl.questions.roadmap.report import Group, Heading, RoadmapDecision, RoadmapPages, RoadmapReport, key_of
from platctl.record import record


@record
class RoadmapOptions:
    """The question.

    `about` is the consumer, team, goal or component that it is for. `only` limits it to some initiatives. `start` and
    `end` limit it to work in between; without them, work that ended before the last period is omitted.
    """

    audience: Audience
    today: Date
    view: View = View.NOW_NEXT_LATER
    group_by: Grouping | None = None
    about: Ref | None = None
    only: frozenset[Ref] | None = None
    start: Date | None = None
    end: Date | None = None

    @property
    def grouping(self) -> Grouping:
        """What was asked for, or what the view groups by. An audience that may not see periods gets horizons."""
        found = self.group_by or _GROUPINGS[self.view]
        is_vague = self.audience.dates is Precision.HORIZON
        return Grouping.HORIZON if is_vague and found is Grouping.PERIOD else found


_GROUPINGS = {
    View.TIMELINE: Grouping.PERIOD,
    View.NOW_NEXT_LATER: Grouping.HORIZON,
    View.BY_GOAL: Grouping.GOAL,
    View.BY_TEAM: Grouping.TEAM,
    View.BY_COMPONENT: Grouping.COMPONENT,
    View.BY_CONSUMER: Grouping.CONSUMER,
}


def roadmap(model: Model, state: str, options: RoadmapOptions) -> RoadmapReport:
    """The roadmap that was asked for. `about` must be something that the audience may see."""
    return Roadmaps(model, state, options).report(options)


class Roadmaps:
    """Several roadmaps of one model for one audience, with everything they share derived once."""

    def __init__(self, model: Model, state: str, options: RoadmapOptions) -> None:
        audience = options.audience
        # Everything is derived from days as the audience sees them, so that it can't reveal more exact ones.
        self.model = seen_by(model, audience, options.today)
        self.state, self.audience = state, audience
        self.items = Items(self.model, audience, dates_of(model, audience, options.today))
        self.facts = SubjectFacts(self.items)
        self.concerned = Concerned(self.items)
        self.long_over = frozenset(_long_over(model, audience, options.today))

    def subjects(self, kind: str) -> tuple[Ref, ...]:
        """Everything of a kind that the audience may see, in order."""
        return tuple(ref for ref in self.model.entities if ref.kind == kind)

    def report(self, options: RoadmapOptions) -> RoadmapReport:
        """One of them."""
        return _Roadmap(self, options).report

    def pages(self, options: RoadmapOptions) -> RoadmapPages:
        """The one that is asked for, and one for each consumer, team, goal and component with something to show."""
        of_one = replace(options, view=View.NOW_NEXT_LATER, group_by=None)
        reports = {ref: self.report(replace(of_one, about=ref)) for kind in SUBJECTS for ref in self.subjects(kind)}
        telling = {
            ref: each for ref, each in reports.items() if each.items or (each.about and not each.about.is_silent)
        }
        return RoadmapPages(self.report(options), telling)

    @cached_property
    def days(self) -> Mapping[Ref, tuple[Date, Date] | None]:
        """By initiative: from when to when it is shown; overdue work until today, because it is not over."""
        return {ref: self._days_of(each) for ref, each in self.model.initiatives.items()}

    def _days_of(self, initiative: Initiative) -> tuple[Date, Date] | None:
        window = self.items.outlook.window(initiative)
        start, end = window.start or window.end, window.end or window.start
        if end and self.items.heading(initiative.ref) is Heading.OVERDUE:
            end = max(end, self.items.dates.today)
        return self.items.dates.reach(start, end) if start and end else None


class _Roadmap:
    def __init__(self, of: Roadmaps, options: RoadmapOptions) -> None:
        self._of, self._options = of, options
        self._items, self._model = of.items, of.model

    @property
    def report(self) -> RoadmapReport:
        options, moment = self._options, self._items.moment
        shown = self._shown
        return RoadmapReport(
            state=self._of.state,
            audience=self._of.audience.title,
            today=options.today,
            view=options.view,
            grouping=options.grouping,
            about=self._of.facts.about(options.about) if options.about else None,
            strategy=self._model.config.strategy,
            start=moment(options.start, is_first=True),
            end=moment(options.end),
            ticks=self._ticks,
            items=tuple(map(self._items.of, shown)),
            groups=tuple(self._groups(shown)),
            decisions=tuple(self._decisions(shown)),
            over_capacity=tuple(self._over_capacity(shown)),
            events=events(self._of.facts, map(self._items.of, shown), options.about),
            undated=len(self._undated),
            outside=len(self._wanted) - len(shown) - len(self._undated),
        )

    @cached_property
    def _wanted(self) -> list[Ref]:
        options = self._options
        found = self._of.concerned.concerning(options.about) if options.about else self._model.initiatives.keys()
        return sorted((ref for ref in found if options.only is None or ref in options.only), key=self._items.order)

    @cached_property
    def _shown(self) -> list[Ref]:
        return [ref for ref in self._wanted if self._is_inside(ref)]

    @cached_property
    def _undated(self) -> list[Ref]:
        """Work without a date, where the roadmap is limited to certain days."""
        is_limited = self._options.start or self._options.end
        return [ref for ref in self._wanted if self._days(ref) is None] if is_limited else []

    def _days(self, ref: Ref) -> tuple[Date, Date] | None:
        return self._of.days[ref]

    def _is_inside(self, ref: Ref) -> bool:
        options, days = self._options, self._days(ref)
        if options.start or options.end:
            return days is not None and days[1] >= (options.start or Date.min) and days[0] <= (options.end or Date.max)
        return ref not in self._of.long_over

    @property
    def _ticks(self) -> tuple[tuple[str, Date], ...]:
        """The periods of the time that is shown: without limits, from the previous one on, as work that still runs may
        have begun years ago. Proposals for days that have passed are not drawn."""
        if self._items.dates.precision is Precision.HORIZON:
            return ()
        drawn = [ref for ref in self._shown if not self._items.is_lapsed(self._model.initiatives[ref])]
        days = [each for each in map(self._days, drawn) if each]
        if not days and not (self._options.start and self._options.end):
            return ()
        calendar, end = self._items.dates.calendar, self._options.end
        recent = _previous_period(calendar, min(self._options.today, end or Date.max))
        first = self._options.start or max(recent, min(start for start, _ in days))
        last = end or max(first, *(end for _, end in days))
        return tuple((str(each), calendar.bounds(each)[0]) for each, _, _ in calendar.periods(first, last))

    def _groups(self, shown: list[Ref]) -> Iterator[Group]:
        makers: Mapping[Grouping, Callable[[list[Ref]], Iterable[Group]]] = {
            Grouping.HORIZON: self._by_horizon,
            Grouping.PERIOD: self._by_period,
            Grouping.GOAL: self._by_goal,
            Grouping.TEAM: lambda refs: self._by_subject(refs, "team", self._of.concerned.teams_of),
            Grouping.COMPONENT: lambda refs: self._by_subject(refs, "component", self._of.concerned.components_of),
            Grouping.CONSUMER: lambda refs: self._by_subject(refs, "consumer", self._consumers_of),
            Grouping.SYSTEM: lambda refs: self._by_area(refs, "system", Areas(self._model).system),
            Grouping.DOMAIN: lambda refs: self._by_area(refs, "domain", Areas(self._model).domain),
            Grouping.TYPE: lambda refs: self._by_word(refs, "type", [*InitiativeType]),
            Grouping.STATUS: lambda refs: self._by_word(refs, "status", [*Status]),
        }
        yield from makers[self._options.grouping](shown)

    def _by_horizon(self, refs: list[Ref]) -> Iterator[Group]:
        found: dict[Heading, list[Ref]] = {}
        for ref in refs:
            found.setdefault(self._items.heading(ref), []).append(ref)
        for heading, title in _HEADINGS.items():
            if heading in found or heading not in _OPTIONAL:
                yield Group(heading.value, title, tuple(found.get(heading, ())))

    def _by_period(self, refs: list[Ref]) -> Iterator[Group]:
        """By the period in which it ends; overdue work before all, and proposals whose days have passed after all."""
        periods: dict[Date | None, list[Ref]] = {}
        overdue = tuple(ref for ref in refs if self._items.heading(ref) is Heading.OVERDUE)
        lapsed = tuple(ref for ref in refs if self._items.is_lapsed(self._model.initiatives[ref]))
        apart = {*overdue, *lapsed}
        for ref in (each for each in refs if each not in apart):
            days = self._days(ref)
            first = self._items.dates.calendar.bounds(self._items.dates.period(days[1]))[0] if days else None
            periods.setdefault(first, []).append(ref)
        if overdue:
            yield Group(Heading.OVERDUE.value, _HEADINGS[Heading.OVERDUE], overdue)
        for first in sorted(periods, key=lambda day: day or Date.max):
            name = str(self._items.dates.period(first)) if first else ""
            yield Group(name.lower() or "undated", name or "No date yet", tuple(periods[first]))
        if lapsed:
            yield Group("lapsed", "Proposed for days that have passed", lapsed)

    def _by_subject(self, refs: list[Ref], kind: str, of: Callable[[Initiative], Iterable[Ref]]) -> Iterator[Group]:
        found, rest = self._divided(refs, kind, of)
        for subject, items in found.items():
            if items or self._options.only is None:
                yield self._group(subject, tuple(items))
        yield from rest

    def _by_area(self, refs: list[Ref], kind: str, area_of: Callable[[Ref], Ref | None]) -> Iterator[Group]:
        """By the systems or domains of the components that work changes."""

        def touched(initiative: Initiative) -> Iterable[Ref]:
            changed = self._of.concerned.components_of(initiative)
            return dict.fromkeys(area for each in changed if (area := area_of(each)))

        found, rest = self._divided(refs, kind, touched)
        for area, items in found.items():
            if items:
                yield Group(key_of(area), self._model.entities[area].label, tuple(items))
        yield from rest

    def _divided(
        self, refs: list[Ref], kind: str, of: Callable[[Initiative], Iterable[Ref]]
    ) -> tuple[dict[Ref, list[Ref]], tuple[Group, ...]]:
        """The work of each subject of a kind, and as a group that of none."""
        found: dict[Ref, list[Ref]] = {each: [] for each in self._of.subjects(kind)}
        rest: list[Ref] = []
        for ref in refs:
            subjects = [each for each in of(self._model.initiatives[ref]) if each in found]
            for each in subjects:
                found[each].append(ref)
            if not subjects:
                rest.append(ref)
        return found, (Group(f"no-{kind}", f"No {kind}", tuple(rest)),) if rest else ()

    def _group(self, subject: Ref, items: tuple[Ref, ...], depth: int = 0) -> Group:
        about = self._of.facts.about(subject)
        return Group(key_of(subject), about.entity.label, items, about, depth)

    def _consumers_of(self, initiative: Initiative) -> list[Ref]:
        return [ref for ref in self._of.concerned.subjects_of[initiative.ref] if ref in self._model.consumers]

    def _by_goal(self, refs: list[Ref]) -> Iterator[Group]:
        """The tree of goals from the top, and what serves each of them itself."""
        serving: dict[Ref, list[Ref]] = {}
        for ref in refs:
            for share in self._model.initiatives[ref].goals:
                serving.setdefault(self._model.canonical(share.goal), []).append(ref)
        for goal, depth in self._of.facts.goals.items():
            yield self._group(goal, tuple(serving.get(goal, ())), depth)
        rest = tuple(ref for ref in refs if not self._model.initiatives[ref].goals)
        if rest:
            yield Group("no-goal", "No goal", rest)

    def _by_word(self, refs: list[Ref], field: str, words: Iterable[InitiativeType | Status]) -> Iterator[Group]:
        is_read = self._of.audience.reads(field)
        written = {ref: getattr(self._model.initiatives[ref], field) if is_read else None for ref in refs}
        for word in words:
            found = tuple(ref for ref in refs if written[ref] is word)
            if found:
                yield Group(word.value, word.value, found)
        rest = tuple(ref for ref in refs if written[ref] is None)
        if rest:
            yield Group("none", f"No {field}", rest)

    def _over_capacity(self, shown: list[Ref]) -> Iterator[Overload]:
        """In the days that are shown; on the page of a team only its own, and on other pages none."""
        options, known = self._options, frozenset(shown)
        for each in self._of.facts.overloads if options.about is None or options.about.kind == "team" else ():
            is_about = options.about in (None, each.team.ref)
            is_shown = any(share.initiative.ref in known for share in each.work)
            begin = self._items.dates.calendar.bounds(self._items.dates.period(each.until))[0]
            is_inside = (options.start or Date.min) <= each.until and begin <= (options.end or Date.max)
            if is_about and is_shown and is_inside:
                yield each

    def _decisions(self, shown: list[Ref]) -> Iterator[RoadmapDecision]:
        known = frozenset(shown)
        for ref, each in self._model.decisions.items():
            if each.chose and not known.isdisjoint(map(self._model.canonical, each.about)):
                over = tuple(map(self._items.named, each.over))
                chose, when = self._items.named(each.chose), self._items.moment(each.date)
                yield RoadmapDecision(named(self._model, ref), chose, over, each.why, each.by, when)


def _previous_period(calendar: Calendar, day: Date) -> Date:
    """The first day of the period before that of a day."""
    first = calendar.bounds(calendar.period_of(day))[0]
    return calendar.bounds(calendar.period_of(Date.fromordinal(max(1, first.toordinal() - 1))))[0]


def _long_over(model: Model, audience: Audience, today: Date) -> Iterator[Ref]:
    """Work that ended before the previous period, judged by period for every audience, even for one that sees less:
    the group of recently done work reveals as much."""
    calendar = model.config.calendar.calendar
    last_period = _previous_period(calendar, today)
    for ref, each in seen_by(model, replace(audience, dates=Precision.PERIOD), today).initiatives.items():
        days = window(each, calendar)
        last = days.end or days.start
        if each.status is Status.DONE and (last is None or last < last_period):
            yield ref


_HEADINGS = {
    Heading.OVERDUE: "Overdue",
    Heading.NOW: "Now",
    Heading.NEXT: "Next",
    Heading.LATER: "Later",
    Heading.PAST: "Recently done",
}
_OPTIONAL = (Heading.OVERDUE, Heading.PAST)
"""Headings that are omitted without work."""
