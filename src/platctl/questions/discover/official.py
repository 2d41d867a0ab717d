"""What the model itself calls a platform, or a product: by its layers and goals."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from platctl.model.entity.component import Component
from platctl.model.entity.consumer import Consumer
from platctl.model.entity.goal import Goal
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.record import record

_PLATFORM = re.compile(r"(?<![^\W\d_])platforms?(?![^\W\d_])", re.IGNORECASE)
_PRODUCT = re.compile(r"(?<![^\W\d_])products?(?![^\W\d_])", re.IGNORECASE)
_PRODUCT_TYPES = (None, "product")


@record(slots=False)
class Official:
    """The layers and goals of one model that call a component platform.

    A layer does by its name; if none of those in `layers` is called so, those between the lowest and the highest one do
    as well. A goal does for what its open or finished work changes, if its id, title or tags, or those of a goal above
    it, have the word.
    """

    model: Model

    @cached_property
    def platform_layers(self) -> tuple[str, ...]:
        layers = self.model.config.layers
        return tuple(each for each in layers if _PLATFORM.search(each)) or layers[1:-1]

    @cached_property
    def _product_layers(self) -> tuple[str, ...]:
        layers = self.model.config.layers
        return tuple(each for each in layers if _PRODUCT.search(each)) or layers[-1:]

    def calls(self, ref: Ref) -> str | None:
        """The layer or goal that calls a component platform: `layer platform`, `goal one-platform`."""
        component = self.model.components[ref]
        if self.layer_calls(component):
            return f"layer {component.layer}"
        goal = self.goals.get(ref)
        return f"goal {self.model.goals[goal].name}" if goal else None

    def layer_calls(self, component: Component) -> bool:
        """Whether its layer does, also one that the settings do not have."""
        layer = component.layer or ""
        return _PLATFORM.search(layer) is not None or _is_among(layer, self.platform_layers)

    def is_of_product_layer(self, component: Component) -> bool:
        return component.layer is not None and _is_among(component.layer, self._product_layers)

    @cached_property
    def product_teams(self) -> frozenset[Ref]:
        """The owners of consumers that are products."""
        products = filter(is_product, self.model.consumers.values())
        return frozenset(owner for each in products if (owner := self.model.owner_of(each)))

    @cached_property
    def goals(self) -> Mapping[Ref, Ref]:
        """By component: the first goal that calls it platform."""
        found: dict[Ref, Ref] = {}
        if not self._platform_goals:
            return found
        for initiative in self.model.initiatives.values():
            served = [self.model.canonical(each.goal) for each in initiative.goals]
            goal = min((each for each in served if each in self._platform_goals), default=None)
            if goal and not initiative.status.is_given_up:
                for change in initiative.changes:
                    component = self.model.canonical(change.component.component)
                    found[component] = min(goal, found.get(component, goal))
        return found

    @cached_property
    def _platform_goals(self) -> frozenset[Ref]:
        named = {ref for ref, goal in self.model.goals.items() if says_platform(goal)}
        below: dict[Ref, list[Ref]] = {}
        for ref, goal in self.model.goals.items():
            if goal.parent:
                below.setdefault(self.model.canonical(goal.parent), []).append(ref)
        waiting = sorted(named)
        while waiting:
            new = [each for each in below.get(waiting.pop(), ()) if each not in named]
            named.update(new)
            waiting += new
        return frozenset(named)


def _is_among(layer: str, layers: Iterable[str]) -> bool:
    return layer.casefold() in {each.casefold() for each in layers}


def is_product(consumer: Consumer) -> bool:
    """Whether it is one; a consumer without a type is taken for one."""
    return (consumer.type.casefold() if consumer.type else None) in _PRODUCT_TYPES


def says_platform(goal: Goal) -> bool:
    """Whether it has the word in its own id, title or tags."""
    return any(_PLATFORM.search(text) for text in (goal.id, goal.title or "", *goal.tags))
