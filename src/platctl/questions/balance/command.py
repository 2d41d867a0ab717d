"""`platctl balance`: who gets how much of the work, and is that as it was meant?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.model.vocabulary import Dimension, Measure
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    Globals,
    HeadOption,
    MethodOption,
    OutputOption,
    ReportOption,
    SeverityOption,
    TodayOption,
    completions,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.balance.report import BalanceReport


class BalanceViews(ReportViews):
    """Who gets which share."""

    report: "BalanceReport"
    kind = "balance"

    with_shares = False

    def page(self) -> "Page":
        from platctl.questions.balance.page import page

        return page(self.report, with_shares=self.with_shares, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.balance.table import HEADER, rows

        return HEADER, rows(self.report)


def balance(
    context: typer.Context,
    head: HeadOption = None,
    model_name: MethodOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="Show the shares of the work by consumer, tier, goal, team, type, layer, system or domain.",
            show_default="the bands alone",
            autocompletion=completions(Dimension),
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="Measure effort or value.",
            show_default="both",
            autocompletion=completions(Measure),
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of completed work, count only what ended on or after this day.")
    ] = None,
    format_: Annotated[str, format_option(BalanceViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: SeverityOption = "error",
    today: TodayOption = None,
) -> int:
    """Show who gets which share of the work, against the bands of platctl.yaml."""
    from platctl.finding import Severity
    from platctl.questions.balance.derive import balance as derive
    from platctl.questions.balance.division import BalanceOptions
    from platctl.shell.scoring import method_named
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import day, one_of, threshold

    options: Globals = context.obj
    wanted = targets(BalanceViews, format_, output, reports)
    dimensions = tuple(dict.fromkeys(Dimension(one_of("--by", each, Dimension)) for each in by or Dimension))
    measures = (Measure(one_of("--measure", measure, Measure)),) if measure else tuple(Measure)
    limit = threshold(fail_on, Severity)
    session = open_session(options, today=today, head=head, notes_unread=True)
    method = method_named(session.model, "--model", model_name)
    asked = BalanceOptions(method, session.today, dimensions, measures, day("--since", since), limit)
    report = derive(session.model, session.tree.label, asked)
    views = BalanceViews(report, options)
    views.with_shares = bool(by or measure)
    deliver(views, wanted)
    return 1 if report.failing else 0
