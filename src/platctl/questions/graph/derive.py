"""What depends on what, in one state."""

from platctl.model.model import Model
from platctl.model.named import named
from platctl.questions.graph.folding import MOST_BOXES
from platctl.questions.graph.matrix import structure
from platctl.questions.graph.part import GraphOptions, GraphPart
from platctl.questions.graph.report import GraphReport


def graph(model: Model, state: str, options: GraphOptions) -> GraphReport:
    """The part of the graph, node by node and edge by edge, and its picture."""
    part = GraphPart(model, options)
    return GraphReport(
        state=state,
        audience=options.audience,
        only=options.said,
        compared=options.compared,
        subjects=tuple(named(model, ref) for ref in options.subjects),
        directed=True,
        multigraph=False,
        nodes=tuple(map(part.node, part.refs)),
        edges=tuple(part.edges.values()),
        cycles=tuple(tuple(named(model, ref) for ref in members) for members in part.cycles),
        drawing=part.drawn(part.groups(MOST_BOXES)),
        removed=options.levels.removed,
        missing=part.missing(),
        matrix=structure(part) if options.with_matrix else None,
    )
