"""Reachability over edges."""

import math
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def reachable(start: Iterable[Node], edges: Callable[[Node], Iterable[Node]], steps: float = math.inf) -> list[Node]:
    """The start nodes and all nodes within `steps` steps of them, without duplicates, the nearest first."""
    return list(distances(start, edges, steps))


def distances(
    start: Iterable[Node], edges: Callable[[Node], Iterable[Node]], steps: float = math.inf
) -> dict[Node, int]:
    """The same, each with the number of steps to it."""
    found = dict.fromkeys(start, 0)
    layer, done = list(found), 0
    while layer and done < steps:
        others = dict.fromkeys(other for node in layer for other in edges(node))
        layer = [node for node in others if node not in found]
        done += 1
        found.update(dict.fromkeys(layer, done))
    return found
