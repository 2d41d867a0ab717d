"""The story of one entity: what each commit did to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from platctl.model.calendar import Date
from platctl.model.entity.component import Component
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.model.window import window
from platctl.outlook.difference import Modified, diff
from platctl.outlook.lifelines import Life, Turn
from platctl.outlook.moves import Move, MoveKind, Punctuality, moves
from platctl.outlook.work_states import states_of
from platctl.questions.history.fields_as_text import field_name, written_out
from platctl.questions.history.report import Chapter, Happening, Look, Phase, StoryEvent, StoryReport
from platctl.source.yaml.document import Route

_WORDS: Final[Mapping[type[Entity], Mapping[str, Happening]]] = {
    Initiative: {
        "status": Happening.STATUS,
        "changes": Happening.SCOPE,
        "effort": Happening.SCOPE,
        "requested_by": Happening.SCOPE,
        "for": Happening.SCOPE,
    },
    Component: {
        "lifecycle": Happening.LIFECYCLE,
        "version": Happening.OFFER,
        "versions": Happening.OFFER,
        "interfaces": Happening.OFFER,
        "sunset": Happening.OFFER,
        "successor": Happening.OFFER,
    },
}
_DAYS = frozenset({"end", "period"})


def look(past: Past, since: Date | None = None, only: str = "") -> Look:
    """The commits that a report covers."""
    first, last = past.moments[0].at, past.moments[-1].at
    return Look(first, last, len(past.moments), past.is_cut, since, only)


def story(past: Past, life: Life, since: Date | None = None) -> StoryReport:
    """What happened to an entity since the day `since`; slips are counted from the beginning.

    Periods are those of the calendar in the last commit, also for commits with another one. The author of a merge is
    the person who merged.
    """
    calendar = past.config.calendar.calendar
    teller = _Teller(life, past)
    told = [Chapter(past.moments[turn.index].at, events) for turn, events in _told(past, life, teller)]
    chapters = [each for each in told if each.events]
    shown = tuple(each for each in chapters if since is None or (each.at.date and each.at.date >= since))
    entity = life.last.entity
    paths = {state.path for turn in life.turns for state in (turn.before, turn.after) if state}
    return StoryReport(
        look(past, since),
        Named(entity.ref, entity.name, entity.title),
        tuple(name for name in teller.names if name != entity.name),
        life.last.path,
        life.state is None,
        past.moments[life.turns[0].index].at,
        window(entity, calendar).end if isinstance(entity, Initiative) else None,
        teller.done_on if isinstance(entity, Initiative) and entity.status is Status.DONE else None,
        teller.count(MoveKind.SLIPPED),
        sum(each.days or 0 for each in teller.moves if each.kind is MoveKind.SLIPPED),
        teller.count(MoveKind.DROPPED),
        teller.count(MoveKind.REPLANNED),
        tuple(_phases(past, life)),
        shown,
        len(chapters) - len(shown),
        tuple(each for each in past.broken if each.path in paths),
    )


def _told(past: Past, life: Life, teller: "_Teller") -> Iterator[tuple[Turn, tuple[StoryEvent, ...]]]:
    context = _EntitiesSoFar()
    turns = {turn.index: turn for turn in life.turns}
    for index, moment in enumerate(past.moments):
        turn = turns.get(index)
        before = context.model(moment.changed) if turn else None
        context.step({ref: state.entity if state else None for ref, state in moment.changed.items()})
        if turn and before:
            yield turn, tuple(teller.events(turn, before, context.model(moment.changed)))


def _phases(past: Past, life: Life) -> Iterator[Phase]:
    last = None
    for turn in life.turns:
        status = _status(turn.after.entity) if turn.after else "removed"
        if status and status != last:
            yield Phase(status, past.moments[turn.index].at)
        last = status


def _status(entity: Entity) -> str | None:
    match entity:
        case Initiative():
            return entity.status.value
        case Component():
            return entity.lifecycle.value
    return None


@dataclass
class _EntitiesSoFar:
    """The part of the model needed to compare two states of one entity: entities with several names."""

    _now: dict[Ref, Entity] = field(default_factory=dict)
    _with_aliases: set[Ref] = field(default_factory=set)

    def step(self, changed: Mapping[Ref, Entity | None]) -> None:
        for ref, entity in changed.items():
            self._with_aliases.discard(ref)
            if entity is None:
                self._now.pop(ref, None)
            else:
                self._now[ref] = entity
                if entity.aliases:
                    self._with_aliases.add(ref)

    def model(self, changed: Mapping[Ref, object]) -> Model:
        wanted = sorted(self._with_aliases | changed.keys())
        return Model({ref: self._now[ref] for ref in wanted if ref in self._now}, {})


@dataclass
class _Teller:
    """Turns each turn into events. A returning entity is compared with its state before the removal."""

    life: Life
    past: Past
    last: Entity | None = None
    names: dict[str, None] = field(default_factory=dict)
    slips: int = 0

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        return moves(states_of(self.life, self.past)) if isinstance(self.life.last.entity, Initiative) else ()

    def count(self, kind: MoveKind) -> int:
        return sum(each.kind is kind for each in self.moves)

    @property
    def done_on(self) -> Date | None:
        """The day on which it was done last."""
        return next((each.now for each in reversed(self.moves) if each.kind is MoveKind.DELIVERED), None)

    def events(self, turn: Turn, base: Model, head: Model) -> Iterator[StoryEvent]:
        before, after = turn.before, turn.after
        moved = [each for each in self.moves if each.at == turn.index and each.kind in _HAPPENINGS]
        if after is None:
            yield StoryEvent(Happening.REMOVED, was=before.path if before else None)
            if self.life.heir and turn is self.life.turns[-1]:
                yield StoryEvent(Happening.MERGED, now=self.life.heir.last.entity.name)
            yield from map(self._moved, moved)
            return
        name, last = after.entity.name, self.last
        if before is None:
            yield StoryEvent(Happening.RETURNED if last else Happening.ADDED, now=after.path)
        elif before.path != after.path:
            yield StoryEvent(Happening.MOVED, was=before.path, now=after.path)
        if last and last.name != name:
            yield StoryEvent(Happening.RENAMED, was=last.name, now=name)
        yield from map(self._moved, moved)
        if last:
            is_told = any(each.kind in _DAYS_MOVED for each in moved)
            yield from self._edits(last, after.entity, Model({**base.entities, last.ref: last}, {}), head, is_told)
        self.last = after.entity
        self.names[name] = None

    def _edits(self, before: Entity, after: Entity, base: Model, head: Model, is_told: bool) -> Iterator[StoryEvent]:
        """The fields that differ; `is_told` is whether a move tells that the end does."""
        for each in diff(base, _with_former_name(head, before, after)):
            if isinstance(each, Modified) and each.ref == after.ref and not (is_told and each.route[0] in _DAYS):
                yield _modified(each, after)

    def _moved(self, move: Move) -> StoryEvent:
        is_slip = move.kind is MoveKind.SLIPPED
        self.slips += is_slip
        was, now = (each.isoformat() if each else None for each in (move.was, move.now))
        if happening(move) is Happening.DONE:
            end = move.end.isoformat() if move.end else None
            return StoryEvent(Happening.DONE, "", was, now, move.days_after_end, end=end)
        days = abs(move.days) if move.days is not None else None
        name = "end" if move.kind in _DAYS_MOVED else ""
        return StoryEvent(happening(move), name, was, now, days, self.slips if is_slip else None, move.detour)


_HAPPENINGS: Final = {
    MoveKind.SLIPPED: Happening.SLIPPED,
    MoveKind.PULLED_IN: Happening.PULLED_IN,
    MoveKind.RESCHEDULED: Happening.RESCHEDULED,
    MoveKind.DROPPED: Happening.DROPPED,
    MoveKind.REPLANNED: Happening.REPLANNED,
    MoveKind.DELIVERED: Happening.DONE,
}
_DAYS_MOVED = frozenset({MoveKind.SLIPPED, MoveKind.PULLED_IN, MoveKind.RESCHEDULED})
_DONE: Final = {
    Punctuality.EARLY: Happening.DONE_EARLY,
    Punctuality.ON_TIME: Happening.DONE_ON_TIME,
    Punctuality.LATE: Happening.DONE_LATE,
    Punctuality.UNPLANNED: Happening.DONE,
}


def happening(move: Move) -> Happening:
    """A move of the plan as an event of a history."""
    return _DONE[move.punctuality] if move.kind is MoveKind.DELIVERED else _HAPPENINGS[move.kind]


def _with_former_name(head: Model, before: Entity, after: Entity) -> Model:
    """The same model, with the former name as an alias of the entity if it is declared only later."""
    if before.ref in (after.ref, *after.alias_refs):
        return head
    known = after.changed({"aliases": (*after.aliases, before.full_name)})
    return Model({**head.entities, after.ref: known}, {})


def _modified(change: Modified, after: Entity) -> StoryEvent:
    route = change.route
    what = _WORDS.get(type(after), {}).get(str(route[0]), Happening.EDITED)
    if route[0] == "owner":
        what = Happening.OWNER
    if what is Happening.OFFER and not _is_offer(route):
        what = Happening.EDITED
    name = field_name(after, route[:-1] if isinstance(route[-1], int) else route)
    return StoryEvent(what, name, written_out(change.before), written_out(change.after))


def _is_offer(route: Route) -> bool:
    """Whether a route is about the versions of an interface, not about its description."""
    return route[0] != "interfaces" or len(route) < 3 or route[2] in ("version", "versions")
