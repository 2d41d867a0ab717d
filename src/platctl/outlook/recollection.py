"""What the history knows of initiatives between two states: what was promised before, and each step in between."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.outlook.lifelines import Life, Lives, lives
from platctl.outlook.moves import Move, MoveKind, Track, WorkState, moves, state_of
from platctl.outlook.work_states import states_of
from platctl.record import record

Seen = Callable[[Initiative], Initiative | None]
"""What may be known of an initiative as it was at some time; None if nothing may."""


@record
class Remembered:
    """One initiative: what was known of it at base, what happened since, and how often it slipped from the beginning.

    `last` is its last readable state at base, `name` its name in head. `other_work` is what is known of the work that
    has its name now, if it was done and removed since base.
    """

    track: Track
    moves: tuple[Move, ...]
    slips: int
    last: Initiative | None
    name: Ref
    other_work: Track | None = None

    @property
    def delivery(self) -> Move | None:
        """How it was done since base, the last time."""
        return next((each for each in reversed(self.moves) if each.kind is MoveKind.DELIVERED), None)


@record(slots=False)
class Recollection:
    """The history up to head, in which base is the moment `at`. `head` may have changes that are not committed."""

    past: Past
    at: int
    head: Model
    today: Date | None
    seen: Seen | None = None

    @cached_property
    def _lives(self) -> Lives:
        return lives(self.past)

    @cached_property
    def all(self) -> Sequence[Remembered]:
        """All initiatives that ever existed, each once."""
        return tuple(self._known.values())

    def of(self, ref: Ref) -> Remembered | None:
        """An initiative by any of its names."""
        life = self._lives.named.get(ref) or self._lives.named.get(self._former.get(ref, ref))
        return self._known.get(id(life)) if life else None

    @property
    def names(self) -> Mapping[Ref, Ref]:
        """By name at base: the name in head, for initiatives that were renamed in between."""
        return {each.last.ref: each.name for each in self.all if each.last and each.last.ref != each.name}

    @cached_property
    def _former(self) -> Mapping[Ref, Ref]:
        """By name in head: a former name that is committed, for renames that are not."""
        named = self._lives.named
        heads = self.head.initiatives.values()
        return {each.ref: alias for each in heads for alias in each.alias_refs if alias in named}

    @cached_property
    def _known(self) -> Mapping[int, Remembered]:
        found = (life for life in self._lives.all if isinstance(life.last.entity, Initiative))
        return {id(life): self._remembered(life) for life in found}

    def _remembered(self, life: Life) -> Remembered:
        states = [*self._states(life)]
        now_known, track, other_work = Track(), Track(), None
        for each in states:
            is_over = now_known.ends_with(each)
            now_known, _ = now_known.to(each)
            if each.at <= self.at:
                track = now_known
            elif is_over:
                other_work = now_known
        told = moves(states)
        slips = sum(each.kind is MoveKind.SLIPPED for each in told)
        then, now = life.at(self.at), self._now(life)
        last = then.entity if then and isinstance(then.entity, Initiative) else None
        return Remembered(
            track,
            tuple(each for each in told if each.at > self.at),
            slips,
            last,
            now.ref if now else life.ref,
            other_work,
        )

    def _states(self, life: Life) -> Iterator[WorkState]:
        yield from states_of(life, self.past, self.seen)
        if life.heir is None and not (self._now(life) is None and self.head.may_be_unread(life.ref)):
            calendar, at = self.head.config.calendar.calendar, len(self.past.moments)
            yield state_of(self._now(life), calendar, self.today, at, is_merged=self._is_merged(life))

    def _now(self, life: Life) -> Initiative | None:
        """The initiative in head."""
        return self.head.initiatives.get(self.head.canonical(life.ref))

    def _is_merged(self, life: Life) -> bool:
        """Whether it became part of other work in head."""
        now = self._now(life)
        own = self._lives.named.get(now.ref) if now else None
        return own is not None and own is not life and own.state is not None


def recall(past: Past, base: str, head: Model, today: Date | None, seen: Seen | None = None) -> Recollection | None:
    """The history since the commit `base`; None if that is not part of it."""
    at = next((index for index, moment in enumerate(past.moments) if moment.at.commit == base), None)
    return None if at is None else Recollection(past, at, head, today, seen)
