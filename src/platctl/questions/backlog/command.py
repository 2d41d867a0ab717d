"""`platctl backlog`: what should be done first, and why?"""

from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from platctl.finding import Severity
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.outlook.choosing import chooser, concerned
from platctl.page import Page
from platctl.questions.backlog.choices import GroupBy
from platctl.questions.backlog.derive import BacklogOptions
from platctl.questions.backlog.derive import backlog as derive
from platctl.questions.backlog.report import BacklogReport
from platctl.ranking.items import RankedItem
from platctl.shell.errors import CliError
from platctl.shell.formats import PAGE_FORMATS, ReportViews, deliver, format_option, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, completions, day, one_of, threshold
from platctl.shell.scoring import MethodOption, method_named
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.workspace.workspace import open_workspace

FORMATS = (*PAGE_FORMATS, "csv", "svg")


def backlog(
    context: typer.Context,
    model_name: MethodOption = None,
    compare: Annotated[
        list[str] | None, typer.Option(metavar="MODEL", help="Show the ranks of another model beside.")
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    top: Annotated[int | None, typer.Option(min=1, metavar="N", help="Only the first N.")] = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="team, goal, component or consumer.",
            autocompletion=completions(each.value for each in GroupBy),
        ),
    ] = None,
    explain: Annotated[str | None, typer.Option(metavar="INITIATIVE", help="Why it stands where it stands.")] = None,
    no_decisions: Annotated[
        bool, typer.Option("--no-decisions", help="Rank by scores alone, and say which decisions that goes against.")
    ] = False,
    matrix: Annotated[
        bool, typer.Option("--matrix", help="Add a picture of value against effort; `--format svg` is it alone.")
    ] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Show where votes are far apart instead, what needs a talk first.")
    ] = False,
    format_: Annotated[str, format_option(FORMATS)] = "text",
    output: OutputOption = None,
    fail_on: Annotated[
        str,
        typer.Option(metavar="SEVERITY", help="Exit 1 from this severity on: error, warning, info or never."),
    ] = "error",
    today: TodayOption = None,
) -> int:
    """Rank open work, and say why."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS if disputed else FORMATS)
    limit = threshold(fail_on, Severity, Severity)
    grouped = GroupBy(one_of("--group-by", group_by, [each.value for each in GroupBy])) if group_by else None
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    asked = BacklogOptions(
        method_named(model, "--model", model_name),
        day("--today", today) or tree.date,
        wish.entities(chooser(model), partial(concerned, model)),
        top,
        grouped,
        tuple(method_named(model, "--compare", each) for each in compare or ()),
        not no_decisions,
        limit,
        matrix or format_ == "svg",
    )
    state = f"{tree.label}, only {wish.label}" if wish.label else tree.label
    if disputed:
        deliver(_disputes(model, state, asked, options), wanted, options)
        return 0
    shown = _explained(model, asked, state, explain) if explain else None
    report = derive(model, state, asked)
    deliver(_answer(report, shown, options), wanted, options)
    return 1 if report.failing else 0


def _explained(model: Model, asked: BacklogOptions, state: str, name: str) -> tuple[BacklogReport, RankedItem]:
    """The whole backlog with the item that is asked for."""
    ref = find(model, name, "initiative")
    whole = derive(model, state, replace(asked, only=None, top=None))
    for item in (*whole.items, *whole.apart):
        if item.initiative.ref == ref:
            return whole, item
    status = model.initiatives[ref].status.value
    raise CliError(f"{ref} is {status}, and no work to be ranked", "name one that is neither done nor given up")


def _disputes(model: Model, state: str, asked: BacklogOptions, options: Globals) -> ReportViews:
    from platctl.questions.backlog.votes import disputes

    report = disputes(model, state, asked.method, asked.today, asked.only)

    def shown() -> Page:
        from platctl.questions.backlog.votes_page import page

        return page(report, quiet=options.quiet)

    return ReportViews("votes", report, shown)


def _answer(report: BacklogReport, explained: tuple[BacklogReport, RankedItem] | None, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.backlog.explain import explanation
        from platctl.questions.backlog.page import page

        return explanation(*explained) if explained else page(report, quiet=options.quiet)

    def csv() -> str:
        from platctl.questions.backlog.page import HEADER_OF_CSV, csv_rows
        from platctl.render.data.csv import render

        return render(HEADER_OF_CSV, csv_rows(report))

    def svg() -> str:
        from platctl.questions.backlog.matrix_page import drawing
        from platctl.render.picture.matrix_svg import render

        return render(*drawing(report))

    return ReportViews("backlog", report, shown, own={"csv": csv, "svg": svg})
