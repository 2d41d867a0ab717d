"""`platctl roadmap`: what comes when, as one audience may see it?"""

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from platctl.model.calendar import Date, parse_period
from platctl.model.lookup import find_any
from platctl.model.model import Model
from platctl.model.vocabulary import BuiltIn
from platctl.outlook.audience import open_to
from platctl.outlook.choosing import chooser
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.derive import RoadmapOptions, Roadmaps
from platctl.questions.roadmap.facts import SUBJECTS
from platctl.questions.roadmap.formats import FORMATS, Style, answer, files, format_of
from platctl.questions.roadmap.options import (
    CheckOption,
    DialectOption,
    ForOption,
    FromOption,
    FrontMatterOption,
    GroupByOption,
    IndexOption,
    InjectOption,
    MarkerOption,
    OutputDirOption,
    TemplateOption,
    ToOption,
    ViewOption,
)
from platctl.questions.roadmap.publishing import Publication, in_file, in_folder, in_page
from platctl.render.data.front_matter import SiteGenerator
from platctl.render.page.markdown_dialect import DIALECTS, GITHUB
from platctl.shell.audience import AudienceOption, audience_named, day_of_reading
from platctl.shell.errors import CliError
from platctl.shell.formats import OutputTarget, deliver, format_option, rendered, targets
from platctl.shell.options import Globals, OutputOption, TodayOption, day, one_of
from platctl.shell.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.workspace.workspace import open_workspace


def roadmap(
    context: typer.Context,
    view: ViewOption = View.NOW_NEXT_LATER.value,
    audience: AudienceOption = None,
    about: ForOption = None,
    group_by: GroupByOption = None,
    start: FromOption = None,
    end: ToOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    chosen: Annotated[str | None, format_option(FORMATS)] = None,
    dialect: DialectOption = GITHUB.name,
    front_matter: FrontMatterOption = None,
    template: TemplateOption = None,
    output: OutputOption = None,
    output_dir: OutputDirOption = None,
    index: IndexOption = "index",
    inject: InjectOption = None,
    marker: MarkerOption = "roadmap",
    check: CheckOption = False,
    today: TodayOption = None,
) -> int:
    """Show what comes when, and what it brings and asks of whom."""
    options: Globals = context.obj
    place = _Destination(output, output_dir, inject, marker, check)
    style = Style(
        chosen or format_of(output, is_page=bool(output_dir or inject)),
        DIALECTS[one_of("--dialect", dialect, DIALECTS)],
        SiteGenerator(one_of("--front-matter", front_matter, SiteGenerator)) if front_matter else None,
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
        return place.folder(files(roadmaps.pages(asked), index, style), options)
    asked = replace(asked, about=find_any(roadmaps.model, about, SUBJECTS)) if about else asked
    found = answer(roadmaps.report(asked), options, style, is_part=inject is not None)
    if inject or check:
        return place.page(rendered(found, OutputTarget(style.format, inject or output), options), options)
    deliver(found, wanted, options)
    return 0


@dataclass(frozen=True, slots=True)
class _Destination:
    """Where pages go, or which of them are looked at."""

    output: Path | None
    output_dir: Path | None
    inject: Path | None
    marker: str
    check: bool

    def __post_init__(self) -> None:
        given = [each for each in (self.output, self.output_dir, self.inject) if each and str(each) != "-"]
        if len(given) > 1:
            raise CliError("`--output`, `--output-dir` and `--inject` don't go together", "give one of them")
        if self.check and not given:
            raise CliError("`--check` needs a page to look at", "add `--output`, `--output-dir` or `--inject`")

    def folder(self, texts: list[tuple[str, str]], options: Globals) -> int:
        """All pages of a folder; returns the exit code."""
        return self._published(in_folder(texts, self.output_dir or Path()), options)

    def page(self, text: str, options: Globals) -> int:
        """One page, or a part of one; returns the exit code."""
        found = in_page(text, self.inject, self.marker) if self.inject else in_file(text, self.output or Path())
        return self._published(found, options)

    def _published(self, publication: Publication, options: Globals) -> int:
        return publication.check() if self.check else publication.publish(quiet=options.quiet)


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
