"""Rules about dependencies on what is deprecated, retired, or has a sunset."""

from collections.abc import Iterator

from platctl.finding import Finding, Severity
from platctl.graph.graph import Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Lifecycle
from platctl.model.listed_versions import listed
from platctl.model.ref import Ref
from platctl.outlook.effects import Standing, need_of
from platctl.outlook.offers import Offer
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule
from platctl.rules.version_labels import MOST_LISTED, end_labels

_FADING = (Lifecycle.DEPRECATED, Lifecycle.RETIRED)


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
    """Reports a dependency that only deprecated versions, or versions with a sunset, satisfy. A deprecated component
    may depend on them.

    It works today, but stops working on a day that the owner of the component decides.
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
        if each.is_deprecated and not (requires and each.version and not requires.admits(each.version))
    ]
    if component.lifecycle is Lifecycle.DEPRECATED or component.sunset:
        state = "is deprecated" if component.lifecycle is Lifecycle.DEPRECATED else "will be removed"
        message = f"`{component.name}` {state}{_until(component.sunset)}"
    else:
        states = ", ".join(_state(each) for each in offers[:MOST_LISTED])
        met = f" that meets `{requires}`" if requires else ""
        message = f"every version of `{target}`{met} is deprecated or has a sunset: {states}"
    help_ = f"move to {_successor(context, use, offers) or 'an alternative; ask its owner which'}"
    span = context.use_span(use, "requires" if requires else "component")
    labels, about = end_labels(context, use, offers), target if requires else ""
    return deprecated_dependency.finding(message, span, help_, labels, about=about)


def _state(offer: Offer) -> str:
    states = ["deprecated"] if offer.is_deprecated else []
    states += [f"sunset {offer.ends}"] if offer.ends else []
    return f"{offer.version or 'it'} ({', '.join(states)})"


def _until(sunset: Date | None) -> str:
    return f", sunset {sunset}" if sunset else ""


def _successor(context: Context, use: Use, offers: list[Offer]) -> str:
    """What to move to: the declared successors, or else the versions that stay."""
    component = context.model.components[use.target]
    if component.successor:
        return f"`{context.name(component.successor)}`"
    ending = {each.identity for each in offers}
    texts = [
        each.offered.successor
        for each in listed(component)
        if each.offered.successor and (each.interface, each.offered.version.text) in ending
    ]
    live = [str(each.version) for each in context.offered_to(use) if each.version and not each.is_deprecated]
    return counted(list(dict.fromkeys(texts or live)))


@rule(
    "retired-dependency",
    Severity.ERROR,
    "A dependency on something that is retired",
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
    """Reports a dependency on a component or interface whose versions are all retired. A retired component may keep
    such a dependency as a record.

    Either the dependency no longer exists, or the dependent does not work.
    """
    for use, how in context.standings:
        if how is not Standing.NONE or context.offered_to(use):
            continue
        target = context.model.components[use.target]
        is_gone = target.lifecycle is Lifecycle.RETIRED or not need_of(use).is_readable
        if is_gone and not _is_retired(context, use.source):
            move = _successor(context, use, [])
            help_ = f"move to {move}" if move else "remove the dependency, or name the replacement"
            message = f"`{context.name(use.target, use.interface)}` is retired"
            labels = end_labels(context, use, ())
            yield retired_dependency.finding(message, context.use_span(use), help_, labels)


def _is_retired(context: Context, ref: Ref) -> bool:
    component = context.model.components.get(ref)
    return component is not None and component.lifecycle is Lifecycle.RETIRED
