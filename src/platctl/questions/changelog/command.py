"""`platctl changelog`: what changed in the plan, in words a stakeholder reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import typer

from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.audience import Precision
from platctl.outlook.audience import dates_of
from platctl.outlook.choosing import chooser
from platctl.outlook.compared import Compared
from platctl.page import Page
from platctl.questions.changelog.derive import ChangelogOptions, with_slips
from platctl.questions.changelog.derive import changelog as derive
from platctl.questions.changelog.report import ChangelogReport, Kind
from platctl.questions.changelog.seen_states import both_seen_by
from platctl.shell.audience import AudienceOption, audience_named, day_of_reading
from platctl.shell.errors import CliError
from platctl.shell.formats import PAGE_FORMATS, PageFormatOption, ReportViews, deliver, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, day
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.source.git.commit_of_day import commit_of
from platctl.source.git.refs import Resolved, resolve_ref
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
    states = _states(workspace, base, head, since)
    before, after = states.base, states.head
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
    compared = Compared(after.label, before.label, states.how, only=wish.label)
    report = derive(was, now, compared, asked)
    if Kind.SLIPPED in report.totals and _reads_days(asked):
        slips = _slips(workspace, states)
        report = report if slips is None else with_slips(report, slips)
    deliver(_answer(report, most, options), wanted, options)
    return 0


@dataclass(frozen=True, slots=True)
class _States:
    """Both states, how base was found, and their commits; a folder has none, a working tree that of HEAD."""

    base: Tree
    head: Tree
    how: str = ""
    from_: str | None = None
    to: str | None = None


def _states(workspace: Workspace, base: str | None, head: str | None, since: str | None) -> _States:
    until = day("--since", since)
    if until and head:
        raise CliError("`--since` finds the base, so that only HEAD can be given", "leave out the first commit")
    if not until and base is None:
        raise CliError("since when?", "name a commit, such as `v1.2` or `HEAD~10`, or a day: `--since 2026-10-01`")
    named = base if until else head
    end = _commit(workspace, named or "HEAD") if until or named or workspace.source.is_git else None
    after = workspace.source.at(end) if end and named else workspace.source.working_tree()
    if base and not until and (folder := folder_named(workspace.source, base)):
        return _States(folder, after)
    git, to = workspace.source.git, end or _commit(workspace, "HEAD")
    found = commit_of(git, until, to) if until else _commit(workspace, base or "HEAD")
    return _States(workspace.source.at(found), after, found.how, found.commit, to.commit)


def _reads_days(asked: ChangelogOptions) -> bool:
    """Whether who reads it may know of every slip, also of those within a period."""
    return asked.dates is None or asked.dates.precision is Precision.DAY


def _slips(workspace: Workspace, states: _States) -> Mapping[Ref, int] | None:
    """How often work had slipped before, as git tells."""
    from platctl.questions.history.lifelines import lives
    from platctl.questions.history.overview import slips_before
    from platctl.workspace.past_reader import read_past

    if states.from_ is None or states.to is None:
        return None
    past = read_past(workspace)
    return slips_before(past, lives(past), states.from_, states.to)


def _as_seen_by(name: str, asked: ChangelogOptions, base: Model, head: Model) -> tuple[ChangelogOptions, Model, Model]:
    """The question and both states for an audience of head's settings."""
    reader, today = audience_named(head.config, name), day_of_reading(asked.today)
    seen = both_seen_by(base, head, reader, today)
    return replace(asked, audience=reader, dates=dates_of(head, reader, today)), *seen


def _commit(workspace: Workspace, ref: str) -> Resolved:
    return resolve_ref(workspace.source.git, ref)


def _answer(report: ChangelogReport, most: int, options: Globals) -> ReportViews:
    def shown() -> Page:
        from platctl.questions.changelog.page import page

        return page(report, most=most, quiet=options.quiet)

    return ReportViews("changelog", report, shown)
