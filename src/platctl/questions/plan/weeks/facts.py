"""The work of a plan as a project in weeks: how long it takes, what it takes of its teams, and what comes first."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.ref import Ref
from platctl.questions.plan.facts import PlanFacts
from platctl.questions.plan.weeks.weeks import Weeks
from platctl.record import record
from platctl.scheduling.project import Activity, Project, Shape, Taken

_WHOLE = 1_000_000
"""Parts of a team's time in a week."""
_NEARLY = 1e-9


@record(slots=False)
class WeekFacts:
    """The chosen work of a plan in weeks.

    A team's time is what running work leaves of its capacity. Work takes the same share of it in each of its weeks.
    With a `duration` it takes so many weeks, and otherwise as few as are enough for all of its teams. `plan` has the
    periods of the plan; `facts` are the same for all weeks, with as many periods as they need.
    """

    plan: PlanFacts
    facts: PlanFacts
    chosen: frozenset[Ref]
    weeks: Weeks

    @cached_property
    def work(self) -> Mapping[Ref, Initiative]:
        """What is placed: the chosen work that is not running, and what it needs."""
        found: dict[Ref, Initiative] = {}
        waiting = sorted(self.chosen)
        while waiting:
            ref = waiting.pop()
            if ref not in found and ref in self.plan.candidates and ref not in self.plan.active:
                found[ref] = self.plan.candidates[ref]
                waiting += self.plan.plan.prerequisites(found[ref])
        return dict(sorted(found.items()))

    @cached_property
    def project(self) -> Project[Ref]:
        """Those that can be placed, as a project."""
        placed = self.work.keys() - self.unplaced
        at_once = {_at_once(team): most for team, most in self._at_once.items()}
        order = tuple(pair for pair in self.plan.problem.order if placed.issuperset(pair))
        return Project(
            activities={ref: self._activity(ref) for ref in self.work if ref in placed},
            capacity={**{_time(ref): _WHOLE for ref in sorted(self._left)}, **at_once},
            taken=tuple(self._taken()),
            order=order,
        )

    @cached_property
    def _at_once(self) -> Mapping[Ref, int]:
        """By team: how many pieces of work it does at once at most."""
        teams = self.facts.model.teams
        return {ref: most for ref in sorted(self.capacity) if (most := teams[ref].at_once)}

    @cached_property
    def unplaced(self) -> frozenset[Ref]:
        """What can't end within these weeks, and what waits for it."""
        found = {ref for ref in self.work if not self._shapes[ref]}
        size = -1
        while size < len(found):
            size = len(found)
            found |= {ref for ref, each in self.work.items() if found.intersection(self.plan.plan.prerequisites(each))}
        return frozenset(found)

    def _activity(self, ref: Ref) -> Activity[Ref]:
        each = self.work[ref]
        lag = math.ceil(each.gap or 0)
        due = self.due(ref)
        return Activity(
            name=ref,
            shapes=self._shapes[ref],
            after=tuple((before, lag) for before in self.plan.plan.prerequisites(each) if before in self.work),
            due=None if due is None else self.weeks.until(due),
            weight=1 + round(1000 * max(self.plan.scores[ref] or 0.0, 0.0) / self._most),
        )

    @cached_property
    def _most(self) -> float:
        return max((score or 0.0 for score in self.plan.scores.values()), default=0.0) or 1.0

    def _taken(self) -> Iterator[Taken]:
        """Running work counts among what a team does at once."""
        for ref in sorted(self.plan.active):
            days = self.plan.plan.window(self.plan.open[ref])
            first, until = self.weeks.of(days.start or self.weeks.today), self.weeks.of(self.running_end(ref)) + 1
            for team in self.facts.efforts[ref]:
                if team in self._at_once and until > 0 and ref in self.facts.fixed.get(team, {}):
                    yield Taken(_at_once(team), max(first, 0), min(until, self.weeks.count), 1)

    def running_end(self, ref: Ref) -> Date:
        """The last day of running work, today at the earliest; what has no end runs on."""
        return max(self.plan.plan.window(self.plan.open[ref]).end or Date.max, self.weeks.today)

    # Days

    def due(self, ref: Ref) -> Date | None:
        """The day by which it should end: its deadline, the need of a consumer, what was asked, or its promised end."""
        pin = self.plan.options.wishes.pins.get(ref)
        days = [self.plan.latest(ref), self.plan.plan.promised_end(self.plan.open[ref])]
        days += [self.plan.slots.bounds[pin][1]] if pin is not None else []
        return min(filter(None, days), default=None)

    def running_before(self, ref: Ref, start: int) -> tuple[Ref, ...]:
        """The running work on which it depends, and without which it could start before a week."""
        each = self.work[ref]
        return tuple(before for before, week in self._waits(each) if week == start and start > 0)

    def _waits(self, each: Initiative) -> Iterator[tuple[Ref, int]]:
        """The running work on which it depends, each with the first week that is left."""
        for before in self.plan.plan.prerequisites(each):
            if before in self.plan.active:
                yield before, self.weeks.of(self.running_end(before)) + 1 + math.ceil(each.gap or 0)

    def _release(self, each: Initiative) -> int:
        """The first week in which it can start."""
        weeks = self.weeks
        own = weeks.from_day(each.earliest) if each.earliest else 0
        return max((own, *(week for _, week in self._waits(each))))

    def _may_end(self, ref: Ref, each: Initiative, start: int, end: int) -> bool:
        """Whether it may be worked on from one week to before another one."""
        weeks, calendar, wishes = self.weeks, self.plan.plan.calendar, self.plan.options.wishes
        last = weeks.last(end - 1)
        if self.plan.is_frozen(ref, last):
            return False
        if each.whole and end > start and calendar.period_of(weeks.first(start)) != calendar.period_of(last):
            return False
        soonest = max((wishes.delays or {}).get(ref, 0), wishes.pins.get(ref) or 0)
        bounds = self.facts.slots.bounds
        return soonest == 0 or (soonest < len(bounds) and last >= bounds[soonest][0])

    # Time of teams

    @cached_property
    def capacity(self) -> Mapping[Ref, tuple[float, ...]]:
        """By team whose capacity is known: its person-weeks in each week."""
        slots = self.facts.slots.slots
        return {team: self.weeks.amounts(slots, units) for team, units in self.facts.capacity.items()}

    @cached_property
    def running(self) -> Mapping[Ref, tuple[float, ...]]:
        """By team: what running work takes in each week."""
        slots, found = self.facts.slots.slots, {}
        for team, by_work in self.facts.fixed.items():
            each = [self.weeks.amounts(slots, units) for units in by_work.values()]
            found[team] = tuple(map(math.fsum, zip(*each, strict=True)))
        return found

    @cached_property
    def _left(self) -> Mapping[Ref, tuple[float, ...]]:
        """What running work leaves."""
        nothing = (0.0,) * self.weeks.count
        return {
            team: tuple(
                max(all_ - used, 0.0) for all_, used in zip(units, self.running.get(team, nothing), strict=True)
            )
            for team, units in self.capacity.items()
        }

    @cached_property
    def _sums(self) -> Mapping[Ref, Sequence[float]]:
        """By team: what is left before each week."""
        return {team: tuple(accumulate(units, initial=0.0)) for team, units in self._left.items()}

    def teams_of(self, resources: Iterable[str]) -> tuple[Ref, ...]:
        """The teams whose time some resources are."""
        wanted = frozenset(resources)
        return tuple(team for team in sorted(self.capacity) if not wanted.isdisjoint((_time(team), _at_once(team))))

    def taken(self, ref: Ref, start: int, length: int) -> Mapping[Ref, tuple[float, ...]]:
        """By team: the person-weeks that it takes in each of its weeks."""
        found = {}
        for team, effort in self.efforts(ref).items():
            left = self._left[team][start : start + length]
            whole = sum(left)
            found[team] = tuple(effort * each / whole for each in left)
        return found

    def efforts(self, ref: Ref) -> dict[Ref, float]:
        """By team whose capacity is known: the person-weeks of work."""
        return {team: weeks for team, weeks in self.facts.efforts[ref].items() if weeks and team in self._left}

    # Shapes

    @cached_property
    def _shapes(self) -> Mapping[Ref, dict[int, Shape]]:
        return {ref: dict(self._shapes_of(ref, each)) for ref, each in self.work.items()}

    def _shapes_of(self, ref: Ref, each: Initiative) -> Iterator[tuple[int, Shape]]:
        efforts = self.efforts(ref)
        busy = [_at_once(team) for team in self.facts.efforts[ref] if team in self._at_once]
        fixed = max(math.ceil(each.duration - _NEARLY), 1) if each.duration else None
        for start in range(self._release(each), self.weeks.count + 1):
            length = self._shortest(efforts, start) if fixed is None else fixed
            if length is None or start + length > self.weeks.count:
                return
            if length and efforts and not any(self._left[team][start] for team in efforts):
                continue
            takes = dict(self._shares(efforts, start, length))
            if all(0 < share <= _WHOLE for share in takes.values()) and self._may_end(ref, each, start, start + length):
                yield start, Shape(length, {**takes, **(dict.fromkeys(busy, 1) if length else {})})

    def _shortest(self, efforts: Mapping[Ref, float], start: int) -> int | None:
        """The fewest weeks in which all teams have enough time."""
        found = 0
        for team, effort in efforts.items():
            sums = self._sums[team]
            end = bisect_left(sums, sums[start] + effort - _NEARLY, lo=start)
            if end == len(sums):
                return None
            found = max(found, end - start)
        return found

    def _shares(self, efforts: Mapping[Ref, float], start: int, length: int) -> Iterator[tuple[str, int]]:
        """What it takes of each team, in parts of its time; more than there is where it can't be done."""
        for team, effort in efforts.items():
            there = self._sums[team][start + length] - self._sums[team][start]
            is_enough = effort <= there + _NEARLY and there > 0
            yield _time(team), max(1, min(_WHOLE, int(_WHOLE * effort / there))) if is_enough else _WHOLE + 1


def _time(team: Ref) -> str:
    return f"time of {team}"


def _at_once(team: Ref) -> str:
    return f"at once of {team}"
