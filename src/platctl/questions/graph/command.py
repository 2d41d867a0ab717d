"""`platctl graph`: what depends on what?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    AudienceOption,
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    completions,
    entities,
)

if TYPE_CHECKING:
    from platctl.page import DependencyMatrix, Diagram, Page
    from platctl.questions.graph.levels import Levels
    from platctl.questions.graph.report import GraphReport
    from platctl.render.data.network import Network
    from platctl.shell.seen import Seen
    from platctl.shell.session import Base

_KINDS = ("component", "consumer")
_PICTURES = ("graph", "matrix")


class GraphViews(ReportViews):
    """What depends on what, as a picture, a table, or for graph tools."""

    report: "GraphReport"
    kind = "graph"

    def page(self) -> "Page":
        from platctl.questions.graph.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.graph.table import EDGES, edges

        return EDGES, edges(self.report)

    def node_table(self) -> "CsvTable":
        from platctl.questions.graph.table import NODES, nodes

        return NODES, nodes(self.report)

    def network(self) -> "Network":
        from platctl.questions.graph.table import network

        return network(self.report)

    def diagram(self) -> "Diagram":
        from platctl.questions.graph.page import diagram

        return diagram(self.report)

    def drawing(self) -> "tuple[Diagram | DependencyMatrix, str]":
        from platctl.questions.graph.page import picture

        drawn = picture(self.report)
        return drawn, drawn.title


def graph(
    context: typer.Context,
    of: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ENTITY]...",
            help="Components and consumers: only what depends on them, and what they depend on.",
            show_default="the whole model",
            autocompletion=entities(*_KINDS),
        ),
    ] = None,
    as_: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="PICTURE",
            help="graph, or matrix: a design structure matrix, in which each row uses its columns.",
            autocompletion=completions(_PICTURES),
        ),
    ] = "graph",
    impact: Annotated[
        bool, typer.Option("--impact", help="Show whom the changes since the base affect, and how badly.")
    ] = False,
    audience: AudienceOption = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(GraphViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Draw what depends on what, as a graph or a matrix."""
    from platctl.outlook.choosing import chooser
    from platctl.questions.graph.derive import graph as derive
    from platctl.questions.graph.levels import Levels
    from platctl.questions.graph.part import GraphOptions
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import one_of

    options: Globals = context.obj
    wanted = targets(GraphViews, format_, output, reports)
    shown = one_of("--as", as_, _PICTURES)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    before = session.base(base, may_be_empty=True) if impact else None
    was = before.model if before else base_of(session, wish, base)
    question = GraphOptions(
        subjects=tuple(dict.fromkeys(seen.find(each, _KINDS) for each in of or ())),
        only=wish.entities(chooser(seen.open, seen.of(was) if was else None, today=session.today)),
        said=wish.label,
        audience=seen.audience.id if seen.audience else None,
        levels=_levels(seen, before) if before else Levels(),
        compared=f"{before.label} -> {session.tree.label}" if before else None,
        with_matrix=shown == "matrix",
    )
    deliver(GraphViews(derive(seen.model, session.tree.label, question), options), wanted)
    return 0


def _levels(seen: "Seen", before: "Base") -> "Levels":
    """What the changes since a base do."""
    from platctl.questions.graph.levels import levels_of
    from platctl.questions.impact.derive import ImpactOptions, impact

    session = seen.session
    head = seen.of(session.against(before).model)
    compared = session.compared(before, None)
    report = impact(seen.of(before.model), head, compared, ImpactOptions(None, session.today))
    return levels_of(report, seen.model)
