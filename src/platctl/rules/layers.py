"""Rules about layers: what may stand on what."""

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
    "A layer that is not in the list",
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
    """Reports a component whose `layer` is none of those that `platctl.yaml` lists under `layers` (without it:
    technology, platform, product).

    A component in no layer is left out when layers are checked.
    """
    layers = context.model.config.layers
    for ref, component in context.model.components.items():
        if component.layer is not None and component.layer.lower() not in {each.lower() for each in layers}:
            near = did_you_mean(Names(layers).nearest(component.layer, 1), "? ")
            help_ = f"{near}layers are {counted(list(layers), 20)}; `layers:` in platctl.yaml lists them"
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
    """Reports a dependency that reaches past a layer, as a product does that uses a database without the platform
    in between, and one from a lower layer to a higher one. Consumers stand in the highest layer; a component
    without `layer` is left alone.

    Who reaches past the platform has to be moved one by one when the technology changes, and a platform that stands
    on a product can't serve another one.
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
        help_ = f"turn the dependency round, or move what `{names[0]}` needs into its own layer"
    else:
        between = " and ".join(layers[target + 1 : source])
        message = f"`{names[0]}` reaches past the {between} layer to `{names[1]}` in layer {layers[target]}"
        ways = heights.ways_to(use.target, source)
        through = f"use {counted(ways, 3)} instead" if ways else f"put a component of the {between} layer in between"
        help_ = f"{through}, or accept it with a waiver in platctl.yaml"
    label = context.label(use.target, f"in layer {layers[target]}", "layer")
    return layer_violation.finding(message, context.use_span(use), help_, [label])


@dataclass
class _Heights:
    """How high entities stand, the lowest layer at 0."""

    context: Context
    _ways: dict[tuple[Ref, int], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = {layer.lower(): index for index, layer in enumerate(self.context.model.config.layers)}

    def of(self, ref: Ref) -> int | None:
        """The layer of a component, and the highest one for a consumer; None where nobody knows."""
        if ref in self.context.model.consumers:
            return len(self.context.model.config.layers) - 1
        component = self.context.model.components.get(ref)
        return self._index.get(component.layer.lower()) if component and component.layer else None

    def ways_to(self, target: Ref, below: int) -> list[str]:
        """Components one layer below that stand on the target themselves."""
        if (target, below) not in self._ways:
            users = {use.source for use in self.context.graph.users_of.get(target, ())}
            found = sorted(each for each in users if self.of(each) == below - 1)
            self._ways[target, below] = [self.context.name(each) for each in found]
        return self._ways[target, below]
