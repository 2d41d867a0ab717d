"""What the difference between two timelines means for a dependency: both are compared day by day."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property, partial

from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.outlook.admission import Interval
from platctl.outlook.dependency import OneDependency
from platctl.outlook.effects import Effect, EffectStretch, Need, Reason
from platctl.outlook.events import Dated, Event
from platctl.outlook.offers import Offers, is_about, listed_offers, same
from platctl.outlook.timeline import Timeline
from platctl.record import record


@record(slots=False)
class TwoTimelines:
    """Two timelines, compared from a day on.

    `notice` is the number of days that an end has to be announced before, counted from head's today. `touched` are the
    components that can differ, None where that is not known. `is_of_base` says that both timelines are of base.
    """

    base: Timeline
    head: Timeline
    notice: int
    at: Date | None = None
    touched: frozenset[Ref] | None = None
    is_of_base: bool = False

    @property
    def first(self) -> Date:
        """The first day that is compared."""
        return self.at or self.head.first

    @cached_property
    def _periods(self) -> dict[tuple[Ref, Ref], tuple[Interval, ...]]:
        return {}

    def periods(self, was: Ref, now: Ref) -> tuple[Interval, ...]:
        """What a component provides in both, from each day on which either changes."""
        now = was if self.is_of_base else now
        key = (was, now)
        if key not in self._periods:
            turns = {*self.base.days(was), *self.head.days(now)}
            days = [self.first, *sorted(day for day in turns if day > self.first)]
            found = [Interval(day, self.base.offers(was, day), self.head.offers(now, day)) for day in days]
            self._periods[key] = tuple(
                each for index, each in enumerate(found) if not index or _differs(each, found[index - 1])
            )
        return self._periods[key]

    def is_changed(self, was: Ref, now: Ref) -> bool:
        """Whether what a component provides differs on any day, or what its catalog lists that is over."""
        if self._is_untouched(was, now):
            return False
        if any(not same(each.before, each.after) for each in self.periods(was, now)):
            return True
        before = self.base.model.components.get(was)
        after = self.head.model.components.get(was if self.is_of_base else now)
        return before is not after and (before and listed_offers(before)) != (after and listed_offers(after))

    def _is_untouched(self, was: Ref, now: Ref) -> bool:
        """Whether both states read the same entry of the catalog on the same day, and no work is to change it."""
        before = self.base.model.components.get(was)
        after = self.head.model.components.get(was if self.is_of_base else now)
        is_planned = was in self.base.events or (was if self.is_of_base else now) in self.head.events
        return before is not None and before is after and not is_planned and self.base.today == self.head.today

    def effect(self, was: Ref, now: Ref, before: Need, after: Need) -> Effect:
        """What the difference of a component means for a dependency that asked `before` and asks `after`."""
        periods = self.periods(was, now)
        if before.moves_from(after) or any(not same(each.before, each.after) for each in periods):
            takes_undated = partial(self.takes_undated, now)
            return OneDependency(periods, before, after, self.leaves_notice, takes_undated).effect()
        is_met = before.meets(periods[0].before) or after.meets(periods[0].after)
        return Effect(Reason.SAME if is_met else Reason.PRE_EXISTING, is_range_known=after.is_readable)

    def told(self, was: Ref, now: Ref, before: Need, after: Need) -> Iterator[tuple[Effect, EffectStretch | None]]:
        """The effect with the stretch of days to tell; of harm and gain, one each."""
        effect = self.effect(was, now, before, after)
        yield effect, effect.told
        if effect.gain:
            yield effect, effect.gain

    def behind(self, was: Ref, now: Ref, told: EffectStretch, need: Need) -> tuple[Event | None, Date | None]:
        """The work that makes the difference on the first day of a stretch, and the day that base had for it.

        None for an edit of the catalog. Work that head alone has by then comes first, then what base alone has.
        """
        day = told.start or self.first
        now = was if self.is_of_base else now
        ours, theirs = self._until(self.base, was, day, need), self._until(self.head, now, day, need)
        added = [each for each in theirs if each.event.content not in {other.event.content for other in ours}]
        gone = [each for each in ours if each.event.content not in {other.event.content for other in theirs}]
        if added:
            mine = max(added, key=lambda each: each.order)
            return mine.event, self._day_of(self.base, was, mine.event)
        if gone:
            mine = max(gone, key=lambda each: each.order)
            return mine.event, mine.event.date
        return None, None

    def _until(self, timeline: Timeline, ref: Ref, day: Date, need: Need) -> list[Dated]:
        """What work has done by a day to what is asked for."""
        interfaces = (None, need.interface)
        return [
            each
            for each in timeline.dated(ref)
            if each.day <= day and (need.interface is None or each.event.change.component.interface in interfaces)
        ]

    def _day_of(self, timeline: Timeline, ref: Ref, event: Event) -> Date | None:
        """The day on which another timeline has the same event."""
        days = (each.event.date for each in timeline.dated(ref) if each.event.content == event.content)
        return next((day for day in days if day != event.date), None)

    def overdue_since(self, event: Event) -> Date | None:
        """The last day of work that is not done, if it is over in head."""
        is_open = event.status is not None and event.status.is_committed
        today = self.head.today
        return event.date if is_open and event.date and today and event.date < today else None

    def leaves_notice(self, day: Date) -> bool:
        """Whether a day is far enough ahead."""
        return self.head.today is None or day >= self.head.today + timedelta(days=self.notice)

    def takes_undated(self, component: Ref, used: Offers) -> bool:
        """Whether planned work without a day removes all of these."""
        undated = [each.change for each in self.head.undated(component) if each.removes]
        left = [each for each in used if not any(is_about(change, each) for change in undated)]
        return bool(undated) and not left


def _differs(one: Interval, other: Interval) -> bool:
    return (one.before, one.after) != (other.before, other.after)
