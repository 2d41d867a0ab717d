"""`platctl influence`: whom does something move, and who moves it?"""

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
    entities,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from platctl.page import Page
    from platctl.questions.graph.report import GraphReport
    from platctl.questions.influence.report import InfluenceReport

_KINDS = ("component", "consumer", "initiative", "team", "goal")


class InfluenceViews(ReportViews):
    """Whom things move."""

    report: "InfluenceReport"
    kind = "influence"
    graph: "Callable[[], GraphReport] | None" = None
    """The whole graph with its matrix, found only for a page of its own."""

    def page(self) -> "Page":
        from platctl.questions.influence.page import page

        return page(self.report, quiet=self.options.quiet)

    def sheet(self) -> "Page":
        from platctl.questions.influence.page import sheet

        if self.options.quiet:
            return self.page()
        return sheet(self.report, self.graph() if self.graph else None)

    def comment(self) -> "Page":
        return self.page()

    def table(self) -> "CsvTable":
        from platctl.questions.influence.table import HEADER, rows

        return HEADER, rows(self.report)


def influence(
    context: typer.Context,
    of: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTITY]",
            help="A component, consumer, initiative, team or goal; the last four stand for their open work.",
            show_default="the whole model",
            autocompletion=entities(*_KINDS),
        ),
    ] = None,
    slip: Annotated[
        str, typer.Option("--slip", metavar="DURATION", help="How much later the work of the entity ends.")
    ] = "4w",
    at_least: Annotated[
        int, typer.Option("--together", metavar="N", min=1, help="Show pairs that changed together at least N times.")
    ] = 3,
    audience: AudienceOption = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(InfluenceViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Show how many depend on what, what moves if work slips, and who asked for the work."""
    from platctl.outlook.choosing import chooser
    from platctl.questions.graph.derive import graph
    from platctl.questions.graph.part import GraphOptions
    from platctl.questions.influence.derive import InfluenceOptions
    from platctl.questions.influence.derive import influence as derive
    from platctl.shell.seen import seen_in
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import days

    options: Globals = context.obj
    wanted = targets(InfluenceViews, format_, output, reports)
    wish, later = choice(select, exclude, fail_on_empty=fail_on_empty), days("--slip", slip)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    before = session.base(base, may_be_empty=True) if base or wish.needs_base else None
    was = seen.of(before.model) if before else None
    question = InfluenceOptions(
        today=session.today,
        subject=seen.find(of, _KINDS) if of else None,
        slip=later.days if later else 0,
        at_least=at_least,
        only=wish.entities(chooser(seen.open, was, today=session.today)),
        said=wish.label,
        audience=seen.audience.id if seen.audience else None,
    )
    compared = (was, before.label) if was and before and base else None
    report = derive(seen.model, session.tree.label, question, compared, seen.history())
    views = InfluenceViews(report, options)
    if question.subject is None:
        part = GraphOptions(only=question.only, audience=question.audience, with_matrix=True)
        views.graph = lambda: graph(seen.model, session.tree.label, part)
    deliver(views, wanted)
    return 0
