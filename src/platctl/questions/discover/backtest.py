"""What would have been said at the end of each past quarter, and what became of it within a year."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Cadence, Calendar, Date, Period, PeriodUnit
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.outlook.lifelines import Life
from platctl.questions.discover.patterns import Match, is_asked, matches
from platctl.questions.discover.report import Backtest, PastCandidate, PastQuarter, Pattern, YearLater
from platctl.questions.discover.scene import Scene, is_ending
from platctl.questions.discover.twins import twins
from platctl.questions.discover.visits import Visits
from platctl.record import record

_Key = tuple[Pattern, frozenset[Life]]


def quarters_of(calendar: Calendar) -> Calendar:
    """The same calendar in quarters."""
    return Calendar(Cadence.QUARTER, calendar.fiscal_year_start)


def past_quarters(calendar: Calendar, first: Date, today: Date) -> tuple[tuple[str, Date], ...]:
    """The quarters from a day on that are over, each with its last day."""
    by_quarter = quarters_of(calendar)
    bounds = ((str(period), by_quarter.bounds(period)[1]) for period, _, _ in by_quarter.periods(first, today))
    return tuple((period, end) for period, end in bounds if end < today)


@record(slots=False)
class Replay:
    """The past quarters of a history; `only` limits the candidates to what concerns these lives, without those that are
    `excluded`."""

    visits: Visits
    calendar: Calendar
    quarters: Sequence[tuple[str, Date]]
    today: Date
    only: frozenset[Life] | None = None
    excluded: frozenset[Life] = frozenset()

    def report(self) -> Backtest:
        told = tuple(PastQuarter(name, end, tuple(self._candidates(end))) for name, end in self.quarters)
        later = Counter(each.later for quarter in told for each in quarter.candidates)
        judged = (YearLater.STILL, YearLater.OFFICIAL, YearLater.ENDED)
        return Backtest(told, sum(later[each] for each in judged), *(later[each] for each in judged))

    @cached_property
    def _scenes(self) -> dict[Date, Scene]:
        return {end: scene for end in self._days if (scene := self._scene(end))}

    @property
    def _days(self) -> Iterable[Date]:
        return dict.fromkeys(end for _, end in self.quarters)

    def _scene(self, day: Date) -> Scene | None:
        index = self.visits.past.at(day)
        if index < 0:
            return None
        model = replace(self.visits.past.model, entities=self.visits.states[index])
        return Scene(model, self.visits, index, day, self.visits.names[index])

    def _candidates(self, end: Date) -> Iterable[PastCandidate]:
        scene = self._scenes.get(end)
        for key, match in (self._found(end) if scene else {}).items():
            if scene and is_asked(scene, match, self.only, self.excluded) and is_candidate(scene, match):
                other = named(scene.model, match.twin) if match.twin else None
                yield PastCandidate(match.pattern, named(scene.model, match.component), other, self._later(key, end))

    def _found(self, end: Date) -> dict[_Key, Match]:
        if end not in self._matches:
            scene = self._scenes.get(end)
            found = (each for each in matches(scene, twins(scene)) if each.lacks is None) if scene else ()
            self._matches[end] = {_key(scene, each): each for each in found} if scene else {}
        return self._matches[end]

    @cached_property
    def _matches(self) -> dict[Date, dict[_Key, Match]]:
        return {}

    def _later(self, key: _Key, end: Date) -> YearLater:
        later = self._year_after(end)
        if later >= self.today:
            return YearLater.NOT_YET
        if key in self._found(later):
            return YearLater.STILL
        scene = self._scenes[later]
        there = [ref for ref, life in scene.names.items() if life in key[1]]
        if key[0] in (Pattern.SHARED, Pattern.CORE):
            is_official = any(scene.official.calls(ref) for ref in there if ref in scene.model.components)
        else:
            is_official = any(is_ending(scene.model.components[ref]) for ref in there)
        return YearLater.OFFICIAL if is_official else YearLater.ENDED

    def _year_after(self, end: Date) -> Date:
        by_quarter = quarters_of(self.calendar)
        period = by_quarter.period_of(end)
        return by_quarter.bounds(Period(period.year + 1, PeriodUnit.QUARTER, period.number))[1]


def is_candidate(scene: Scene, match: Match) -> bool:
    """Whether somebody is known to have come, for the patterns that are about it."""
    if match.pattern in (Pattern.SHARED, Pattern.CORE):
        return not {*match.needed}.isdisjoint(scene.news(match.component))
    return True


def _key(scene: Scene, match: Match) -> _Key:
    refs: Iterable[Ref] = (match.component, *([match.twin] if match.twin else ()))
    return match.pattern, frozenset(scene.names[ref] for ref in refs)
