"""What the difference between two timelines means for one dependency, in all ways in which it can be read."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import groupby, product

from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.version import Version
from platctl.outlook.admission import (
    Admission,
    Admits,
    DayEffect,
    Interval,
    all_confirmed,
    confirmed_above,
    line_of,
    lowest,
    on_line,
)
from platctl.outlook.effects import Effect, EffectStretch, Need, Reason
from platctl.outlook.offers import Offer, Offers, selected
from platctl.outlook.reading import Reading
from platctl.record import record


@record(slots=False)
class OneDependency:
    """One dependency over all periods: what it asked `before` of one timeline, and asks `after` of the other.

    `leaves_notice` says whether a day is far enough ahead, `takes_undated` whether work without a day removes all of
    some offers.
    """

    periods: tuple[Interval, ...]
    before: Need
    after: Need
    leaves_notice: Callable[[Date], bool]
    takes_undated: Callable[[Offers], bool]

    def effect(self) -> Effect:
        """The strongest of all days, and what else there is."""
        days = [self._softened(each) for each in self._days()]
        told = list(self._stretches(days))
        known = self.after.is_readable
        if not told:
            is_unmet = not self._whole.was[0] and not self._whole.now[0]
            return Effect(Reason.PRE_EXISTING if is_unmet else Reason.SAME, is_range_known=known)
        first = min(told, key=lambda each: each.level.rank)
        return Effect(first.reason, tuple(told), known)

    def _softened(self, day: DayEffect) -> DayEffect:
        if day.level is None or not self.after.is_soft or day.level.softened is day.level:
            return day
        softened = day.at_level(day.level.softened, hard=day.level)
        return softened if softened.level and softened.level.is_harm else replace(softened, by=None)

    def _start(self, day: DayEffect) -> Date | None:
        return None if day.period is self.periods[0] else day.period.day

    def _stretches(self, days: Sequence[DayEffect]) -> Iterator[EffectStretch]:
        """Days in a row of one level."""
        at = 0
        for level, group in groupby(days, key=lambda each: each.level):
            row = list(group)
            at += len(row)
            if level is None:
                continue
            by = next((each.by for each in row if each.by), None)
            ends = None if at == len(days) or by else days[at].period.day
            first, again = row[0], ends is not None and bool(days[at].left)
            yield EffectStretch(
                level,
                first.reason,
                self._start(first),
                ends,
                by,
                first.was,
                first.left,
                first.detail,
                again,
                first.hard,
            )

    def _days(self) -> list[DayEffect]:
        """What each period means, all readings taken together."""
        if len(self.readings) == 1 and self.after.is_readable:
            return self.readings[0].days
        together = (self._together(index) for index in range(len(self.periods)))
        whole = self._whole
        return [replace(day, was=was, left=left) for day, was, left in zip(together, whole.was, whole.now, strict=True)]

    def _together(self, index: int) -> DayEffect:
        """All alike: that. All harmed: the mildest harm. Some harmed: at risk. Else informed."""
        heard = [each.days[index] for each in self.readings if each.was[index]]
        if not heard:
            return self._whole.days[index]
        mark = None if self.after.is_readable else Reason.NO_RANGE
        first = heard[0]
        levels = {each.level for each in heard}
        by = min((each.by for each in heard if each.by), default=None)
        if len(levels) == 1:
            reasons = {each.reason for each in heard}
            common = first.reason if len(reasons) == 1 else None
            return replace(first.because(mark or common or Reason.NOT_KNOWN, by), detail=common)
        mark = mark or Reason.NOT_KNOWN
        harmed = [each for each in heard if each.level and each.level.is_harm]
        if len(harmed) == len(heard):
            return max(heard, key=lambda each: each.level.rank if each.level else 0).because(mark)
        if harmed:
            return (
                min(harmed, key=lambda each: each.level.rank if each.level else 0)
                .at_level(Level.AT_RISK)
                .because(mark, by)
            )
        return first.at_level(Level.INFORMED).because(mark)

    @cached_property
    def _whole(self) -> Reading:
        """Whatever is available of what is asked for."""
        return self._reading(self.before.interface, self.after.interface, None, is_line=False)

    @cached_property
    def readings(self) -> list[Reading]:
        """Each interface that a bare reference may mean, and without a range each line of versions."""
        interfaces = self._interfaces()
        if self.after.is_readable or not self._lines:
            return [self._reading(was, now, None, is_line=False) for was, now in interfaces]
        lines = [(was, now, line) for was, now in interfaces for line in self._lines.get(was, ())]
        return [self._reading(was, now, line, is_line=True) for was, now, line in lines]

    def _interfaces(self) -> list[tuple[str | None, str | None]]:
        """Pairs of what is meant before and after."""
        offers = [each for period in self.periods for each in (*period.before, *period.after)]
        names: list[str | None] = [*dict.fromkeys(each.interface for each in offers)] or [None]
        was = names if self.before.interface is None else [self.before.interface]
        now = names if self.after.interface is None else [self.after.interface]
        return list(zip(was, now, strict=True)) if was == now else list(product(was, now))

    @cached_property
    def _lines(self) -> dict[str | None, list[object]]:
        """By interface: the lines of versions that somebody without a range may stand on."""
        found: dict[str | None, dict[object, None]] = {}
        for period in self.periods:
            for each in self.before.meets(period.before):
                for name in (each.interface, self.before.interface):
                    found.setdefault(name, {})[line_of(each)] = None
        return {name: list(lines) for name, lines in found.items()}

    def _reading(self, was: str | None, now: str | None, line: object, *, is_line: bool) -> Reading:
        before, after = (
            self._admits(self.before, line, is_line=is_line),
            self._admits(self.after, line, is_line=is_line),
        )
        requires = self.after.requires
        is_open = is_line or (requires is not None and self.after.is_readable and not requires.is_bounded)
        is_confirmed: Callable[[Offer], bool] = all_confirmed
        moves = self.after.moves_from(self.before)
        if is_open and not moves:
            first = None if is_line else self._lowest(now, after)
            is_confirmed = confirmed_above(first, self.after.confirmed, self.after.verified)
        return Reading(
            self.periods,
            Admission(was, before, is_open, is_confirmed, self.before.follows),
            Admission(now, after, is_open, is_confirmed, self.after.follows),
            moves,
            self.leaves_notice,
            self.takes_undated,
        )

    def _lowest(self, interface: str | None, admits: Admits) -> Version | None:
        """A version of the lowest line admitted in base, on the first day on which any is."""
        there = (selected(each.before, interface) for each in self.periods)
        return next(filter(None, (lowest(filter(admits, each)) for each in there)), None)

    def _admits(self, need: Need, line: object, *, is_line: bool) -> Admits:
        """What one side admits in a reading."""
        lined = on_line(line) if is_line else None

        def admits(offer: Offer) -> bool | None:
            is_on_line = lined(offer) if lined else True
            if not is_on_line:
                return is_on_line
            return need.admits(offer) if need.is_readable else True

        return admits
