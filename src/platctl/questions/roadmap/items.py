"""Each piece of work as a roadmap shows it: when, how certain, for whom, and what it changes."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, all_named, named
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience, Dates, Horizon, Precision
from platctl.model.vocabulary import Status
from platctl.model.window import Window
from platctl.outlook.benefit import Benefit, Benefits
from platctl.outlook.earliest import Certainty, Outlook, When
from platctl.outlook.effort import efforts
from platctl.questions.roadmap.facts_report import ToldDay
from platctl.questions.roadmap.report import Confidence, Heading, Item, ItemChange
from platctl.ranking.ordering import ranked
from platctl.record import record


@record(slots=False)
class Items:
    """The work in a model that is already limited to what an audience may see; `dates` sets how exact days are."""

    model: Model
    audience: Audience
    dates: Dates

    @cached_property
    def outlook(self) -> Outlook:
        return Outlook(self.model, self.dates.today, is_coarse=self.dates.precision is not Precision.DAY)

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def _benefits(self) -> Benefits:
        return Benefits(self.graph, self.dates.today)

    @cached_property
    def _ranks(self) -> Mapping[Ref, int | None]:
        """The rank of open work in the backlog, for audiences that may read scores."""
        if not self.audience.reads("scores") or not any(each.scores for each in self.model.initiatives.values()):
            return {}
        scoring = self.model.config.scoring
        method = scoring.by_name.get(scoring.model)
        ranking = ranked(self.model, method, self.dates.today) if method else None
        return {item.initiative.ref: item.rank for item in ranking.items} if ranking else {}

    @cached_property
    def _known(self) -> dict[Ref, Item]:
        return {}

    def of(self, ref: Ref) -> Item:
        """One piece of work."""
        if ref not in self._known:
            self._known[ref] = self._item(self.model.initiatives[ref])
        return self._known[ref]

    def benefit(self, ref: Ref) -> Benefit:
        """Who gains from it, and who has to act for it."""
        return self._benefits.of(ref)

    def moment(self, day: Date | None, *, is_first: bool = False) -> ToldDay | None:
        """A day as the audience sees it."""
        if day is None:
            return None
        is_vague = self.dates.precision is Precision.HORIZON
        return ToldDay(self.dates.text(day), None if is_vague else self.dates.coarse(day, is_first=is_first))

    def _when(self, days: Window) -> str:
        """`2027-01-04 to 2027-03-05`, or the period if it is a whole one; `by` or `from` where one end is known."""
        start, end = self.moment(days.start, is_first=True), self.moment(days.end)
        if start and end and days.start and days.end:
            period = self.dates.calendar.period_of(days.start)
            is_whole = self.dates.calendar.bounds(period) == (days.start, days.end)
            if is_whole and self.dates.precision is not Precision.HORIZON:
                return str(period)
            return start.text if start.text == end.text else f"{start.text} to {end.text}"
        return f"by {end.text}" if end else f"from {start.text}" if start else ""

    def heading(self, ref: Ref) -> Heading:
        """Where it is in now, next and later."""
        return self._headings[ref]

    @cached_property
    def _headings(self) -> Mapping[Ref, Heading]:
        return {ref: self._heading(each) for ref, each in self.model.initiatives.items()}

    def _heading(self, initiative: Initiative) -> Heading:
        """Work that has started is now; other work goes by its start, or its end if the start is not known."""
        days = self.outlook.window(initiative)
        if initiative.status is Status.DONE:
            return Heading.PAST
        if self.outlook.plan.overdue_since(initiative):
            return Heading.OVERDUE
        if initiative.status is Status.ACTIVE:
            return Heading.NOW
        begin = days.start or days.end
        if begin is None or self.is_lapsed(initiative):
            return Heading.LATER
        found = self.dates.horizon(begin)
        return Heading.NOW if found is Horizon.PAST else Heading(found)

    def is_lapsed(self, initiative: Initiative) -> bool:
        """Whether it is open but not committed, and the days that it was proposed for have passed: the last one, or
        without that, the period of the first one."""
        if not initiative.status.is_open or initiative.status.is_committed:
            return False
        days = self.outlook.window(initiative)
        if days.end:
            return days.end < self.dates.today
        return days.start is not None and self.dates.horizon(days.start) is Horizon.PAST

    def _is_early(self, initiative: Initiative) -> bool:
        """Whether it is done, and each of the days that its last one may be is ahead, as the audience sees it."""
        end = self.outlook.window(initiative).end
        is_done = initiative.status is Status.DONE and self.audience.reads("status")
        return is_done and end is not None and self.dates.coarse(end, is_first=True) > self.dates.today

    def confidence(self, ref: Ref) -> Confidence | None:
        """How certain its last day is; None for an audience that may not read the status of work."""
        if not self.audience.reads("status"):
            return None
        status = self.model.initiatives[ref].status
        if status is Status.DONE:
            return Confidence.DONE
        if not status.is_committed:
            return Confidence.TENTATIVE
        if self._is_missed(ref):
            return Confidence.DOUBTFUL
        return Confidence.FIRM if status is Status.ACTIVE else Confidence.PLANNED

    def _is_missed(self, ref: Ref) -> bool:
        planned, can = self.outlook.window(self.model.initiatives[ref]).end, self.outlook.ends(ref)
        if can.certainty is Certainty.NEVER:
            return True
        return planned is not None and can.date is not None and can.date > planned

    def _earliest(self, ref: Ref) -> ToldDay | None:
        can: When = self.outlook.ends(ref)
        return self.moment(can.date) if self._is_missed(ref) and can.certainty is Certainty.KNOWN else None

    def _item(self, initiative: Initiative) -> Item:
        ref, days = initiative.ref, self.outlook.window(initiative)
        confidence = self.confidence(ref)
        return Item(
            initiative=self.named(ref),
            status=initiative.status.value if self.audience.reads("status") else None,
            type=initiative.type.value if initiative.type else None,
            horizon=self.heading(ref),
            when=self._when(days),
            start=self.moment(days.start, is_first=True),
            end=self.moment(days.end),
            confidence=confidence,
            earliest=self._earliest(ref) if confidence is Confidence.DOUBTFUL else None,
            is_lapsed=self.is_lapsed(initiative),
            is_early=self._is_early(initiative),
            deadline=self.moment(initiative.deadline),
            owner=self.named(initiative.owner) if initiative.owner else None,
            effort=efforts(self.model, initiative),
            for_=self.named(initiative.for_) if initiative.for_ else None,
            requested_by=self._all(initiative.requested_by),
            gains=self._all(self.benefit(ref).gains),
            goals=self._all(share.goal for share in initiative.goals),
            changes=tuple(self._changes(initiative)),
            waits_for=self._all(self.outlook.waited_for(initiative)),
            approvals=self._all(each.consumer for each in initiative.approvals),
            rank=self._ranks.get(ref),
            description=initiative.description,
            outcome=initiative.outcome,
            risks=tuple(each.risk for each in initiative.risks),
        )

    def named(self, ref: Ref) -> Named:
        return named(self.model, self.model.canonical(ref))

    def _all(self, refs: Iterable[Ref]) -> tuple[Named, ...]:
        return all_named(self.model, refs)

    def _changes(self, initiative: Initiative) -> Iterable[ItemChange]:
        for each in initiative.changes:
            yield ItemChange(
                component=self.named(each.component.component),
                interface=each.component.interface,
                effect=each.effect.value,
                version=str(each.version) if each.version else None,
                sunset=self.moment(each.sunset),
                note=each.note,
            )

    def order(self, ref: Ref) -> int:
        """Its position: by end date as the audience sees it; then work without one, and proposals for past days."""
        return self._places[ref]

    @cached_property
    def _places(self) -> Mapping[Ref, int]:
        return {ref: place for place, ref in enumerate(sorted(self.model.initiatives, key=self._key))}

    def _key(self, ref: Ref) -> tuple[object, ...]:
        initiative = self.model.initiatives[ref]
        end = self.outlook.window(initiative).end
        is_last = 2 if self.is_lapsed(initiative) else int(end is None)
        return (list(Heading).index(self.heading(ref)), is_last, self.dates.coarse(end) if end else Date.max, ref)
