"""`platctl roadmap`: what comes when, as one audience may see it?"""

import contextlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from platctl.analysis.audience import open_to
from platctl.analysis.choice import chooser
from platctl.analysis.roadmap import RoadmapOptions, Roadmaps
from platctl.analysis.roadmap_facts import SUBJECTS
from platctl.cli.app import Globals
from platctl.cli.audience import AudienceOption, audience_named, day_of_reading
from platctl.cli.errors import CliError
from platctl.cli.formats import Target, deliver, format_option, rendered, targets
from platctl.cli.options import OutputOption, TodayOption, completions, day, one_of
from platctl.cli.publishing import Publication, in_file, in_folder, in_page
from platctl.cli.roadmap_formats import FORMATS, Style, answer, files, format_of
from platctl.cli.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.model.audience import BuiltIn
from platctl.model.calendar import Date, parse_period
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.render.dialect import DIALECTS, GITHUB
from platctl.render.front_matter import Generator
from platctl.report.roadmap import Grouping, View
from platctl.source.errors import SourceError
from platctl.workspace.workspace import open_workspace


def roadmap(
    context: typer.Context,
    view: Annotated[
        str,
        typer.Option(metavar="VIEW", help=f"{', '.join(View)}.", autocompletion=completions(View)),
    ] = View.NOW_NEXT_LATER.value,
    audience: AudienceOption = None,
    about: Annotated[
        str | None,
        typer.Option("--for", metavar="ENTITY", help="The page of one consumer, team, goal or component."),
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option(metavar="WHAT", help=f"{', '.join(Grouping)}.", autocompletion=completions(Grouping)),
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="DATE|PERIOD", help="Only work that ends on or after that day.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE|PERIOD", help="Only work that begins on or before that day.")
    ] = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    chosen: Annotated[str | None, format_option(FORMATS)] = None,
    dialect: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help=f"Where Markdown is read: {', '.join(DIALECTS)}.",
            autocompletion=completions(DIALECTS),
        ),
    ] = GITHUB.name,
    front_matter: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=f"Begin Markdown pages with front matter for {', '.join(Generator)}.",
            autocompletion=completions(Generator),
        ),
    ] = None,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write by a Jinja template of your own, in a sandbox.")
    ] = None,
    output: OutputOption = None,
    output_dir: Annotated[
        Path | None,
        typer.Option("--output-dir", metavar="DIR", help="Write a page for each consumer, team, goal and component."),
    ] = None,
    index: Annotated[str, typer.Option(metavar="NAME", help="What the first page of a folder is called.")] = "index",
    inject: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Replace what stands between two markers of this page."),
    ] = None,
    marker: Annotated[str, typer.Option(metavar="NAME", help="Which markers: `<!-- platctl:begin NAME -->`.")] = (
        "roadmap"
    ),
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit 1 with a diff if a page is out of date.")
    ] = False,
    today: TodayOption = None,
) -> int:
    """Show what comes when, and what it brings and asks of whom."""
    options: Globals = context.obj
    places = [each for each in (output, output_dir, inject) if each and str(each) != "-"]
    if len(places) > 1:
        raise CliError("`--output`, `--output-dir` and `--inject` don't go together", "give one of them")
    if check and not places:
        raise CliError("`--check` needs a page to look at", "add `--output`, `--output-dir` or `--inject`")
    style = Style(
        chosen or format_of(output, is_page=bool(output_dir or inject)),
        DIALECTS[one_of("--dialect", dialect, DIALECTS)],
        Generator(one_of("--front-matter", front_matter, Generator)) if front_matter else None,
        template,
    )
    wanted = targets(style.format, output, None, FORMATS)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    reader = audience_named(model.config, audience or BuiltIn.PRODUCT_MANAGERS.value)
    asked = RoadmapOptions(
        audience=reader,
        today=day_of_reading(day("--today", today) or tree.date),
        view=View(one_of("--view", view, View)),
        group_by=Grouping(one_of("--group-by", group_by, Grouping)) if group_by else None,
        only=wish.entities(chooser(open_to(model, reader))),
        start=_bound("--from", start, model, is_first=True),
        end=_bound("--to", end, model, is_first=False),
    )
    if asked.start and asked.end and asked.start > asked.end:
        raise CliError(f"`--from {start}` begins after `--to {end}` ends", "exchange them")
    roadmaps = Roadmaps(model, tree.label, asked)
    if output_dir:
        if about:
            raise CliError("`--output-dir` writes all pages", "leave out `--for`, or give `--output`")
        return _published(in_folder(files(roadmaps.pages(asked), index, style), output_dir), options, check=check)
    asked = replace(asked, about=_subject(roadmaps.model, about)) if about else asked
    found = answer(roadmaps.report(asked), options, style, is_part=inject is not None)
    if inject or check:
        text = rendered(found, Target(style.format, inject or output), options)
        place = in_page(text, inject, marker) if inject else in_file(text, output or Path())
        return _published(place, options, check=check)
    deliver(found, wanted, options)
    return 0


def _published(publication: Publication, options: Globals, *, check: bool) -> int:
    return publication.check() if check else publication.publish(quiet=options.quiet)


def _bound(option: str, text: str | None, model: Model, *, is_first: bool) -> Date | None:
    """The first or the last day of what is written: a day, or a period."""
    if text is None:
        return None
    with contextlib.suppress(ValueError):
        bounds = model.config.calendar.calendar.bounds(parse_period(text))
        return bounds[0] if is_first else bounds[1]
    try:
        return day(option, text)
    except CliError as error:
        raise CliError(error.message, "write a day, such as `2027-03-31`, or a period, such as `2027-Q1`") from error


def _subject(model: Model, text: str) -> Ref:
    """The entity that a page is wanted for. Raises SourceError with names like it that the audience may see."""
    kind, colon, _ = text.partition(":")
    if colon:
        return find(model, text, one_of("--for", kind.lower(), SUBJECTS))
    problems: list[SourceError] = []
    for each in SUBJECTS:
        try:
            return find(model, text, each)
        except SourceError as error:
            problems.append(error)
    nearest = min(problems, key=lambda error: "did you mean" not in error.help)
    message = f"no {', '.join(SUBJECTS[:-1])} or {SUBJECTS[-1]} is called `{text}`"
    raise SourceError(message, nearest.help if "did you mean" in nearest.help else "")
