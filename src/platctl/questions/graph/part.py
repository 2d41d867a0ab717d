"""The part of a graph that is asked for, node by node and edge by edge, and how it is drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import cached_property

from platctl.graph.graph import Graph, Use
from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.questions.graph.folding import BoxMember, Bundle, box_of, folded
from platctl.questions.graph.levels import Levels, strongest
from platctl.questions.graph.report import (
    DrawnBox,
    DrawnLine,
    GraphEdge,
    GraphNode,
    GraphPicture,
    LevelCount,
    MissingTarget,
)
from platctl.record import record
from platctl.scheduling.cycles import cycles
from platctl.scheduling.depth import depths
from platctl.scheduling.reachable import distances


class _BandKind(Enum):
    """What stands together in the picture."""

    CONSUMERS = auto()
    LAYER = auto()
    OTHERS = auto()


@record
class GraphOptions:
    """Which part: what depends on `subjects` and what they depend on, of `only`. `levels` are those of a change."""

    subjects: tuple[Ref, ...] = ()
    only: frozenset[Ref] | None = None
    said: str = ""
    audience: str | None = None
    levels: Levels = Levels()
    compared: str | None = None
    with_matrix: bool = False


@record(slots=False)
class GraphPart:
    """The entities that are asked for, in the order of their rows: by band from the top, then those that reach furthest
    down in it, then those with the most users, then by name.
    """

    model: Model
    options: GraphOptions

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.model)

    # Which entities

    @cached_property
    def _distance(self) -> Mapping[Ref, int]:
        """All entities that are asked for, with the number of dependencies to the nearest subject."""
        entities = (*self.model.consumers, *self.model.components)
        subjects, only = self.options.subjects, self.options.only
        up, down = self._up, self._down
        far = len(entities)
        found = {ref: min(up.get(ref, far), down.get(ref, far)) for ref in entities if ref in up or ref in down}
        return {ref: steps for ref, steps in found.items() if only is None or ref in only or ref in subjects}

    @cached_property
    def _up(self) -> Mapping[Ref, int]:
        """What depends on the subjects, with its distance; without subjects, everything is near."""
        if not self.options.subjects:
            return dict.fromkeys((*self.model.consumers, *self.model.components), 0)
        return distances(self.options.subjects, lambda ref: (use.source for use in self._graph.users_of.get(ref, ())))

    @cached_property
    def _down(self) -> Mapping[Ref, int]:
        """What the subjects depend on, with its distance."""
        return distances(self.options.subjects, lambda ref: (use.target for use in self._graph.uses_of.get(ref, ())))

    @cached_property
    def _bands(self) -> tuple[tuple[_BandKind, str], ...]:
        """The bands from the top; those without any entity are left out."""
        layers = [(_BandKind.LAYER, each) for each in reversed(self.model.config.layers)]
        known = ((_BandKind.CONSUMERS, ""), *layers, (_BandKind.OTHERS, ""))
        used = {self._band_of(ref) for ref in self._distance}
        return tuple(each for each in known if each in used)

    def _band_of(self, ref: Ref) -> tuple[_BandKind, str]:
        entity = self.model.entities[ref]
        if isinstance(entity, Consumer):
            return _BandKind.CONSUMERS, ""
        layer = entity.layer if isinstance(entity, Component) else None
        return (_BandKind.LAYER, layer) if layer in self.model.config.layers else (_BandKind.OTHERS, "")

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the bands."""
        has_layers = any(band is _BandKind.LAYER for band, _ in self._bands)
        others = "no layer" if has_layers else "components"
        names = {_BandKind.CONSUMERS: "consumers", _BandKind.OTHERS: others}
        return tuple(names.get(band, layer) for band, layer in self._bands)

    def band(self, ref: Ref) -> int:
        """The number of an entity's band, from the top."""
        return self._band_number[self._band_of(ref)]

    @cached_property
    def _band_number(self) -> Mapping[tuple[_BandKind, str], int]:
        return {band: nth for nth, band in enumerate(self._bands)}

    @cached_property
    def refs(self) -> tuple[Ref, ...]:
        bands = {ref: self.band(ref) for ref in self._distance}
        below: dict[Ref, list[Ref]] = {ref: [] for ref in self._distance}
        for one, other in self._pairs:
            if bands[one] == bands[other]:
                below[one].append(other)
        depth, users = depths(below), self._users
        return tuple(sorted(self._distance, key=lambda ref: (bands[ref], -depth[ref], -users[ref], ref)))

    # Edges

    @cached_property
    def _pairs(self) -> Mapping[tuple[Ref, Ref], list[Use]]:
        """By dependent and dependency, both among the entities: all dependencies between them. What leads past the
        subjects is left out.
        """
        found: dict[tuple[Ref, Ref], list[Use]] = {}
        for ref in self._distance:
            for use in self._graph.uses_of.get(ref, ()):
                is_on_way = any(ref in way and use.target in way for way in (self._up, self._down))
                if is_on_way and use.target in self._distance:
                    found.setdefault((ref, use.target), []).append(use)
        return found

    @cached_property
    def _users(self) -> Counter[Ref]:
        return Counter(other for one, other in self._pairs if one != other)

    @cached_property
    def _uses(self) -> Counter[Ref]:
        return Counter(one for one, other in self._pairs if one != other)

    @cached_property
    def edges(self) -> Mapping[tuple[Ref, Ref], GraphEdge]:
        place = {ref: nth for nth, ref in enumerate(self.refs)}
        pairs = sorted(self._pairs, key=lambda pair: (place[pair[0]], place[pair[1]]))
        return {pair: self._edge(pair, self._pairs[pair]) for pair in pairs}

    def _edge(self, pair: tuple[Ref, Ref], uses: Sequence[Use]) -> GraphEdge:
        first = uses[0]
        return GraphEdge(
            source=str(pair[0]),
            target=str(pair[1]),
            dependencies=len(uses),
            interfaces=tuple(sorted({each.interface for each in uses if each.interface})),
            is_soft=all(each.is_soft for each in uses),
            exposes=any(each.exposes for each in uses),
            # Paths are not for an audience.
            span=None if self.options.audience else LazySpan(self.model.documents[first.source], first.route),
            level=self.options.levels.edges.get(pair),
        )

    @cached_property
    def cycles(self) -> list[list[Ref]]:
        below: dict[Ref, list[Ref]] = {}
        for one, other in self._pairs:
            below.setdefault(one, []).append(other)
        return cycles(below)

    @cached_property
    def _cycle_of(self) -> Mapping[Ref, int]:
        return {ref: nth for nth, members in enumerate(self.cycles, start=1) for ref in members}

    def missing(self) -> tuple[MissingTarget, ...]:
        """What the entities use and does not exist, by name."""
        uses = (use for ref in self._distance for use in self._graph.uses_of.get(ref, ()))
        found = Counter(use.target.name for use in uses if use.target not in self.model.entities)
        return tuple(MissingTarget(name, count) for name, count in sorted(found.items()))

    # Nodes

    def node(self, ref: Ref) -> GraphNode:
        entity = self.model.entities[ref]
        owner = self.model.owner_of(entity)
        return GraphNode(
            id=str(ref),
            entity=named(self.model, ref),
            layer=entity.layer if isinstance(entity, Component) else None,
            owner=named(self.model, owner) if owner else None,
            tier=entity.tier if isinstance(entity, Consumer) else None,
            users=self._users[ref],
            uses=self._uses[ref],
            cycle=self._cycle_of.get(ref),
            level=self.options.levels.nodes.get(ref),
            is_changed=ref in self.options.levels.changed,
        )

    # The picture

    def groups(self, most: int) -> tuple[Bundle, ...]:
        """One for each entity, or as many as can be read."""
        members = [
            BoxMember(
                ref=ref,
                band=self.band(ref),
                owner=self.model.owner_of(self.model.entities[ref]),
                cycle=self._cycle_of.get(ref),
                distance=self._distance[ref],
            )
            for ref in self.refs
        ]
        return folded(members, most=most, is_about=bool(self.options.subjects))

    def drawn(self, groups: Sequence[Bundle]) -> GraphPicture:
        box = box_of(groups)
        between: dict[tuple[int, int], list[GraphEdge]] = {}
        users: dict[int, set[Ref]] = {nth: set() for nth in range(len(groups))}
        for (one, other), edge in self.edges.items():
            between.setdefault((box[one], box[other]), []).append(edge)
            if box[one] != box[other]:
                users[box[other]].add(one)
        names = self._names(groups)
        return GraphPicture(
            layers=self.layers,
            boxes=tuple(
                self._box(names[nth], group, between.get((nth, nth), ()), len(users[nth]))
                for nth, group in enumerate(groups)
            ),
            lines=tuple(
                DrawnLine(
                    source=names[one],
                    target=names[other],
                    dependencies=sum(each.dependencies for each in edges),
                    is_soft=all(each.is_soft for each in edges),
                    exposes=any(each.exposes for each in edges),
                    level=strongest(each.level for each in edges),
                )
                for (one, other), edges in sorted(between.items())
                if one != other or len(groups[one].members) == 1
            ),
        )

    def _names(self, groups: Sequence[Bundle]) -> list[str]:
        return [str(each.members[0]) if len(each.members) == 1 else f"group-{nth}" for nth, each in enumerate(groups)]

    def _box(self, name: str, group: Bundle, inside: Iterable[GraphEdge], users: int) -> DrawnBox:
        levels = Counter(level for ref in group.members if (level := self.options.levels.nodes.get(ref)))
        owners = self._named(owner for owner in group.owners if owner)
        return DrawnBox(
            name=name,
            label=self._label(group, owners),
            band=group.band,
            entities=self._named(group.members),
            owners=owners,
            inside=sum(each.dependencies for each in inside),
            users=users,
            cycle=group.cycle,
            levels=tuple(LevelCount(level, levels[level]) for level in Level if levels[level]),
            is_changed=any(ref in self.options.levels.changed for ref in group.members),
        )

    def _label(self, group: Bundle, owners: Sequence[Named]) -> str:
        if len(group.members) == 1:
            return named(self.model, group.members[0]).id
        if group.cycle:
            return f"cycle {group.cycle}"
        if len(group.owners) > 1:
            return f"{len(owners):,} other owners"
        return owners[0].label if owners else "no owner"

    def _named(self, refs: Iterable[Ref]) -> tuple[Named, ...]:
        return tuple(named(self.model, ref) for ref in refs)
