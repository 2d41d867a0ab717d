"""`platctl sensitivity`: how sure is the order, if estimates and weights are off?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    Globals,
    HeadOption,
    MethodOption,
    NoDecisionsOption,
    OutputOption,
    ReportOption,
    TodayOption,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.sensitivity.report import SensitivityReport


class SensitivityViews(ReportViews):
    """How sure an order is."""

    report: "SensitivityReport"
    kind = "sensitivity"

    def page(self) -> "Page":
        from platctl.questions.sensitivity.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.sensitivity.table import HEADER, rows

        return HEADER, rows(self.report)


def sensitivity(
    context: typer.Context,
    head: HeadOption = None,
    model_name: MethodOption = None,
    top: Annotated[int, typer.Option(min=1, metavar="N", help="Report the chance of ranking in the top N.")] = 5,
    samples: Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help="Number of random samples.")] = 1000,
    seed: Annotated[int, typer.Option(metavar="N", help="Random seed.")] = 0,
    spread: Annotated[
        str | None,
        typer.Option(metavar="SHARE", help="Vary weights and estimates without a range by this share, such as 20%."),
    ] = None,
    no_decisions: NoDecisionsOption = False,
    format_: Annotated[str, format_option(SensitivityViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Show how sure the order of open work is when estimates and weights vary."""
    from platctl.questions.sensitivity.derive import SensitivityOptions
    from platctl.questions.sensitivity.derive import sensitivity as derive
    from platctl.shell.scoring import method_named
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(SensitivityViews, format_, output, reports)
    share = _share("--spread", spread)
    session = open_session(options, today=today, head=head, notes_unread=True)
    method = method_named(session.model, "--model", model_name)
    asked = SensitivityOptions(method, session.today, top, samples, seed, share, not no_decisions)
    report = derive(session.model, session.tree.label, asked)
    deliver(SensitivityViews(report, options), wanted)
    return 0


def _share(option: str, text: str | None) -> float | None:
    from platctl.model.settings.balance import parse_share
    from platctl.shell.errors import CliError

    if text is None:
        return None
    try:
        return parse_share(text) or None
    except ValueError as error:
        raise CliError(f"{option}: {error}") from None
