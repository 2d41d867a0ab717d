"""The life of each entity through its history: under all its names, in any file, with gaps."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from platctl.model.entity.entity import Entity
from platctl.model.model import Model
from platctl.model.past import EntityState, Moment, Past
from platctl.model.ref import Ref
from platctl.record import record


@record
class Turn:
    """A change of one entity: the index of the moment, and its state before and after."""

    index: int
    before: EntityState | None
    after: EntityState | None


@dataclass(eq=False)
class Life:
    """All turns of one entity, the oldest first; there is at least one.

    `heir` is what it became part of: another entity that lists its name as a former one when it is removed.
    """

    turns: list[Turn] = field(default_factory=list)
    heir: "Life | None" = None

    @property
    def state(self) -> EntityState | None:
        """Its state at the end; None if it is removed."""
        return self.turns[-1].after if self.turns else None

    @property
    def last(self) -> EntityState:
        """Its last known state."""
        return next(state for turn in reversed(self.turns) for state in (turn.after, turn.before) if state)

    @property
    def ref(self) -> Ref:
        """Its last name."""
        return self.last.entity.ref

    @property
    def names(self) -> frozenset[Ref]:
        """All that references may ever have called it."""
        states = (turn.after.entity for turn in self.turns if turn.after)
        return frozenset(ref for each in states for ref in (each.ref, *each.other_refs))

    def at(self, index: int) -> EntityState | None:
        """Its state after the moment with this index."""
        return next((turn.after for turn in reversed(self.turns) if turn.index <= index), None)


@dataclass
class Lives:
    """The lives of all entities. `named` lists each under every name that it ever had.

    `claims` has, by name, the lives that ever listed it as a former one.
    """

    named: dict[Ref, Life] = field(default_factory=dict)
    claims: dict[Ref, dict[Life, None]] = field(default_factory=dict)

    @property
    def all(self) -> list[Life]:
        """Each life once, by its last name."""
        return sorted(dict.fromkeys(self.named.values()), key=lambda life: life.ref)

    def model(self) -> Model:
        """All entities that ever existed, for looking up a name."""
        return Model({ref: _entity(life, ref) for ref, life in sorted(self.named.items())}, {})

    def step(self, index: int, moment: Moment) -> None:
        """Add one commit."""
        gone = {ref for ref, state in moment.changed.items() if state is None}
        for ref, state in moment.changed.items():
            if state is not None:
                life = self._life_of(ref, state.entity, gone)
                if life.state:
                    gone.discard(life.ref)
                life.turns.append(Turn(index, life.state, state))
                life.heir = None
                self.named[ref] = life
                for alias in state.entity.alias_refs:
                    self.claims.setdefault(alias, {})[life] = None
                self._join(life, state.entity.alias_refs)
        heirs = self._heirs(gone)
        for ref in sorted(gone):
            life = self.named[ref]
            life.turns.append(Turn(index, life.state, None))
            life.heir = heirs.get(ref)

    def _heirs(self, gone: set[Ref]) -> dict[Ref, Life]:
        """By removed name: the entity that lists it as a former one."""
        found: dict[Ref, Life] = {}
        for ref in gone:
            lives = (life for life in self.claims.get(ref, ()) if life.state and life.ref not in gone)
            heirs = [life for life in lives if life.state and ref in life.state.entity.alias_refs]
            if heirs:
                found[ref] = min(heirs, key=lambda life: life.ref)
        return found

    def _life_of(self, ref: Ref, entity: Entity, gone: set[Ref]) -> Life:
        """The life that continues under this name: the same, a renamed one, a returning one, or a new one."""
        own = self.named.get(ref)
        if own and own.state and own.ref == ref:
            return own
        renamed = next((self.named[alias] for alias in entity.alias_refs if alias in gone), None)
        returned = own if own and not own.state and own.ref == ref else None
        return renamed or returned or Life()

    def _join(self, life: Life, aliases: Iterable[Ref]) -> None:
        """Join a life that ended under a former name of the entity, also if the alias is declared later; if both were
        there at the same time, the one became part of the other."""
        for alias in aliases:
            other = self.named.get(alias)
            if other is None or other is life or other.state or other.heir:
                continue
            if other.turns[-1].index <= life.turns[0].index:
                life.turns = _one_after_the_other(other.turns, life.turns)
                self.named.update({ref: life for ref, each in self.named.items() if each is other})
            else:
                other.heir = life


def lives(past: Past) -> Lives:
    """The lives of all entities that ever existed."""
    found = Lives()
    for index, moment in enumerate(past.moments):
        found.step(index, moment)
    return found


def _one_after_the_other(earlier: list[Turn], later: list[Turn]) -> list[Turn]:
    """Both lists; an end and a beginning in one commit become one turn."""
    end, begin = earlier[-1], later[0]
    if end.index < begin.index:
        return earlier + later
    return [*earlier[:-1], Turn(end.index, end.before, begin.after), *later[1:]]


def _entity(life: Life, ref: Ref) -> Entity:
    """The last state with this name."""
    states = (state for turn in reversed(life.turns) for state in (turn.after, turn.before))
    return next(state.entity for state in states if state and state.entity.ref == ref)
