"""`platctl intake`: which ideas are there, what do they still need, and which are alike?"""

from functools import partial
from typing import Annotated

import typer

from platctl.outlook.choosing import chooser, concerned
from platctl.page import Page
from platctl.questions.intake.derive import IntakeOptions
from platctl.questions.intake.derive import intake as derive
from platctl.questions.intake.report import IntakeReport
from platctl.shell.formats import PAGE_FORMATS, PageFormatOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, day
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, choice
from platctl.workspace.workspace import open_workspace


def intake(
    context: typer.Context,
    select: Annotated[
        list[str] | None, typer.Argument(metavar="[SELECTOR]...", help="Only these initiatives; all if left out.")
    ] = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: PageFormatOption = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """List ideas and proposals with what each still needs, and those that are alike."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    date = day("--today", today)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    state = f"{tree.label}, only {wish.label}" if wish.label else tree.label
    asked = IntakeOptions(
        date or tree.date, wish.entities(chooser(model), partial(concerned, model)) if wish.label else None
    )
    deliver(_answer(derive(model, state, asked), options), wanted, options)
    return 0


def _answer(report: IntakeReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.intake.page import page

        return page(report, quiet=options.quiet)

    return ReportViews("intake", report, shown)
