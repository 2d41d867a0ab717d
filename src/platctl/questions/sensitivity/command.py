"""`platctl sensitivity`: how sure is the order, if estimates and weights are off?"""

from typing import Annotated

import typer

from platctl.model.settings.balance import parse_share
from platctl.page import Page
from platctl.questions.sensitivity.derive import SensitivityOptions
from platctl.questions.sensitivity.derive import sensitivity as derive
from platctl.questions.sensitivity.report import SensitivityReport
from platctl.shell.errors import CliError
from platctl.shell.formats import PAGE_FORMATS, PageFormatOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, day
from platctl.shell.scoring import MethodOption, method_named
from platctl.workspace.workspace import open_workspace


def sensitivity(
    context: typer.Context,
    model_name: MethodOption = None,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="Who is among the first N.")] = 5,
    samples: Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help="How often to draw.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", help="Other draws, which are as good.")] = 0,
    spread: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="Vary weights, and what has no range, by this share, such as 20%."),
    ] = None,
    no_decisions: Annotated[bool, typer.Option("--no-decisions", help="Rank by scores alone.")] = False,
    format_: PageFormatOption = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """Show how sure the order of open work is when estimates and weights vary."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS)
    share = _share("--spread", spread)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    method, date = method_named(model, "--model", model_name), day("--today", today) or tree.date
    asked = SensitivityOptions(method, date, top, samples, seed, share, not no_decisions)
    deliver(_answer(derive(model, tree.label, asked), options), wanted, options)
    return 0


def _share(option: str, text: str | None) -> float | None:
    if text is None:
        return None
    try:
        return parse_share(text) or None
    except ValueError as error:
        raise CliError(f"{option}: {error}") from None


def _answer(report: SensitivityReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.sensitivity.page import page

        return page(report, quiet=options.quiet)

    return ReportViews("sensitivity", report, shown)
