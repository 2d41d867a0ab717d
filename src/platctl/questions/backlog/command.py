"""`platctl backlog`: what should be done first, and why?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.model.settings.usual_scoring import USUAL
from platctl.questions.backlog.choices import GroupBy
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    BaseOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    LimitOption,
    MethodOption,
    NoDecisionsOption,
    OutputOption,
    ReportOption,
    SelectOption,
    SeverityOption,
    TodayOption,
    completions,
    entities,
)

if TYPE_CHECKING:
    from platctl.model.model import Model
    from platctl.page import Matrix, Page
    from platctl.questions.backlog.derive import BacklogOptions
    from platctl.questions.backlog.report import BacklogReport
    from platctl.questions.backlog.votes_report import DisputeReport
    from platctl.ranking.items import RankedItem


class BacklogViews(ReportViews):
    """Open work in its order, or why one item of the whole backlog has its rank.

    `drawn` has the chart, also where the report is without it.
    """

    report: "BacklogReport"
    kind = "backlog"
    explained: "tuple[BacklogReport, RankedItem] | None" = None
    drawn: "BacklogReport"
    has_limit = False

    def page(self) -> "Page":
        from platctl.questions.backlog.explain import explanation
        from platctl.questions.backlog.page import page

        if self.explained:
            return explanation(*self.explained)
        return page(self.report, quiet=self.options.quiet, is_short=not self.has_limit)

    def sheet(self) -> "Page":
        from platctl.questions.backlog.page import sheet

        return self.page() if self.explained or self.options.quiet else sheet(self.report)

    def comment(self) -> "Page":
        from platctl.questions.backlog.page import page

        return self.page() if self.explained else page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.backlog.page import HEADER_OF_CSV, csv_rows

        return HEADER_OF_CSV, csv_rows(self.report)

    def drawing(self) -> "tuple[Matrix, str]":
        from platctl.questions.backlog.matrix_page import drawing

        return drawing(self.drawn)


class DisputeViews(ReportViews):
    """Where votes are far apart."""

    report: "DisputeReport"
    kind = "votes"

    def page(self) -> "Page":
        from platctl.questions.backlog.votes_page import page

        return page(self.report, quiet=self.options.quiet)


def backlog(
    context: typer.Context,
    base: BaseOption = None,
    head: HeadOption = None,
    model_name: MethodOption = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MODEL",
            help="Also show the ranks under another scoring model.",
            autocompletion=completions(USUAL),
        ),
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    limit: LimitOption = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            metavar="WHAT",
            help="Group the ranking by team, goal, component or consumer.",
            autocompletion=completions(GroupBy),
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="INITIATIVE",
            help="Explain the rank of this initiative, step by step.",
            autocompletion=entities("initiative"),
        ),
    ] = None,
    no_decisions: NoDecisionsOption = False,
    matrix: Annotated[
        bool,
        typer.Option("--matrix", help="Add a chart of value against effort; `--format svg` prints the chart alone."),
    ] = False,
    disputed: Annotated[
        bool, typer.Option("--disputed", help="Show instead where votes differ most and need discussion.")
    ] = False,
    format_: Annotated[str, format_option(BacklogViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fail_on: SeverityOption = "error",
    today: TodayOption = None,
) -> int:
    """Rank open work, and explain the order."""
    from dataclasses import replace
    from functools import partial

    from platctl.finding import Severity
    from platctl.outlook.choosing import chooser, concerned
    from platctl.questions.backlog.derive import BacklogOptions
    from platctl.questions.backlog.derive import backlog as derive
    from platctl.questions.backlog.votes import disputes
    from platctl.shell.scoring import method_named
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import one_of, threshold

    options: Globals = context.obj
    wanted = targets(DisputeViews if disputed else BacklogViews, format_, output, reports)
    fails_at = threshold(fail_on, Severity)
    grouped = GroupBy(one_of("--group-by", group_by, GroupBy)) if group_by else None
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head)
    model, was = session.model, base_of(session, wish, base)
    state = wish.said_of(session.tree.label)
    asked = BacklogOptions(
        method_named(model, "--model", model_name),
        session.today,
        wish.entities(chooser(model, was, today=session.today), partial(concerned, model)),
        limit,
        grouped,
        tuple(method_named(model, "--compare", each) for each in compare or ()),
        not no_decisions,
        fails_at,
        matrix or any(each.format == "svg" for each in wanted),
    )
    if disputed:
        votes = disputes(model, state, asked.method, asked.today, asked.only)
        deliver(DisputeViews(votes, options), wanted)
        return 0
    explained = _explained(model, asked, state, explain) if explain else None
    drawn = derive(model, state, asked)
    views = BacklogViews(drawn if matrix else replace(drawn, matrix=None), options)
    views.explained, views.drawn, views.has_limit = explained, drawn, limit is not None
    deliver(views, wanted)
    return 1 if views.report.failing else 0


def _explained(model: "Model", asked: "BacklogOptions", state: str, name: str) -> "tuple[BacklogReport, RankedItem]":
    """The whole backlog with the item that is asked for."""
    from dataclasses import replace

    from platctl.model.lookup import find
    from platctl.questions.backlog.derive import backlog as derive
    from platctl.shell.errors import CliError

    ref = find(model, name, "initiative")
    whole = derive(model, state, replace(asked, only=None, top=None))
    for item in (*whole.items, *whole.apart):
        if item.initiative.ref == ref:
            return whole, item
    status = model.initiatives[ref].status.value
    raise CliError(f"{ref} is {status}, so it is not ranked", "name one that is not done, dropped or parked")
