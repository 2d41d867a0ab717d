"""When each user came to each component and left it, commit by commit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model, references
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.lifelines import Life, Turn
from platctl.questions.discover.report import Appearance, Coming, Leaving
from platctl.questions.discover.seen_past import SeenPast
from platctl.record import record

FIELDS: Mapping[str, str] = {"component": "depends_on", "consumer": "uses"}
"""By kind: the field that names what it uses. Each has a record of its own, which may begin later."""
_FEWEST = 3
"""With fewer, a day brings no shared component by itself, and does not look like the begin of a record."""


@record
class Visit:
    """A user of a component from one moment on, up to another one; `left` is None while it is one."""

    came: int
    how: Coming
    left: int | None = None
    why: Leaving | None = None


@record
class Begin:
    """A day on which recording begins, in one field or in both; `index` is the first moment with a new dependency."""

    index: int
    fields: tuple[Appearance, ...]


@record(slots=False)
class Visits:
    """The visits by component and user; `states` and `names` have the entities of the moments that were asked for."""

    past: SeenPast
    of: Mapping[Life, Mapping[Life, tuple[Visit, ...]]]
    begins: tuple[Begin, ...]
    states: Mapping[int, Mapping[Ref, Entity]]
    names: Mapping[int, Mapping[Ref, Life]]

    @cached_property
    def finished(self) -> tuple[tuple[int, Initiative], ...]:
        """The initiatives that were done in a commit, with its moment."""
        return tuple(
            (turn.index, turn.after.entity)
            for life in self.past.lives
            for turn in life.turns
            if turn.before and turn.after and isinstance(turn.after.entity, Initiative)
            if _is_done(turn.after.entity) and not _is_done(turn.before.entity)
        )


def visits(past: SeenPast, wanted: Iterable[int] = ()) -> Visits:
    """All visits, and the states of the moments in `wanted`."""
    return _VisitWalk(past, frozenset(wanted)).walk()


_Day = tuple[Date, bool]
_State = tuple[Mapping[Ref, Entity], Mapping[Ref, Life]]


@dataclass
class _VisitWalk:
    """Goes through the moments, and looks only at what each of them changes."""

    past: SeenPast
    wanted: frozenset[int]
    now: dict[Ref, Entity] = field(default_factory=dict)
    life_of: dict[Ref, Life] = field(default_factory=dict)
    ref_of: dict[Life, Ref] = field(default_factory=dict)
    _claims: dict[Ref, set[Ref]] = field(default_factory=dict)
    _naming: dict[Ref, set[Ref]] = field(default_factory=dict)
    _written: dict[Ref, frozenset[Ref]] = field(default_factory=dict)
    _targets: dict[Ref, frozenset[Ref]] = field(default_factory=dict)
    _waiting: dict[Life, None] = field(default_factory=dict)
    _open: dict[Life, dict[Life, Visit]] = field(default_factory=dict)
    _over: dict[Life, dict[Life, list[Visit]]] = field(default_factory=dict)
    _first: dict[tuple[Life, Life], int] = field(default_factory=dict)
    _count: Counter[str] = field(default_factory=Counter)

    def walk(self) -> Visits:
        totals, states = list[Mapping[str, int]](), dict[int, _State]()
        for index in range(len(self.past.moments)):
            self._step(self._turns.get(index, ()))
            self._settle(index)
            totals.append(dict(self._count))
            if index in self.wanted:
                states[index] = dict(sorted(self.now.items())), dict(self.life_of)
        begins = tuple(self._begins(totals))
        return Visits(
            self.past,
            self._all(begins),
            begins,
            {index: entities for index, (entities, _) in states.items()},
            {index: names for index, (_, names) in states.items()},
        )

    @cached_property
    def _turns(self) -> Mapping[int, list[tuple[Life, Turn]]]:
        found: dict[int, list[tuple[Life, Turn]]] = {}
        for life in self.past.lives:
            for turn in life.turns:
                found.setdefault(turn.index, []).append((life, turn))
        return found

    # What each moment changes

    def _step(self, turns: Iterable[tuple[Life, Turn]]) -> None:
        touched = set[Ref]()
        for life, turn in turns:
            if turn.before:
                self._remove(life, turn.before.entity)
        for life, turn in turns:
            if turn.after:
                self._add(life, turn.after.entity)
            touched |= _touched(turn)
            if life.last.entity.kind_name in FIELDS:
                self._waiting[life] = None
        users = {ref for name in touched for ref in self._naming.get(name, ())}
        users |= {self.ref_of[life] for life, _ in turns if life in self.ref_of}
        for ref in sorted(users):
            if ref.kind in FIELDS:
                self._resolve(ref)

    def _remove(self, life: Life, entity: Entity) -> None:
        ref = entity.ref
        del self.now[ref], self.life_of[ref], self.ref_of[life]
        for name in entity.other_refs:
            self._claims[name].discard(ref)
        for name in self._written.pop(ref, ()):
            self._naming[name].discard(ref)
        self._targets.pop(ref, None)

    def _add(self, life: Life, entity: Entity) -> None:
        ref = entity.ref
        self.now[ref], self.life_of[ref], self.ref_of[life] = entity, life, ref
        for name in entity.other_refs:
            self._claims.setdefault(name, set()).add(ref)
        if ref.kind in FIELDS:
            self._written[ref] = frozenset(
                each.target for each in references(entity) if each.route[0] == FIELDS[ref.kind]
            )
            for name in self._written[ref]:
                self._naming.setdefault(name, set()).add(ref)

    def _resolve(self, ref: Ref) -> None:
        """Find what a user uses now, among the entities that it may mean."""
        meant = {ref, *(each for name in self._written[ref] for each in self._meant(name))}
        graph = Graph(Model({each: self.now[each] for each in sorted(meant)}, {}))
        found = frozenset(use.target for use in graph.uses_by(self.now[ref]) if use.target in self.now) - {ref}
        self._targets[ref] = found
        self._waiting[self.life_of[ref]] = None

    def _meant(self, name: Ref) -> Iterable[Ref]:
        return (name,) if name in self.now else self._claims.get(name, ())

    # What that means for users

    def _settle(self, index: int) -> None:
        """End the visits of those who left, and begin those of who came."""
        merged, coming = set[tuple[Life, Life]](), list[tuple[Life, Life]]()
        for user in self._waiting:
            before, after = self._open.get(user, {}), self._using(user)
            for component in [each for each in before if each not in after]:
                why = self._why(user, component)
                self._end(user, component, replace(before.pop(component), left=index, why=why))
                if why is Leaving.MERGED:
                    merged |= {(user.heir or user, component.heir or component)}
            coming += [(user, component) for component in after if component not in before]
        for user, component in coming:
            self._begin(index, user, component, is_merged=(user, component) in merged)
        self._waiting.clear()

    def _using(self, user: Life) -> dict[Life, None]:
        """What it uses; what is retired uses nothing."""
        ref = self.ref_of.get(user)
        if ref is None or is_retired(self.now[ref]):
            return {}
        return {self.life_of[target]: None for target in sorted(self._targets.get(ref, ()))}

    def _why(self, user: Life, component: Life) -> Leaving:
        if user not in self.ref_of:
            return Leaving.MERGED if user.heir else Leaving.REMOVED
        if is_retired(self.now[self.ref_of[user]]):
            return Leaving.RETIRED
        if component not in self.ref_of:
            return Leaving.MERGED if component.heir else Leaving.UNDEFINED
        return Leaving.LEFT

    def _end(self, user: Life, component: Life, visit: Visit) -> None:
        self._over.setdefault(component, {}).setdefault(user, []).append(visit)
        self._count[FIELDS[user.last.entity.kind_name]] -= 1

    def _begin(self, index: int, user: Life, component: Life, *, is_merged: bool) -> None:
        how = Coming.CAME if self.past.is_commit(index) else Coming.UNCOMMITTED
        if is_merged:
            how = Coming.MERGED
        elif any((index, self.ref_of[each]) in self.past.shown for each in (user, component)):
            how = Coming.SHOWN
        self._open.setdefault(user, {})[component] = Visit(index, how)
        self._first.setdefault((user, component), index)
        self._count[FIELDS[user.last.entity.kind_name]] += 1

    def _begins(self, totals: list[Mapping[str, int]]) -> Iterator[Begin]:
        """The days on which half of all dependencies appear, of a field or altogether; and the first one of all."""
        days = self._days
        last = {day: index for index, day in enumerate(days)}
        new: dict[_Day, dict[str, list[int]]] = {}
        for (user, _), index in self._first.items():
            field_ = FIELDS[user.last.entity.kind_name]
            new.setdefault(days[index], {}).setdefault(field_, []).append(index)
        for nth, day in enumerate(sorted(new)):
            total = totals[last[day]]
            found = [
                Appearance(name, len(each), max(total.get(name, 0), len(each)))
                for name, each in sorted(new[day].items())
            ]
            is_half = nth == 0 or _is_half(sum(each.new for each in found), sum(total.values()))
            told = tuple(each for each in found if is_half or _is_half(each.new, each.total))
            if told:
                yield Begin(min(index for each in told for index in new[day][each.field]), told)

    @cached_property
    def _days(self) -> list[_Day]:
        """The day of each moment; what is not committed is a day of its own, the last one."""
        return [(day, not self.past.is_commit(index)) for index, day in enumerate(self.past.days)]

    def _all(self, begins: Iterable[Begin]) -> dict[Life, dict[Life, tuple[Visit, ...]]]:
        days = self._days
        recorded = {(days[begin.index], each.field) for begin in begins for each in begin.fields}
        for user, used in self._open.items():
            for component, visit in used.items():
                self._over.setdefault(component, {}).setdefault(user, []).append(visit)
        found: dict[Life, dict[Life, tuple[Visit, ...]]] = {}
        for component, users in self._over.items():
            for user, (first, *later) in users.items():
                is_recorded = (days[first.came], FIELDS[user.last.entity.kind_name]) in recorded
                visit = replace(first, how=Coming.RECORDED) if is_recorded and first.how.is_news else first
                found.setdefault(component, {})[user] = (visit, *later)
        return found


def _is_done(entity: Entity) -> bool:
    return isinstance(entity, Initiative) and entity.status is Status.DONE


def is_retired(entity: Entity) -> bool:
    """Whether it is a component that is no longer there, whatever it still names."""
    return isinstance(entity, Component) and entity.lifecycle is Lifecycle.RETIRED


def _is_half(new: int, total: int) -> bool:
    return new >= _FEWEST and 2 * new >= total


def _touched(turn: Turn) -> frozenset[Ref]:
    """The names that mean something else after it."""
    was, now = (
        frozenset((state.entity.ref, *state.entity.other_refs)) if state else frozenset()
        for state in (turn.before, turn.after)
    )
    is_same = turn.before and turn.after and turn.before.entity.ref == turn.after.entity.ref
    return was ^ now if is_same else was | now
