"""One way in which a dependency can be read, day by day: an interface, and which of its versions are meant."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.outlook.admission import (
    Admission,
    DayEffect,
    Identity,
    Interval,
    announced,
    identities,
    is_later,
    is_newer,
    keeps_contract,
    live,
)
from platctl.outlook.effects import Reason
from platctl.outlook.offers import Offers, same, selected
from platctl.record import record


@record(slots=False)
class Reading:
    """Both timelines for one reading. `leaves_notice` says whether a day is far enough ahead, `takes_undated` whether
    work without a day removes all of some offers, `moves` that the dependency asks for something else in head.
    """

    periods: Sequence[Interval]
    before: Admission
    after: Admission
    moves: bool
    leaves_notice: Callable[[Date], bool]
    takes_undated: Callable[[Offers], bool]

    @cached_property
    def was(self) -> list[Offers]:
        """What base can use, by period."""
        return [self.before.used(each.before) for each in self.periods]

    @cached_property
    def now(self) -> list[Offers]:
        """What head can use, by period."""
        return [self.after.used(each.after) for each in self.periods]

    @cached_property
    def _kept(self) -> list[Offers]:
        """What head can use, without what head alone breaks in place."""
        return [self._unbroken(now, each.before) for each, now in zip(self.periods, self.now, strict=True)]

    @cached_property
    def _was_kept(self) -> list[Offers]:
        """The same for base."""
        return [self._unbroken(was, each.after) for each, was in zip(self.periods, self.was, strict=True)]

    def _unbroken(self, mine: Offers, other: Offers) -> Offers:
        """Those that the other side has not broken less often."""
        breaks = self._first_breaks | {each.identity: each.breaks for each in other}
        return tuple(each for each in mine if each.breaks <= breaks.get(each.identity, 0))

    @cached_property
    def _first_breaks(self) -> dict[Identity, int]:
        """How often each version was broken in place before the first day."""
        first = self.periods[0]
        return {each.identity: each.breaks for each in (*first.after, *first.before)}

    @cached_property
    def _lost_in_base(self) -> list[bool]:
        """By period: whether base can use nothing, or only what work of base has broken in place since the first."""
        return [not self._usable(used) for used in self.was]

    def _usable(self, used: Offers) -> bool:
        """Whether one of these has not been broken in place since the first day."""
        return any(each.breaks <= self._first_breaks.get(each.identity, 0) for each in used)

    @cached_property
    def _is_lost_for_good(self) -> list[bool]:
        """By period: whether base stays without it from there on."""
        lost = self._lost_in_base
        return [all(lost[index:]) for index in range(len(lost))]

    @cached_property
    def days(self) -> list[DayEffect]:
        """What each period means."""
        found: list[DayEffect] = []
        for index in range(len(self.periods)):
            kind = self._kind(index)
            if kind is None or (
                index and kind is self._kind(index - 1) and found[-1].level and found[-1].level.is_harm
            ):
                each = self._table(index) if kind is None else self._continued(found[-1], index)
            else:
                each = self._begins(index, kind)
            found.append(each)
        return found

    def _kind(self, index: int) -> Reason | None:
        """What head alone does to the need: unmet, or broken in place."""
        if self.was[index] or self.before.is_unreadable(self.periods[index].before):
            if not self.now[index] and not self.after.is_unreadable(self.periods[index].after):
                return Reason.RANGE_UNMET
            if self.now[index] and self._was_kept[index] and not self._kept[index]:
                return Reason.IN_PLACE
        return None

    def _effect(
        self, index: int, level: Level | None, reason: Reason, by: Date | None = None, left: Offers | None = None
    ) -> DayEffect:
        now = self.now[index] if left is None else left
        return DayEffect(self.periods[index], level, reason, by, self.was[index], now)

    def _continued(self, first: DayEffect, index: int) -> DayEffect:
        """Days in a row of one kind have the level of the first of them."""
        return replace(self._effect(index, first.level, first.reason), by=first.by)

    def _begins(self, index: int, kind: Reason) -> DayEffect:
        """The first day on which head alone is unmet or broken."""
        day = self.periods[index].day
        if kind is Reason.RANGE_UNMET and self._is_waiting(index):
            return self._effect(index, Level.AT_RISK, Reason.DELAYED)
        if index and self.leaves_notice(day):
            if kind is Reason.RANGE_UNMET and self._is_end_of_head(index):
                return self._effect(index, Level.MUST_ACT, Reason.DEPRECATED_ONLY, day)
            if self._is_taken_later(index):
                return self._effect(index, Level.MUST_ACT, Reason.SOONER, day)
        return self._effect(index, Level.BREAKS, kind)

    def _is_waiting(self, index: int) -> bool:
        """Whether nobody has had it yet, in head."""
        is_met = self.was[0] or self.before.is_unreadable(self.periods[0].before)
        return not is_met and not any(self.now[: index + 1])

    def _is_end_of_head(self, index: int) -> bool:
        """Whether what head could use ended on a sunset that head alone has."""
        day, used = self.periods[index].day, self.now[index - 1]
        if any(each.gone is None or each.gone > day for each in used):
            return False
        in_base = {each.identity: each.gone for period in self.periods[:index] for each in period.before}
        return any(is_later(in_base.get(each.identity), day) for each in used)

    def _is_taken_later(self, index: int) -> bool:
        """Whether base itself loses it for good later, by work."""
        for later in range(index + 1, len(self.periods)):
            day, used = self.periods[later].day, self.was[later - 1]
            is_lost = self._is_lost_for_good[later] and not self._is_lost_for_good[later - 1]
            if self.was[later] and is_lost:
                return True
            if not any(self.was[later:]) and any(each.gone is None or each.gone > day for each in used):
                return True
        return False

    # Where the need is met in head, or in neither

    def _table(self, index: int) -> DayEffect:
        was, period = self.was[index], self.periods[index]
        if not self.moves and self._is_same(period):
            return self._effect(index, None, Reason.SAME)
        if self.before.is_unreadable(period.before) or self.after.is_unreadable(period.after):
            return self._effect(index, Level.AT_RISK, Reason.UNREADABLE)
        if not self._kept[index]:
            return self._effect(index, None, Reason.SAME if was else Reason.PRE_EXISTING)
        if not self._was_kept[index]:
            return self._met_again(index)
        return self._with_marks(index, self._both_met(index))

    def _is_same(self, period: Interval) -> bool:
        return same(selected(period.before, self.before.interface), selected(period.after, self.after.interface))

    def _met_again(self, index: int) -> DayEffect:
        """Head can use something, and base nothing."""
        had = next((at for at in range(index - 1, -1, -1) if not self._lost_in_base[at]), None)
        if had is None or not self._is_lost_for_good[had + 1]:
            return self._effect(index, Level.GAINS, Reason.RANGE_NOW_MET)
        if not identities(self.was[had]) & identities(self.now[index]):
            return self._effect(index, Level.GAINS, Reason.RANGE_NOW_MET)
        if self.takes_undated(self.now[index]):
            return self._effect(index, Level.INFORMED, Reason.NO_DAY)
        is_lost_later = not all(map(self._usable, self.now[index + 1 :]))
        return self._effect(index, Level.GAINS, Reason.POSTPONED if is_lost_later else Reason.WITHDRAWN)

    def _both_met(self, index: int) -> DayEffect:
        was, now = self._was_kept[index], self._kept[index]
        confirmed = tuple(each for each in now if self.after.is_confirmed(each))
        vouched = tuple(each for each in was if self.after.is_confirmed(each))
        is_weak = bool(live(now)) and not live(confirmed)
        is_lost = bool(vouched) and not confirmed
        if is_weak and (live(vouched) or is_lost):
            return self._unconfirmed(index, confirmed)
        if not live(now):
            found = self._ending(index)
            is_harm = found.level is not None and found.level.is_harm
            return self._unconfirmed(index, confirmed) if is_lost and not is_harm else found
        if self.after.follows and not self.moves and self._is_another(index):
            return self._effect(index, Level.AT_RISK, Reason.FOLLOWS_NEWEST)
        if live(was):
            return self._live(index)
        if is_weak:
            return self._back(index) or self._effect(index, Level.INFORMED, Reason.STILL_MET)
        return self._back(index) or self._relief(index, Reason.RELIEVED)

    def _is_another(self, index: int) -> bool:
        """Whether no version that is used in head is, or continues, one that is used in base."""
        was, now = self._was_kept[index], self._kept[index]
        return not any(one.identity == other.identity or keeps_contract(one, other) for one in was for other in now)

    def _unconfirmed(self, index: int, confirmed: Offers) -> DayEffect:
        """Only versions at which nobody can have looked are live, or are there at all."""
        now = self._kept[index]
        if confirmed and self._is_known_end(index, self._was_sure, self._now_sure, confirmed):
            return self._effect(index, Level.INFORMED, Reason.STILL_MET)
        by = self._unconfirmed_from(index) if confirmed else None
        weak = [each for each in live(now) or now if not self.after.is_confirmed(each)]
        reason = Reason.OVERDUE if all(each.is_overdue for each in weak) else Reason.OPEN_RANGE
        return self._effect(index, Level.AT_RISK, reason, by, now)

    def _ending(self, index: int) -> DayEffect:
        """Head can use only what is deprecated."""
        was, now = self._was_kept[index], self._kept[index]
        if not live(was):
            if announced(was) == announced(now):
                return self._effect(index, Level.INFORMED, Reason.STILL_MET)
            if is_later(announced(now), announced(was)):
                return self._relief(index, Reason.POSTPONED)
        if self._is_known_end(index, self.was, self.now, now):
            return self._effect(index, Level.INFORMED, Reason.STILL_MET)
        return self._effect(index, Level.MUST_ACT, Reason.DEPRECATED_ONLY, self._unconfirmed_from(index), now)

    def _is_known_end(self, index: int, was: Sequence[Offers], now: Sequence[Offers], left: Offers) -> bool:
        """Whether base comes to an end itself, and what is left in head not before that."""
        ours, theirs = self._unmet_from(index, was), self._unmet_from(index, now)
        ended = min(each or Date.max for each in (theirs, announced(left)))
        return ours is not None and ours <= ended < Date.max

    @cached_property
    def _was_sure(self) -> list[Offers]:
        """What base can use, of what is confirmed, by period."""
        return [tuple(filter(self.after.is_confirmed, used)) for used in self.was]

    @cached_property
    def _now_sure(self) -> list[Offers]:
        """The same for head."""
        return [tuple(filter(self.after.is_confirmed, used)) for used in self.now]

    def _relief(self, index: int, reason: Reason) -> DayEffect:
        """An end that is announced no more, or later: no relief where what is there ends all the same."""
        ours, theirs = self._unmet_from(index, self.was), self._unmet_from(index, self.now)
        if theirs is not None and not is_later(theirs, ours):
            return self._effect(index, Level.INFORMED, Reason.STILL_MET)
        return self._effect(index, Level.GAINS, reason)

    def _back(self, index: int) -> DayEffect | None:
        """What is live in head alone is older than what is deprecated, in a range that nothing bounds above."""
        was, now = self._was_kept[index], live(self._kept[index])
        if not self.after.is_open or any(not is_newer(other, each) for each in now for other in was):
            return None
        if identities(was) & identities(self._kept[index]):
            return self._effect(index, Level.INFORMED, Reason.STILL_MET)
        return self._effect(index, Level.AT_RISK, Reason.OPEN_RANGE)

    def _live(self, index: int) -> DayEffect:
        """Something is live before and after: the versions themselves decide."""
        was, now = live(self._was_kept[index]), live(self._kept[index])
        if self.moves:
            return self._effect(index, Level.INFORMED, Reason.MOVES_HERE)
        kept = identities(was) & identities(now)
        if any(each.version is None for each in (*was, *now)):
            return self._effect(index, Level.INFORMED, Reason.STILL_MET)
        new = [each for each in now if each.identity not in identities(was) and self.after.is_confirmed(each)]
        if kept:
            is_gain = any(is_newer(each, other) for each in new for other in was)
            level, reason = (Level.GAINS, Reason.NEW_IN_RANGE) if is_gain else (Level.INFORMED, Reason.STILL_MET)
            return self._effect(index, level, reason)
        continuing = [each for each in now if any(keeps_contract(other, each) for other in was)]
        if any(map(self.after.is_confirmed, continuing)):
            return self._effect(index, Level.GAINS, Reason.MOVED_IN_RANGE)
        if continuing:
            return self._effect(index, Level.INFORMED, Reason.MOVED_IN_RANGE)
        if self.after.is_open and not any(is_newer(each, other) for each in new for other in was):
            return self._effect(index, Level.AT_RISK, Reason.OPEN_RANGE)
        return self._effect(index, Level.INFORMED, Reason.MOVED_IN_RANGE)

    def _with_marks(self, index: int, found: DayEffect) -> DayEffect:
        """With changes of behaviour, and new possibilities without a version of their own."""
        if found.level and found.level.rank <= Level.AT_RISK.rank:
            return found
        was = {each.identity: each for each in self.was[index]}
        pairs = [(was[each.identity], each) for each in self.now[index] if each.identity in was]
        concerned = [(then, now) for then, now in pairs if not now.is_deprecated] or pairs
        if concerned and all(now.changes > then.changes for then, now in concerned):
            return self._effect(index, Level.AT_RISK, Reason.BEHAVIOUR)
        if found.level is not Level.GAINS and any(now.additions > then.additions for then, now in pairs):
            return self._effect(index, Level.GAINS, Reason.ADDITION)
        return found

    def _unmet_from(self, index: int, used: Sequence[Offers]) -> Date | None:
        """The first later day on which nothing can be used; None if something stays."""
        later = range(index + 1, len(self.periods))
        return next((self.periods[at].day for at in later if not used[at]), None)

    def _unconfirmed_from(self, index: int) -> Date | None:
        """The first announced end after which head has nothing left, or nothing that is confirmed any more."""
        is_confirmed = any(map(self.after.is_confirmed, self.now[index]))
        ends = {each.ends for each in self.now[index] if each.ends}
        for later in range(index + 1, len(self.periods)):
            day = self.periods[later].day
            is_end = day in ends and any(each.ends == day for each in self.now[later - 1])
            left = self.now[later]
            if is_end and not (any(map(self.after.is_confirmed, left)) if is_confirmed else left):
                return day
        return None
