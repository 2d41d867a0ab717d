"""`platctl ci`: both checks of a change, with all that a pipeline wants to hear of them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    BaselineOption,
    BaseOption,
    ComponentLevelOption,
    FetchOption,
    Globals,
    HeadOption,
    LevelOption,
    NewOnlyOption,
    OutputOption,
    ReportOption,
    SeverityOption,
    TodayOption,
)

if TYPE_CHECKING:
    from platctl.alert import Alerts
    from platctl.page import Page
    from platctl.questions.ci.report import CiReport


class CiViews(ReportViews):
    """What a change breaks, and what is wrong with it."""

    report: "CiReport"
    kind = "ci"

    def page(self) -> "Page":
        from platctl.questions.ci.page import page

        return page(self.report, quiet=self.options.quiet)

    def sheet(self) -> "Page":
        from platctl.questions.ci.page import sheet

        return self.page() if self.options.quiet else sheet(self.report)

    def comment(self) -> "Page":
        from platctl.questions.ci.page import comment

        return comment(self.report)

    def alerts(self) -> "Alerts":
        from platctl.questions.ci.page import alerts

        return alerts(self.report)

    def table(self) -> "CsvTable":
        from platctl.questions.ci.table import HEADER, rows

        return HEADER, rows(self.alerts())


def ci(
    context: typer.Context,
    base: BaseOption = None,
    head: HeadOption = None,
    format_: Annotated[str, format_option(CiViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    comment: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also write the comment that `platctl comment` posts to this file."),
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option(
            "--id",
            metavar="NAME",
            help="Name that distinguishes the comments of several checks on one pull request.",
            show_default="the model's folder",
        ),
    ] = None,
    reviews: Annotated[
        str | None,
        typer.Option(
            metavar="auto|FILE|none",
            help="Approving reviews that count: those of this pull request, those that a client printed, or none.",
            show_default="auto in the pipeline of a pull request",
        ),
    ] = None,
    new_only: NewOnlyOption = False,
    baseline: BaselineOption = None,
    fail_on: LevelOption = "breaks",
    fail_on_component: ComponentLevelOption = "never",
    fail_on_finding: SeverityOption = "error",
    fetch: FetchOption = True,
    today: TodayOption = None,
) -> int:
    """Check a change in a pipeline: what it breaks, and what is wrong with it."""
    from platctl.finding import Severity
    from platctl.forge.comment import Marker, id_for, is_id
    from platctl.forge.host import detect, reviewed_target
    from platctl.model.level import Level
    from platctl.questions.ci.derive import CheckOptions
    from platctl.questions.ci.pipeline import CheckRun, with_annotations
    from platctl.questions.ci.report import CheckOutcome
    from platctl.questions.ci.reviews import review_source
    from platctl.shell.errors import CliError
    from platctl.shell.options import THRESHOLDS
    from platctl.shell.session import open_session
    from platctl.shell.targets import is_same, targets
    from platctl.shell.values import threshold
    from platctl.source.errors import SourceError

    options: Globals = context.obj
    host = detect(os.environ)
    wanted = with_annotations(host, targets(CiViews, format_, output, reports))
    if comment and any(each.file and is_same(each.file, comment) for each in wanted):
        raise CliError(f"a report and the comment have the same file: `{comment.name}`", "give each a different file")
    if id_ is not None and not is_id(id_):
        raise CliError(f"`--id` can't be `{id_}`", "use lowercase letters, digits, `.`, `_` and single `-`")
    asked = CheckOptions(
        fail_on=threshold(fail_on, Level, THRESHOLDS),
        fail_on_component=threshold(fail_on_component, Level, THRESHOLDS, option="--fail-on-component"),
        fail_on_finding=threshold(fail_on_finding, Severity, option="--fail-on-finding"),
        new_only=new_only,
    )
    source = review_source(reviews, host)
    # A pull request may have brought along whatever lies on the machine that checks it.
    session = open_session(options, today=today, head=head, fetches=fetch, may_keep=False)
    marker = Marker(id_ or id_for(session.workspace.source.prefix), run=host.run)
    run = CheckRun(session, host, comment, marker, source)
    try:
        report, marker = run.check(base or reviewed_target(host, os.environ), asked, baseline, options.directory)
    except SourceError as error:
        run.tell_unknown(error)
        raise
    run.tell(CiViews(report, options), marker, wanted)
    return {CheckOutcome.PASS: 0, CheckOutcome.FAIL: 1}.get(report.outcome, 2)
