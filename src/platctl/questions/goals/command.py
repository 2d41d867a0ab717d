"""`platctl goals`: how far are we on the way to each goal, what brings us further, what does nobody work on?"""

import os
from typing import Annotated

import typer

from platctl.model.lookup import find
from platctl.outlook.choosing import chooser
from platctl.outlook.compared import Compared
from platctl.page import Page
from platctl.questions.goals.choices import FailOn
from platctl.questions.goals.derive import GoalsOptions
from platctl.questions.goals.derive import goals as derive
from platctl.questions.goals.report import GoalsReport
from platctl.shell.formats import PAGE_FORMATS, ReportViews, deliver, format_option, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, completions, day, threshold
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.source.base import find_base
from platctl.source.git.refs import resolve_ref
from platctl.source.tree import Tree
from platctl.workspace.workspace import Workspace, folder_named, open_workspace

FORMATS = (*PAGE_FORMATS, "csv")


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
    format_: Annotated[str, format_option(FORMATS)] = "text",
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
    options: Globals = context.obj
    wanted = targets(format_, output, None, FORMATS)
    limit = threshold(fail_on, FailOn, FailOn)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    workspace = open_workspace(options.directory)
    tree = workspace.source.at(resolve_ref(workspace.source.git, head)) if head else workspace.source.working_tree()
    before, label, how = _base(workspace, base, head) if base or wish.needs_base else (None, None, "")
    model, was = workspace.model(tree), workspace.model(before, may_be_empty=True) if before else None
    asked = GoalsOptions(
        day("--today", today) or tree.date,
        find(model, goal, "goal") if goal else None,
        wish.entities(chooser(model, was)),
        limit,
    )
    report = derive(model, Compared(tree.label, label, how, only=wish.label), asked, was)
    deliver(_answer(report, options, explains=explain), wanted, options)
    return 1 if report.failing else 0


def _base(workspace: Workspace, base: str | None, head: str | None) -> tuple[Tree, str, str]:
    """What to compare with, its label, and how it was found."""
    source = workspace.source
    if base and (folder := folder_named(source, base)):
        return folder, base, ""
    found = find_base(source, base, head, os.environ)
    return source.at(found), found.short, found.how


def _answer(report: GoalsReport, options: Globals, *, explains: bool) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.goals.page import page

        return page(report, quiet=options.quiet, explains=explains)

    def csv() -> str:
        from platctl.questions.goals.page import HEADER_OF_CSV, csv_rows
        from platctl.render.data.csv import render

        return render(HEADER_OF_CSV, csv_rows(report))

    return ReportViews("goals", report, shown, own={"csv": csv})
