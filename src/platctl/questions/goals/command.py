"""`platctl goals`: how far are we on the way to each goal, what brings us further, what does nobody work on?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.questions.goals.choices import FailOn
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    OutputOption,
    SelectOption,
    TodayOption,
    completions,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.goals.report import GoalsReport


class GoalsViews(ReportViews):
    """How far goals are."""

    report: "GoalsReport"
    kind = "goals"
    explains = False

    def page(self) -> "Page":
        from platctl.questions.goals.page import page

        return page(self.report, quiet=self.options.quiet, explains=self.explains)

    def table(self) -> "CsvTable":
        from platctl.questions.goals.page import HEADER_OF_CSV, csv_rows

        return HEADER_OF_CSV, csv_rows(self.report)


def goals(
    context: typer.Context,
    goal: Annotated[
        str | None, typer.Argument(metavar="[GOAL]", help="Only this goal and those below it.", show_default=False)
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REF|DIR", help="Also show what changed since the merge base with this ref, or from a folder."
        ),
    ] = None,
    head: Annotated[str | None, typer.Option(metavar="REF", help="Look at this ref, not the working tree.")] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Also show how each progress is counted.")] = False,
    format_: Annotated[str, format_option(GoalsViews)] = "text",
    output: OutputOption = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="gap: exit 1 if a goal lacks work, or planned work a goal; with --base, only since then. Or never.",
            autocompletion=completions([*FailOn, "never"]),
        ),
    ] = "never",
    today: TodayOption = None,
) -> int:
    """Show the goals: how far each is, what serves it, and what nobody works on."""
    from platctl.model.lookup import find
    from platctl.outlook.choosing import chooser
    from platctl.questions.goals.derive import GoalsOptions
    from platctl.questions.goals.derive import goals as derive
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import threshold

    options: Globals = context.obj
    wanted = targets(GoalsViews, format_, output)
    limit = threshold(fail_on, FailOn)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head)
    before = session.base(base, may_be_empty=True) if base or wish.needs_base else None
    model, was = session.model, before.model if before else None
    asked = GoalsOptions(
        session.today, find(model, goal, "goal") if goal else None, wish.entities(chooser(model, was)), limit
    )
    compared = session.compared(before, only=wish.label)
    views = GoalsViews(derive(model, compared, asked, was), options)
    views.explains = explain
    deliver(views, wanted)
    return 1 if views.report.failing else 0
