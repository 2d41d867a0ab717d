"""`platctl changelog`: what changed in the plan, in words a stakeholder reads."""

from dataclasses import replace
from typing import Annotated

import typer

from platctl.analysis.audience import dates_of
from platctl.analysis.changelog import ChangelogOptions
from platctl.analysis.changelog import changelog as derive
from platctl.analysis.choice import chooser
from platctl.analysis.seen_states import both_seen_by
from platctl.cli.app import Globals
from platctl.cli.audience import AudienceOption, audience_named, day_of_reading
from platctl.cli.errors import CliError
from platctl.cli.formats import PAGE_FORMATS, Answer, PageFormatOption, deliver, targets
from platctl.cli.options import OutputOption, TodayOption, day
from platctl.cli.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.page import Page
from platctl.report.changelog import ChangelogReport
from platctl.report.impact import Compared
from platctl.source.refs import Resolved, resolve_ref
from platctl.source.since import commit_of
from platctl.source.tree import Tree
from platctl.workspace.workspace import Workspace, folder_named, open_workspace


def changelog(
    context: typer.Context,
    base: Annotated[
        str | None,
        typer.Argument(metavar="[BASE]", help="Since this commit, or folder; with --since, HEAD stands here."),
    ] = None,
    head: Annotated[
        str | None, typer.Argument(metavar="[HEAD]", help="Up to this commit; the working tree if left out.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Since the last first-parent commit that was committed up to that day, UTC."),
    ] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="CONSUMER", help="Only what concerns this consumer.")
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    audience: AudienceOption = None,
    most: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show so many of each kind of change, and count the rest.")
    ] = 20,
    format_: PageFormatOption = "text",
    output: OutputOption = None,
    today: TodayOption = None,
) -> int:
    """Say what changed in the plan since a commit or a day."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, PAGE_FORMATS)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    workspace = open_workspace(options.directory)
    before, after, how = _states(workspace, base, head, since)
    was, now = workspace.model(before), workspace.model(after)
    asked = ChangelogOptions(
        today=day("--today", today) or after.date,
        since=before.date,
        incomplete=tuple(tree.label for tree, model in ((before, was), (after, now)) if not model.is_complete),
    )
    if audience:
        asked, was, now = _as_seen_by(audience, asked, was, now)
    asked = replace(
        asked,
        only=wish.entities(chooser(now, was)),
        consumer=find(now, for_, "consumer") if for_ else None,
    )
    report = derive(was, now, Compared(after.label, before.label, how, only=wish.label), asked)
    deliver(_answer(report, most, options), wanted, options)
    return 0


def _states(workspace: Workspace, base: str | None, head: str | None, since: str | None) -> tuple[Tree, Tree, str]:
    """Both states, and how base was found."""
    until = day("--since", since)
    if until and head:
        raise CliError("`--since` finds the base, so that only HEAD can be given", "leave out the first commit")
    if until:
        end = _commit(workspace, base or "HEAD")
        after = workspace.source.at(end) if base else workspace.source.working_tree()
        found = commit_of(workspace.source.git, until, end)
        return workspace.source.at(found), after, found.how
    if base is None:
        raise CliError("since when?", "name a commit, such as `v1.2` or `HEAD~10`, or a day: `--since 2026-10-01`")
    after = workspace.source.at(_commit(workspace, head)) if head else workspace.source.working_tree()
    if folder := folder_named(workspace.source, base):
        return folder, after, ""
    found = _commit(workspace, base)
    return workspace.source.at(found), after, found.how


def _as_seen_by(name: str, asked: ChangelogOptions, base: Model, head: Model) -> tuple[ChangelogOptions, Model, Model]:
    """The question and both states for an audience of head's settings."""
    reader, today = audience_named(head.config, name), day_of_reading(asked.today)
    seen = both_seen_by(base, head, reader, today)
    return replace(asked, audience=reader, dates=dates_of(head, reader, today)), *seen


def _commit(workspace: Workspace, ref: str) -> Resolved:
    return resolve_ref(workspace.source.git, ref)


def _answer(report: ChangelogReport, most: int, options: Globals) -> Answer:
    def shown() -> Page:
        from platctl.view.changelog import page

        return page(report, most=most, quiet=options.quiet)

    return Answer("changelog", report, shown)
