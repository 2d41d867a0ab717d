"""The validated model: entities that refer to each other, and the place of each of their fields."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import NamedTuple, TypeVar

from platctl.finding import Finding, Span
from platctl.model.doubt import Doubt
from platctl.model.entity.ballot import Ballot
from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.decision import Decision
from platctl.model.entity.entity import Entity, Visibility
from platctl.model.entity.goal import Goal
from platctl.model.entity.initiative import Initiative
from platctl.model.entity.scenario import Scenario
from platctl.model.entity.team import Team, User
from platctl.model.part import Part
from platctl.model.placement import Placement
from platctl.model.ref import InterfaceRef, Ref
from platctl.model.release_day import ReleaseDay
from platctl.model.settings.config import Config
from platctl.record import record
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import ParsedFile

E_ = TypeVar("E_", bound=Entity)
UNREAD_RULES = frozenset({"skipped-file", "unreadable-file"})
"""The rules of findings about paths that were not read at all."""


class Reference(NamedTuple):
    """A reference from one entity to another, with the field that holds it."""

    source: Ref
    target: Ref
    interface: str | None
    route: Route

    @property
    def is_key(self) -> bool:
        """Whether it is a key of a mapping."""
        return self.route[0] in ("effort", "votes")

    def span(self, model: "Model") -> Span:
        """Its place."""
        return model.at(self.source, self.route, key=self.is_key)


@record(order=True)
class NotRead:
    """What a state has of an entity but could not be read there: all of it, or some fields.

    `why` is a sentence with the path.
    """

    path: str
    why: str
    entity: Ref
    fields: tuple[str, ...] = ()


@record(eq=False, slots=False)
class Model:
    """All entities of one state, with the findings from loading them.

    `broken` are entities that could not be read, `partial` files of which a document could not be read, `twice`
    entities that are defined more than once; `is_whole` is True if nothing had to be omitted; `files` keeps the text
    for excerpts. `prefix` is the model's folder in the repository. `not_read` is what was taken from another state,
    since this one has it but could not read it. `doubts` are entities whose visibility is in doubt.
    """

    entities: Mapping[Ref, Entity]
    documents: Mapping[Ref, Placement]
    config: Config = field(default_factory=Config)
    config_placement: Placement | None = None
    files: Mapping[str, ParsedFile] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    broken: frozenset[Ref] = frozenset()
    twice: frozenset[Ref] = frozenset()
    partial: frozenset[str] = frozenset()
    doubts: Mapping[Ref, Doubt] = field(default_factory=dict)
    is_whole: bool = True
    prefix: str = ""
    not_read: tuple["NotRead", ...] = ()

    @cached_property
    def aliases(self) -> Mapping[Ref, Ref]:
        """Other names of entities, former ones and external ones; a current name takes precedence over them."""
        entities = self.entities.values()
        pairs = ((name, each.ref) for each in entities for name in each.other_refs)
        return {alias: ref for alias, ref in pairs if alias not in self.entities}

    def visibility(self, ref: Ref) -> Visibility:
        """The visibility of an entity for audiences; restricted where that is in doubt."""
        return Visibility.RESTRICTED if ref in self.doubts else self.entities[ref].visibility

    def canonical(self, ref: Ref) -> Ref:
        """The current name of the entity a reference names; the reference itself if there is none."""
        return ref if ref in self.entities else self.aliases.get(ref, ref)

    def canonical_all(self, refs: Iterable[Ref]) -> tuple[Ref, ...]:
        """The current names of the entities that several references name, without duplicates."""
        return tuple(dict.fromkeys(map(self.canonical, refs)))

    @cached_property
    def declares_schemes(self) -> bool:
        """Whether any versions follow another scheme than the usual one."""
        parts = (part for each in self.components.values() for part in (each, *each.interfaces))
        return self.config.versioning is not None or any(part.versioning for part in parts)

    def owner_of(self, entity: Entity) -> Ref | None:
        """The current name of the team that owns an entity; None if it names none."""
        return self.canonical(entity.owner) if entity.owner else None

    def get(self, ref: Ref) -> Entity | None:
        """The entity that a reference names, by its current or a former name."""
        return self.entities.get(self.canonical(ref))

    def _of(self, kind: type[E_]) -> dict[Ref, E_]:
        return {ref: entity for ref, entity in self.entities.items() if isinstance(entity, kind)}

    @cached_property
    def components(self) -> Mapping[Ref, Component]:
        return self._of(Component)

    @cached_property
    def consumers(self) -> Mapping[Ref, Consumer]:
        return self._of(Consumer)

    @cached_property
    def initiatives(self) -> Mapping[Ref, Initiative]:
        return self._of(Initiative)

    @cached_property
    def teams(self) -> Mapping[Ref, Team]:
        return self._of(Team)

    @cached_property
    def users(self) -> Mapping[Ref, User]:
        return self._of(User)

    @cached_property
    def goals(self) -> Mapping[Ref, Goal]:
        return self._of(Goal)

    @cached_property
    def decisions(self) -> Mapping[Ref, Decision]:
        return self._of(Decision)

    @cached_property
    def ballots(self) -> Mapping[Ref, Ballot]:
        return self._of(Ballot)

    @cached_property
    def scenarios(self) -> Mapping[Ref, Scenario]:
        return self._of(Scenario)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference of every entity, by source and field."""
        return tuple(reference for entity in self.entities.values() for reference in references(entity))

    def written_references(self) -> Iterator[Reference]:
        """The same, with those that are keys of mappings."""
        yield from self.references
        for source, entity in (*self.initiatives.items(), *self.ballots.items()):
            for route, target in references_in_keys(entity):
                yield Reference(source, target, None, route)

    @cached_property
    def unresolved(self) -> tuple[Reference, ...]:
        """The references to what does not exist here, or is only added by the scenario that names it."""
        known = self.entities.keys() | self.aliases.keys()
        unknown = (each for each in self.written_references() if each.target not in known)
        return tuple(each for each in unknown if not self._is_added(each))

    def _is_added(self, reference: Reference) -> bool:
        return reference.source.kind == Scenario.kind_name and reference.target in self._added[reference.source]

    @cached_property
    def _added(self) -> Mapping[Ref, frozenset[Ref]]:
        """By scenario: the entities that it adds."""
        return {ref: frozenset(each.added) for ref, each in self.scenarios.items()}

    @cached_property
    def is_complete(self) -> bool:
        """Whether all files could be read completely."""
        return self.is_whole and not self._is_blind and all(file.complete for file in self.files.values())

    @cached_property
    def _is_blind(self) -> bool:
        """Whether there are files whose text could not be read."""
        unopened = any(finding.rule == "unreadable-file" for finding in self.findings)
        return unopened or any(not file.complete and not file.text for file in self.files.values())

    @cached_property
    def unread_paths(self) -> frozenset[str]:
        """What could not be read, or not completely: paths in the model."""
        skipped = (each.span.path for each in self.findings if each.span and each.rule in UNREAD_RULES)
        return frozenset(map(self.path_in_model, (*self.partial, *skipped)))

    @property
    def is_empty(self) -> bool:
        """Whether there is no entity, and nothing unread that may have any."""
        return not self.entities and not self.unread_paths

    @cached_property
    def _unread(self) -> frozenset[str]:
        text = "\n".join(file.text for file in self.files.values() if not file.complete)
        return frozenset(re.findall(r"[a-z0-9][a-z0-9._-]*", text.lower()))

    def may_be_unread(self, ref: Ref) -> bool:
        """Whether something unreadable may define or use an entity."""
        return self._is_blind or ref in self.broken or ref.id in self._unread

    def path_in_model(self, path: str) -> str:
        """A path as used in settings: relative to the model's folder."""
        return path.removeprefix(self.prefix)

    def at(self, ref: Ref, route: Sequence[str | int] = (), *, key: bool = False) -> Span:
        """The place of a field of an entity."""
        return self.documents[ref].span(route, key=key)

    @property
    def anchor(self) -> Span:
        """A place for findings without one: the settings, or else the first file."""
        if self.config_placement:
            return Span(self.config_placement.document.path)
        return Span(min(self.files, default="platctl.yaml"))

    def name_at(self, ref: Ref) -> Span:
        """The place of an entity's id."""
        return self.at(ref, ("id",))


def references(entity: Entity) -> list[Reference]:
    """Every reference of an entity, found by type, so that a new kind needs no code here."""
    found: list[Reference] | None = getattr(entity, "_references", None)
    if found is None:
        found = []
        _collect(entity.__dict__, (), entity.ref, found)
        found += [Reference(entity.ref, release, None, route) for route, release in entity.waits.items()]
        object.__setattr__(entity, "_references", found)
    return found


def references_in_keys(entity: Entity) -> Iterator[tuple[Route, Ref]]:
    """The teams in the `effort` of an initiative, and the initiatives in a ballot."""
    if isinstance(entity, Initiative):
        yield from ((("effort", name), team) for name, team in entity.teams.items())
    if isinstance(entity, Ballot):
        yield from ((("votes", name), target) for target, name, _ in entity.rated())


def _collect(fields: Mapping[str, object], route: Route, source: Ref, found: list[Reference]) -> None:
    """Add the references in the fields of a part."""
    for name, item in fields.items():
        kind = item.__class__
        if kind is str or item is None or item == ():
            continue
        if kind is tuple or kind in _REFERENCES or isinstance(item, Part):
            _collect_in(item, (*route, name.rstrip("_")), source, found)


def _collect_in(value: object, route: Route, source: Ref, found: list[Reference]) -> None:
    kind = value.__class__
    if kind is Ref:
        found.append(Reference(source, value, None, route))  # type: ignore[arg-type]
    elif isinstance(value, InterfaceRef):
        found.append(Reference(source, value.component, value.interface, route))
    elif kind is ReleaseDay and value.release:  # type: ignore[attr-defined]
        found.append(Reference(source, value.release, None, route))  # type: ignore[attr-defined]
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            _collect_in(item, (*route, index), source, found)
    elif isinstance(value, Part):
        _collect(value.__dict__, route, source, found)


_REFERENCES = frozenset({Ref, InterfaceRef, ReleaseDay})
