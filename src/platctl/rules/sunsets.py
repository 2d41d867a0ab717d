"""Rules about sunsets: the days on which something is removed."""

from collections.abc import Iterator
from typing import NamedTuple

from platctl.finding import Finding, Label, Severity
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.listed_versions import ListedVersion, listed
from platctl.model.ref import Ref
from platctl.outlook.effects import Standing, need_of, standing
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule
from platctl.rules.version_labels import MOST_LISTED
from platctl.source.yaml.document import Route


@rule(
    "sunset-without-successor",
    Severity.WARNING,
    "A sunset without a successor",
    example="""
        kind: component
        id: legacy-login
        sunset: 2027-06-30
    """,
    fix="""
        kind: component
        id: legacy-login
        sunset: 2027-06-30
        successor: identity
        ---
        kind: component
        id: identity
    """,
)
def sunset_without_successor(context: Context) -> Iterator[Finding]:
    """Reports a component or version with a `sunset` but without `successor`. A version needs none if the interface
    also has a version without a sunset.

    Teams that have to migrate need to know where to; without a successor they can't plan the move.
    """
    for end in _ends(context):
        component = context.model.components[end.ref]
        if (
            end.has_successor
            or component.successor
            or not context.is_read(end.ref, "successor", "versions", "interfaces")
        ):
            continue
        if end.listed and any(
            not offer.is_deprecated for offer in context.offers[end.ref] if offer.interface == end.listed.interface
        ):
            continue
        what = "the component or version" if end.listed else "the component"
        help_ = f"add `successor:` with {what} to move to"
        message = f"{end.name} has its sunset on {end.sunset}, but no successor"
        yield sunset_without_successor.finding(message, context.model.at(end.ref, end.route), help_, about=end.name)


@rule(
    "sunset-in-past",
    Severity.WARNING,
    "A sunset that has passed",
    example="""
        kind: component
        id: identity
        versions:
          - version: 2.4.0
            sunset: 2020-06-30
          - version: 3.0.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=2,<3"
    """,
    fix="""
        kind: component
        id: identity
        version: 3.0.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=3,<4"
    """,
)
def sunset_in_past(context: Context) -> Iterator[Finding]:
    """Reports a component or version that is still listed after its `sunset`. If dependents remain that no other
    version satisfies, the finding is an error and names them. Today is the date of `--today`, or of the last commit.

    Either the removal did not happen, or the catalog is out of date; remaining dependents may already be broken.
    """
    if context.today is None:
        return
    left: dict[Ref, list[Use]] = {}
    for end in _ends(context):
        if end.sunset <= context.today:
            if end.ref not in left:
                left[end.ref] = _left(context, end.ref, context.today)
            yield _passed(context, end, [use for use in left[end.ref] if end.concerns(use)])


def _passed(context: Context, end: "_End", users: list[Use]) -> Finding:
    names = list(dict.fromkeys(context.name(use.source) for use in users))
    message = f"{end.name} passed its sunset on {end.sunset}"
    help_ = "remove it, or set `lifecycle: retired`; if it still exists, set a later `sunset`"
    if users:
        message += f", but {counted(names)} still {'depends' if len(names) == 1 else 'depend'} on it"
        help_ = "migrate the dependents first, or agree on a later `sunset`"
    labels = [
        Label(context.use_span(use), f"`{context.name(use.source)}` depends on it") for use in users[:MOST_LISTED]
    ]
    severity = Severity.ERROR if users else None
    span = context.model.at(end.ref, end.route)
    return sunset_in_past.finding(message, span, help_, labels, severity, about=end.name)


def _left(context: Context, ref: Ref, today: Date) -> list[Use]:
    """The dependencies on a component that no remaining version satisfies."""
    remaining = context.timeline.offers(ref, today)
    users = context.graph.users_of.get(ref, ())
    return [use for use in users if standing(remaining, need_of(use)) is Standing.NONE]


class _End(NamedTuple):
    """The sunset of a component, or of one version."""

    ref: Ref
    name: str
    sunset: Date
    route: Route
    has_successor: bool
    listed: ListedVersion | None = None

    def concerns(self, use: Use) -> bool:
        """Whether what is removed can satisfy a dependency."""
        if self.listed is None:
            return True
        if use.interface is not None and use.interface != self.listed.interface:
            return False
        need = need_of(use)
        return not need.is_readable or need.requires is None or bool(need.requires.admits(self.listed.offered.version))


def _ends(context: Context) -> Iterator[_End]:
    for ref, component in context.model.components.items():
        if component.lifecycle is Lifecycle.RETIRED:
            continue
        if component.sunset:
            yield _End(ref, f"`{component.name}`", component.sunset, ("sunset",), component.successor is not None)
        for each in listed(component):
            if each.offered.sunset and each.offered.lifecycle is not Lifecycle.RETIRED:
                yield _version_end(component, each, each.offered.sunset)


def _version_end(component: Component, each: ListedVersion, sunset: Date) -> _End:
    name = f"{component.name}#{each.interface}" if each.interface else component.name
    successor = each.offered.successor is not None
    return _End(component.ref, f"`{name}` {each.offered.version}", sunset, (*each.within, "sunset"), successor, each)
