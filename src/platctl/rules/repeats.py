"""The rule about entries that a list contains twice."""

from collections.abc import Hashable, Iterator

from platctl.finding import Finding, Label, Severity
from platctl.graph.graph import Graph, Use
from platctl.model.entity.component import Component
from platctl.model.entity.goal import Goal
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.placement import fields
from platctl.model.ref import Ref
from platctl.record import record
from platctl.rules.context import Context
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route

_LISTS = ("depends_on", "requested_by", "goals", "over")
"""The lists in which each reference can occur once; `changes` and `approvals` may name an entity again."""


@rule(
    "repeated-entry",
    Severity.WARNING,
    "An entry that occurs twice in a list",
    example="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<3"
          - identity
    """,
    fix="""
        kind: component
        id: identity
        version: 2.4.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<3"
    """,
)
def repeated_entry(context: Context) -> Iterator[Finding]:
    """Reports a dependency that `uses` or `depends_on` names twice, unless each has a range of its own; an initiative,
    goal or consumer that another list names twice; and an interface, a version or a metric that is listed twice.

    One of the two entries is forgotten when the other one is edited.
    """
    first: dict[tuple[Ref, Hashable], _ListEntry] = {}
    for each in (*_dependencies(context), *_references(context.model), *_listings(context.model)):
        earlier = first.setdefault((each.entity, each.identity), each)
        if earlier is not each:
            label = Label(context.model.at(earlier.entity, earlier.route), "first listed here")
            message = f"`{each.route[0]}` lists {each.what} twice"
            span = context.model.at(each.entity, each.route)
            about = fields(each.route)
            yield repeated_entry.finding(message, span, "delete one of the two entries", [label], about=about)


@record
class _ListEntry:
    """An entry of a list; `identity` is equal for entries that mean the same."""

    entity: Ref
    route: Route
    identity: Hashable
    what: str


def _dependencies(context: Context) -> Iterator[_ListEntry]:
    """Every dependency; two with ranges of their own are different, but one without a range is like any other."""
    for (source, target, interface), uses in _by_target(context.graph).items():
        if len(uses) == 1:
            continue
        ranges = [use.dependency.requires for use in uses]
        for use, wanted in zip(uses, ranges, strict=True):
            range_ = "".join(wanted.text.split()) if wanted and None not in ranges else ""
            route = (*use.route, "component")
            yield _ListEntry(source, route, (use.route[0], target, interface, range_), f"`{use.target_name}`")


def _by_target(graph: Graph) -> dict[tuple[Ref, Ref, str | None], list[Use]]:
    found: dict[tuple[Ref, Ref, str | None], list[Use]] = {}
    for use in graph.uses:
        found.setdefault((use.source, use.target, use.interface), []).append(use)
    return found


def _references(model: Model) -> Iterator[_ListEntry]:
    for source, target, _, route in model.references:
        if route[0] in _LISTS and source not in model.components:
            yield _ListEntry(source, route, (route[0], model.canonical(target)), f"`{target.name}`")


def _listings(model: Model) -> Iterator[_ListEntry]:
    for ref, component in model.components.items():
        for index, interface in enumerate(component.interfaces):
            name = interface.id
            yield _ListEntry(ref, ("interfaces", index, "id"), ("interface", name.lower()), f"interface `{name}`")
        for version in listed(component):
            text = version.offered.version.text
            yield _ListEntry(ref, version.route, ("version", version.interface, text), f"version `{text}`")
    measured: dict[Ref, Component | Goal] = {**model.components, **model.goals}
    for ref, each in measured.items():
        for index, metric in enumerate(each.metrics):
            yield _ListEntry(ref, ("metrics", index, "id"), ("metric", metric.id.lower()), f"metric `{metric.id}`")
