"""What a product, or one of its features, waits for: dates, owners, the critical path, and conflicts."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.outlook import holding
from platctl.outlook.conflicts import Conflict, over_capacity, with_waiting
from platctl.outlook.demands import Demands, Requirement
from platctl.outlook.earliest import Certainty, Obstacle, Outlook, When, day_of, has_begun, is_done, latest
from platctl.outlook.effort import efforts
from platctl.questions.needs.report import Decider, Feature, NeededWork, NeedsReport, Pause, Shipping
from platctl.record import record
from platctl.scheduling.cycles import shortest_cycles


@record
class NeedsOptions:
    """The question. `at` is the day for which available versions are judged; as the catalog declares if it is None."""

    today: Date | None = None
    at: Date | None = None


def needs(model: Model, state: str, subject: Ref, options: NeedsOptions) -> NeedsReport:
    """What a consumer, or an initiative and the consumer that it is for, waits for."""
    outlook = Outlook(model, options.today)
    all_ = _Needs(outlook, Demands(outlook, options.at))
    if subject in model.consumers:
        consumer: Ref | None = subject
        features = sorted(map(all_.feature, all_.wanted_by(subject)), key=_by_day)
    else:
        consumer = all_.consumer_of(model.initiatives[subject])
        features = [all_.feature(subject)]
    return NeedsReport(
        state=state,
        subject=named(model, subject),
        today=options.today,
        at=options.at,
        features=tuple(features),
        requirements=all_.requirements(subject) if subject in model.consumers else (),
        moves=all_.demands.moves(consumer) if consumer else (),
    )


def _by_day(feature: Feature) -> tuple[int, Date, Ref]:
    when = feature.earliest.ready
    return (list(Certainty).index(when.certainty), when.date or Date.max, feature.initiative.ref)


@record(slots=False)
class _Needs:
    outlook: Outlook
    demands: Demands

    @property
    def model(self) -> Model:
        return self.outlook.model

    def wanted_by(self, consumer: Ref) -> Iterator[Ref]:
        """Open work that is for a consumer, or that it asks for."""
        for ref, each in self.model.initiatives.items():
            if each.status.is_open and consumer in self.outlook.plan.asking(each):
                yield ref

    def consumer_of(self, initiative: Initiative) -> Ref | None:
        ref = self.model.canonical(initiative.for_) if initiative.for_ else None
        return ref if ref in self.model.consumers else None

    def requirements(self, consumer: Ref | None) -> tuple[Requirement, ...]:
        if consumer not in self._known:
            self._known[consumer] = self.demands.requirements(consumer) if consumer else ()
        return self._known[consumer]

    @cached_property
    def _known(self) -> dict[Ref | None, tuple[Requirement, ...]]:
        return {}

    def feature(self, ref: Ref) -> Feature:
        """Everything that one initiative waits for, and the hard needs of the consumer that it is for."""
        initiative = self.model.initiatives[ref]
        consumer = self.consumer_of(initiative)
        requirements = self.requirements(consumer) if initiative.status.is_open else ()
        hard = [each for each in requirements if not each.is_soft]
        work = latest([self.outlook.ends(ref), *(each.earliest for each in hard)])
        planned = latest([self.outlook.planned(ref), *(each.planned for each in hard)])
        found = _Upstream(self.outlook, (ref, *_bringers(hard)), work)
        frozen = self.model.consumers[consumer] if consumer else None
        return Feature(
            initiative=named(self.model, ref),
            status=initiative.status.value,
            consumer=named(self.model, consumer) if consumer else None,
            planned=self._shipping(planned, frozen),
            earliest=self._shipping(work, frozen),
            chain=tuple(named(self.model, each) for each in found.chain),
            steps=found.steps,
            requirements=requirements,
            circles=tuple(tuple(named(self.model, each) for each in circle) for circle in found.circles),
            conflicts=tuple(found.conflicts()),
        )

    def _shipping(self, work: When, consumer: Consumer | None) -> Shipping:
        """The same day, or the first after the freezes that it would land in."""
        if consumer is None or work.certainty is not Certainty.KNOWN or work.date is None:
            return Shipping(work, work)
        day, pauses = work.date, []
        for index, freeze in sorted(enumerate(consumer.freezes), key=lambda each: (each[1].start, each[0])):
            if freeze.start <= day <= freeze.end:
                span = self.model.at(consumer.ref, ("freezes", index))
                pauses.append(Pause(day, freeze.start, freeze.end, freeze.reason, span))
                day = day_of(freeze.end.toordinal() + 1)
        return Shipping(work, When(work.certainty, day), tuple(pauses))


def _bringers(requirements: Iterable[Requirement]) -> Iterator[Ref]:
    return (each.brought_by.ref for each in requirements if each.brought_by)


@record(slots=False)
class _Upstream:
    """All that has to end before the targets are done; `work` is the earliest day for that."""

    outlook: Outlook
    targets: tuple[Ref, ...]
    work: When

    @property
    def model(self) -> Model:
        return self.outlook.model

    @cached_property
    def _open(self) -> tuple[Ref, ...]:
        """The targets and what they wait for, without finished work."""
        return self.outlook.timeline.behind(ref for ref in self.targets if ref in self.outlook.timeline.tasks)

    @cached_property
    def _all(self) -> tuple[Ref, ...]:
        """The same, with finished work that is directly needed."""
        initiatives = (self.model.initiatives[ref] for ref in self._open if ref in self.model.initiatives)
        needed = (
            ref for each in initiatives if not each.status.is_given_up for ref in self.outlook.plan.prerequisites(each)
        )
        return tuple(sorted({*self.targets, *self._open, *needed}))

    @cached_property
    def circles(self) -> tuple[tuple[Ref, ...], ...]:
        """Work that waits for itself: the shortest cycle of each group."""
        tasks = self.outlook.timeline.tasks
        stuck = {ref for ref in self._open if ref not in self.outlook.timeline.finishes}
        edges = {ref: [each for each in tasks[ref].before if each in stuck] for ref in stuck}
        return tuple(map(tuple, shortest_cycles(edges)))

    @cached_property
    def _arriving(self) -> tuple[Ref, ...]:
        """The targets that end last."""
        finishes = self.outlook.timeline.finishes
        ends = [ref for ref in self.targets if ref in finishes and day_of(finishes[ref].day) == self.work.date]
        return tuple(dict.fromkeys(ends))

    @cached_property
    def chain(self) -> tuple[Ref, ...]:
        """The critical path to the earliest day; empty if that is not known, or the catalog alone decides."""
        if self.work.certainty is not Certainty.KNOWN or not self._arriving:
            return ()
        return self.outlook.timeline.chain(self._arriving[0])

    @cached_property
    def _critical(self) -> frozenset[Ref]:
        return frozenset(self.chain)

    @cached_property
    def _latest(self) -> Mapping[Ref, int]:
        if self.work.certainty is not Certainty.KNOWN or self.work.date is None:
            return {}
        finishes = self.outlook.timeline.finishes
        ends = [ref for ref in self.targets if ref in finishes]
        return self.outlook.timeline.latest(
            ends, max([self.work.date.toordinal(), *(finishes[each].day for each in ends)])
        )

    @cached_property
    def steps(self) -> tuple[NeededWork, ...]:
        """All work that is waited for: finished work, then the rest by earliest end."""
        return tuple(sorted(map(self._step, self._all), key=_in_time))

    def _step(self, ref: Ref) -> NeededWork:
        initiative, obstacle = self.model.initiatives.get(ref), self._obstacle(ref)
        if initiative is None:
            return self._missing(ref, obstacle)
        days = self.outlook.window(initiative)
        begins, decided_by = self._begins(initiative)
        owner = self.model.owner_of(initiative)
        after = self.outlook.timeline.deciding(ref) if decided_by is Decider.PREREQUISITE else None
        return NeededWork(
            initiative=named(self.model, ref),
            status=initiative.status.value,
            is_promised=initiative.status.is_committed or is_done(initiative),
            owner=named(self.model, owner) if owner else None,
            effort=efforts(self.model, initiative),
            start=days.start,
            end=days.end,
            begins=begins,
            ends=self.outlook.ends(ref),
            decided_by=decided_by,
            after=named(self.model, after) if after else None,
            obstacle=obstacle,
            waits_for=tuple(named(self.model, each) for each in self.outlook.plan.prerequisites(initiative)),
            slack=self._slack(ref),
            is_critical=ref in self._critical,
            span=self.outlook.dated(initiative),
            deciding=self._deciding(initiative, decided_by, after),
        )

    def _missing(self, ref: Ref, obstacle: Obstacle | None) -> NeededWork:
        """Work that is waited for but does not exist, at the place that refers to it."""
        by = next(each for each in self._open if ref in self.outlook.timeline.tasks[each].before)
        return NeededWork(
            initiative=named(self.model, ref),
            status=None,
            is_promised=False,
            owner=None,
            effort=(),
            start=None,
            end=None,
            begins=None,
            ends=self.outlook.ends(ref),
            decided_by=None,
            after=None,
            obstacle=obstacle,
            waits_for=(),
            slack=None,
            is_critical=ref in self._critical,
            span=self._depends_on(by, ref),
            deciding=None,
        )

    def _obstacle(self, ref: Ref) -> Obstacle | None:
        if any(ref in circle for circle in self.circles):
            return Obstacle.CIRCLE
        return self.outlook.obstacle(ref)

    def _slack(self, ref: Ref) -> int | None:
        last = self._latest.get(ref)
        return None if last is None else last - self.outlook.timeline.finishes[ref].day

    def _begins(self, initiative: Initiative) -> tuple[Date | None, Decider | None]:
        """The earliest possible first day and what decides it; for work that has started, what decides its end."""
        timeline = self.outlook.timeline
        task, found = timeline.tasks.get(initiative.ref), timeline.finishes.get(initiative.ref)
        if task is None or found is None:
            return None, None
        if task.has_begun:
            is_planned = task.end == found.day
            begins = self.outlook.window(initiative).start
        else:
            length = task.days_after_first
            begin = found.day - (length or 0)
            is_planned = begin == task.start or (task.start is None and task.end == found.day)
            begins = day_of(begin) if length is not None else None
        if timeline.deciding(initiative.ref):
            return begins, Decider.PREREQUISITE
        if is_planned:
            return begins, Decider.PLAN
        is_earliest = not task.has_begun and initiative.earliest and task.release == initiative.earliest.toordinal()
        if task.release == 1:
            return begins, None
        return begins, Decider.EARLIEST if is_earliest else Decider.TODAY

    def _deciding(self, initiative: Initiative, decided_by: Decider | None, after: Ref | None) -> Span | None:
        match decided_by:
            case Decider.PREREQUISITE if after:
                return self._depends_on(initiative.ref, after)
            case Decider.EARLIEST:
                return self.model.at(initiative.ref, ("earliest",))
            case Decider.PLAN:
                if has_begun(initiative) or not (initiative.start or initiative.period):
                    return self.outlook.field(initiative, "end", "period")
                is_earliest = not initiative.start and self.outlook.window(initiative).start == initiative.earliest
                return self.outlook.field(initiative, *(("earliest",) if is_earliest else ("start", "period")))
            case Decider.TODAY:
                return self.outlook.field(initiative, "status")
        return None

    def _depends_on(self, ref: Ref, before: Ref) -> Span:
        return self.model.at(ref, self.outlook.plan.route_to(self.model.initiatives[ref], before))

    def conflicts(self) -> Iterator[Conflict]:
        """Planned days that can't hold, by initiative, and teams over capacity in a period in which they work on it."""
        plan = self.outlook.plan
        open_ = [plan.open_work[ref] for ref in self._open if ref in plan.open_work]
        found = [conflict for each in open_ for conflict in holding.of_work(self.outlook, each)]
        own = {each.ref for each in open_}
        found += [each for each in over_capacity(plan) if any(work.ref in own for work in each.work)]
        return (with_waiting(plan, each) for each in found)


def _in_time(step: NeededWork) -> tuple[int, Date, Ref]:
    return (list(Certainty).index(step.ends.certainty), step.ends.date or Date.max, step.initiative.ref)
