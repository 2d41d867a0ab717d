"""Requirements of several parties for shared things: when they hold together, or which few parties can't agree."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

from platctl.record import record

Party = TypeVar("Party", bound=Hashable)
_MOST_STEPS = 20_000
"""How many sets are looked at before an irreducible set has to do."""


@record
class Want:
    """At which times each choice of a shared thing is right: `right[choice]` are the times, counted from 0."""

    thing: Hashable
    right: Mapping[Hashable, frozenset[int]]


@record
class Clash(Generic[Party]):
    """Parties that can't agree at any time; `is_smallest` says that no smaller set is known not to."""

    parties: tuple[Party, ...]
    is_smallest: bool


def common(wants: Iterable[Want], time: int) -> dict[Hashable, tuple[Hashable, ...]] | None:
    """By thing: the choices that are right for all at a time; None if a thing has none."""
    found: dict[Hashable, list[Hashable]] = {}
    for want in wants:
        right = [choice for choice, times in want.right.items() if time in times]
        before = found.get(want.thing)
        found[want.thing] = right if before is None else [choice for choice in before if choice in right]
    return {thing: tuple(choices) for thing, choices in found.items()} if all(found.values()) else None


def smallest_clash(wants_of: Mapping[Party, Sequence[Want]], times: int) -> Clash[Party] | None:
    """A smallest set of parties that can't agree at any time; None if all can."""
    search = _ClashSearch(wants_of, times)
    if search.witness(frozenset(wants_of)) is not None:
        return None
    return search.smallest() or Clash(search.irreducible(), is_smallest=False)


@record(slots=False)
class _ClashSearch(Generic[Party]):
    """A set that can agree, at some time and with some choices, grows only by parties for which those are wrong: every
    larger set that can't agree has one of them.
    """

    wants_of: Mapping[Party, Sequence[Want]]
    times: int

    def smallest(self) -> Clash[Party] | None:
        """None if there is too much to look at."""
        for size in range(1, len(self.wants_of) + 1):
            seen: set[frozenset[Party]] = set()
            found = self._within(frozenset(), size, seen)
            if found is not None:
                return Clash(self._in_order(found), is_smallest=True)
            if len(seen) >= _MOST_STEPS:
                return None
        return None

    def _within(self, chosen: frozenset[Party], size: int, seen: set[frozenset[Party]]) -> frozenset[Party] | None:
        if chosen in seen or len(seen) >= _MOST_STEPS:
            return None
        seen.add(chosen)
        witness = self.witness(chosen)
        if witness is None:
            return chosen
        if len(chosen) < size:
            for party in self.wants_of:
                if party not in chosen and self._is_wrong(party, witness):
                    found = self._within(chosen | {party}, size, seen)
                    if found is not None:
                        return found
        return None

    def irreducible(self) -> tuple[Party, ...]:
        """A set that can't agree, but could without any one of its parties."""
        kept = frozenset(self.wants_of)
        for party in self.wants_of:
            if self.witness(kept - {party}) is None:
                kept -= {party}
        return self._in_order(kept)

    def _in_order(self, parties: frozenset[Party]) -> tuple[Party, ...]:
        return tuple(each for each in self.wants_of if each in parties)

    def witness(self, parties: frozenset[Party]) -> tuple[int, Mapping[Hashable, Hashable]] | None:
        """The first time at which parties agree, and a choice for each thing, also for those that they don't want."""
        wants = [want for each in self.wants_of if each in parties for want in self.wants_of[each]]
        for time in range(self.times):
            found = common(wants, time)
            if found is not None:
                return time, {**self._any_choice, **{thing: choices[0] for thing, choices in found.items()}}
        return None

    @cached_property
    def _any_choice(self) -> Mapping[Hashable, Hashable]:
        wants = (want for each in self.wants_of.values() for want in each)
        return {want.thing: next(iter(want.right), None) for want in wants}

    def _is_wrong(self, party: Party, witness: tuple[int, Mapping[Hashable, Hashable]]) -> bool:
        time, choice = witness
        return any(time not in want.right.get(choice[want.thing], ()) for want in self.wants_of[party])
