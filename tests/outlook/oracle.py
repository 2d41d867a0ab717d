"""An independent judge of what an edited model means for each direct dependency, day by day.

Slow and obvious on purpose: what is available is computed anew for each day, and nothing is shared with the package
that is tested. A *reading* is one way to understand a dependency that doesn't name its interface or its range.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from platctl.model.entity.component import Component, Dependency, Lifecycle, Strength
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.version import Range, Version, compatible
from platctl.model.vocabulary import ChangeEffect, Status
from platctl.model.window import window

Date = datetime.date
DAY = datetime.timedelta(days=1)

BREAKS, MUST_ACT, AT_RISK, GAINS, INFORMED = "breaks", "must-act", "at-risk", "gains", "informed"
ORDER = (BREAKS, MUST_ACT, AT_RISK, GAINS, INFORMED)
HARM = (BREAKS, MUST_ACT, AT_RISK)
SOFTER = {BREAKS: MUST_ACT, MUST_ACT: AT_RISK, AT_RISK: INFORMED, INFORMED: INFORMED, GAINS: GAINS}


@dataclass(frozen=True)
class Gain:
    """The first gain of a dependency that is harmed at another time."""

    reason: str
    start: Date | None
    until: Date | None


@dataclass(frozen=True)
class Expected:
    """What a change means for one dependency. `start` is None where it holds on the first day compared.

    `others` counts all other stretches of days, the gain among them.
    """

    target: str
    level: str | None
    reason: str
    start: Date | None = None
    until: Date | None = None
    by: Date | None = None
    others: int = 0
    gain: Gain | None = None


def compare(
    base: Model, head: Model, *, today: Date, at: Date | None = None, notice: int = 90
) -> dict[str, list[Expected]]:
    """By id of each consumer in either state: the result for each of its dependencies, those of base first."""
    first = at or today
    result: dict[str, list[Expected]] = {}
    for ref in sorted({*base.consumers, *head.consumers}):
        before, after = _uses(base, ref), _uses(head, ref)
        result[ref.id] = []
        for key in [*before, *(key for key in after if key not in before)]:
            target = f"{key[0].id}#{key[1]}" if key[1] else key[0].id
            if key not in after:
                result[ref.id].append(Expected(target, None, "left"))
            elif key not in before:
                result[ref.id].append(Expected(target, None, "joins"))
            else:
                states = (_State(base, before[key], today), _State(head, after[key], today))
                result[ref.id].append(_judge(target, *states, today, first, notice))
    return result


def escaped(
    base: Model, head: Model, *, today: Date, at: Date | None = None, notice: int = 90
) -> dict[str, list[Expected]]:
    """The same for the dependencies as base has them: what those that were edited or removed would have met."""
    result: dict[str, list[Expected]] = {}
    for ref in sorted(base.consumers):
        result[ref.id] = []
        for (component, interface, _), use in _uses(base, ref).items():
            target = f"{component.id}#{interface}" if interface else component.id
            states = (_State(base, use, today), _State(head, use, today))
            result[ref.id].append(_judge(target, *states, today, at or today, notice))
    return result


def _uses(model: Model, consumer: Ref) -> dict[tuple[Ref, str | None, int], Dependency]:
    """The dependencies of a consumer by component, interface, and place among those of the same target."""
    found: dict[tuple[Ref, str | None, int], Dependency] = {}
    if consumer not in model.consumers:
        return found
    for use in model.consumers[consumer].uses:
        component, interface = model.canonical(use.component.component), use.component.interface
        number = sum(1 for key in found if key[:2] == (component, interface))
        found[component, interface, number] = use
    return found


# What is available on a day.


@dataclass(frozen=True)
class Available:
    """A version on a day. Without a version it is an interface that lists none, and so is available itself."""

    interface: str
    version: Version | None
    since: Date | None
    deprecated: bool
    sunset: Date | None
    breaks: int
    changes: int
    overdue: bool
    declared_breaking: bool

    @property
    def key(self) -> object:
        """Equal for versions that are the same."""
        return self.interface, _key(self.version)

    @property
    def announced(self) -> Date | None:
        """The end that is announced: that of a version that is not yet deprecated is not."""
        return self.sunset if self.deprecated else None

    @property
    def shown(self) -> tuple[object, ...]:
        """What two states are compared by."""
        return (self.key, self.deprecated, self.announced, self.breaks, self.changes, self.overdue)


@dataclass
class _Entry:
    """A version while the days go by."""

    version: Version | None
    since: Date | None
    deprecated_from: Date | None
    sunset: Date | None
    in_catalog: bool
    shown: Date | None = None
    """From when the catalog has it deprecated."""
    overdue: bool = False
    declared_breaking: bool = False
    breaks: int = 0
    changes: int = 0

    def is_there(self, day: Date) -> bool:
        return self.sunset is None or day < self.sunset


def _key(version: Version | None) -> object:
    return None if version is None else version.parsed or version.text


def available(model: Model, component: Ref, interface: str, day: Date, today: Date) -> list[Available]:
    """What an interface offers when a day ends; the day is today or later.

    One that isn't declared, or whose component is retired, offers nothing, whatever work adds to it.
    """
    whole = model.get(component)
    if not isinstance(whole, Component) or whole.lifecycle is Lifecycle.RETIRED:
        return []
    if interface not in dict(whole.offerings()):
        return []
    entries = {_key(entry.version): entry for entry in _catalog(model, component, interface) if _since(entry) <= today}
    for change, last in _work(model, component, interface, Status.DONE):
        # Breaks and changes of behavior that no catalog shows: they have happened, at the latest today.
        happened = min(last, today)
        for entry in entries.values():
            if _since(entry) < happened:
                entry.breaks += _is_break(change)
                entry.changes += change.effect is ChangeEffect.CHANGE
    done: list[_Step] = []
    for when, _, _, event in _events(model, component, interface, today):
        if when > day:
            break
        _apply(entries, event, when, today, whole)
        if isinstance(event, _Step):
            done += [event] if event.is_done else []
        elif entries.get(_key(event.entry.version)) is event.entry:
            # What the catalog lists of a later day can contradict done work as well.
            for step in done:
                _apply(entries, step, when, today, whole)
    return [
        Available(
            interface,
            entry.version,
            entry.since,
            entry.deprecated_from is not None and entry.deprecated_from <= day,
            entry.sunset,
            entry.breaks,
            entry.changes,
            entry.overdue,
            entry.declared_breaking,
        )
        for entry in entries.values()
        if entry.is_there(day)
    ]


def _since(entry: _Entry) -> Date:
    return entry.since or Date.min


def _is_break(change: Change) -> bool:
    """In place: with a version it is added alongside the old one."""
    return change.effect is ChangeEffect.BREAKING and change.version is None


def _catalog(model: Model, component: Ref, interface: str) -> Iterator[_Entry]:
    """The versions that the catalog lists, whenever they are released."""
    whole = model.components[component]
    offering = dict(whole.offerings())[interface]
    if not offering.offered:
        start = _deprecated_with(whole)
        yield _Entry(None, None, start, whole.sunset, in_catalog=True, shown=start)
    for each in offering.offered:
        if each.lifecycle is Lifecycle.RETIRED:
            continue
        sunset = _earlier(each.sunset, whole.sunset)
        is_deprecated = Lifecycle.DEPRECATED in (each.lifecycle, whole.lifecycle)
        start = Date.min if is_deprecated or (sunset and not each.deprecated) else each.deprecated
        yield _Entry(each.version, each.since, start, sunset, in_catalog=True, shown=start)


def _deprecated_with(whole: Component) -> Date | None:
    """From when a version without days of its own is deprecated because its component is, or has a sunset."""
    return Date.min if whole.lifecycle is Lifecycle.DEPRECATED or whole.sunset else None


def _work(model: Model, component: Ref, interface: str, *statuses: Status) -> Iterator[tuple[Change, Date]]:
    """What work of these statuses changes, with its last day; work without one is left out."""
    for initiative in model.initiatives.values():
        last = _last_day(model, initiative)
        if initiative.status in statuses and last is not None:
            yield from (
                (change, last) for change in initiative.changes if _concerns(model, change, component, interface)
            )


def _last_day(model: Model, initiative: Initiative) -> Date | None:
    return window(initiative, model.config.calendar.calendar).end


def _concerns(model: Model, change: Change, component: Ref, interface: str) -> bool:
    """A change that names no interface concerns all of them."""
    target = change.component
    return model.canonical(target.component) == component and target.interface in (None, interface)


@dataclass(frozen=True)
class _Release:
    entry: _Entry


@dataclass(frozen=True)
class _Step:
    change: Change
    last: Date
    is_done: bool


def _events(
    model: Model, component: Ref, interface: str, today: Date
) -> list[tuple[Date, Date, int, _Release | _Step]]:
    """What happens after today: the day it counts, then its place among those of that day, then what takes first."""
    tomorrow = today + DAY
    found: list[tuple[Date, Date, int, _Release | _Step]] = []
    for entry in _catalog(model, component, interface):
        if _since(entry) > today:
            found.append((_since(entry), _since(entry), 2, _Release(entry)))
    for change, last in _work(model, component, interface, Status.PLANNED, Status.ACTIVE):
        found.append((max(last, tomorrow), last, _rank(change), _Step(change, last, is_done=False)))
    for change, last in _work(model, component, interface, Status.DONE):
        if change.effect in (ChangeEffect.REMOVAL, ChangeEffect.DEPRECATION):
            found.append((tomorrow, min(last, tomorrow), _rank(change), _Step(change, last, is_done=True)))
    return sorted(found, key=lambda event: event[:3])


def _rank(change: Change) -> int:
    """Of one day: removals, then what else happens to those that were there, then what is added."""
    if change.effect is ChangeEffect.REMOVAL:
        return 0
    return 2 if _adds(change) else 1


def _adds(change: Change) -> bool:
    return change.version is not None and change.effect in (ChangeEffect.ADDITION, ChangeEffect.BREAKING)


def _apply(entries: dict[object, _Entry], event: _Release | _Step, when: Date, today: Date, whole: Component) -> None:
    if isinstance(event, _Release):
        there = entries.get(_key(event.entry.version))
        if there is None or not there.is_there(when):
            entries[_key(event.entry.version)] = event.entry
        elif event.entry.is_there(_since(there)):
            there.overdue, there.in_catalog, there.declared_breaking = False, True, False
            there.deprecated_from = _earlier(there.deprecated_from, event.entry.deprecated_from)
            there.sunset = _earlier(there.sunset, event.entry.sunset)
        return
    change = event.change
    if _adds(change):
        version = Version(change.version.text)  # type: ignore[union-attr]
        there = entries.get(_key(version))
        overdue = event.last < today
        if there is not None and there.is_there(when):
            there.overdue = there.overdue and overdue
            return
        declared = change.effect is ChangeEffect.BREAKING
        entries[_key(version)] = _Entry(
            version, when, _deprecated_with(whole), whole.sunset, False, None, overdue, declared
        )
        entries.pop(None, None)
        return
    for key, entry in list(entries.items()):
        if not _matches(change, entry.version) or (event.is_done and not _was_there(entry, event.last)):
            continue
        if change.effect is ChangeEffect.REMOVAL:
            # A removal on or after the sunset takes nothing away: the sunset already did.
            if entry.is_there(when):
                del entries[key]
        elif change.effect is ChangeEffect.DEPRECATION:
            if event.is_done and entry.shown is not None and entry.shown <= when:
                continue
            entry.deprecated_from = _earlier(entry.deprecated_from, when)
            entry.sunset = _earlier(entry.sunset, change.sunset)
        else:
            entry.breaks += _is_break(change)
            entry.changes += change.effect is ChangeEffect.CHANGE


def _was_there(entry: _Entry, day: Date) -> bool:
    """Whether done work can have meant it: only what the catalog has, and had when the work ended."""
    return entry.in_catalog and _since(entry) <= day


def _earlier(one: Date | None, other: Date | None) -> Date | None:
    return min((day for day in (one, other) if day), default=None)


def _matches(change: Change, version: Version | None) -> bool:
    """Whether a removal or deprecation means a version; a change without a version or range means all."""
    if change.version is None or change.effect not in (ChangeEffect.REMOVAL, ChangeEffect.DEPRECATION):
        return True
    if version is None:
        return False
    exact = Version(change.version.text)
    if exact.parsed is not None:
        return exact.parsed == version.parsed
    return Range(change.version.text).admits(version) is True


def change_days(model: Model, component: Ref, today: Date) -> Iterator[Date]:
    """All days after today on which anything about a component may change."""
    yield today + DAY
    entity = model.get(component)
    if isinstance(entity, Component):
        days = [entity.sunset]
        for _, offering in entity.offerings():
            days += [day for each in offering.offered for day in (each.since, each.deprecated, each.sunset)]
        yield from (day for day in days if day)
    for initiative in model.initiatives.values():
        last = _last_day(model, initiative)
        yield from [last] if last else []
        yield from (change.sunset for change in initiative.changes if change.sunset)


# One dependency in one state.


@dataclass(frozen=True)
class _State:
    model: Model
    use: Dependency
    today: Date

    @property
    def component(self) -> Ref:
        return self.model.canonical(self.use.component.component)

    @property
    def range(self) -> Range | None:
        """None where there is none or it can't be read."""
        requires = self.use.requires
        return requires if requires is not None and requires.parsed is not None else None

    @property
    def interfaces(self) -> list[str]:
        """The interfaces that the dependency can mean."""
        if self.use.component.interface:
            return [self.use.component.interface]
        entity = self.model.get(self.component)
        return [id_ for id_, _ in entity.offerings()] if isinstance(entity, Component) else []

    @property
    def is_open(self) -> bool:
        """Whether the range has no upper bound."""
        specifiers = self.range.parsed if self.range else None
        return specifiers is not None and all(each.operator in (">", ">=", "!=") for each in specifiers)

    def offers(self, interfaces: Iterable[str], day: Date) -> list[Available]:
        found = (available(self.model, self.component, interface, day, self.today) for interface in interfaces)
        return [each for offers in found for each in offers]

    def admits(self, each: Available) -> bool:
        if self.range is None:
            return True
        return each.version is not None and self.range.admits(each.version) is True


@dataclass(frozen=True)
class _Effect:
    level: str
    reason: str
    by: Date | None = None


ANY = "any"
"""The reading of a dependency without a range that any version meets."""


class _Reading:
    """One reading of a dependency: interfaces and, where there is no range, a line of compatible versions or ANY."""

    def __init__(
        self,
        states: tuple[_State, _State],
        interfaces: list[str],
        line: object,
        days: list[Date],
        today: Date,
        notice: int,
    ) -> None:
        self.states, self.interfaces, self.line = states, interfaces, line
        self.days, self.first = days, days[0]
        self.soonest = today + notice * DAY
        needed = sorted({*days, *(day - DAY for day in days if day > self.first)})
        self.offers = [{day: state.offers(interfaces, day) for day in needed} for state in states]
        self.met = [
            {day: [each for each in self.offers[which][day] if self._meets(which, each)] for day in needed}
            for which in (0, 1)
        ]
        base, head = states
        self.range_changed = (base.range and base.range.parsed) != (head.range and head.range.parsed)

    def _meets(self, which: int, each: Available) -> bool:
        if not self.states[which].admits(each):
            return False
        if self.line is ANY or self.states[1].range is not None:
            return True
        return None in (each.version, self.line) or _line(each) == self.line

    # Standing of one state.

    def _reference(self, each: Available) -> int:
        """How many breaks in place of a version count as past: those that both states have on the first day."""
        there = [other.breaks for offers in self.offers for other in offers[self.first] if other.key == each.key]
        return min(there, default=0)

    def _is_broken(self, which: int, each: Available) -> bool:
        return each.breaks > self._reference(each)

    def _is_fine(self, which: int, day: Date) -> bool:
        """Whether the need is met in one state by a version that isn't broken since the first day."""
        return any(not self._is_broken(which, each) for each in self.met[which][day])

    def _intact(self, which: int, day: Date) -> list[Available]:
        """What meets the need, without what this state alone breaks in place."""
        others = {each.key: each for each in self.offers[1 - which][day]}
        return [
            each
            for each in self.met[which][day]
            if not (each.breaks > others[each.key].breaks if each.key in others else self._is_broken(which, each))
        ]

    def _first_unmet(self, which: int, day: Date) -> Date | None:
        return next((later for later in self.days if later >= day and not self.met[which][later]), None)

    # Confirmed versions.

    def _is_confirmed(self, which: int, each: Available) -> bool:
        if each.overdue:
            return False
        state = self.states[which]
        if self.range_changed or (state.range is not None and not state.is_open) or each.version is None:
            return True
        confirmed = state.use.confirmed
        if confirmed is not None and each.since is not None and each.since <= confirmed:
            return True
        if each.declared_breaking:
            return False
        by_day = ([other.version for other in self.offers[0][day] if state.admits(other)] for day in self.days)
        admitted = next((versions for versions in by_day if versions), None)
        if state.range is None or not admitted:
            return True
        lowest = min(admitted, key=lambda version: version.parsed)  # type: ignore[arg-type, return-value, union-attr]
        return each.version.line <= lowest.line  # type: ignore[operator, union-attr]

    def _confirmed(self, which: int, found: Iterable[Available]) -> list[Available]:
        return [each for each in found if self._is_confirmed(which, each)]

    def _first_unconfirmed(self, which: int, day: Date) -> Date | None:
        """The first day on which no confirmed version meets the need."""
        return next((d for d in self.days if d >= day and not self._confirmed(which, self.met[which][d])), None)

    # The comparison.

    def effects(self) -> dict[Date, _Effect | None]:
        """The effect on each day; days in a row on which head alone doesn't meet the need have that of the first."""
        found: dict[Date, _Effect | None] = {}
        running, effect = None, None
        for day in self.days:
            kind = self._kind_of_end(day)
            if kind is None:
                found[day] = self._short_of_an_end(day)
            else:
                effect = effect if kind == running else self._effect_of_end(kind, day)
                found[day] = effect
            running = kind
        return found

    def _is_equal(self, day: Date) -> bool:
        if self.range_changed:
            return False
        return {each.shown for each in self.offers[0][day]} == {each.shown for each in self.offers[1][day]}

    def _kind_of_end(self, day: Date) -> str | None:
        """Whether head alone doesn't meet the need, and why."""
        if self._is_equal(day) or not self.met[0][day]:
            return None
        if not self.met[1][day]:
            return "unmet"
        return "broken" if self._intact(0, day) and not self._intact(1, day) else None

    def _effect_of_end(self, kind: str, day: Date) -> _Effect:
        breaks = _Effect(BREAKS, "range-unmet" if kind == "unmet" else "in-place")
        if day == self.first:
            return breaks
        if kind == "unmet" and self._nobody_has_it_yet(day):
            return _Effect(AT_RISK, "delayed")
        if day < self.soonest:
            return breaks
        if kind == "unmet" and self._is_announced_in_head_alone(day):
            return _Effect(MUST_ACT, "deprecated-only", day)
        if self._base_ends_by_work_after(day):
            return _Effect(MUST_ACT, "sooner", day)
        return breaks

    def _nobody_has_it_yet(self, day: Date) -> bool:
        if self.met[0][self.first]:
            return False
        return not any(self.met[1][earlier] for earlier in self.days if earlier < day)

    def _is_announced_in_head_alone(self, day: Date) -> bool:
        """Whether a sunset ends all that met the need, and base has none, or a later one, for one of them."""
        lost = self.met[1][day - DAY]
        if not lost or not all(each.sunset and each.sunset <= day for each in lost):
            return False
        in_base = {each.key: each.sunset for earlier in self.days if earlier < day for each in self.offers[0][earlier]}
        return any((in_base.get(each.key) or Date.max) > day for each in lost)

    def _base_ends_by_work_after(self, day: Date) -> bool:
        """Whether work ends it for good in base, too, on a later day."""
        broken = self._end_for_good(0)
        if broken is not None and broken > day and self.met[0][broken]:
            return True
        unmet = next(
            (end for end in self.days if not any(self.met[0][later] for later in self.days if later >= end)), None
        )
        if unmet is None or unmet <= day:
            return False
        return any(each.sunset is None or each.sunset > unmet for each in self.met[0][unmet - DAY])

    def _end_for_good(self, which: int) -> Date | None:
        """The day from which the need is unmet or broken for good; None if it is met in the end."""
        end = None
        for day in reversed(self.days):
            if self._is_fine(which, day):
                break
            end = day
        return end

    def _short_of_an_end(self, day: Date) -> _Effect | None:
        if self._is_equal(day):
            return None
        before, after = self._intact(0, day), self._intact(1, day)
        if not after:
            return None
        if not before:
            return self._gain(day, after)
        candidates = [self._risk(day, before, after), self._row(day, before, after), self._behavior(before, after)]
        return min((each for each in candidates if each), key=lambda each: ORDER.index(each.level))

    def _gain(self, day: Date, after: list[Available]) -> _Effect:
        end = self._end_for_good(0)
        was_met = any(self._is_fine(0, earlier) for earlier in self.days if earlier < day)
        if not was_met or end is None or end > day:
            return _Effect(GAINS, "range-now-met")
        last = max(earlier for earlier in self.days if earlier < day and self._is_fine(0, earlier))
        if not {each.key for each in self.met[0][last]} & {each.key for each in self.met[1][day]}:
            return _Effect(GAINS, "range-now-met")
        if not self.met[0][day] and self._awaits_removal_without_a_day(after):
            return _Effect(INFORMED, "no-day")
        ends_later = any(not self._is_fine(1, later) for later in self.days if later > day)
        return _Effect(GAINS, "postponed" if ends_later else "withdrawn")

    def _awaits_removal_without_a_day(self, after: list[Available]) -> bool:
        head = self.states[1]
        removals = [
            change
            for initiative in head.model.initiatives.values()
            if initiative.status in (Status.PLANNED, Status.ACTIVE) and _last_day(head.model, initiative) is None
            for change in initiative.changes
            if change.effect is ChangeEffect.REMOVAL
        ]
        return all(
            any(
                _concerns(head.model, change, head.component, each.interface) and _matches(change, each.version)
                for change in removals
            )
            for each in after
        )

    def _row(self, day: Date, before: list[Available], after: list[Available]) -> _Effect:
        """The row of the table for a need that is met in both states."""
        live_before = [each for each in before if not each.deprecated]
        live_after = [each for each in after if not each.deprecated]
        if live_before and live_after:
            return self._live_to_live(day, live_before, live_after)
        if live_before:
            is_new = not self._keeps_the_end_of_base(day, _last_announced(after))
            return self._deprecated_only(day, after) if is_new else _Effect(INFORMED, "still-met")
        if live_after:
            is_back = self._is_careful and not any(_at_least(new, old) for new in live_after for old in before)
            if is_back and not {each.key for each in before} & {each.key for each in after}:
                return _Effect(AT_RISK, "open-range")
            is_relieved = not is_back and self._confirmed(1, live_after) and self._ends_later_than_base(day)
            return _Effect(GAINS, "relieved") if is_relieved else _Effect(INFORMED, "still-met")
        old, new = _last_announced(before), _last_announced(after)
        if old and (new is None or new > old):
            later = self._ends_later_than_base(day)
            return _Effect(GAINS, "postponed") if later else _Effect(INFORMED, "still-met")
        if new and (old is None or new < old) and not self._keeps_the_end_of_base(day, new):
            return self._deprecated_only(day, after)
        return _Effect(INFORMED, "still-met")

    @property
    def _is_careful(self) -> bool:
        """Whether going back to an older version is not covered by what is declared."""
        return self.states[1].range is None or self.states[1].is_open

    def _live_to_live(self, day: Date, before: list[Available], after: list[Available]) -> _Effect:
        if self.range_changed:
            return _Effect(INFORMED, "moves-here")
        if any(each.version is None for each in (*before, *after)):
            return _Effect(INFORMED, "still-met")
        there = {each.key for each in before}
        if {each.key for each in before} & {each.key for each in after}:
            new = [each for each in self._confirmed(1, after) if each.key not in there]
            is_newer = any(_newer(each, old) for each in new for old in before)
            return _Effect(GAINS, "new-in-range") if is_newer else _Effect(INFORMED, "still-met")
        continuing = [new for new in after if any(_keeps_contract(old, new) for old in before)]
        if continuing:
            return _Effect(GAINS if self._confirmed(1, continuing) else INFORMED, "moved-in-range")
        if self._is_careful and not any(_newer(new, old) for new in self._confirmed(1, after) for old in before):
            return _Effect(AT_RISK, "open-range")
        return _Effect(INFORMED, "moved-in-range")

    def _deprecated_only(self, day: Date, after: list[Available]) -> _Effect:
        """Must act, by the first announced end on which nothing (or nothing confirmed) meets the need any more."""
        confirmed_now = bool(self._confirmed(1, after))
        for end in sorted({each.announced for each in after if each.announced}):
            left = self.met[1].get(end, [])
            if not any(each.announced == end for each in self.met[1].get(end - DAY, [])):
                continue  # Work removes it before.
            if not left or (confirmed_now and not self._confirmed(1, left)):
                return _Effect(MUST_ACT, "deprecated-only", end)
        return _Effect(MUST_ACT, "deprecated-only")

    def _keeps_the_end_of_base(self, day: Date, announced: Date | None) -> bool:
        """Whether base ends by itself, and the end in head, announced or by work, isn't before that."""
        in_base, in_head = self._first_unmet(0, day), _earlier(announced, self._first_unmet(1, day))
        return in_base is not None and in_head is not None and in_head >= in_base

    def _ends_later_than_base(self, day: Date) -> bool:
        in_base, in_head = self._first_unmet(0, day), self._first_unmet(1, day)
        return in_head is None or (in_base is not None and in_head > in_base)

    def _risk(self, day: Date, before: list[Available], after: list[Available]) -> _Effect | None:
        """At risk where head, unlike base, has no confirmed version, or none that is live."""
        sure_before, sure_after = self._confirmed(0, before), self._confirmed(1, after)
        live_after = [each for each in after if not each.deprecated]
        unsure = [each for each in live_after or after if not self._is_confirmed(1, each)]
        reason = "overdue" if all(each.overdue for each in unsure) else "open-range"
        if sure_before and not sure_after:
            return _Effect(AT_RISK, reason)
        was_live = any(not each.deprecated for each in sure_before)
        if not was_live or not live_after or not sure_after or any(not each.deprecated for each in sure_after):
            return None
        in_base, announced = self._first_unconfirmed(0, day), _last_announced(sure_after)
        in_head = _earlier(announced, self._first_unconfirmed(1, day))
        if in_base is not None and in_head is not None and in_head >= in_base:
            return None
        ends = sorted({each.announced for each in sure_after if each.announced})
        by = next((end for end in ends if not self._confirmed(1, self.met[1].get(end, []))), None)
        return _Effect(AT_RISK, reason, by)

    def _behavior(self, before: list[Available], after: list[Available]) -> _Effect | None:
        """At risk where the behavior of all versions that stay changes in head alone."""
        old = {each.key: each.changes for each in before}
        both = [each for each in after if each.key in old]
        kept = [each for each in both if not each.deprecated] or both
        changed = bool(kept) and all(each.changes > old[each.key] for each in kept)
        return _Effect(AT_RISK, "behaviour") if changed else None


def _line(each: Available) -> object:
    return each.version.line if each.version else None


def _newer(new: Available, old: Available) -> bool:
    if new.interface != old.interface:
        return False
    if new.version is None or old.version is None or not new.version.parsed or not old.version.parsed:
        return False
    return new.version.parsed > old.version.parsed


def _at_least(new: Available, old: Available) -> bool:
    return new.key == old.key or _newer(new, old)


def _keeps_contract(old: Available, new: Available) -> bool:
    if new.interface != old.interface or old.version is None or new.version is None or new.declared_breaking:
        return False
    return compatible(old.version, new.version) is True


def _last_announced(found: list[Available]) -> Date | None:
    """The last announced end of versions that are all deprecated; None if one has none."""
    ends = [each.announced for each in found]
    return None if None in ends else max(end for end in ends if end)


# All readings of a dependency together.


def _judge(target: str, base: _State, head: _State, today: Date, first: Date, notice: int) -> Expected:
    states = (base, head)
    days = sorted({first, *(day for state in states for day in _days_of(state) if day > first)})
    readings = _readings(states, days, today, notice)
    by_reading = [(reading, reading.effects()) for reading in readings]
    effects: list[tuple[Date, _Effect | None]] = []
    for day in days:
        effect = _together([(reading, found[day]) for reading, found in by_reading], day, head.range is None)
        if effect and head.use.strength is Strength.SOFT:
            level = SOFTER[effect.level]
            effect = _Effect(level, effect.reason, effect.by if level in HARM else None)
        effects.append((day, effect))
    return _told(target, effects, is_met=any(reading.met[which][first] for reading in readings for which in (0, 1)))


def _days_of(state: _State) -> Iterator[Date]:
    return change_days(state.model, state.component, state.today)


def _readings(states: tuple[_State, _State], days: list[Date], today: Date, notice: int) -> list[_Reading]:
    base, head = states
    interfaces = [*base.interfaces, *(each for each in head.interfaces if each not in base.interfaces)]
    found = [_Reading(states, interfaces, ANY, days, today, notice)]
    for interface in interfaces:
        lines: Iterable[object] = [ANY]
        if head.range is None:
            there = {_line(each) for day in days for each in base.offers([interface], day) if base.admits(each)}
            lines = sorted(there, key=str)
        found += [_Reading(states, [interface], line, days, today, notice) for line in lines]
    return found


def _together(found: list[tuple[_Reading, _Effect | None]], day: Date, no_range: bool) -> _Effect | None:
    """What the readings mean together on a day; where base meets none, the first, of all that is available, counts."""
    judged = [effect for reading, effect in found[1:] if reading.met[0][day]]
    nothing_before = not judged
    if nothing_before:
        judged = [found[0][1]]
    effects = [effect for effect in judged if effect]
    if not effects:
        return None
    levels = {effect.level for effect in effects}
    harmed = [effect for effect in effects if effect.level in HARM]
    if len(effects) == len(judged) and len(levels) == 1:
        level, decisive = effects[0].level, effects
    elif len(harmed) == len(judged):
        level = max(levels, key=ORDER.index)
        decisive = [effect for effect in effects if effect.level == level]
    else:
        level, decisive = (AT_RISK, harmed) if harmed else (INFORMED, [])
    by = min((effect.by for effect in decisive if effect.by), default=None)
    if no_range and not nothing_before:
        return _Effect(level, "no-range", by)
    reasons = {effect.reason for effect in effects}
    alike = len(effects) == len(judged) and len(levels) == 1 and len(reasons) == 1
    return _Effect(level, reasons.pop() if alike else "not-known", by)


@dataclass(frozen=True)
class _Stretch:
    level: str
    reason: str
    start: Date | None
    until: Date | None
    by: Date | None


def _told(target: str, effects: list[tuple[Date, _Effect | None]], *, is_met: bool) -> Expected:
    stretches = list(_stretches(effects))
    if not stretches:
        return Expected(target, None, "same" if is_met else "pre-existing")
    told = min(stretches, key=lambda stretch: ORDER.index(stretch.level))
    gains = [each for each in stretches if each.level == GAINS]
    gain = Gain(gains[0].reason, gains[0].start, gains[0].until) if gains and told.level in HARM else None
    until = None if told.by else told.until
    return Expected(target, told.level, told.reason, told.start, until, told.by, len(stretches) - 1, gain)


def _stretches(effects: list[tuple[Date, _Effect | None]]) -> Iterator[_Stretch]:
    """Days in a row of one level; the reason is that of the first, `by` the first that there is."""
    first = effects[0][0]
    groups = [list(group) for _, group in groupby(effects, key=lambda each: each[1] and each[1].level)]
    for number, group in enumerate(groups):
        start, effect = group[0]
        if effect is not None:
            until = groups[number + 1][0][0] if number + 1 < len(groups) else None
            by = next((each.by for _, each in group if each and each.by), None)
            yield _Stretch(effect.level, effect.reason, None if start == first else start, until, by)
