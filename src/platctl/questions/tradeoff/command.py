"""`platctl tradeoff`: what do we give up for it, and what was decided?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    DryRunOption,
    Globals,
    HeadOption,
    MethodOption,
    OutputOption,
    ReportOption,
    TodayOption,
    entities,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.tradeoff.report import TradeoffReport


class TradeoffViews(ReportViews):
    """What is given up for what."""

    report: "TradeoffReport"
    kind = "tradeoff"

    def page(self) -> "Page":
        from platctl.questions.tradeoff.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.tradeoff.table import HEADER, rows

        return HEADER, rows(self.report)


def tradeoff(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INITIATIVE]...",
            help="Two or more initiatives to weigh.",
            autocompletion=entities("initiative"),
        ),
    ] = None,
    head: HeadOption = None,
    model_name: MethodOption = None,
    decide: Annotated[
        str | None,
        typer.Option(
            metavar="INITIATIVE",
            help="Record a decision: this initiative goes first.",
            autocompletion=entities("initiative"),
        ),
    ] = None,
    over: Annotated[
        list[str] | None,
        typer.Option(
            metavar="INITIATIVE",
            help="Decision: an initiative that waits.",
            autocompletion=entities("initiative"),
        ),
    ] = None,
    why: Annotated[str | None, typer.Option(metavar="TEXT", help="Decision: the reason.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Decision: who decided.")] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="Decision: the day it was made.", show_default="not recorded")
    ] = None,
    expires: Annotated[str | None, typer.Option(metavar="DATE", help="Decision: the last day it applies.")] = None,
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Decision: its id.", show_default="made from the initiatives' ids"),
    ] = None,
    dry_run: DryRunOption = False,
    format_: Annotated[str, format_option(TradeoffViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Weigh initiatives against each other, or record a decision."""
    from platctl.questions.tradeoff.deciding import DecisionOptions, open_work
    from platctl.questions.tradeoff.deciding import decide as write_down
    from platctl.questions.tradeoff.derive import TradeoffOptions
    from platctl.questions.tradeoff.derive import tradeoff as derive
    from platctl.shell.errors import CliError
    from platctl.shell.scoring import method_named
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(TradeoffViews, format_, output, reports)
    parts = {"--over": over, "--why": why, "--by": by, "--on": on, "--expires": expires, "--id": id_}
    if decide is None and (stray := next((name for name, value in parts.items() if value), None)):
        raise CliError(f"`{stray}` belongs to a decision", "add `--decide INITIATIVE`, or omit it")
    if decide is not None and head:
        raise CliError("`--decide` writes to the working tree", "omit `--head`")
    session = open_session(options, today=today, head=head, notes_unread=True)
    asked = TradeoffOptions(method_named(session.model, "--model", model_name), session.today)
    if decide is not None:
        written = DecisionOptions(decide, tuple(over or what or ()), why, by, on, expires, id_)
        return write_down(session, written, asked, dry_run=dry_run)
    work = tuple(dict.fromkeys(open_work(session.model, each) for each in what or ()))
    if len(work) < 2:
        raise CliError("a trade-off needs at least two initiatives", "name them: `platctl tradeoff A B`")
    report = derive(session.model, session.tree.label, work, asked)
    deliver(TradeoffViews(report, options), wanted)
    return 0
