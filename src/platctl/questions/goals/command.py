"""`platctl goals`: how far along is each goal, which work serves it, and which goals does no one work on?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.questions.goals.choices import FailOn
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    FetchOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
    completions,
    entities,
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
        str | None,
        typer.Argument(
            metavar="[GOAL]",
            help="Show only this goal and its sub-goals.",
            autocompletion=entities("goal"),
        ),
    ] = None,
    base: BaseOption = None,
    head: HeadOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="[GOAL]",
            help="Explain the progress of this goal and its sub-goals; without a value, of all goals.",
            autocompletion=entities("goal"),
        ),
    ] = None,
    format_: Annotated[str, format_option(GoalsViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="never, or gap: exit 1 if a goal has no work or planned work has no goal (with --base: new gaps).",
            autocompletion=completions([*FailOn, "never"]),
        ),
    ] = "never",
    fetch: FetchOption = False,
    today: TodayOption = None,
) -> int:
    """Show the goals: how far along each is, what serves it, and which no one works on."""
    from platctl.model.lookup import find
    from platctl.outlook.choosing import chooser
    from platctl.questions.goals.derive import GoalsOptions
    from platctl.questions.goals.derive import goals as derive
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import threshold

    options: Globals = context.obj
    goal = _about(goal, explain)
    wanted = targets(GoalsViews, format_, output, reports)
    limit = threshold(fail_on, FailOn)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, fetches=fetch)
    before = session.base(base, may_be_empty=True) if base or wish.needs_base else None
    model, was = session.model, before.model if before else None
    asked = GoalsOptions(
        session.today,
        find(model, goal, "goal") if goal else None,
        wish.entities(chooser(model, was, today=session.today)),
        limit,
    )
    compared = session.compared(before, only=wish.label)
    views = GoalsViews(derive(model, compared, asked, was), options)
    views.explains = explain is not None
    deliver(views, wanted)
    return 1 if views.report.failing else 0


def _about(goal: str | None, explained: str | None) -> str | None:
    """The goal that the report is about; `*` explains every goal of it."""
    from platctl.shell.errors import CliError

    if explained in (None, "*"):
        return goal
    if goal not in (None, explained):
        raise CliError(f"`{goal}` and `--explain {explained}` are different goals", "name only one")
    return explained
