"""Labels for the lines of the catalog that list versions and end them."""

from collections.abc import Iterable

from platctl.finding import Label
from platctl.graph.graph import Use
from platctl.model.entity.component import Component, Lifecycle, OfferedVersion
from platctl.model.listed_versions import listed
from platctl.outlook.offers import Offer
from platctl.rules.context import Context

MOST_LISTED = 5


def end_labels(context: Context, use: Use, offers: Iterable[Offer]) -> list[Label]:
    """The lines because of which a component, or else these versions of it, come to an end."""
    component = context.model.components[use.target]
    if whole := _end(component):
        field, what = whole
        return [context.label(use.target, f"`{component.name}` {what}", field)]
    ending = {offer.identity for offer in offers}
    lines = [
        context.label(use.target, f"{each.offered.version} {end[1]}", *each.within, end[0])
        for each in listed(component)
        if (each.interface, each.offered.version.text) in ending and (end := _end(each.offered))
    ]
    return lines[:MOST_LISTED] or version_labels(context, use)


def version_labels(context: Context, use: Use) -> list[Label]:
    """The line that lists the versions available to a dependency, or else the component's id."""
    component = context.model.components[use.target]
    for each in listed(component):
        if use.interface in (None, each.interface):
            route = each.route[: each.route.index("versions") + 1] if "versions" in each.route else each.route
            return [Label(context.model.at(use.target, route, key=True), "its versions")]
    return [context.label(use.target, f"`{context.name(use.target)}` is defined here")]


def _end(part: Component | OfferedVersion) -> tuple[str, str] | None:
    """The field that ends a component or a version, and what it means; None if it stays."""
    if part.sunset:
        return "sunset", f"is removed on {part.sunset}"
    if isinstance(part, OfferedVersion) and part.deprecated:
        return "deprecated", f"is deprecated from {part.deprecated}"
    is_ending = part.lifecycle in (Lifecycle.DEPRECATED, Lifecycle.RETIRED)
    return ("lifecycle", f"is {part.lifecycle.value}") if is_ending else None
