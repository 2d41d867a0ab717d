"""What graph tools are told: nodes and edges with attributes."""

from collections.abc import Mapping

from platctl.record import record

Attributes = Mapping[str, str | float | None]


@record
class Network:
    """A graph for other tools: nodes by their ids, and edges from one to another, with attributes; None is not set.

    An attribute has the same type wherever it is set.
    """

    name: str
    nodes: tuple[tuple[str, Attributes], ...]
    edges: tuple[tuple[str, str, Attributes], ...]
