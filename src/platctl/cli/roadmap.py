"""`platctl roadmap`: what comes when, as one audience may see it?"""

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from platctl.analysis.choice import chooser
from platctl.analysis.roadmap import RoadmapOptions, Roadmaps
from platctl.analysis.roadmap_facts import SUBJECTS
from platctl.cli.app import Globals
from platctl.cli.audience import AudienceOption, audience_named, day_of_reading
from platctl.cli.errors import CliError
from platctl.cli.formats import Answer, Target, deliver, format_option, rendered, targets
from platctl.cli.options import OutputOption, TodayOption, completions, day, one_of
from platctl.cli.publishing import Publication, in_file, in_folder, in_page
from platctl.cli.selecting import ExcludeOption, FailOnEmptyOption, SelectOption, choice
from platctl.model.audience import BuiltIn
from platctl.model.calendar import Date, parse_period
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.ref import Ref, is_id
from platctl.page import Page
from platctl.render.dialect import DIALECTS, GITHUB, Dialect
from platctl.report.roadmap import Grouping, RoadmapPages, RoadmapReport, View, key_of
from platctl.source.errors import SourceError
from platctl.workspace.workspace import open_workspace

_ENDINGS = {"markdown": "md", "html": "html", "confluence": "xml", "mediawiki": "wiki", "json": "json"}
"""Formats of pages, and the ending of a file of each."""
FORMATS = ("text", *_ENDINGS, "csv", "mermaid")


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
    places = [each for each in (output, output_dir, inject) if each]
    if len(places) > 1:
        raise CliError("`--output`, `--output-dir` and `--inject` don't go together", "give one of them")
    if check and not places:
        raise CliError("`--check` needs a page to look at", "add `--output`, `--output-dir` or `--inject`")
    format_ = chosen or _format_of(output, is_page=bool(output_dir or inject))
    wanted = targets(format_, output, None, FORMATS)
    tongue = DIALECTS[one_of("--dialect", dialect, DIALECTS)]
    wish = choice(select, exclude, fail_on_empty=fail_on_empty)
    workspace = open_workspace(options.directory)
    tree = workspace.source.working_tree()
    model = workspace.model(tree)
    asked = RoadmapOptions(
        audience=audience_named(model.config, audience or BuiltIn.PRODUCT_MANAGERS.value),
        today=day_of_reading(day("--today", today) or tree.date),
        view=View(one_of("--view", view, View)),
        group_by=Grouping(one_of("--group-by", group_by, Grouping)) if group_by else None,
        only=wish.entities(chooser(model)),
        start=_bound("--from", start, model, is_first=True),
        end=_bound("--to", end, model, is_first=False),
    )
    roadmaps = Roadmaps(model, tree.label, asked)
    if output_dir:
        if about:
            raise CliError("`--output-dir` writes all pages", "leave out `--for`, or give `--output`")
        pages = _Pages(format_, tongue, roadmaps.pages(asked), index)
        return _published(in_folder(pages.files(), output_dir), check=check)
    asked = replace(asked, about=_subject(roadmaps.model, about)) if about else asked
    answer = _answer(roadmaps.report(asked), options, tongue, is_part=inject is not None)
    if inject or check:
        text = rendered(answer, Target(format_, inject or output), options)
        place = in_page(text, inject, marker) if inject else in_file(text, output or Path())
        return _published(place, check=check)
    deliver(answer, wanted, options)
    return 0


def _format_of(output: Path | None, *, is_page: bool) -> str:
    """The format where none is named: that of the file's ending; Markdown for pages, text for a terminal."""
    endings = {ending: name for name, ending in {**_ENDINGS, "csv": "csv", "mermaid": "mmd", "text": "txt"}.items()}
    found = endings.get(output.suffix.removeprefix(".").lower()) if output else None
    return found or ("markdown" if is_page else "text")


def _published(publication: Publication, *, check: bool) -> int:
    return publication.check() if check else publication.publish()


def _bound(option: str, text: str | None, model: Model, *, is_first: bool) -> Date | None:
    """The first or the last day of what is written: a day, or a period."""
    if text is None:
        return None
    with contextlib.suppress(ValueError):
        bounds = model.config.calendar.calendar.bounds(parse_period(text))
        return bounds[0] if is_first else bounds[1]
    return day(option, text)


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


# Formats ----------------------------------------------------------------------------------------------------


def _answer(report: RoadmapReport, options: Globals, tongue: Dialect, *, is_part: bool) -> Answer:
    """One roadmap; a part of another page has no heading of its own."""

    def page() -> Page:
        from platctl.view.roadmap import page

        return page(report, quiet=options.quiet)

    def written(format_: str) -> Callable[[], str]:
        def write() -> str:
            from platctl.view.roadmap import title
            from platctl.view.roadmap import untitled as page

            own = "" if is_part else title(report)
            return page_text(format_, page(report), own, tongue, {})

        return write

    def csv() -> str:
        from platctl.render.csv import render
        from platctl.view.roadmap import HEADER_OF_CSV, csv_rows

        return render(HEADER_OF_CSV, csv_rows(report))

    def mermaid() -> str:
        from platctl.render.mermaid import render
        from platctl.view.roadmap import picture

        return f"{render(picture(report))}\n"

    own = {each: written(each) for each in ("markdown", "html", "confluence", "mediawiki")}
    return Answer("roadmap", report, page, own={**own, "csv": csv, "mermaid": mermaid})


def page_text(format_: str, page: Page, title: str, tongue: Dialect, titles: Mapping[str, str]) -> str:
    """A page in one of the formats of pages; `titles` are those of the pages that it may lead to."""
    match format_:
        case "markdown":
            from platctl.render import markdown

            return markdown.render(page, dialect=tongue, limit=sys.maxsize, title=title)
        case "html":
            from platctl.render import html

            return html.render(page, title=title)
        case "confluence":
            from platctl.render import confluence

            return confluence.render(page, titles=titles)
        case "mediawiki":
            from platctl.render import mediawiki

            return mediawiki.render(page, titles=titles)
    raise AssertionError(f"{format_} has no pages")


@dataclass(frozen=True)
class _Pages:
    """All pages of a folder."""

    format_: str
    tongue: Dialect
    found: RoadmapPages
    index: str

    def files(self) -> list[tuple[str, str]]:
        """Name and text of each."""
        if self.format_ not in _ENDINGS:
            help_ = f"write one of {', '.join(_ENDINGS)}"
            raise CliError(f"`--output-dir` writes pages, and `{self.format_}` has none", help_)
        if not is_id(self.index):
            raise CliError(f"`--index` can't be `{self.index}`", "write a plain name, such as `Home`")
        ending = _ENDINGS[self.format_]
        return [(f"{key}.{ending}", text) for key, text in (self._data() if ending == "json" else self._pages())]

    def _data(self) -> Iterator[tuple[str, str]]:
        from platctl.render.json import render

        yield self.index, render(self.found.index, "roadmap")
        for ref, report in self.found.subjects.items():
            yield key_of(ref), render(report, "roadmap")

    def _pages(self) -> Iterator[tuple[str, str]]:
        from platctl.view.roadmap_pages import pages

        all_ = pages(self.found, self.index)
        titles = {each.key: each.title for each in all_}
        for each in all_:
            yield each.key, page_text(self.format_, each.page, each.title, self.tongue, titles)
