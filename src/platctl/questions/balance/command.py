"""`platctl balance`: who gets how much of the work, and is that as it was meant?"""

from typing import Annotated

import typer

from platctl.finding import Severity
from platctl.model.vocabulary import Dimension, Measure
from platctl.page import Page
from platctl.questions.balance.derive import balance as derive
from platctl.questions.balance.division import BalanceOptions
from platctl.questions.balance.report import BalanceReport
from platctl.shell.formats import PAGE_FORMATS, PageFormatOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, completions, day, one_of, threshold
from platctl.shell.scoring import MethodOption, method_named
from platctl.workspace.workspace import open_workspace


def balance(
    context: typer.Context,
    model_name: MethodOption = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="consumer, tier, goal, team, type or layer; all of them if left out.",
            autocompletion=completions(Dimension),
        ),
    ] = None,
    measure: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help="effort or value; both if left out.", autocompletion=completions(Measure)),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of the work that is done, only what ended since then.")
    ] = None,
    format_: PageFormatOption = "text",
    output: OutputOption = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="SEVERITY",
            help="Exit 1 from this severity on: error, warning, info or never.",
            autocompletion=completions([*Severity, "never"]),
        ),
    ] = "error",
    today: TodayOption = None,
) -> int:
    """Show who gets which share of the work, against the bands of platctl.yaml."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS)
    dimensions = tuple(dict.fromkeys(Dimension(one_of("--by", each, Dimension)) for each in by or Dimension))
    measures = (Measure(one_of("--measure", measure, Measure)),) if measure else tuple(Measure)
    limit = threshold(fail_on, Severity, Severity)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    method = method_named(model, "--model", model_name)
    date = day("--today", today) or tree.date
    asked = BalanceOptions(method, date, dimensions, measures, day("--since", since), limit)
    report = derive(model, tree.label, asked)
    deliver(_answer(report, options), wanted, options)
    return 1 if report.failing else 0


def _answer(report: BalanceReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.balance.page import page

        return page(report, quiet=options.quiet)

    return ReportViews("balance", report, shown)
