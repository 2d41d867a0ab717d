"""Formats of roadmaps: what a page, a picture, a table or a calendar of them is written by."""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from platctl.model.ref import is_id
from platctl.page import Page, Schedule
from platctl.questions.roadmap.report import RoadmapPages, RoadmapReport, key_of
from platctl.render.data.front_matter import FrontMatter, SiteGenerator
from platctl.render.page.markdown_dialect import Dialect
from platctl.shell.errors import CliError
from platctl.shell.formats import ReportViews
from platctl.shell.options import Globals

_PAGES = {"markdown": "md", "html": "html", "confluence": "xml", "mediawiki": "wiki", "json": "json"}
_OTHERS = {"text": "txt", "csv": "csv", "mermaid": "mmd", "svg": "svg", "ical": "ics"}
"""Formats, and the ending of a file of each; a folder of pages takes only the first."""
FORMATS = ("text", *_PAGES, "csv", "mermaid", "svg", "ical")
_UNTITLED = (SiteGenerator.DOCUSAURUS, SiteGenerator.HUGO)
"""They show the title of the front matter above the page."""
_KIND = "roadmap"


@dataclass(frozen=True, slots=True)
class Style:
    """How a roadmap is written: the format, for Markdown who reads it, or a template of the user's own."""

    format: str
    dialect: Dialect
    generator: SiteGenerator | None = None
    template: Path | None = None


def format_of(output: Path | None, *, is_page: bool) -> str:
    """The format where none is named: that of the file's ending; Markdown for pages, text for a terminal."""
    names = {ending: name for name, ending in (_PAGES | _OTHERS).items()}
    found = names.get(output.suffix.removeprefix(".").lower()) if output else None
    return found or ("markdown" if is_page else "text")


def answer(report: RoadmapReport, options: Globals, style: Style, *, is_part: bool) -> ReportViews:
    """One roadmap; a part of another page has no heading of its own."""

    def page() -> Page:
        from platctl.questions.roadmap.page import page

        return page(report, quiet=options.quiet)

    def written() -> str:
        from platctl.questions.roadmap.page import title, untitled

        return page_text(style, untitled(report), "" if is_part else title(report), {})

    def own(write: Callable[[RoadmapReport], str]) -> Callable[[], str]:
        return lambda: write(report)

    makers = {"csv": own(_csv), "mermaid": own(_mermaid), "svg": own(_svg), "ical": own(_ical)}
    makers |= dict.fromkeys(("markdown", "html", "confluence", "mediawiki"), written)
    if template := style.template:
        makers[style.format] = lambda: _by_template(template, report)
    return ReportViews(_KIND, report, page, own=makers)


def page_text(style: Style, page: Page, title: str, titles: Mapping[str, str], position: int | None = None) -> str:
    """A page in one of the formats of pages; `titles` are those of the pages that it may lead to."""
    match style.format:
        case "markdown":
            return _markdown(style, page, title, position)
        case "html":
            from platctl.render.page import html

            return html.render(page, title=title)
        case "confluence":
            from platctl.render.page import confluence

            return confluence.render(page, titles=titles)
    from platctl.render.page import mediawiki

    return mediawiki.render(page, titles=titles)


def _markdown(style: Style, page: Page, title: str, position: int | None) -> str:
    from platctl.render.data import front_matter
    from platctl.render.page import markdown

    own = "" if style.generator in _UNTITLED else title
    text = markdown.render(page, dialect=style.dialect, limit=sys.maxsize, title=own)
    if style.generator is None or not title:
        return text
    return front_matter.render(FrontMatter(title, position=position), style.generator) + text


def _csv(report: RoadmapReport) -> str:
    from platctl.questions.roadmap.page import HEADER_OF_CSV, csv_rows
    from platctl.render.data.csv import render

    return render(HEADER_OF_CSV, csv_rows(report))


def _mermaid(report: RoadmapReport) -> str:
    from platctl.questions.roadmap.pictures import picture
    from platctl.render.picture.mermaid import render

    return f"{render(picture(report))}\n"


def _svg(report: RoadmapReport) -> str:
    from platctl.questions.roadmap.page import title
    from platctl.questions.roadmap.pictures import pictures
    from platctl.render.picture.chart_svg import render

    for each in pictures(report):
        if isinstance(each, Schedule):
            return render(each, title(report))
    raise CliError("there is nothing to draw on an axis of days", "choose work that has days, and who may read them")


def _ical(report: RoadmapReport) -> str:
    from platctl.questions.roadmap.calendar import entries
    from platctl.questions.roadmap.page import title
    from platctl.render.data.ical import render

    days = tuple(entries(report))
    if not days:
        raise CliError("there is no day to remember", "choose work that has days, and who may read them")
    return render(days, name=title(report), today=report.today)


def _by_template(template: Path, report: RoadmapReport) -> str:
    from platctl.render.data.template import render

    return render(template, report, _KIND)


def files(found: RoadmapPages, index: str, style: Style) -> list[tuple[str, str]]:
    """Name and text of each page; `index` is the name of the first one."""
    if style.format not in _PAGES:
        help_ = f"write one of {', '.join(_PAGES)}"
        raise CliError(f"`--output-dir` writes pages, and `{style.format}` has none", help_)
    if not is_id(index):
        raise CliError(f"`--index` can't be `{index}`", "write a plain name, such as `Home`")
    write = _data if style.template or style.format == "json" else _pages
    return [(f"{key}.{_PAGES[style.format]}", text) for key, text in write(found, index, style)]


def _data(found: RoadmapPages, index: str, style: Style) -> Iterator[tuple[str, str]]:
    from platctl.render.data.json import render

    reports = {index: found.index, **{key_of(ref): each for ref, each in found.subjects.items()}}
    for key, report in reports.items():
        yield key, _by_template(style.template, report) if style.template else render(report, _KIND)


def _pages(found: RoadmapPages, index: str, style: Style) -> Iterator[tuple[str, str]]:
    from platctl.questions.roadmap.pages import pages

    all_ = pages(found, index)
    titles = {each.key: each.title for each in all_}
    for position, each in enumerate(all_, 1):
        yield each.key, page_text(style, each.page, each.title, titles, position)
