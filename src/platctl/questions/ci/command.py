"""`platctl ci`: both checks of a change, with all that a pipeline wants to hear of them."""

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from platctl.alert import Alerts
from platctl.finding import Severity
from platctl.forge.comment import Comment, Marker, id_for, is_id
from platctl.forge.host import Host, HostKind, detect
from platctl.model.level import Level
from platctl.outlook.compared import Compared
from platctl.page import Page
from platctl.questions.ci.derive import CheckOptions, check
from platctl.questions.ci.report import CheckOutcome, CiReport
from platctl.questions.ci.step_outputs import NO_OUTPUTS, add_outputs, add_summary, outputs_of
from platctl.questions.impact.command import THRESHOLDS
from platctl.shell.errors import CliError, note
from platctl.shell.formats import FormatOption, OutputTarget, ReportOption, ReportViews, deliver, is_same, targets
from platctl.shell.known import BaselineOption, BaseOption, NewOnlyOption, note_unneeded
from platctl.shell.options import Globals, OutputOption, TodayOption, completions, day, threshold
from platctl.shell.output import write
from platctl.source.base import find_base, find_head
from platctl.source.errors import SourceError
from platctl.source.git.fetch import Fetch
from platctl.workspace.base import base_model, day_of, same_settings
from platctl.workspace.baseline import baseline_at
from platctl.workspace.workspace import Workspace, open_workspace

_COMMENT_LENGTH = 65_000
"""Of the 65,536 characters that GitHub takes, without the marker."""


def ci(
    context: typer.Context,
    base: BaseOption = None,
    head: Annotated[str | None, typer.Option(metavar="REF", help="Check this ref, not the working tree.")] = None,
    format_: FormatOption = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    comment: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the comment for `platctl comment`.")
    ] = None,
    id_: Annotated[
        str | None,
        typer.Option("--id", metavar="NAME", help="Tells comments on one pull request apart; the folder's name."),
    ] = None,
    new_only: NewOnlyOption = False,
    baseline: BaselineOption = None,
    fail_on: Annotated[
        str,
        typer.Option(
            metavar="LEVEL",
            help="Exit 1 from this level on: breaks, must-act, at-risk or never.",
            autocompletion=completions([*THRESHOLDS, "never"]),
        ),
    ] = "breaks",
    fail_on_finding: Annotated[
        str,
        typer.Option(
            metavar="SEVERITY",
            help="Exit 1 from this severity on: error, warning, info or never.",
            autocompletion=completions([*Severity, "never"]),
        ),
    ] = "error",
    no_fetch: Annotated[
        bool, typer.Option("--no-fetch", help="Don't fetch what this clone lacks to find the base.")
    ] = False,
    today: TodayOption = None,
) -> int:
    """Check a change in a pipeline: what it breaks, and what is wrong with it."""
    options: Globals = context.obj
    host = detect(os.environ)
    wanted = _wanted(host, targets(format_, output, reports))
    if comment and any(each.file and is_same(each.file, comment) for each in wanted):
        raise CliError(f"a report and the comment can't be one file: `{comment.name}`", "give each its own name")
    if id_ is not None and not is_id(id_):
        raise CliError(f"`--id` can't be `{id_}`", "write small letters, digits, `.`, `_` and single `-`")
    asked = CheckOptions(
        day("--today", today),
        threshold(fail_on, Level, THRESHOLDS),
        threshold(fail_on_finding, Severity, Severity, "--fail-on-finding"),
        new_only,
    )
    workspace = open_workspace(options.directory)
    run = _CheckRun(workspace, host, options, comment, Marker(id_ or id_for(workspace.source.prefix), run=host.run))
    try:
        report, marker = run.check(base, head, asked, baseline, fetches=not no_fetch)
    except SourceError as error:
        run.tell_unknown(error)
        raise
    run.tell(report, marker, wanted)
    return 0 if report.outcome is CheckOutcome.PASS else 1


def _wanted(host: Host, asked: tuple[OutputTarget, ...]) -> tuple[OutputTarget, ...]:
    """In GitHub Actions also annotations, unless the log holds what another program reads."""
    is_log = all(each.format == "text" for each in asked if each.file is None)
    return (*asked, OutputTarget("github", None)) if host.kind is HostKind.GITHUB and is_log else asked


@dataclass(frozen=True)
class _CheckRun:
    workspace: Workspace
    host: Host
    options: Globals
    comment: Path | None
    marker: Marker

    def check(
        self, base: str | None, head: str | None, asked: CheckOptions, baseline: Path | None, *, fetches: bool
    ) -> tuple[CiReport, Marker]:
        """The report, and the marker that says what was compared."""
        source = self.workspace.source
        fetch = Fetch(source.git, note) if fetches else None
        at = find_head(source, head, fetch)
        found = find_base(source, base, head, os.environ, fetch)
        same_settings(self.workspace, found, self.options.directory)
        if fetch:
            fetch.files(found.commit, source.prefix)
        tree = source.working_tree() if head is None else source.at(at)
        known = baseline_at(source, found, baseline) if baseline else frozenset()
        asked = replace(asked, today=asked.today or day_of(self.workspace, found, tree.date), known=known)
        compared = Compared(tree.label, found.short, found.how)
        report = check(base_model(self.workspace, found), self.workspace.model(tree), compared, asked)
        if known and not asked.new_only:
            note_unneeded(known, report.validation)
        return report, replace(self.marker, base=found.commit, head=at.commit, quiet=report.is_quiet)

    def tell(self, report: CiReport, marker: Marker, wanted: tuple[OutputTarget, ...]) -> None:
        """Delivers the report to all who want it."""
        answer = _answer(report, self.options)
        deliver(answer, wanted, self.options, self._comment(marker, _comment_page(report)))
        if self.host.summary:
            add_summary(self.host.summary, _comment_page(report))
        if self.host.outputs:
            add_outputs(self.host.outputs, outputs_of(report))

    def tell_unknown(self, error: SourceError) -> None:
        """A comment and a summary that claim nothing, in the place of those of an earlier run."""
        from platctl.questions.ci.page import not_checked

        page = not_checked(error.message, error.help)
        write(self._comment(self.marker, page))
        if self.host.summary:
            add_summary(self.host.summary, page)
        if self.host.outputs:
            add_outputs(self.host.outputs, NO_OUTPUTS)

    def _comment(self, marker: Marker, page: Page) -> list[tuple[str, Path]]:
        from platctl.render.page.markdown import render

        text = render(page, limit=_COMMENT_LENGTH) if self.comment else ""
        return [(str(Comment(marker, text)), self.comment)] if self.comment else []


def _answer(report: CiReport, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.ci.page import page

        return page(report, quiet=options.quiet)

    def alerts() -> Alerts:
        from platctl.questions.ci.page import alerts

        return alerts(report)

    return ReportViews("ci", report, shown, lambda: _comment_page(report), alerts)


def _comment_page(report: CiReport) -> Page:
    from platctl.questions.ci.page import comment

    return comment(report)
