"""Rules about ends: what is deprecated, retired, or has a sunset."""

from collections.abc import Iterator
from typing import NamedTuple

from platctl.finding import Finding, Label, Severity
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Component, Lifecycle
from platctl.model.listed_versions import ListedVersion, listed
from platctl.model.placement import Route
from platctl.model.ref import Ref
from platctl.outlook.effects import Standing, need_of, standing
from platctl.outlook.offers import Offer, catalog_offers
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule

_FADING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)
_MOST = 5


@rule(
    "deprecated-dependency",
    Severity.WARNING,
    "A dependency on something deprecated",
    example="""
        kind: component
        id: identity
        versions:
          - version: 2.4.0
            lifecycle: deprecated
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
        versions:
          - version: 2.4.0
            lifecycle: deprecated
          - version: 3.0.0
        ---
        kind: consumer
        id: shop
        uses:
          - component: identity
            requires: ">=3,<4"
    """,
)
def deprecated_dependency(context: Context) -> Iterator[Finding]:
    """Reports a dependency that is met by nothing but deprecated versions, or such with an announced end. What is
    deprecated itself may go on depending on them.

    It works today, and stops working on a day that somebody else decides.
    """
    for use, how in context.standings:
        if how is Standing.DEPRECATED and not _is_fading(context, use.source):
            yield _deprecated(context, use)


def _is_fading(context: Context, ref: Ref) -> bool:
    component = context.model.components.get(ref)
    return component is not None and component.lifecycle in _FADING


def _deprecated(context: Context, use: Use) -> Finding:
    component, need = context.model.components[use.target], need_of(use)
    target = context.name(use.target, use.interface)
    requires = need.requires if need.is_readable else None
    offers = [
        each
        for each in context.offered_to(use)
        if each.is_ending and not (requires and each.version and not requires.admits(each.version))
    ]
    if component.lifecycle is Lifecycle.DEPRECATED or component.sunset:
        state = "is deprecated" if component.lifecycle is Lifecycle.DEPRECATED else "comes to an end"
        message = f"`{component.name}` {state}{_until(component.sunset)}"
    else:
        states = ", ".join(_state(each) for each in offers[:_MOST])
        met = f" that meets `{requires}`" if requires else ""
        message = f"no version of `{target}`{met} will stay: {states}"
    help_ = f"move to {_successor(context, use, offers) or 'something else; ask its owner what'}"
    labels = [context.label(use.target, f"`{component.name}` is defined here")]
    return deprecated_dependency.finding(message, context.use_span(use), help_, labels)


def _state(offer: Offer) -> str:
    state = "deprecated" if offer.is_deprecated else "ends"
    return f"{offer.version or 'it'} ({state}{_until(offer.ends)})"


def _until(sunset: Date | None) -> str:
    return f", sunset {sunset}" if sunset else ""


def _successor(context: Context, use: Use, offers: list[Offer]) -> str:
    """What to move to: what the catalog names, or else what lives on beside it."""
    component = context.model.components[use.target]
    if component.successor:
        return f"`{context.name(component.successor)}`"
    ending = {each.identity for each in offers}
    texts = [
        each.offered.successor
        for each in listed(component)
        if each.offered.successor and (each.interface, each.offered.version.text) in ending
    ]
    live = [str(each.version) for each in context.offered_to(use) if each.version and not each.is_ending]
    return counted(list(dict.fromkeys(texts or live)))


@rule(
    "retired-dependency",
    Severity.ERROR,
    "A dependency on something that is gone",
    example="""
        kind: component
        id: legacy-login
        lifecycle: retired
        ---
        kind: consumer
        id: shop
        uses: [legacy-login]
    """,
    fix="""
        kind: component
        id: legacy-login
        lifecycle: retired
        ---
        kind: component
        id: identity
        ---
        kind: consumer
        id: shop
        uses: [identity]
    """,
)
def retired_dependency(context: Context) -> Iterator[Finding]:
    """Reports a dependency on a component or interface of which everything is retired. What is retired itself may
    keep it, as a record.

    Either it is not true any more, or the dependent does not work.
    """
    for use, how in context.standings:
        if how is not Standing.NONE or context.offered_to(use):
            continue
        target = context.model.components[use.target]
        is_gone = target.lifecycle is Lifecycle.RETIRED or not need_of(use).is_readable
        if is_gone and not _is_retired(context, use.source):
            move = _successor(context, use, [])
            help_ = f"move to {move}" if move else "remove the dependency, or name what took its place"
            message = f"`{context.name(use.target, use.interface)}` is retired"
            labels = [context.label(use.target, f"`{target.name}` is defined here")]
            yield retired_dependency.finding(message, context.use_span(use), help_, labels)


def _is_retired(context: Context, ref: Ref) -> bool:
    component = context.model.components.get(ref)
    return component is not None and component.lifecycle is Lifecycle.RETIRED


@rule(
    "sunset-without-successor",
    Severity.WARNING,
    "A sunset that does not say what comes after it",
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
    """Reports a component or version with a `sunset` but without `successor`. A version needs none while a version
    without an end is on offer beside it.

    Whoever has to leave asks where to; without an answer nobody can plan the move.
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
            not offer.is_ending for offer in context.offers[end.ref] if offer.interface == end.listed.interface
        ):
            continue
        what = "the component or version" if end.listed else "the component"
        help_ = f"add `successor:` with {what} to move to"
        message = f"{end.name} ends on {end.sunset}, but names no successor"
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
    """Reports a component or version that is still listed after its `sunset`. Where somebody depends on it and
    nothing else would do, that is an error, and the finding names them. Today is what `--today` says, or else the day
    of the last commit.

    Either the end was not carried out, or the catalog does not say so; and whoever is left stands on nothing.
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
    message = f"{end.name} ended on {end.sunset}"
    help_ = "remove it, or write `lifecycle: retired`; if it is still there, write a later `sunset`"
    if users:
        message += f", but {counted(names)} still {'depends' if len(names) == 1 else 'depend'} on it"
        help_ = "move them away first, or agree on a later `sunset`"
    labels = [Label(context.use_span(use), f"`{context.name(use.source)}` depends on it") for use in users[:_MOST]]
    severity = Severity.ERROR if users else None
    span = context.model.at(end.ref, end.route)
    return sunset_in_past.finding(message, span, help_, labels, severity, about=end.name)


def _left(context: Context, ref: Ref, today: Date) -> list[Use]:
    """Who depends on a component of which nothing that would do is left."""
    remaining = catalog_offers(context.model.components[ref], today)
    users = context.graph.users_of.get(ref, ())
    return [use for use in users if standing(remaining, need_of(use)) is Standing.NONE]


class _End(NamedTuple):
    """A sunset: of a component, or of one version."""

    ref: Ref
    name: str
    sunset: Date
    route: Route
    has_successor: bool
    listed: ListedVersion | None = None

    def concerns(self, use: Use) -> bool:
        """Whether a dependency can be met by what ends."""
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
