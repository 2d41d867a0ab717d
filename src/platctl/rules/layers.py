"""Rules about layers: which layer may depend on which."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from platctl.finding import Finding, Severity
from platctl.graph.graph import Use
from platctl.model.ref import Ref
from platctl.model.similar_names import Names, did_you_mean
from platctl.rules.context import Context, counted
from platctl.rules.rule import rule


@rule(
    "unknown-layer",
    Severity.ERROR,
    "A layer that is not declared",
    example="""
        kind: component
        id: identity
        layer: plattform
    """,
    fix="""
        kind: component
        id: identity
        layer: platform
    """,
)
def unknown_layer(context: Context) -> Iterator[Finding]:
    """Reports a component whose `layer` is not listed under `layers` in platctl.yaml (default: technology, platform,
    product).

    Dependencies of a component with an unknown layer are not checked by `layer-violation`.
    """
    layers = context.model.config.layers
    for ref, component in context.model.components.items():
        if component.layer is not None and component.layer.lower() not in {each.lower() for each in layers}:
            near = did_you_mean(Names(layers).nearest(component.layer, 1), "? ")
            help_ = f"{near}use {counted(list(layers), 20, 'or')}, or add it to `layers:` in platctl.yaml"
            span = context.model.at(ref, ("layer",))
            yield unknown_layer.finding(f"there is no layer `{component.layer}`", span, help_)


@rule(
    "layer-violation",
    Severity.WARNING,
    "A dependency that skips a layer or points upwards",
    example="""
        kind: component
        id: postgres
        layer: technology
        ---
        kind: component
        id: storage
        layer: platform
        depends_on: [postgres]
        ---
        kind: consumer
        id: shop
        uses: [postgres]
    """,
    fix="""
        kind: component
        id: postgres
        layer: technology
        ---
        kind: component
        id: storage
        layer: platform
        depends_on: [postgres]
        ---
        kind: consumer
        id: shop
        uses: [storage]
    """,
)
def layer_violation(context: Context) -> Iterator[Finding]:
    """Reports a dependency that skips a layer, such as a product that uses a database directly instead of through the
    platform, and a dependency from a lower layer on a higher one. Consumers are in the highest layer; a component
    without `layer` is not checked.

    Products that bypass the platform have to be migrated one by one when the technology changes, and a platform that
    depends on one product can't serve another one.
    """
    heights = _Heights(context)
    for use in context.graph.uses:
        source, target = heights.of(use.source), heights.of(use.target)
        if source is not None and target is not None and not 0 <= source - target <= 1:
            yield _violation(context, heights, use, source, target)


def _violation(context: Context, heights: "_Heights", use: Use, source: int, target: int) -> Finding:
    layers, names = context.model.config.layers, (context.name(use.source), context.name(use.target))
    if source < target:
        message = f"`{names[0]}` in layer {layers[source]} depends on `{names[1]}` in the higher layer {layers[target]}"
        help_ = f"reverse the dependency, or move what `{names[0]}` needs into layer {layers[source]}"
    else:
        between = " and ".join(layers[target + 1 : source])
        message = f"`{names[0]}` skips the {between} layer to depend on `{names[1]}` in layer {layers[target]}"
        ways = heights.ways_to(use.target, source)
        through = f"use {counted(ways, 3, 'or')} instead" if ways else f"add a component of the {between} layer between"
        help_ = f"{through}, or accept it with a waiver in platctl.yaml"
    label = context.label(use.target, f"in layer {layers[target]}", "layer")
    return layer_violation.finding(message, context.use_span(use), help_, [label])


@dataclass
class _Heights:
    """The layer of each entity as a number; the lowest layer is 0."""

    context: Context
    _ways: dict[tuple[Ref, int], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = {layer.lower(): index for index, layer in enumerate(self.context.model.config.layers)}

    def of(self, ref: Ref) -> int | None:
        """The layer of a component; the highest layer for a consumer; None if unknown."""
        if ref in self.context.model.consumers:
            return len(self.context.model.config.layers) - 1
        component = self.context.model.components.get(ref)
        return self._index.get(component.layer.lower()) if component and component.layer else None

    def ways_to(self, target: Ref, below: int) -> list[str]:
        """Components one layer below that depend on the target themselves."""
        if (target, below) not in self._ways:
            users = {use.source for use in self.context.graph.users_of.get(target, ())}
            found = sorted(each for each in users if self.of(each) == below - 1)
            self._ways[target, below] = [self.context.name(each) for each in found]
        return self._ways[target, below]
