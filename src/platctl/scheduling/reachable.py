"""Reachability over edges."""

import math
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def reachable(start: Iterable[Node], edges: Callable[[Node], Iterable[Node]], steps: float = math.inf) -> list[Node]:
    """The start nodes and all nodes within `steps` steps of them, without duplicates, the nearest first."""
    found = dict.fromkeys(start)
    layer = list(found)
    while layer and steps > 0:
        others = dict.fromkeys(other for node in layer for other in edges(node))
        layer = [node for node in others if node not in found]
        found.update(dict.fromkeys(layer))
        steps -= 1
    return list(found)
