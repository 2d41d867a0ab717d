"""`platctl changelog`: what changed in the plan, in words a stakeholder reads."""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.record import record
from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    AudienceOption,
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
    entities,
)

if TYPE_CHECKING:
    from platctl.model.calendar import Date
    from platctl.model.model import Model
    from platctl.model.ref import Ref
    from platctl.model.settings.audience import Audience
    from platctl.page import Page
    from platctl.questions.changelog.derive import ChangelogOptions
    from platctl.questions.changelog.report import ChangelogReport
    from platctl.shell.session import Base, Session


class ChangelogViews(ReportViews):
    """What moved; the first `most` of each kind, and how many more."""

    report: "ChangelogReport"
    kind = "changelog"
    most = 20

    def page(self) -> "Page":
        from platctl.questions.changelog.page import page

        return page(self.report, most=self.most, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.changelog.table import HEADER, rows

        return HEADER, rows(self.report)


def changelog(
    context: typer.Context,
    start: Annotated[
        str | None,
        typer.Argument(metavar="[START]", help="Start: a commit or folder. With --since, a single argument is END."),
    ] = None,
    end: Annotated[
        str | None,
        typer.Argument(metavar="[END]", help="End: a commit or folder.", show_default="the working tree"),
    ] = None,
    base: BaseOption = None,
    head: HeadOption = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Start at the last first-parent commit on or before this day (UTC)."),
    ] = None,
    for_: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="CONSUMER",
            help="Report only what concerns this consumer.",
            autocompletion=entities("consumer"),
        ),
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    audience: AudienceOption = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="Show the first N of each kind of change, and count the rest.")
    ] = 20,
    format_: Annotated[str, format_option(ChangelogViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
    fetch: FetchOption = False,
    today: TodayOption = None,
) -> int:
    """Show what changed in the plan since a commit or a day."""
    from dataclasses import replace

    from platctl.model.completion import with_unread
    from platctl.outlook.choosing import chooser
    from platctl.questions.changelog.derive import ChangelogOptions
    from platctl.questions.changelog.derive import changelog as derive
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets

    options: Globals = context.obj
    wanted = targets(ChangelogViews, format_, output, reports)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    ends = _ends(start, end, base, head, since)
    session = open_session(options, today=today, head=ends.head, fetches=fetch)
    before = _before(session, ends)
    was, now = before.model, with_unread(before.model, session.model)
    states = ((before.tree.label, was), (session.tree.label, now))
    asked = ChangelogOptions(
        today=session.today,
        since=before.tree.date,
        incomplete=tuple(label for label, model in states if not model.is_complete),
    )
    if audience:
        asked, was, now = _as_seen_by(audience, asked, was, now, session.day)
    asked = replace(
        asked,
        only=wish.entities(chooser(now, was, today=session.today)),
        consumer=_consumer(for_, session.model, now, asked.audience) if for_ else None,
    )
    asked = _with_history(session, before, now, asked)
    report = derive(was, now, session.compared(before, only=wish.label), asked)
    views = ChangelogViews(report, options)
    views.most = limit
    deliver(views, wanted)
    return 0


@record
class _Ends:
    """The ends as typed. The comparison starts at `start` itself, at the merge base of `base`, or at `since`."""

    start: str | None
    base: str | None
    since: "Date | None"
    head: str | None


def _ends(start: str | None, end: str | None, base: str | None, head: str | None, since: str | None) -> _Ends:
    """Both ends. Raises CliError if an end is given twice, or no start is given."""
    from platctl.shell.errors import CliError
    from platctl.shell.values import day

    if since and start is not None and end is None:
        start, end = None, start
    if sum(each is not None for each in (start, base, since)) > 1:
        raise CliError("the start is given twice", "use only one of START, `--base` and `--since`")
    if end is not None and head is not None:
        raise CliError("the end is given twice", "use only one of END and `--head`")
    if start is base is since is None:
        raise CliError(
            "no start is given", "name a commit, such as `v1.2` or `HEAD~10`, or a day: `--since 2026-10-01`"
        )
    return _Ends(start, base, day("--since", since), end if head is None else head)


def _before(session: "Session", ends: _Ends) -> "Base":
    """The state at the start."""
    from platctl.source.git.commit_of_day import commit_of

    if ends.since:
        head = session.commit
        return session.at(commit_of(session.workspace.source.git, ends.since, head))
    if ends.start is None:
        return session.base(ends.base)
    return session.folder(ends.start) or session.at(session.named(ends.start))


def _consumer(text: str, model: "Model", seen: "Model", reader: "Audience | None") -> "Ref":
    """The consumer that `--for` names, in what the audience may see."""
    from functools import partial

    from platctl.model.lookup import find
    from platctl.shell.audience import found_for

    search = partial(find, text=text, kind="consumer")
    return found_for("--for", search, model, seen, reader) if reader else search(seen)


def _reads_days(asked: "ChangelogOptions") -> bool:
    """Whether the audience may know of every slip, including those within a period."""
    from platctl.model.settings.audience import Precision

    return asked.dates is None or asked.dates.precision is Precision.DAY


def _with_history(session: "Session", before: "Base", head: "Model", asked: "ChangelogOptions") -> "ChangelogOptions":
    """The question with what git knows of the time between both states; a folder has no history."""
    from dataclasses import replace

    from platctl.outlook.recollection import recall
    from platctl.questions.changelog.seen_states import as_seen_then
    from platctl.workspace.past_reader import read_past

    reader = asked.audience
    if before.commit is None or session.is_folder or (reader and not reader.reads("status")):
        return asked
    past = read_past(session.workspace, session.commit)
    seen = as_seen_then(past.config, reader, asked.today) if reader and asked.today else None
    history = recall(past, before.commit, head, asked.today, seen)
    return replace(asked, history=history, counts_slips=_reads_days(asked) and not past.is_cut)


def _as_seen_by(
    name: str, asked: "ChangelogOptions", base: "Model", head: "Model", today: "Date"
) -> "tuple[ChangelogOptions, Model, Model]":
    """The question and both states for an audience of head's settings."""
    from dataclasses import replace

    from platctl.outlook.audience import dates_of
    from platctl.questions.changelog.seen_states import both_seen_by
    from platctl.shell.audience import audience_named, note_doubts

    reader = audience_named(head.config, name)
    note_doubts(reader, base, head)
    seen = both_seen_by(base, head, reader, today)
    return replace(asked, audience=reader, dates=dates_of(head, reader, today)), *seen
