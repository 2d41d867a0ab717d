"""`platctl history`: what has happened to an entity, or to the whole plan, in the commits so far?"""

from typing import Annotated

import typer

from platctl.model.calendar import Date
from platctl.model.lookup import find_any
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.page import Page
from platctl.shell.errors import CliError
from platctl.shell.formats import PAGE_FORMATS, ReportViews, deliver, format_option, targets
from platctl.shell.options import Globals, OutputOption, day
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.workspace.past_reader import read_past
from platctl.workspace.workspace import open_workspace

FORMATS = (*PAGE_FORMATS, "csv")


def history(
    context: typer.Context,
    entity: Annotated[
        str | None,
        typer.Argument(metavar="[ENTITY]", help="Whose story: an id or `KIND:ID`, also one that is gone."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Instead: how well plans held, over all initiatives.")] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only from this day on; with --all, from the period of this day on."),
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    format_: Annotated[str, format_option(FORMATS)] = "text",
    output: OutputOption = None,
) -> int:
    """Tell what the commits up to HEAD did to an entity, or how well plans held in them."""
    options: Globals = context.obj
    wanted = targets(format_, output, None, FORMATS)
    if all_ == (entity is not None):
        raise CliError("whose history?", "write `platctl history ENTITY`, or `platctl history --all`")
    wish, from_ = choice(select, exclude, fail_on_empty=fail_on_empty), day("--since", since)
    if wish.label and not all_:
        raise CliError(
            "`--select` and `--exclude` choose among all entities", "write `platctl history --all` with them"
        )
    if wish.needs_base:
        raise CliError("`state:` compares two states, and a history has many", "leave it out")
    workspace = open_workspace(options.directory)
    past = read_past(workspace)
    if entity is not None:
        deliver(_story(past, entity, from_, options), wanted, options)
        return 0
    only = None
    if wish.label:
        from platctl.outlook.choosing import chooser

        only = wish.entities(chooser(workspace.model(workspace.source.at("HEAD"))))
    deliver(_overview(past, from_, only, wish.label, options), wanted, options)
    return 0


def _story(past: Past, name: str, since: Date | None, options: Globals) -> ReportViews:
    from platctl.questions.history.derive import story
    from platctl.questions.history.lifelines import lives

    found = lives(past)
    report = story(past, found.named[find_any(found.model(), name)], since)

    def shown() -> Page:
        from platctl.questions.history.page import story_page

        return story_page(report, quiet=options.quiet)

    def csv() -> str:
        from platctl.questions.history.page import HEADER_OF_STORY, story_rows
        from platctl.render.data.csv import render

        return render(HEADER_OF_STORY, story_rows(report))

    return ReportViews("history", report, shown, own={"csv": csv})


def _overview(past: Past, since: Date | None, only: frozenset[Ref] | None, label: str, options: Globals) -> ReportViews:
    from platctl.questions.history.lifelines import lives
    from platctl.questions.history.overview import overview

    report = overview(past, lives(past), since, only, label)

    def shown() -> Page:
        from platctl.questions.history.overview_page import overview_page

        return overview_page(report, quiet=options.quiet)

    def csv() -> str:
        from platctl.questions.history.overview_page import HEADER_OF_SLIPS, slip_rows
        from platctl.render.data.csv import render

        return render(HEADER_OF_SLIPS, slip_rows(report))

    return ReportViews("history-of-all", report, shown, own={"csv": csv})
