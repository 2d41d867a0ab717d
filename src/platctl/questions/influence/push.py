"""What moves if work slips: other work, products, promises and goals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.window import last_day
from platctl.outlook.demands import Demands, Requirement
from platctl.outlook.earliest import Certainty, Outlook, day_of, has_begun
from platctl.questions.influence.report import MovedGoal, MovedProduct, MovedPromise, MovedWork, PromiseKind, Push
from platctl.record import record


def push(outlook: Outlook, work: Iterable[Ref], days: int) -> Push:
    """What ends later if each of these initiatives ends so many days later than it can."""
    return _Slipping(outlook, tuple(work), days).report()


@record(slots=False)
class _Slipping:
    before: Outlook
    work: tuple[Ref, ...]
    days: int

    @property
    def model(self) -> Model:
        return self.before.model

    def report(self) -> Push:
        """Only work with a known end can slip."""
        return Push(
            self.days,
            tuple(sorted(self._moved.values(), key=lambda each: (not each.slips, each.now, each.initiative.ref))),
            tuple(self._products()),
            tuple(sorted(self._promises(), key=lambda each: (not each.is_missed, each.due, each.of.ref))),
            tuple(self._goals()),
            tuple(named(self.model, ref) for ref in self.work if self._end(self.before, ref) is None),
        )

    @cached_property
    def _after(self) -> Outlook:
        """The outlook in which the work has slipped."""
        initiatives = self.model.initiatives
        slipped = {ref: self._slipped(initiatives[ref]) for ref in self.work if self._end(self.before, ref)}
        return Outlook(replace(self.model, entities=dict(self.model.entities) | slipped), self.before.today)

    def _slipped(self, initiative: Initiative) -> Initiative:
        """As long as before; what has begun takes longer."""
        end = self._end(self.before, initiative.ref)
        assert end is not None  # noqa: S101  only called for work with one
        planned, last = self.before.window(initiative), day_of(end.toordinal() + self.days)
        start = planned.start
        if start and planned.end and not has_begun(initiative):
            start = max(last - (planned.end - start), start)
        return initiative.altered({"start": start, "end": last, "period": None}, initiative.extensions)

    def _end(self, outlook: Outlook, ref: Ref) -> Date | None:
        found = outlook.ends(ref)
        return found.date if found.certainty is Certainty.KNOWN else None

    @cached_property
    def _moved(self) -> Mapping[Ref, MovedWork]:
        """By initiative: how it moves."""
        found = {}
        for ref, each in self.before.plan.open_work.items():
            was, now = self._end(self.before, ref), self._end(self._after, ref)
            if was and now and now > was:
                span = self.before.dated(each)
                found[ref] = MovedWork(named(self.model, ref), each.status.value, was, now, ref in self.work, span)
        return found

    def _products(self) -> Iterator[MovedProduct]:
        """Those who asked for what moves, the most critical first."""
        found: dict[Ref, list[MovedWork]] = {}
        for ref, moved in self._moved.items():
            for consumer in self.before.plan.asking(self.model.initiatives[ref]):
                if consumer in self.model.consumers:
                    found.setdefault(consumer, []).append(moved)
        tiers = {ref: self.model.consumers[ref].tier for ref in found}
        for ref in sorted(found, key=lambda each: (tiers[each] or 99, each)):
            most = max(found[ref], key=lambda each: (each.days, each.initiative.ref))
            others = len(found[ref]) - 1
            yield MovedProduct(named(self.model, ref), tiers[ref], most.initiative, most.was, most.now, others)

    def _promises(self) -> Iterator[MovedPromise]:
        for ref, moved in self._moved.items():
            if deadline := self.model.initiatives[ref].deadline:
                span = self.model.at(ref, ("deadline",))
                kind = PromiseKind.DEADLINE
                yield MovedPromise(kind, moved.initiative, moved.initiative, deadline, moved.was, moved.now, span)
        yield from self._needs()

    def _needs(self) -> Iterator[MovedPromise]:
        """What consumers need by a day, and what moves brings."""
        before, after = Demands(self.before), Demands(self._after)
        for ref, consumer in self.model.consumers.items():
            if not any(use.need_by for use in consumer.uses):
                continue
            now = {each.span: each for each in after.requirements(ref)}
            for was in before.requirements(ref):
                if found := _moved_need(was, now.get(was.span)):
                    yield found

    def _goals(self) -> Iterator[MovedGoal]:
        """Goals whose last planned work ends later."""
        work: dict[Ref, list[Ref]] = {}
        for ref, each in self.before.plan.committed.items():
            for share in each.goals:
                work.setdefault(self.model.canonical(share.goal), []).append(ref)
        for goal in sorted(work.keys() & self.model.goals.keys()):
            was = [(end, ref) for ref in work[goal] if (end := self._end(self.before, ref))]
            now = [(end, ref) for ref in work[goal] if (end := self._end(self._after, ref))]
            if was and now and max(now)[0] > max(was)[0]:
                due = last_day(self.model.goals[goal].due, self.before.plan.calendar)
                by = named(self.model, max(now)[1])
                yield MovedGoal(named(self.model, goal), due, by, max(was)[0], max(now)[0])


def _moved_need(was: Requirement, now: Requirement | None) -> MovedPromise | None:
    """A need that is met later by the same or other work."""
    before, after = was.earliest.date, now.earliest.date if now else None
    if now is None or was.need_by is None or now.brought_by is None or not before or not after or after <= before:
        return None
    return MovedPromise(PromiseKind.NEED_BY, was.consumer, now.brought_by, was.need_by, before, after, was.span)
