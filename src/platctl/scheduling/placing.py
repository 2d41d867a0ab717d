"""Choosing work and placing it in time: the problem, whether a plan holds, and plans by simple rules.

Time is cut into slots. Work is chosen by the slot in which it ends; what it takes of each team is spread over the slots
before, as capacity admits. Everything is whole: values, and units of work and capacity.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name


@record(slots=False)
class Piece(Generic[Name]):
    """A piece of work.

    `worth` is what it is worth if it ends in a slot, None where it can't end. `release` is the first slot in which it
    may be worked on. `first` is, by the slot in which it ends, the first slot in which its work counts; `after` are
    pieces that have to end before, and `lag` is, by the slot in which one of those ends, the first slot for this one.
    With `pattern`, its units by team and slot are fixed by the slot in which it ends.
    """

    name: Name
    units: Mapping[Name, int]
    worth: tuple[int | None, ...]
    release: int = 0
    first: tuple[int, ...] | None = None
    after: tuple[Name, ...] = ()
    lag: tuple[int, ...] | None = None
    pattern: Mapping[int, Mapping[Name, tuple[int, ...]]] | None = None
    must: bool = False

    def begins(self, end: int) -> int:
        """The first slot in which its work counts if it ends in a slot."""
        return max(self.release, self.first[end]) if self.first else self.release

    def begins_after(self, end: int) -> int:
        """The first slot in which it may be worked on if one that it waits for ends in a slot."""
        return self.lag[end] if self.lag else end

    def last_begin(self, end: int) -> int:
        """The last slot before which everything it waits for has to be done, if it ends in a slot."""
        if self.pattern is None:
            return end
        used = [slot for units in self.pattern[end].values() for slot, each in enumerate(units) if each]
        return min(used, default=end)

    @cached_property
    def ends(self) -> tuple[int, ...]:
        """The slots in which it may end."""
        return tuple(slot for slot, worth in enumerate(self.worth) if worth is not None)


@record
class Bound(Generic[Name]):
    """A sum over the chosen work that has to be within bounds; None is no bound."""

    name: str
    terms: tuple[tuple[Name, int], ...]
    lower: int | None = None
    upper: int | None = None


@record(slots=False)
class Placing(Generic[Name]):
    """The problem: pieces by name, and by team its capacity in each slot.

    Of each set in `one_of` at most one is chosen; of each pair in `order` the second one is not done before the first.
    `at_once` is by team how many pieces it works on in each slot at most.
    """

    pieces: Mapping[Name, Piece[Name]]
    capacity: Mapping[Name, tuple[int, ...]]
    slots: int
    one_of: tuple[tuple[Name, ...], ...] = ()
    order: tuple[tuple[Name, Name], ...] = ()
    at_once: Mapping[Name, tuple[int, ...]] = field(default_factory=dict)
    bounds: tuple[Bound[Name], ...] = ()


Ends = Mapping[Name, int]
"""By chosen piece: the slot in which it ends."""
Loads = Mapping[Name, Mapping[Name, tuple[int, ...]]]
"""By team and piece: its units in each slot."""
Allowed = Mapping[Name, Mapping[int, frozenset[Name]]]
"""By team that works on so many at once, and slot: the pieces that it works on."""


def worth_of(problem: Placing[Name], ends: Ends[Name]) -> int:
    """What a plan is worth."""
    return sum(problem.pieces[name].worth[end] or 0 for name, end in ends.items())


def loads(problem: Placing[Name], ends: Ends[Name], allowed: Allowed[Name] | None = None) -> Loads[Name] | None:
    """How the work of a plan fills time, by the earliest end first; None if it does not fit or breaks a rule.

    That is exact, except for teams that work on so many at once. What those work on in each slot may be `allowed`.
    """
    if not _keeps_rules(problem, ends):
        return None
    found: dict[Name, Mapping[Name, tuple[int, ...]]] = {}
    for team in sorted(problem.capacity):
        chosen = allowed.get(team) if allowed else None
        filled = _filled(problem, ends, team) if chosen is None else _flowing(problem, ends, team, chosen)
        if filled is None:
            return None
        found[team] = filled
    return found


def _keeps_rules(problem: Placing[Name], ends: Ends[Name]) -> bool:
    for name, end in ends.items():
        piece = problem.pieces[name]
        if piece.worth[end] is None:
            return False
        if not all(each in ends and piece.begins_after(ends[each]) <= piece.last_begin(end) for each in piece.after):
            return False
    if any(sum(each in ends for each in group) > 1 for group in problem.one_of):
        return False
    if any(then in ends and not (first in ends and ends[first] <= ends[then]) for first, then in problem.order):
        return False
    return all(_holds(bound, ends) for bound in problem.bounds)


def _holds(bound: Bound[Name], ends: Ends[Name]) -> bool:
    total = sum(weight for name, weight in bound.terms if name in ends)
    return (bound.lower is None or total >= bound.lower) and (bound.upper is None or total <= bound.upper)


def window(problem: Placing[Name], ends: Ends[Name], name: Name) -> tuple[int, int]:
    """The first and the last slot in which a chosen piece may be worked on."""
    piece, end = problem.pieces[name], ends[name]
    waits = (piece.begins_after(ends[each]) for each in piece.after if each in ends)
    return max((piece.begins(end), *waits)), end


def _patterned(
    problem: Placing[Name], ends: Ends[Name], team: Name
) -> tuple[list[int], dict[Name, list[int]], dict[Name, int]]:
    """What work with a pattern leaves of a team's capacity, what it takes, and the units of all other work."""
    left = list(problem.capacity[team])
    filled: dict[Name, list[int]] = {}
    waiting: dict[Name, int] = {}
    for name in sorted(ends):
        piece = problem.pieces[name]
        if piece.pattern is not None:
            for slot, units in enumerate(piece.pattern[ends[name]].get(team, ())):
                left[slot] -= units
                if units:
                    filled.setdefault(name, [0] * problem.slots)[slot] = units
        elif units := piece.units.get(team, 0):
            waiting[name] = units
    return left, filled, waiting


def _filled(problem: Placing[Name], ends: Ends[Name], team: Name) -> Mapping[Name, tuple[int, ...]] | None:
    left, filled, waiting = _patterned(problem, ends, team)
    if min(left, default=0) < 0:
        return None
    most = problem.at_once.get(team)
    windows = {name: window(problem, ends, name) for name in waiting}
    for slot in range(problem.slots):
        busy = sum(1 for units in filled.values() if units[slot])
        for name in sorted(waiting, key=lambda each: (windows[each][1], each)):
            first, last = windows[name]
            if not waiting[name] or not first <= slot <= last or not left[slot]:
                continue
            if most is not None and busy >= most[slot]:
                break
            units = min(waiting[name], left[slot])
            waiting[name] -= units
            left[slot] -= units
            busy += 1
            filled.setdefault(name, [0] * problem.slots)[slot] += units
    if any(waiting.values()):
        return None
    return {name: tuple(units) for name, units in filled.items()}


def _flowing(
    problem: Placing[Name], ends: Ends[Name], team: Name, allowed: Mapping[int, frozenset[Name]]
) -> Mapping[Name, tuple[int, ...]] | None:
    """The work of a team in the slots in which it is allowed, as a flow; None if there are too many at once."""
    import networkx as nx

    left, filled, waiting = _patterned(problem, ends, team)
    if min(left, default=0) < 0:
        return None
    graph: nx.DiGraph[object] = nx.DiGraph()
    for name, units in waiting.items():
        filled[name] = [0] * problem.slots
        graph.add_edge("from", ("piece", name), capacity=units)
        first, last = window(problem, ends, name)
        for slot in range(first, last + 1):
            if name in allowed.get(slot, ()):
                graph.add_edge(("piece", name), slot, capacity=units)
    for slot, units in enumerate(left):
        graph.add_edge(slot, "to", capacity=units)
    if waiting:
        total, flow = nx.maximum_flow(graph, "from", "to")
        if total < sum(waiting.values()):
            return None
        for name, taken in filled.items():
            for slot, units in flow.get(("piece", name), {}).items():
                taken[slot] += units
    most = problem.at_once.get(team, (len(ends),) * problem.slots)
    if any(sum(1 for units in filled.values() if units[slot]) > most[slot] for slot in range(problem.slots)):
        return None
    return {name: tuple(units) for name, units in filled.items()}


def placed_in_turn(problem: Placing[Name], order: Sequence[Name], *, with_prerequisites: bool) -> dict[Name, int]:
    """A plan that takes one piece after the other, each as early as it fits beside those before.

    A piece whose prerequisites are not in the plan is left out, or with `with_prerequisites` brings them.
    """
    turn = _InTurn(problem)
    for name in order:
        wanted = _bundle(problem, name) if with_prerequisites else [name]
        fresh = [each for each in wanted if each not in turn.ends]
        placed = [each for each in fresh if turn.place(each)]
        if len(placed) < len(fresh):
            for each in placed:
                turn.remove(each)
    return {name: turn.ends[name] for name in sorted(turn.ends)}


class _InTurn(Generic[Name]):
    """A plan that grows by one piece at a time, and what is left beside it."""

    def __init__(self, problem: Placing[Name]) -> None:
        self.problem = problem
        self.ends: dict[Name, int] = {}
        self._left = {team: list(units) for team, units in problem.capacity.items()}
        self._busy = {team: [0] * problem.slots for team in problem.at_once}
        self._taken: dict[Name, dict[Name, list[int]]] = {}
        self._rivals: dict[Name, set[Name]] = {}
        for group in problem.one_of:
            for name in group:
                self._rivals.setdefault(name, set()).update(group)
        self._first: dict[Name, list[Name]] = {}
        for first, then in problem.order:
            self._first.setdefault(then, []).append(first)

    def place(self, name: Name) -> bool:
        """Place a piece as early as it fits; False if it does not."""
        piece = self.problem.pieces[name]
        firsts = self._first.get(name, [])
        if any(each not in self.ends for each in (*piece.after, *firsts)):
            return False
        if any(each in self.ends for each in self._rivals.get(name, ()) if each != name):
            return False
        earliest = max((self.ends[each] for each in firsts), default=0)
        for end in piece.ends:
            if end >= earliest and (taken := self._fit(piece, end)) is not None:
                self._take(name, end, taken, 1)
                return True
        return False

    def remove(self, name: Name) -> None:
        """Take a piece out again."""
        self._take(name, self.ends[name], self._taken[name], -1)
        del self.ends[name], self._taken[name]

    def _take(self, name: Name, end: int, taken: dict[Name, list[int]], sign: int) -> None:
        self.ends[name], self._taken[name] = end, taken
        for team, units in taken.items():
            for slot, amount in enumerate(units):
                self._left[team][slot] -= sign * amount
                if amount and team in self._busy:
                    self._busy[team][slot] += sign

    def _fit(self, piece: Piece[Name], end: int) -> dict[Name, list[int]] | None:
        """The units that it takes in each slot if it ends in one; None if that is not possible."""
        begin = max((piece.begins(end), *(piece.begins_after(self.ends[each]) for each in piece.after)))
        if piece.pattern is not None:
            if piece.after and begin > piece.last_begin(end):
                return None
            fixed = {team: list(units) for team, units in piece.pattern[end].items() if team in self._left}
            return fixed if all(self._has(team, units) for team, units in fixed.items()) else None
        found: dict[Name, list[int]] = {}
        for team, units in piece.units.items():
            taken, missing = [0] * self.problem.slots, units
            for slot in range(begin, end + 1):
                if self._is_free(team, slot):
                    taken[slot] = max(0, min(missing, self._left[team][slot]))
                    missing -= taken[slot]
            if missing:
                return None
            found[team] = taken
        return found if begin <= end else None

    def _is_free(self, team: Name, slot: int) -> bool:
        return team not in self._busy or self._busy[team][slot] < self.problem.at_once[team][slot]

    def _has(self, team: Name, units: Sequence[int]) -> bool:
        return all(
            not amount or (amount <= self._left[team][slot] and self._is_free(team, slot))
            for slot, amount in enumerate(units)
        )


def _bundle(problem: Placing[Name], name: Name) -> list[Name]:
    """A piece after all that it needs."""
    found: dict[Name, None] = {}
    seen: set[Name] = set()
    stack = [(name, False)]
    while stack:
        each, is_ready = stack.pop()
        if is_ready:
            found[each] = None
        elif each not in seen and each in problem.pieces:
            seen.add(each)
            stack.append((each, True))
            stack += [(before, False) for before in problem.pieces[each].after]
    return list(found)


def by_score(problem: Placing[Name]) -> list[Name]:
    """The pieces by worth for their work, the best first."""

    def key(name: Name) -> tuple[float, Name]:
        piece = problem.pieces[name]
        best = max((worth for worth in piece.worth if worth is not None), default=0)
        return (-best / (sum(piece.units.values()) or 1), name)

    return sorted(problem.pieces, key=key)


def musts_first(problem: Placing[Name], order: Iterable[Name]) -> list[Name]:
    """An order in which what has to be done comes first, by its last possible end."""
    pieces = problem.pieces
    musts = sorted(
        (name for name in pieces if pieces[name].must), key=lambda name: (max(pieces[name].ends, default=0), name)
    )
    return list(dict.fromkeys((*musts, *order)))
