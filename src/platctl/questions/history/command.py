"""`platctl history`: what has happened to an entity, or to the whole plan, in the commits so far?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.formats import CsvTable, ReportViews, format_option
from platctl.shell.options import (
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    OutputOption,
    ReportOption,
    SelectOption,
    entities,
)

if TYPE_CHECKING:
    from platctl.page import Page
    from platctl.questions.history.report import OverviewReport, StoryReport


class StoryViews(ReportViews):
    """What happened to one entity."""

    report: "StoryReport"
    kind = "history"

    def page(self) -> "Page":
        from platctl.questions.history.page import story_page

        return story_page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.history.page import HEADER_OF_STORY, story_rows

        return HEADER_OF_STORY, story_rows(self.report)


class OverviewViews(ReportViews):
    """How well plans held."""

    report: "OverviewReport"
    kind = "history-of-all"

    def page(self) -> "Page":
        from platctl.questions.history.overview_page import overview_page

        return overview_page(self.report, quiet=self.options.quiet)

    def table(self) -> "CsvTable":
        from platctl.questions.history.overview_page import HEADER_OF_SLIPS, slip_rows

        return HEADER_OF_SLIPS, slip_rows(self.report)


def history(
    context: typer.Context,
    entity: Annotated[
        str | None,
        typer.Argument(
            metavar="[ENTITY]",
            help="The entity, as an id or `KIND:ID`; it may have been deleted.",
            autocompletion=entities(),
        ),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Show instead how well plans held up across all initiatives.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Start on this day (UTC); with --all, with the period of this day."),
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    head: Annotated[str, typer.Option(metavar="REF", help="Show the history up to this ref.")] = "HEAD",
    format_: Annotated[str, format_option(StoryViews)] = "text",
    output: OutputOption = None,
    reports: ReportOption = None,
) -> int:
    """Show what the commits up to HEAD did to an entity, or how well plans held up in them."""
    from platctl.model.lookup import find_any
    from platctl.outlook.choosing import chooser
    from platctl.outlook.lifelines import lives
    from platctl.questions.history.derive import story
    from platctl.questions.history.overview import overview
    from platctl.shell.errors import CliError
    from platctl.shell.selecting import choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import deliver, targets
    from platctl.shell.values import day
    from platctl.workspace.past_reader import read_past
    from platctl.workspace.workspace import no_model

    options: Globals = context.obj
    wanted = targets(StoryViews, format_, output, reports)
    if all_ == (entity is not None):
        raise CliError("no entity is named", "use `platctl history ENTITY`, or `platctl history --all`")
    wish, from_ = choice(select, exclude, fail_on_empty=fail_on_empty), day("--since", since)
    if wish.label and not all_:
        raise CliError("`--select` and `--exclude` choose among all entities", "use them with `platctl history --all`")
    if wish.needs_base:
        raise CliError("`state:` compares two states, but a history has many", "omit it")
    session = open_session(options, head=head, notes_unread=True)
    if session.is_folder:
        raise CliError(f"`{head}` is a folder, and has no history", "name a ref: `--head REF`")
    past = read_past(session.workspace, session.commit)
    found = lives(past)
    if not found.named:
        raise no_model(session.tree, session.workspace.model(session.tree, may_be_empty=True))
    if entity is not None:
        told = story(past, found.named[find_any(found.model(), entity)], from_)
        deliver(StoryViews(told, options), wanted)
        return 0
    only = wish.entities(chooser(session.model)) if wish.label else None
    deliver(OverviewViews(overview(past, found, from_, only, wish.label), options), wanted)
    return 0
