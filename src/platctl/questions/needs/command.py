"""`platctl needs`: what does a product or one of its features wait for, and when can it ship?"""

from typing import Annotated

import typer

from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.page import Page
from platctl.questions.needs.derive import NeedsOptions
from platctl.questions.needs.derive import needs as derive
from platctl.questions.needs.report import NeedsReport
from platctl.shell.formats import PAGE_FORMATS, PageFormatOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, day
from platctl.source.errors import SourceError
from platctl.workspace.workspace import open_workspace

_KINDS = ("consumer", "initiative")


def needs(
    context: typer.Context,
    of: Annotated[
        str,
        typer.Argument(
            metavar="CONSUMER|INITIATIVE", help="Whose needs: an id, or `initiative:ID` where both have that id."
        ),
    ],
    at: Annotated[str | None, typer.Option(metavar="DATE", help="Judge what is on offer on that day.")] = None,
    format_: PageFormatOption = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """Show everything that a product or an initiative waits for, and the earliest day on which it can ship."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    asked = NeedsOptions(day("--today", today) or tree.date, day("--at", at))
    model = workspace.model(tree)
    report = derive(model, tree.label, _subject(model, of), asked)
    deliver(_answer(report, options), wanted, options)
    return 0


def _subject(model: Model, text: str) -> Ref:
    """The consumer of that name, or else the initiative. Raises SourceError with names like it of both kinds."""
    kind, colon, _ = text.partition(":")
    if colon:
        return find(model, text, "initiative" if kind.lower() == "initiative" else "consumer")
    problems: list[SourceError] = []
    for each in _KINDS:
        try:
            return find(model, text, each)
        except SourceError as error:
            problems.append(error)
    nearest = min(problems, key=lambda error: "did you mean" not in error.help)
    raise SourceError(" and ".join(dict.fromkeys(error.message for error in problems)), nearest.help)


def _answer(report: NeedsReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.needs.page import page

        return page(report, quiet=options.quiet)

    return ReportViews("needs", report, shown)
