"""Evaluates selectors: which entities of a model they select."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Final

from platctl.graph.areas import Areas
from platctl.graph.graph import Graph
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.entity.entity import Entity, Visibility
from platctl.model.entity.goal import Goal
from platctl.model.entity.kinds import KINDS
from platctl.model.entity.team import Team
from platctl.model.language.selector import ALL, WILDCARDS, Atom, Selector, SelectorError, parse_selector
from platctl.model.language.selector_ranges import Between, days_between, numbers_between
from platctl.model.lookup import of_other_kind
from platctl.model.ref import Ref, a_kind
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.vocabulary import Status
from platctl.model.window import last_day, window
from platctl.scheduling.reachable import reachable

STATES: Final = ("new", "modified", "removed", "affected")
"""The values of `state:`."""

Sets = Mapping[str, Callable[[], frozenset[Ref]]]


class Selection:
    """Evaluates selectors in one state of a model.

    `states` are the sets for `state:`, computed on demand; None if there is no other state to compare with. `named`
    are the selectors for `selector:`. A name that does not exist here is accepted if it exists `elsewhere`, in the
    other state of a comparison.
    """

    def __init__(self, graph: Graph, states: Sets | None, named: Mapping[str, str]) -> None:
        self.graph = graph
        self.model = graph.model
        self.elsewhere: Selection | None = None
        self._states = states
        self._selectors = named
        self._named: dict[str, frozenset[Ref]] = {}
        self._open: list[str] = []

    def of(self, selector: Selector) -> frozenset[Ref]:
        """The entities that a selector selects. Raises SelectorError for names that do not exist."""
        found: set[Ref] = set()
        for atoms in selector.unions:
            found |= frozenset.intersection(*map(self._atom, atoms))
        return frozenset(found)

    def _atom(self, atom: Atom) -> frozenset[Ref]:
        """The entities of an atom, with their dependencies and dependents as requested."""
        start = self._named_set(atom) if atom.method == "selector" else self._start(atom)
        users, down = start, atom.down
        if _interface(atom):
            users, down = self._users(start, _interface(atom)), max(atom.down - 1, 0)
        if atom.is_whole:
            below = start | users | self._walk(users, self._dependents, ALL)
            return below | self._walk(below, self._dependencies, ALL)
        above = self._walk(start, self._dependencies, atom.up)
        return start | users | above | self._walk(users, self._dependents, down)

    def _users(self, components: frozenset[Ref], interface: str) -> frozenset[Ref]:
        """The users of an interface, including those that depend on the component as a whole."""
        uses = (use for ref in components for use in self.graph.users_of.get(ref, ()))
        return frozenset(use.source for use in uses if use.interface in (None, interface.lower()))

    def _walk(self, start: frozenset[Ref], edges: Mapping[Ref, list[Ref]], steps: int) -> frozenset[Ref]:
        """The entities at most `steps` edges away."""
        return frozenset(reachable(start, lambda ref: edges.get(ref, ()), steps))

    @cached_property
    def _dependencies(self) -> dict[Ref, list[Ref]]:
        return _grouped(self._edges())

    @cached_property
    def _dependents(self) -> dict[Ref, list[Ref]]:
        return _grouped((target, source) for source, target in self._edges())

    def _edges(self) -> Iterator[tuple[Ref, Ref]]:
        """All dependencies: those of products and components, and those between initiatives."""
        for use in self.graph.uses:
            if use.target in self.model.entities:
                yield use.source, use.target
        for initiative in self.model.initiatives.values():
            for earlier in map(self.model.canonical, initiative.depends_on):
                if earlier in self.model.entities:
                    yield initiative.ref, earlier

    def _start(self, atom: Atom) -> frozenset[Ref]:
        try:
            return self._find(atom)
        except SelectorError:
            if self.elsewhere is None or not self.elsewhere._has(atom):
                raise
            return frozenset()

    def _has(self, atom: Atom) -> bool:
        try:
            self._find(atom)
        except SelectorError:
            return False
        return True

    def _find(self, atom: Atom) -> frozenset[Ref]:
        if atom.method is None:
            return self._entities(atom, self.model.entities)
        if atom.method in _SPECIAL:
            return frozenset(_SPECIAL[atom.method](self, atom))
        if atom.method in _FIELDS:
            return self._by_field(atom, _FIELDS[atom.method])
        return self._entities(atom, [ref for ref in self.model.entities if ref.kind == atom.method])

    def _by_field(self, atom: Atom, values: Callable[[Entity], Iterable[str]]) -> frozenset[Ref]:
        wanted = atom.value.lower()
        if atom.method == "lifecycle":
            wanted = dict(self.model.config.conventions.lifecycles).get(wanted, wanted)
        choices = {"layer": self.model.config.layers, **_CHOICES}.get(atom.method or "")
        if choices and not _is_pattern(wanted) and wanted not in map(str.lower, choices):
            raise _unknown(atom, f"there is no {atom.method} `{atom.value}`", choices)
        return frozenset(
            entity.ref
            for entity in self.model.entities.values()
            if any(fnmatchcase(value.lower(), wanted) for value in values(entity))
        )

    def _entities(self, atom: Atom, known: Iterable[Ref]) -> frozenset[Ref]:
        name, hash_, interface = atom.value.lower().partition("#")
        found = self._references(atom, name, known)
        if hash_:
            self._check_interface(atom, found, interface)
        return found

    def _references(self, atom: Atom, name: str, known: Iterable[Ref]) -> frozenset[Ref]:
        """The references that a name or pattern matches, with its namespace or else in any namespace."""
        refs = {each: each for each in known}
        kinds = {each.kind for each in refs} | ({atom.method} if atom.method in KINDS else set())
        refs |= {alias: ref for alias, ref in self.model.aliases.items() if alias.kind in kinds and ref in refs}
        if _is_pattern(name):
            return frozenset(refs[ref] for ref in refs if fnmatchcase(ref.name, name) or fnmatchcase(ref.id, name))
        found = {refs[ref] for ref in refs if ref.name == name} or {refs[ref] for ref in refs if ref.id == name}
        if len(found) > 1:
            listed = ", ".join(f"`{ref}`" for ref in sorted(found))
            raise SelectorError(f"`{name}` is ambiguous", f"use one of {listed}", atom.at, len(atom.value))
        if not found:
            what = atom.method if atom.method in KINDS or atom.method == "owner" else "entity"
            error = _unknown(atom, f"there is no {what} `{name}`", [ref.name for ref in refs])
            if atom.method and (other := of_other_kind(self.model, name, tuple({ref.kind for ref in refs}))):
                error.help = f"`{other.name}` is {a_kind(other.kind)}; {error.help}"
            raise error
        return frozenset(found)

    def _check_interface(self, atom: Atom, found: frozenset[Ref], interface: str) -> None:
        components = [self.model.components[ref] for ref in found if ref in self.model.components]
        if not any(each.has_interface(interface) for each in components):
            names = [each.id for component in components for each in component.interfaces]
            label = ", ".join(sorted(component.name for component in components)) or "it"
            near = did_you_mean(Names(names).nearest(interface)) or _listed(names)
            raise SelectorError(f"{label} has no interface `{interface}`", near, atom.at, len(atom.value))

    def _owned(self, atom: Atom) -> Iterator[Ref]:
        """What is owned by a team or user, or by a team that is part of that."""
        owners = {ref: self.model.canonical_all(each.owners) for ref, each in self.model.entities.items()}
        known = {*(owner for each in owners.values() for owner in each), *self.model.teams, *self.model.users}
        wanted = self._with_parts(self._references(atom, atom.value.lower(), known), self.model.teams)
        return (ref for ref, each in owners.items() if wanted.intersection(each))

    def _with_parts(self, refs: frozenset[Ref], groups: Mapping[Ref, Team] | Mapping[Ref, Goal]) -> frozenset[Ref]:
        """These teams or goals, and all that are part of them."""
        parts = _grouped((self.model.canonical(each.parent), ref) for ref, each in groups.items() if each.parent)
        return self._walk(refs, parts, ALL)

    def _in_areas(self, atom: Atom) -> frozenset[Ref]:
        """A system or domain, what belongs to it, and the work that changes any of that."""
        known = [ref for ref in self.model.entities if ref.kind == atom.method]
        members = Areas(self.model).within(self._references(atom, atom.value.lower(), known))
        changed = {
            ref: self.model.canonical_all(each.component.component for each in initiative.changes)
            for ref, initiative in self.model.initiatives.items()
        }
        return members | {ref for ref, components in changed.items() if members.intersection(components)}

    def _serving(self, atom: Atom) -> Iterator[Ref]:
        """A goal, the goals that are part of it, and the initiatives that serve one of them."""
        wanted = self._with_parts(self._references(atom, atom.value.lower(), self.model.goals), self.model.goals)
        yield from wanted
        for initiative in self.model.initiatives.values():
            if any(self.model.canonical(share.goal) in wanted for share in initiative.goals):
                yield initiative.ref

    def _in_tier(self, atom: Atom) -> Iterator[Ref]:
        tiers = _between(atom, numbers_between)
        return (
            each.ref for each in self.model.consumers.values() if each.tier and tiers.overlaps(each.tier, each.tier)
        )

    def _in_period(self, atom: Atom) -> Iterator[Ref]:
        """Initiatives whose work overlaps the period, and goals that are due in it."""
        calendar = self.model.config.calendar.calendar
        days = _between(atom, lambda text: days_between(text, calendar))
        for initiative in self.model.initiatives.values():
            planned = window(initiative, calendar)
            start, end = planned.start or planned.end, planned.end or planned.start
            if start and end and days.overlaps(start, end):
                yield initiative.ref
        for goal in self.model.goals.values():
            due = last_day(goal.due, calendar)
            if due and days.overlaps(due, due):
                yield goal.ref

    def _in_path(self, atom: Atom) -> Iterator[Ref]:
        """Entities in files that match a pattern, or that are in a folder."""
        pattern = atom.value.removeprefix("./").rstrip("/")
        for ref, placement in self.model.documents.items():
            path = self.model.path_in_model(placement.path)
            if fnmatchcase(path, pattern) or path.startswith(f"{pattern}/"):
                yield ref

    def _in_state(self, atom: Atom) -> frozenset[Ref]:
        if atom.value not in STATES:
            raise _unknown(atom, f"there is no state `{atom.value}`", STATES)
        if self._states is None:
            raise SelectorError("`state:` needs a comparison of two states", "remove it here", atom.offset)
        return self._states[atom.value]()

    def _named_set(self, atom: Atom) -> frozenset[Ref]:
        """The entities of a selector in the settings; each is evaluated once, to avoid exponential work."""
        name = atom.value
        if name not in self._selectors:
            raise _unknown(atom, f"platctl.yaml has no selector `{name}`", self._selectors)
        if name in self._open:
            way = " → ".join((*self._open[self._open.index(name) :], name))
            raise SelectorError(f"the selector `{name}` refers to itself: {way}", "", atom.at, len(name))
        if name not in self._named:
            self._open.append(name)
            try:
                self._named[name] = self.of(parse_selector(self._selectors[name]))
            except SelectorError as error:
                message = f"in the selector `{name}` of platctl.yaml, {error.message}"
                raise SelectorError(message, error.help, atom.at, len(name)) from None
            finally:
                self._open.pop()
        return self._named[name]


def _optional(*fields: str) -> Callable[[Entity], Iterable[str]]:
    return lambda entity: (value for field in fields if (value := getattr(entity, field, None)))


_FIELDS: Mapping[str, Callable[[Entity], Iterable[str]]] = {
    "kind": lambda entity: (entity.kind_name,),
    "tag": lambda entity: entity.tags,
    "layer": _optional("layer"),
    "lifecycle": _optional("lifecycle"),
    "type": _optional("type"),
    "status": _optional("status"),
    "visibility": _optional("visibility"),
}
"""Method: the texts of an entity that the value is compared with."""
_CHOICES: Mapping[str, Iterable[str]] = {
    "kind": KINDS,
    "lifecycle": [each.value for each in Lifecycle],
    "status": [each.value for each in Status],
    "visibility": [each.value for each in Visibility],
}
_SPECIAL: Mapping[str, Callable[[Selection, Atom], Iterable[Ref]]] = {
    "owner": Selection._owned,
    "goal": Selection._serving,
    "system": Selection._in_areas,
    "domain": Selection._in_areas,
    "tier": Selection._in_tier,
    "period": Selection._in_period,
    "path": Selection._in_path,
    "state": Selection._in_state,
}


def _interface(atom: Atom) -> str:
    return atom.value.partition("#")[2] if atom.method in (None, Component.kind_name) else ""


def _is_pattern(text: str) -> bool:
    return any(sign in text for sign in WILDCARDS)


def _unknown(atom: Atom, message: str, known: Iterable[str]) -> SelectorError:
    names = Names(known)
    return SelectorError(message, did_you_mean(names.nearest(atom.value)) or _listed(known), atom.at, len(atom.value))


def _listed(known: Iterable[str]) -> str:
    few = sorted(set(known))
    return (
        f"use one of {', '.join(few)}"
        if 0 < len(few) <= 12
        else "use an id from the model, or a pattern such as `auth*`"
    )


def _between(atom: Atom, read: Callable[[str], Between]) -> Between:
    try:
        return read(atom.value)
    except ValueError as error:
        raise SelectorError(str(error), _ORDERED[atom.method or ""], atom.at, len(atom.value)) from None


_ORDERED = {
    "tier": "use a form such as `tier:1`, `tier:<=2` or `tier:1..2`",
    "period": "use a form such as `period:2027-Q1`, `period:>=2027-03` or `period:2027-Q1..2027-Q3`",
}


def _grouped(pairs: Iterable[tuple[Ref, Ref]]) -> dict[Ref, list[Ref]]:
    groups: dict[Ref, list[Ref]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
