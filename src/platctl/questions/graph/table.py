"""The graph as rows for spreadsheets, one table for its edges and one for its nodes, and for graph tools."""

from collections.abc import Iterator

from platctl.questions.graph.report import GraphReport
from platctl.render.data.network import Network

EDGES = (
    *("source", "target", "dependencies", "interfaces", "soft", "exposes", "effect"),
    *("source_layer", "source_owner", "target_layer", "target_owner", "file"),
)
NODES = ("id", "kind", "name", "title", "layer", "owner", "tier", "users", "uses", "cycle", "effect", "changed")

_Row = tuple[str | float | None, ...]


def edges(report: GraphReport) -> Iterator[_Row]:
    """One row for each pair of which one uses the other."""
    nodes = {node.id: node for node in report.nodes}
    for each in report.edges:
        ends = [nodes[each.source], nodes[each.target]]
        yield (
            *(each.source, each.target, each.dependencies, " ".join(each.interfaces)),
            *(_yes(each.is_soft), _yes(each.exposes), each.level.value if each.level else None),
            *(part for end in ends for part in (end.layer, end.owner.ref.name if end.owner else None)),
            str(each.span) if each.span else None,
        )


def nodes(report: GraphReport) -> Iterator[_Row]:
    """One row for each component and consumer."""
    for each in report.nodes:
        yield (
            *(each.id, each.entity.ref.kind, each.entity.ref.name, each.entity.title, each.layer),
            *(each.owner.ref.name if each.owner else None, each.tier, each.users, each.uses, each.cycle),
            *(each.level.value if each.level else None, _yes(each.is_changed)),
        )


def _yes(value: bool) -> str | None:
    return "yes" if value else None


def network(report: GraphReport) -> Network:
    """All nodes and edges with their attributes."""
    return Network(
        name="platctl",
        nodes=tuple((str(each[0]), dict(zip(NODES[1:], each[1:], strict=True))) for each in nodes(report)),
        edges=tuple(
            (str(each[0]), str(each[1]), dict(zip(EDGES[2:7], each[2:7], strict=True))) for each in edges(report)
        ),
    )
