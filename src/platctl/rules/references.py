"""Rules about names: whether a reference exists, and whether two entities share a name."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.finding import Finding, Label, Severity
from platctl.model.entity.component import Component
from platctl.model.entity.entity import Entity
from platctl.model.model import Model, Reference
from platctl.model.placement import fields
from platctl.model.ref import EXTERNAL, Ref, a_kind
from platctl.model.similar_names import Names, did_you_mean
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route


@rule(
    "unknown-reference",
    Severity.ERROR,
    "A reference to something that does not exist",
    example="""
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [identty]
    """,
    fix="""
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [identity]
    """,
)
def unknown_reference(context: Context) -> Iterator[Finding]:
    """Reports a field that names an entity that no file defines, neither by that id nor by an alias.

    Reports miss such a dependency: a product that uses `identty` is not warned when `identity` breaks. If a file that
    may define the entity can't be read, nothing is reported.
    """
    known = _NamesInUse(context.model)
    for reference in context.model.unresolved:
        if not context.unread.may_define(reference.target):
            yield _unknown(context, known, reference)


def _unknown(context: Context, known: "_NamesInUse", reference: Reference) -> Finding:
    target, here = reference.target, reference.source.namespace
    elsewhere = known.elsewhere(target)
    if elsewhere:
        places = " or ".join(f"`{each.namespace}`" for each in elsewhere)
        names = " or ".join(f"`{_spelled(each, here)}`" for each in elsewhere)
        help_ = f"it exists in namespace {places}: use {names}"
    else:
        elsewhere = known.of_other_kind(target)
        add = f"add a document with `kind: {target.kind}` and `id: {target.id}`"
        if target.namespace == EXTERNAL:
            near = did_you_mean(known.nearest_external(target), "? ")
            new = f"or create one with `platctl new {target.kind} {target.name}`"
            help_ = f"{near}otherwise add `external: [{target.name}]` to the {target.kind} that has this name, {new}"
            help_ = help_ if near else help_.removeprefix("otherwise ")
        else:
            near = did_you_mean(_spelled(each, here) for each in known.nearest(target))
            help_ = near or f"name {a_kind(target.kind)} that exists, or {add}"
        if elsewhere:
            kind = a_kind(elsewhere[0].kind_name)
            help_ = f"`{elsewhere[0].name}` is {kind}, but this field needs {a_kind(target.kind)}; {help_}"
    message = f"{target.kind} `{target.name}` does not exist"
    labels = [context.label(each.ref, f"this {each.kind_name} has that id") for each in elsewhere]
    span, about = reference.span(context.model), fields(reference.route)
    return unknown_reference.finding(message, span, help_, labels, about=about)


class _NamesInUse:
    """All names in use, indexed once, so that each of a thousand typos does not search all entities."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._names: dict[str, Names] = {}

    @cached_property
    def _by_name(self) -> Mapping[str, Mapping[str, list[Entity]]]:
        """Entities by kind and then id or alias, in lower case."""
        result: dict[str, dict[str, list[Entity]]] = {}
        for entity in self._model.entities.values():
            names = {ref.id for ref in (entity.ref, *entity.alias_refs)}
            for name in names:
                result.setdefault(entity.kind_name, {}).setdefault(name, []).append(entity)
        return result

    def elsewhere(self, target: Ref) -> list[Entity]:
        """Entities of the same kind and name in other namespaces, three at most."""
        return self._by_name.get(target.kind, {}).get(target.id, [])[:3]

    def of_other_kind(self, target: Ref) -> list[Entity]:
        """An entity of another kind with this name in the same namespace, if there is one."""
        found = (each for names in self._by_name.values() for each in names.get(target.id, ())[:3])
        return [each for each in found if each.ref.namespace == target.namespace][:1]

    def nearest(self, target: Ref) -> list[Entity]:
        """Entities of the same kind with the most similar names, those in the same namespace first."""
        entities = self._by_name.get(target.kind, {})
        if target.kind not in self._names:
            self._names[target.kind] = Names(entities)
        found = [each for name in self._names[target.kind].nearest(target.id) for each in entities[name][:3]]
        unique = list({each.ref: each for each in found}.values())
        return sorted(unique, key=lambda each: each.ref.namespace != target.namespace)[:3]

    def nearest_external(self, target: Ref) -> list[str]:
        """The most similar external names of entities of the same kind."""
        return [f"{EXTERNAL}{name}" for name in self._external.nearest(target.id)]

    @cached_property
    def _external(self) -> Names:
        return Names(ref.id for entity in self._model.entities.values() for ref in entity.external_refs)


def _spelled(entity: Entity, namespace: str) -> str:
    """A reference to an entity as written in a namespace."""
    return entity.id if entity.ref.namespace == namespace else f"{entity.namespace}/{entity.id}"


@rule(
    "unknown-interface",
    Severity.ERROR,
    "A reference to an interface that the component does not have",
    example="""
        kind: component
        id: identity
        interfaces:
          - id: rest
            version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses: ["identity#rset"]
    """,
    fix="""
        kind: component
        id: identity
        interfaces:
          - id: rest
            version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses: ["identity#rest"]
    """,
)
def unknown_interface(context: Context) -> Iterator[Finding]:
    """Reports `component#interface` if the component exists but has no such interface.

    No change to the component can be matched with this reference.
    """
    known = {(ref, each.id.lower()) for ref, found in context.model.components.items() for each in found.interfaces}
    for reference in context.model.references:
        if not reference.interface or (reference.target, reference.interface) in known:
            continue
        component = context.model.get(reference.target)
        if not isinstance(component, Component):
            continue
        if not component.has_interface(reference.interface) and context.is_read(component.ref, "interfaces"):
            message = f"`{component.name}` has no interface `{reference.interface}`"
            help_ = _interface_help(component, reference.interface)
            labels = [context.label(component.ref, "defined here")]
            span, about = reference.span(context.model), fields(reference.route)
            yield unknown_interface.finding(message, span, help_, labels, about=about)


def _interface_help(component: Component, wanted: str) -> str:
    ids = [each.id for each in component.interfaces]
    if not ids:
        return f"it has no interfaces: use `{component.name}`"
    near = Names(ids).nearest(wanted, 1)
    names = [f"{component.name}#{each}" for each in near or ids]
    return did_you_mean(names) if near else f"use {counted(names, word='or')}"


@rule(
    "duplicate-id",
    Severity.ERROR,
    "Two entities with the same name",
    example="""
        kind: component
        id: identity
        depends_on: [login]
        ---
        kind: component
        id: login
        aliases: [identity]
    """,
    fix="""
        kind: component
        id: identity
        depends_on: [login]
        ---
        kind: component
        id: login
        aliases: [sign-in]
    """,
)
def duplicate_id(context: Context) -> Iterator[Finding]:
    """Reports an id that is defined twice in one kind and namespace, and an alias or external name that is already a
    name of another entity. Names are compared in lower case.

    A reference to that name is ambiguous.
    """
    first: dict[Ref, tuple[Ref, Route]] = {}
    for ref, entity in context.model.entities.items():
        for name, route in _other_names(entity):
            if name == ref:
                continue
            owner, place = first.setdefault(name, (ref, route))
            if name in context.model.entities:
                yield _ambiguous(context, entity, route, context.label(name, "used as an id here"))
            elif owner != ref:
                what = "an alias" if route[0] == "aliases" else "an external name"
                yield _ambiguous(context, entity, route, context.label(owner, f"first used as {what} here", *place))


def _other_names(entity: Entity) -> Iterator[tuple[Ref, Route]]:
    """The former and external names of an entity, each with its place."""
    for field, names in (("aliases", entity.alias_refs), ("external", entity.external_refs)):
        yield from ((name, (field, index)) for index, name in enumerate(names))


def _ambiguous(context: Context, entity: Entity, route: Route, taken: Label) -> Finding:
    field, index = route
    name = (entity.aliases if field == "aliases" else entity.external)[int(index)]
    what = "alias" if field == "aliases" else "external name"
    message = f"{what} `{name}` of {entity.kind_name} `{entity.name}` is already the name of another {entity.kind_name}"
    span = context.model.at(entity.ref, route)
    return duplicate_id.finding(message, span, f"remove `{name}` from one of them", [taken])
