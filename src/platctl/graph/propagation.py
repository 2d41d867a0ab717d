"""How effects propagate from the direct dependents of a change to indirect ones."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from platctl.graph.graph import Use
from platctl.model.level import Level
from platctl.model.ref import Ref
from platctl.record import record


@record
class EffectState:
    """An effect that arrived at an entity, and whether the entity passes it on unweakened."""

    node: Ref
    level: Level
    passes_on: bool


@record
class Seed:
    """A direct effect: the dependency it concerns, and its level there.

    `order` determines which of several equally strong and near causes is shown.
    """

    use: Use
    level: Level
    order: tuple[object, ...] = ()


@record
class Witness:
    """A shortest path by which a state was reached; `path` leads from the entity down to the change."""

    state: EffectState
    path: tuple[Use, ...]
    seed: Seed

    @property
    def distance(self) -> int:
        """The number of dependencies between the entity and the change."""
        return len(self.path)

    @property
    def absorbed_by(self) -> Ref | None:
        """The first component on the path, seen from the change, that keeps its own contract."""
        for use in reversed(self.path[1:]):
            if not use.exposes:
                return use.source
        return None


@dataclass(slots=True)
class Propagation:
    """All states that the seeds lead to. Built by `propagate`."""

    _came_from: dict[EffectState, tuple[EffectState | None, Use, Seed]] = field(default_factory=dict)
    _arrivals: dict[Ref, dict[tuple[Use, EffectState], tuple[EffectState | None, Seed]]] = field(default_factory=dict)

    @property
    def nodes(self) -> list[Ref]:
        """Everything that is affected, sorted."""
        return sorted(self._arrivals)

    def __contains__(self, node: object) -> bool:
        """Whether an effect reached it."""
        return node in self._arrivals

    def states(self, node: Ref) -> list[EffectState]:
        """The states of an entity, the strongest and nearest first."""
        states = {state for _, state in self._arrivals.get(node, ())}
        return sorted(states, key=lambda state: (state.level.rank, not state.passes_on))

    def strongest(self, node: Ref) -> Witness:
        """The witness of the strongest effect; of several equally strong ones, the nearest."""
        top = self.states(node)[0].level
        found = [self.witness(state) for state in self.states(node) if state.level is top]
        return min(found, key=lambda witness: (witness.distance, not witness.state.passes_on))

    def witness(self, state: EffectState) -> Witness:
        """The path by which a state was reached."""
        path: list[Use] = []
        at: EffectState | None = state
        while at is not None:
            at, use, seed = self._came_from[at]
            path.append(use)
        return Witness(state, tuple(path), seed)

    def causes(self, node: Ref) -> list[Witness]:
        """One witness for each dependency through which an effect arrived at an entity, the strongest first."""
        best: dict[Use, Witness] = {}
        for (use, state), (before, seed) in self._arrivals.get(node, {}).items():
            path = self.witness(before).path if before else ()
            witness = Witness(state, (use, *path), seed)
            known = best.get(use)
            if known is None or _strength(witness) < _strength(known):
                best[use] = witness
        return sorted(best.values(), key=_strength)

    def arrive(self, state: EffectState, use: Use, before: EffectState | None, seed: Seed) -> bool:
        """Record that an effect arrived; returns whether the state is new."""
        self._arrivals.setdefault(state.node, {}).setdefault((use, state), (before, seed))
        if state in self._came_from:
            return False
        self._came_from[state] = (before, use, seed)
        return True


def _strength(witness: Witness) -> tuple[int, int, tuple[object, ...]]:
    return (witness.state.level.rank, witness.distance, tuple(map(str, witness.path[0].key)))


def propagate(
    seeds: Iterable[Seed], users_of: Mapping[Ref, Sequence[Use]], weakest: Level = Level.INFORMED
) -> Propagation:
    """Breadth-first search over (entity, level, passes-on): at most ten states per entity, so it is linear, and cycles
    end.

    Effects weaker than `weakest` are not followed; no effect gets stronger on its way.

    Keeping only the strongest level per entity would be wrong: a weaker effect through an exposing dependency can
    have stronger consequences than a stronger one that is absorbed.
    """
    result = Propagation()
    queue: deque[tuple[EffectState, Seed]] = deque()
    for seed in sorted(seeds, key=lambda seed: (seed.level.rank, seed.order, seed.use.key)):
        state = EffectState(seed.use.source, seed.level, seed.use.exposes)
        if seed.level.reaches(weakest) and result.arrive(state, seed.use, None, seed):
            queue.append((state, seed))
    while queue:
        state, seed = queue.popleft()
        onward = state.level if state.passes_on else state.level.absorbed
        if onward is None or not onward.reaches(weakest):
            continue
        for use in users_of.get(state.node, ()):
            level = onward.softened if use.is_soft else onward
            arrived = EffectState(use.source, level, use.exposes)
            if level.reaches(weakest) and result.arrive(arrived, use, state, seed):
                queue.append((arrived, seed))
    return result
