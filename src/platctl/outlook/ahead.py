"""One timeline as it goes on: which dependencies end or weaken after its first day, if no one acts."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.outlook.admission import Interval
from platctl.outlook.comparison import TwoTimelines
from platctl.outlook.dependency import OneDependency
from platctl.outlook.effects import Effect, EffectStretch, Need
from platctl.outlook.offers import Offers
from platctl.outlook.timeline import Timeline
from platctl.record import record


@record(slots=False)
class Ahead(TwoTimelines):
    """A timeline, compared with what a dependency has once it is met for the first time.

    So each day ahead is judged by the same rules as a change. An end is a break on its day, whenever it was announced.
    """

    def provided(self, ref: Ref) -> tuple[tuple[Date, Offers], ...]:
        """What a component provides, from the first day on, at each day on which that changes."""
        return tuple((each.day, each.after) for each in self.periods(ref, ref))

    def is_changed(self, was: Ref, now: Ref) -> bool:
        """Whether anything that a component provides changes ahead."""
        return len(self.periods(was, now)) > 1

    def dependency(self, ref: Ref, need: Need) -> OneDependency:
        """One dependency: what is available, compared with what was when it was first met."""
        provided = self.provided(ref)
        start = next((index for index, (_, offers) in enumerate(provided) if need.meets(offers)), 0)
        held = provided[start][1]
        periods = tuple(
            Interval(day, held if index > start else offers, offers) for index, (day, offers) in enumerate(provided)
        )
        return OneDependency(periods, need, need, _never, _never)

    def told(self, was: Ref, now: Ref, before: Need, after: Need) -> Iterator[tuple[Effect, EffectStretch | None]]:
        """Every stretch of days that harms a dependency."""
        if self.is_changed(was, now):
            effect = self.effect(was, now, before, after)
            yield from ((effect, each) for each in effect.stretches if each.level.is_harm)

    def effect(self, was: Ref, now: Ref, before: Need, after: Need) -> Effect:  # noqa: ARG002  both are the same
        """What becomes of a dependency."""
        return self.dependency(now, after).effect()


def ahead(timeline: Timeline, at: Date | None = None) -> Ahead:
    """How a timeline goes on from a day, by default from today."""
    return Ahead(timeline, timeline, 0, at)


def _never(_: object) -> bool:
    return False
