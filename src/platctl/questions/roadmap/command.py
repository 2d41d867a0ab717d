"""`platctl roadmap`: what is planned when, as one audience may see it?"""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.model.vocabulary import BuiltIn
from platctl.questions.roadmap.choices import Grouping, View
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
from platctl.questions.roadmap.views import RoadmapViews, files, format_of
from platctl.render.page.markdown_dialect import DIALECTS, GITHUB, SiteGenerator
from platctl.shell.formats import Style, format_option, rendered
from platctl.shell.options import (
    AudienceOption,
    BaseOption,
    DryRunOption,
    ExcludeOption,
    FailOnEmptyOption,
    Globals,
    HeadOption,
    OutputOption,
    ReportOption,
    SelectOption,
    TodayOption,
)

if TYPE_CHECKING:
    from platctl.model.calendar import Date
    from platctl.model.model import Model


def roadmap(
    context: typer.Context,
    base: BaseOption = None,
    head: HeadOption = None,
    view: ViewOption = View.NOW_NEXT_LATER.value,
    audience: AudienceOption = None,
    about: ForOption = None,
    group_by: GroupByOption = None,
    start: FromOption = None,
    end: ToOption = None,
    select: SelectOption = None,
    exclude: ExcludeOption = None,
    fail_on_empty: FailOnEmptyOption = False,
    chosen: Annotated[str | None, format_option(RoadmapViews)] = None,
    dialect: DialectOption = GITHUB.name,
    front_matter: FrontMatterOption = None,
    template: TemplateOption = None,
    output: OutputOption = None,
    reports: ReportOption = None,
    output_dir: OutputDirOption = None,
    index: IndexOption = "index",
    inject: InjectOption = None,
    marker: MarkerOption = "roadmap",
    check: CheckOption = False,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Show what is planned when, what it brings to whom, and what it requires from whom."""
    from dataclasses import replace
    from functools import partial

    from platctl.model.lookup import find_any
    from platctl.outlook.audience import open_to
    from platctl.outlook.choosing import chooser
    from platctl.questions.roadmap.derive import RoadmapOptions, Roadmaps
    from platctl.questions.roadmap.facts import SUBJECTS
    from platctl.questions.roadmap.publishing import Destination
    from platctl.shell.audience import audience_named, found_for, note_doubts
    from platctl.shell.errors import CliError
    from platctl.shell.selecting import base_of, choice
    from platctl.shell.session import open_session
    from platctl.shell.targets import check_part, deliver, targets
    from platctl.shell.values import one_of

    options: Globals = context.obj
    if reports and (output_dir or inject or check or dry_run):
        raise CliError("`--report` writes a whole report", "omit `--output-dir`, `--inject`, `--check` and `--dry-run`")
    place = Destination(output, output_dir, inject, marker, check, dry_run)
    style = Style(
        DIALECTS[one_of("--dialect", dialect, DIALECTS)],
        SiteGenerator(one_of("--front-matter", front_matter, SiteGenerator)) if front_matter else None,
        template,
    )
    format_ = chosen or format_of(output, is_page=bool(output_dir or inject))
    if not reports:
        check_part(options, [format_])
    wanted = targets(RoadmapViews, format_, output, reports)
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    session = open_session(options, today=today, head=head, notes_unread=True)
    model = session.model
    was = base_of(session, wish, base)
    reader = audience_named(model.config, audience or BuiltIn.PRODUCT_MANAGERS.value)
    note_doubts(reader, model)
    asked = RoadmapOptions(
        audience=reader,
        today=session.day,
        view=View(one_of("--view", view, View)),
        group_by=Grouping(one_of("--group-by", group_by, Grouping)) if group_by else None,
        only=wish.entities(chooser(open_to(model, reader), open_to(was, reader) if was else None, today=session.today)),
        start=_bound("--from", start, model, is_first=True),
        end=_bound("--to", end, model, is_first=False),
    )
    if asked.start and asked.end and asked.start > asked.end:
        raise CliError(f"`--from {start}` begins after `--to {end}` ends", "swap them")
    roadmaps = Roadmaps(model, session.tree.label, asked)
    if output_dir:
        if about:
            raise CliError("`--output-dir` writes all pages", "omit `--for`, or use `--output`")
        return place.folder(files(roadmaps.pages(asked), index, format_, style, options), options)
    if about:
        search = partial(find_any, text=about, kinds=SUBJECTS)
        asked = replace(asked, about=found_for("--for", search, model, roadmaps.model, reader))
    views = RoadmapViews(roadmaps.report(asked), options, style, is_part=inject is not None)
    views.series = session.series
    if inject or check or dry_run:
        return place.page(rendered(views, format_, inject or output), options)
    deliver(views, wanted)
    return 0


def _bound(option: str, text: str | None, model: "Model", *, is_first: bool) -> "Date | None":
    """The first or the last day of what is written: a day, or a period."""
    from platctl.shell.errors import CliError
    from platctl.shell.values import day

    if text is None:
        return None
    help_ = "use a day, such as `2027-03-31`, or a period, such as `2027-Q1`"
    calendar = model.config.calendar.calendar
    try:
        bounds = calendar.bounds(calendar.period(text))
        return bounds[0] if is_first else bounds[1]
    except ValueError as error:
        if text.count("-") == 1:
            raise CliError(f"{option}: {error}", help_) from error
    try:
        return day(option, text)
    except CliError as error:
        raise CliError(error.message, help_) from error
