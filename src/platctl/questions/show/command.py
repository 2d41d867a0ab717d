"""`platctl show`: what is this, and how does everything around it hang together?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    AudienceOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    TodayOption,
    entities,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from platctl.page import Page
    from platctl.questions.graph.report import GraphReport
    from platctl.questions.show.report import ShowReport


class ShowViews(ReportViews):
    """Everything about one entity."""

    report: "ShowReport"
    kind = "show"
    ways: "Callable[[], GraphReport] | None" = None
    """What hangs on the entity, found only for a page of its own."""

    def page(self) -> "Page":
        from platctl.questions.show.page import page

        return page(self.report, quiet=self.options.quiet)

    def sheet(self) -> "Page":
        from platctl.questions.show.page import page
        from platctl.questions.show.picture import with_ways

        whole = page(self.report, quiet=self.options.quiet, short=False)
        return with_ways(whole, self.ways()) if self.ways and not self.options.quiet else whole

    def table(self) -> "CsvTable":
        from platctl.questions.show.table import HEADER, rows

        return HEADER, rows(self.report)


def show(
    context: typer.Context,
    entity: Annotated[
        str,
        typer.Argument(
            metavar="ENTITY",
            help="The entity, by its id, or as `KIND:ID` if several have it.",
            autocompletion=entities(),
        ),
    ],
    audience: AudienceOption = None,
    head: HeadOption = None,
    format_: Annotated[str, format_option(ShowViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Show everything about one entity on one screen: people, versions, users, work, goals, history, findings."""
    from platctl.questions.graph.derive import graph
    from platctl.questions.graph.part import GraphOptions
    from platctl.questions.show.derive import show as derive
    from platctl.shell.seen import seen_in
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(ShowViews, format_, output, reports)
    session = open_session(options, today=today, head=head, notes_unread=True)
    seen = seen_in(session, audience)
    history = seen.history()
    ref = seen.find_ever(entity, history)
    report = derive(seen.model, session.tree.label, ref, session.today, seen.audience, history)
    views = ShowViews(report, options)
    if ref.kind in ("component", "consumer") and not report.gone:
        views.ways = lambda: graph(seen.model, session.tree.label, GraphOptions((ref,), audience=audience))
    deliver(views, wanted)
    return 0
