"""`platctl needs`: what does a product or one of its features wait for, and when can it ship?"""

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import AtOption, Globals, HeadOption, OutputOption, ReportOption, TodayOption, entities

if TYPE_CHECKING:
    from platctl.model.model import Model
    from platctl.model.ref import Ref
    from platctl.page import Page
    from platctl.questions.needs.report import NeedsReport

_KINDS = ("consumer", "initiative")


class NeedsViews(ReportViews):
    """What a consumer or an initiative waits for."""

    report: "NeedsReport"
    kind = "needs"

    def page(self) -> "Page":
        from platctl.questions.needs.page import page

        return page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.needs.table import HEADER, rows

        return HEADER, rows(self.report)


def needs(
    context: typer.Context,
    of: Annotated[
        str,
        typer.Argument(
            metavar="CONSUMER|INITIATIVE",
            help="The consumer or initiative; `initiative:ID` if both have that id.",
            autocompletion=entities("consumer", "initiative"),
        ),
    ],
    head: HeadOption = None,
    at: AtOption = None,
    format_: Annotated[str, format_option(NeedsViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    today: TodayOption = None,
) -> int:
    """Show everything that a product or an initiative waits for, and the earliest day on which it can ship."""
    from platctl.questions.needs.derive import NeedsOptions
    from platctl.questions.needs.derive import needs as derive
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import day

    options: Globals = context.obj
    wanted = targets(NeedsViews, format_, output, reports)
    session = open_session(options, today=today, head=head, notes_unread=True)
    asked = NeedsOptions(session.today, day("--at", at))
    report = derive(session.model, session.tree.label, _subject(session.model, of), asked)
    deliver(NeedsViews(report, options), wanted)
    return 0


def _subject(model: "Model", text: str) -> "Ref":
    """The consumer of that name, or else the initiative. Raises SourceError with names like it of both kinds."""
    from platctl.model.lookup import find, find_any
    from platctl.source.errors import SourceError

    if ":" not in text:
        with suppress(SourceError):
            return find(model, text, _KINDS[0])
    return find_any(model, text, _KINDS)
