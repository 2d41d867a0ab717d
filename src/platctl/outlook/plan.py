"""The plan in one model: which work there is, when, who waits for it, and how much effort it takes."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Calendar, Date, Period
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.model.window import Window, window
from platctl.outlook.effort import efforts
from platctl.record import record
from platctl.scheduling.reachable import reachable
from platctl.source.yaml.document import Route


@record(slots=False)
class Plan:
    """The initiatives of a model on its calendar, as declared.

    Open work is neither done nor given up; others count on committed work, which is planned or active.
    """

    model: Model
    today: Date | None = None

    @cached_property
    def calendar(self) -> Calendar:
        return self.model.config.calendar.calendar

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def open_work(self) -> Mapping[Ref, Initiative]:
        return {ref: each for ref, each in self.model.initiatives.items() if each.status.is_open}

    @cached_property
    def committed(self) -> Mapping[Ref, Initiative]:
        return {ref: each for ref, each in self.model.initiatives.items() if each.status.is_committed}

    def window(self, initiative: Initiative) -> Window:
        """Its first and last day, as far as declared."""
        return window(initiative, self.calendar)

    def days_left(self, initiative: Initiative, today: Date | None = None) -> Window:
        """Its window; if only a period is declared, what remains of it from `earliest` and today."""
        days = self.window(initiative)
        is_over = initiative.status in (Status.ACTIVE, Status.DONE)
        release = max((day for day in (initiative.earliest, today) if day), default=None)
        if initiative.start or is_over or not (release and days.start and days.end):
            return days
        return Window(release, days.end) if days.start < release <= days.end else days

    def promised_end(self, initiative: Initiative | None) -> Date | None:
        """The last day of work that others can count on."""
        return self.window(initiative).end if initiative and initiative.status.is_committed else None

    def overdue_since(self, initiative: Initiative | None) -> Date | None:
        """The last day of committed work, if that has passed; a day has passed when it ends."""
        end = self.promised_end(initiative)
        return end if end and self.today and end < self.today else None

    def asking(self, initiative: Initiative) -> tuple[Ref, ...]:
        """The consumers that it is for: those that asked for it, and the one whose feature it is."""
        return self.model.canonical_all(initiative.waiting)

    def prerequisites(self, initiative: Initiative) -> tuple[Ref, ...]:
        """All that it depends on, done or not, in declared order."""
        return self.model.canonical_all(initiative.depends_on)

    def route_to(self, initiative: Initiative, before: Ref) -> Route:
        """The route to its dependency on another one."""
        written = (self.model.canonical(each) for each in initiative.depends_on)
        return ("depends_on", next(index for index, each in enumerate(written) if each == before))

    @cached_property
    def open_prerequisites(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """By open work: the open work that has to end first."""
        return {
            ref: tuple(before for before in self.prerequisites(each) if before in self.open_work)
            for ref, each in self.open_work.items()
        }

    @cached_property
    def waiting_for(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """By initiative of any status: the open work that depends on it."""
        waiting: dict[Ref, list[Ref]] = {}
        for ref, each in self.open_work.items():
            for before in self.prerequisites(each):
                waiting.setdefault(before, []).append(ref)
        return {ref: tuple(refs) for ref, refs in waiting.items()}

    def downstream(self, ref: Ref) -> list[Ref]:
        """Everything that waits for an initiative, directly or not, nearest first."""
        _, *later = reachable([ref], lambda each: self.waiting_for.get(each, ()))
        return later

    def upstream(self, ref: Ref) -> list[Ref]:
        """All open work that an initiative waits for, directly or not, nearest first."""
        _, *earlier = reachable([ref], lambda each: self.open_prerequisites.get(each, ()))
        return earlier

    def consumers_of(self, change: Change) -> list[Ref]:
        """The consumers that directly use what a change touches."""
        touched = self.graph.users_at(self.model.canonical(change.component.component), change.component.interface)
        return list(dict.fromkeys(use.source for use in touched if use.source.kind == "consumer"))

    @cached_property
    def load(self) -> Mapping[Ref, Mapping[Period, Mapping[Ref, float]]]:
        """By team and period: the person-weeks that each committed initiative takes, spread evenly over its days."""
        load: dict[Ref, dict[Period, dict[Ref, float]]] = {}
        for initiative in self.committed.values():
            for period, share in self._shares(self.window(initiative)):
                for effort in efforts(self.model, initiative):
                    work = load.setdefault(effort.team.ref, {}).setdefault(period, {})
                    work[initiative.ref] = work.get(initiative.ref, 0.0) + effort.weeks * share
        return load

    def _shares(self, when: Window) -> Iterator[tuple[Period, float]]:
        """The periods that a piece of work touches, each with its share of the days."""
        if when.start is None or when.end is None or when.end < when.start:
            return
        days = (when.end - when.start).days + 1
        for period, first, last in self.calendar.periods(when.start, when.end):
            yield period, ((last - first).days + 1) / days
