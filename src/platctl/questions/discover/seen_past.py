"""The past as a reader may know it, with the state at hand as its last moment, and entities under all their names."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.completion import unread_fields
from platctl.model.entity.entity import Entity
from platctl.model.model import Model
from platctl.model.past import EntityState, Moment, Past, reached
from platctl.model.placement import Unplaced
from platctl.model.ref import Ref
from platctl.model.renames import recognized, with_aliases
from platctl.model.settings.audience import Audience
from platctl.outlook.audience import is_hidden
from platctl.outlook.difference import pair
from platctl.outlook.lifelines import Life, lives
from platctl.questions.discover.blanks import Blank, Blanks
from platctl.record import record
from platctl.source.git.history import Revision

_Changed = Mapping[Ref, EntityState | None]
_KEPT = frozenset({"kind", "id", "namespace", "aliases", "external", "visibility", "status"})
"""What identifies an entity, and whether it may be seen."""


@record
class Renaming:
    """An entity that got another name in a moment; with `is_guess`, no alias says so."""

    index: int
    was: Ref
    now: Ref
    is_guess: bool


@record(slots=False)
class SeenPast:
    """The moments that are known, and the state at hand, `model`, with what could not be read in it as it was. States
    that list almost nothing are left out, as `blanks`: they change nothing.

    `shown` are the entities that an audience sees from a moment on, though they were there before. The last moment is
    the state at hand; all before it are commits.
    """

    moments: tuple[Moment, ...]
    model: Model
    shown: frozenset[tuple[int, Ref]]
    blanks: tuple[Blank, ...]
    renamings: tuple[Renaming, ...]

    @cached_property
    def lives(self) -> tuple[Life, ...]:
        """All entities that ever existed, each once."""
        return tuple(lives(self.as_past).all)

    @cached_property
    def as_past(self) -> Past:
        return Past(self.moments, (), self.model.config)

    @cached_property
    def days(self) -> list[Date]:
        """The latest day up to each moment."""
        return reached(self.moments)

    def at(self, day: Date) -> int:
        """The last moment up to the end of a day; -1 if there is none."""
        return bisect_right(self.days, day) - 1

    @property
    def last(self) -> int:
        return len(self.moments) - 1

    def is_commit(self, index: int) -> bool:
        return index < self.last


def seen_past(whole: Model, model: Model, past: Past | None, audience: Audience | None, today: Date | None) -> SeenPast:
    """The past up to a state; `model` is what the audience sees of `whole`.

    What is gone is not told to an audience, since nothing says any longer who may see it, and what is there only as it
    was while the audience could see it.
    """
    moments, shown, known = (past.moments if past else ()), frozenset[tuple[int, Ref]](), _Follower(whole)
    if audience and past:
        all_ = (*moments, Moment(Revision("", "", today), _since(moments, whole, whole)))
        # The names first: none is recognized across a state that lists almost nothing.
        known.followed(Blanks().without(all_), shown, ())
        moments = _Follower(whole, known.former).followed(all_, shown, ()).moments[:-1]
        moments, shown = _SeenMoments(whole, model, audience).of(moments, replace(past, moments=moments))
    moments = (*moments, Moment(Revision("", "", today), _since(moments, whole, model)))
    blanks = Blanks()
    return _Follower(model, known.former).followed(blanks.without(moments), shown, tuple(blanks.found))


def _since(moments: Iterable[Moment], whole: Model, model: Model) -> _Changed:
    """What the state at hand has changed since the last commit; what could not be read in it is as it was."""
    now: dict[Ref, EntityState] = {}
    for moment in moments:
        _step(now, moment.changed)
    changed: dict[Ref, EntityState | None] = {}
    for ref, entity in model.entities.items():
        found = entity.restored(unread_fields(entity, whole.documents[ref]), now[ref].entity) if ref in now else entity
        if ref not in now or now[ref].entity != found:
            changed[ref] = EntityState(found, "")
    gone = (ref for ref in now if ref not in model.entities and not whole.may_be_unread(ref))
    return dict(sorted({**changed, **dict.fromkeys(gone)}.items()))


def _step(now: dict[Ref, EntityState], changed: _Changed) -> None:
    for ref, state in changed.items():
        if state:
            now[ref] = state
        else:
            now.pop(ref, None)


@record(slots=False)
class _SeenMoments:
    """What an audience sees of past states: of what it sees now, the fields that it may read."""

    whole: Model
    model: Model
    audience: Audience

    def of(self, moments: tuple[Moment, ...], past: Past) -> tuple[tuple[Moment, ...], frozenset[tuple[int, Ref]]]:
        names = self._names(past)
        found, shown, there = [], set[tuple[int, Ref]](), set[Ref]()
        hidden: set[Ref] = set()
        for index, moment in enumerate(moments):
            changed: dict[Ref, EntityState | None] = {}
            for ref, state in moment.changed.items():
                seen = self._seen(state) if state and ref in names else None
                if seen is None and state is not None:
                    hidden.add(ref)
                elif seen and ref in hidden:
                    shown.add((index, ref))
                    hidden.discard(ref)
                if seen or ref in there:
                    changed[ref] = seen
                    (there.add if seen else there.discard)(ref)
            found.append(Moment(moment.at, changed))
        last = len(moments)
        return tuple(found), frozenset(shown | {(last, ref) for ref in hidden if ref in self.model.entities})

    def _names(self, past: Past) -> frozenset[Ref]:
        """All names of what the audience sees now."""
        found: set[Ref] = set()
        for life in lives(past).all:
            present = self.whole.canonical(life.ref)
            if present in self.model.entities:
                found |= {state.entity.ref for turn in life.turns for state in (turn.before, turn.after) if state}
        return frozenset(found)

    def _seen(self, state: EntityState) -> EntityState | None:
        entity = state.entity
        if is_hidden(Model({entity.ref: entity}, {entity.ref: Unplaced()}), entity.ref, self.audience):
            return None
        changed: dict[str, object] = {}
        for name, info in type(entity).all_fields.items():
            if name not in _KEPT and not self.audience.reads(info.key):
                if info.is_required:
                    return None
                changed[name] = info.default_value()
        return EntityState(entity.altered(changed, {}), "")


class _Follower:
    """Gives entities the aliases that they should have, where their names changed without one.

    Which file they are in makes no difference, so that splitting a file changes nothing. `former` are the former names,
    by the present one; those that are known by more than what is seen here can be given.
    """

    def __init__(self, model: Model, known: Mapping[Ref, Mapping[Ref, Ref]] | None = None) -> None:
        self.model = model
        self.former: dict[Ref, dict[Ref, Ref]] = {ref: dict(names) for ref, names in (known or {}).items()}
        self._guessed = {was for names in self.former.values() for was in names}
        self._now: dict[Ref, EntityState] = {}
        self._found: list[Renaming] = []

    def followed(
        self, moments: Iterable[Moment], shown: frozenset[tuple[int, Ref]], blanks: tuple[Blank, ...]
    ) -> SeenPast:
        told = tuple(Moment(each.at, self._followed(nth, each.changed)) for nth, each in enumerate(moments))
        is_blank = bool(blanks) and blanks[-1].until is None
        entities = self.model.entities if is_blank else {ref: self._now[ref].entity for ref in sorted(self._now)}
        return SeenPast(told, replace(self.model, entities=entities), shown, blanks, tuple(self._found))

    def _followed(self, index: int, changed: _Changed) -> _Changed:
        before = {ref: self._now[ref].entity for ref in changed if ref in self._now}
        after = {ref: state.entity for ref, state in changed.items() if state}
        if before.keys() - after.keys() and after.keys() - before.keys():
            self._recognize(index, _only(before), _only(after))
        told = {ref: self._named(state) if state else None for ref, state in changed.items()}
        _step(self._now, told)
        return told

    def _named(self, state: EntityState) -> EntityState:
        ref = state.entity.ref
        known = state.entity.alias_refs
        names = {was: now for was, now in self.former.get(ref, {}).items() if was not in known}
        if not names:
            return state
        return EntityState(with_aliases(_only({ref: state.entity}), names).entities[ref], state.path)

    def _recognize(self, index: int, before: Model, after: Model) -> None:
        declared = pair(before, after).head_of
        found = recognized(before, after, declared)
        for was, now in {**declared, **found}.items():
            if was != now and was in before.entities and was not in after.entities:
                self._found.append(Renaming(index, was, now, was in found or was in self._guessed))
                former = {**self.former.pop(was, {}), **({was: now} if was in found else {})}
                if former:
                    self.former[now] = dict.fromkeys((*former, *self.former.get(now, ())), now)


def _only(entities: Mapping[Ref, Entity]) -> Model:
    return Model(dict(entities), dict.fromkeys(entities, Unplaced()))
