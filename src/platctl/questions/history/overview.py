"""How well plans held: the slips of each period, and the share of its planned work that was delivered in it."""

import bisect
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from platctl.model.calendar import Calendar, Date, Period
from platctl.model.entity.initiative import Initiative
from platctl.model.named import Named
from platctl.model.past import Past, days_of, reached
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.outlook.lifelines import Life, Lives
from platctl.outlook.moves import Move, MoveKind, Punctuality, moves
from platctl.outlook.work_states import states_of
from platctl.questions.history.derive import happening, look
from platctl.questions.history.report import Figures, GroupFigures, OverviewReport, PeriodFigures, PlanMove, Slip
from platctl.record import record

_Group = tuple[str, str | None] | None
"""Id and title of a team or type; None for work without one."""


@record
class _PromiseMove:
    """What happened, with the initiative before it, and the number of slips so far."""

    index: int
    life: Life
    before: Initiative
    move: Move
    nth: int

    @property
    def is_slip(self) -> bool:
        return self.move.kind is MoveKind.SLIPPED


@record
class _PeriodPromise:
    """An initiative planned for a period when it began, and whether it was done when the period ended."""

    period: Period
    life: Life
    initiative: Initiative
    is_over: bool
    is_delivered: bool


def overview(
    past: Past, found: Lives, since: Date | None = None, only: AbstractSet[Ref] | None = None, label: str = ""
) -> OverviewReport:
    """All slips by the day of their commit, and all promises; from the period of `since` on.

    The plan for a period is the state before its first commit: committed initiatives that end in it. If the history
    begins in a period, its first commit counts. Work is delivered in its period if it is done before the first commit
    of a later one, or if the commit that says so declares an end in that period. Periods are those of the calendar in
    the last commit. `only` are the current names of initiatives; None for all.
    """
    return _Overview(past, found, since, only, label).report()


@record(slots=False)
class _Overview:
    past: Past
    found: Lives
    since: Date | None
    only: AbstractSet[Ref] | None
    label: str

    def report(self) -> OverviewReport:
        promises = list(self._promises())
        periods = [self._period(each, promises) for each in self.periods]
        return OverviewReport(
            look(self.past, self.since, self.label),
            _figures(self.moves, promises),
            tuple(periods),
            tuple(_groups(self.moves, promises, self._owner)),
            tuple(_groups(self.moves, promises, lambda each: (each.type.value, None) if each.type else None)),
            tuple(self._slip(each) for each in self.moves if each.is_slip),
            tuple(self._move(each) for each in self.moves if not each.is_slip),
            self.past.broken,
        )

    @cached_property
    def calendar(self) -> Calendar:
        return self.past.config.calendar.calendar

    @cached_property
    def days(self) -> Sequence[Date]:
        return days_of(self.past.moments)

    @cached_property
    def reached(self) -> Sequence[Date]:
        return reached(self.past.moments)

    @cached_property
    def initiatives(self) -> Sequence[Life]:
        lives = (each for each in self.found.all if isinstance(each.last.entity, Initiative))
        return [each for each in lives if self.only is None or (each.state and each.ref in self.only)]

    @cached_property
    def moves(self) -> Sequence[_PromiseMove]:
        """What happened to promises, in the order of the history."""
        found = (each for life in self.initiatives for each in self._moves_of[life.ref])
        return sorted(filter(self._is_asked, found), key=lambda each: (each.index, each.life.ref))

    def _is_asked(self, each: _PromiseMove) -> bool:
        return self._begins(self.calendar.period_of(self.days[each.index]))

    def _begins(self, period: Period) -> bool:
        return self.since is None or self.calendar.bounds(period)[1] >= self.since

    @cached_property
    def periods(self) -> Sequence[Period]:
        """Periods with a commit, and periods in between with planned work."""
        first, last = self.reached[0], self.reached[-1]
        turns = (turn.after.entity for life in self.initiatives for turn in life.turns if turn.after)
        ends = (window(each, self.calendar).end for each in turns if isinstance(each, Initiative))
        days = {*self.days, *(end for end in ends if end and first <= end <= last)}
        found = {self.calendar.period_of(day) for day in days}
        return sorted(filter(self._begins, found), key=lambda each: self.calendar.bounds(each))

    def _index_before(self, day: Date) -> int:
        """The index of the last moment before this day; -1 if there is none."""
        return bisect.bisect_left(self.reached, day) - 1

    def _promises(self) -> Iterator[_PeriodPromise]:
        for period in self.periods:
            start, end = self.calendar.bounds(period)
            is_over = self.reached[-1] > end
            planned_at = max(self._index_before(start), 0)
            seen_at = bisect.bisect_right(self.reached, end) - 1
            for life in self.initiatives:
                state = life.at(planned_at)
                if state and isinstance(state.entity, Initiative) and self._is_due(state.entity, period):
                    is_done = _is_done(life, seen_at) or self._was_done(life, seen_at, end)
                    yield _PeriodPromise(period, life, state.entity, is_over, is_done)

    def _was_done(self, life: Life, seen_at: int, end: Date) -> bool:
        """Whether a later commit says that work was done by that day."""
        return any(
            each.index > seen_at and each.move.kind is MoveKind.DELIVERED and each.move.now and each.move.now <= end
            for each in self._moves_of[life.ref]
        )

    @cached_property
    def _moves_of(self) -> Mapping[Ref, Sequence[_PromiseMove]]:
        return {life.ref: tuple(_moves(life, self.past)) for life in self.initiatives}

    def _is_due(self, initiative: Initiative, period: Period) -> bool:
        end = window(initiative, self.calendar).end
        return initiative.status.is_committed and end is not None and self.calendar.period_of(end) == period

    def _period(self, period: Period, promises: Iterable[_PeriodPromise]) -> PeriodFigures:
        start, end = self.calendar.bounds(period)
        moves = [each for each in self.moves if self.calendar.period_of(self.days[each.index]) == period]
        own = [each for each in promises if each.period == period]
        return PeriodFigures(
            str(period),
            start,
            end,
            self.reached[-1] > end,
            _figures(moves, own, with_open=True),
            tuple(_named(each.life) for each in own if each.is_delivered),
            tuple(_named(each.life) for each in own if not each.is_delivered),
        )

    def _slip(self, each: _PromiseMove) -> Slip:
        return Slip(
            _named(each.life),
            self.past.moments[each.index].at,
            str(self.calendar.period_of(self.days[each.index])),
            _day(each.move.was),
            _day(each.move.now),
            each.move.days or 0,
            each.nth,
            self._team(each.before.owner),
            each.before.type.value if each.before.type else None,
        )

    def _move(self, each: _PromiseMove) -> PlanMove:
        return PlanMove(
            happening(each.move),
            _named(each.life),
            self.past.moments[each.index].at,
            str(self.calendar.period_of(self.days[each.index])),
            each.move.was,
            each.move.now,
            each.move.days,
            self._team(each.before.owner),
        )

    def _owner(self, initiative: Initiative) -> _Group:
        team = self._team(initiative.owner)
        return (initiative.owner.name, team.title) if initiative.owner and team else None

    def _team(self, ref: Ref | None) -> Named | None:
        life = self.found.named.get(ref) if ref else None
        return _named(life) if life else Named(ref, ref.name) if ref else None


_PROMISED = frozenset({MoveKind.SLIPPED, MoveKind.PULLED_IN, MoveKind.DROPPED, MoveKind.REPLANNED, MoveKind.DELIVERED})


def _moves(life: Life, past: Past) -> Iterator[_PromiseMove]:
    """What happened to what an initiative promised, each time with the initiative as it was before."""
    nth = 0
    for move in moves(states_of(life, past)):
        nth += move.kind is MoveKind.SLIPPED
        if move.kind in _PROMISED:
            yield _PromiseMove(move.at, life, _before(life, move.at), move, nth)


def _before(life: Life, index: int) -> Initiative:
    """Its last state before a moment, or else its first one."""
    known = [(turn.index, turn.after.entity) for turn in life.turns if turn.after]
    states = [(at, each) for at, each in known if isinstance(each, Initiative)]
    return next((each for at, each in reversed(states) if at < index), states[0][1])


def _is_done(life: Life, index: int) -> bool:
    """Whether work is done at that moment; work removed after it was done stays done."""
    states = (state for turn in reversed(life.turns) if turn.index <= index for state in (turn.after, turn.before))
    last = next((state.entity for state in states if state), None)
    return isinstance(last, Initiative) and last.status is Status.DONE


def _figures(moves: Iterable[_PromiseMove], promises: Iterable[_PeriodPromise], *, with_open: bool = False) -> Figures:
    judged = [each for each in promises if each.is_over or with_open]
    found = [each.move for each in moves]
    slips = [each.days for each in found if each.kind is MoveKind.SLIPPED and each.days]
    kinds = Counter(each.kind for each in found)
    done = Counter(each.punctuality for each in found if each.kind is MoveKind.DELIVERED)
    return Figures(
        len(judged),
        sum(each.is_delivered for each in judged),
        len(slips),
        statistics.median(slips) if slips else None,
        kinds[MoveKind.PULLED_IN],
        kinds[MoveKind.DROPPED],
        kinds[MoveKind.REPLANNED],
        *(done[each] for each in (Punctuality.EARLY, Punctuality.ON_TIME, Punctuality.LATE)),
    )


def _groups(
    moves: Iterable[_PromiseMove], promises: Iterable[_PeriodPromise], group: Callable[[Initiative], _Group]
) -> Iterator[GroupFigures]:
    """The figures of each group, those of work without a group last."""
    of: dict[_Group, tuple[list[_PromiseMove], list[_PeriodPromise]]] = {}
    for each in moves:
        of.setdefault(group(each.before), ([], []))[0].append(each)
    for promise in promises:
        if promise.is_over:
            of.setdefault(group(promise.initiative), ([], []))[1].append(promise)
    for key in sorted(of, key=lambda key: (key is None, key or ("",))):
        name, title = key or (None, None)
        yield GroupFigures(name, _figures(*of[key]), title)


def _day(day: Date | None) -> Date:
    assert day  # noqa: S101  a slip is from one day to another
    return day


def _named(life: Life) -> Named:
    entity = life.last.entity
    return Named(entity.ref, entity.name, entity.title)
