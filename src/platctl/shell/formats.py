"""The formats of reports, in one table: the part of a report each needs, its writer, and its file extension."""

import importlib
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import typer

from platctl.record import record
from platctl.render.page.markdown_dialect import GITHUB, Dialect, SiteGenerator
from platctl.shell.options import Globals, completions

if TYPE_CHECKING:
    from platctl.alert import Alerts
    from platctl.model.calendar import Date
    from platctl.page import CalendarEntry, CalendarSeries, Page

CsvTable = tuple[Sequence[str], Iterable[Sequence[str | float | None]]]
"""A header, and rows."""
CalendarDays = tuple[Iterable["CalendarEntry"], str, "Date", "CalendarSeries"]
"""The entries of a calendar, its name, the day on which it is made, and what makes its entries unique."""


@record
class Style:
    """The Markdown dialect and front matter, or a custom template instead of a format."""

    dialect: Dialect = GITHUB
    generator: SiteGenerator | None = None
    template: Path | None = None


class ReportViews:
    """A report and its views, each made only when a format needs it.

    If a class does not define a view, the formats that need it are not available. `sheet` is the page for a separate
    file below its `title`; `titles` are the titles of the pages that it may link to.
    """

    kind: ClassVar[str]
    report: Any
    style = Style()
    titles: Mapping[str, str] = {}
    position: int | None = None
    limit: int | None = None

    def __init__(self, report: Any, options: Globals) -> None:
        self.report = report
        self.options = options

    @property
    def title(self) -> str:
        return ""

    def page(self) -> "Page":
        """The complete report, for a terminal."""
        raise NotImplementedError

    def sheet(self) -> "Page":
        return self.page()

    def comment(self) -> "Page":
        """The page for a comment on a change."""
        return self.sheet()

    def alerts(self) -> "Alerts":
        """The alerts at lines of files."""
        raise NotImplementedError

    def table(self) -> CsvTable:
        """One row per item."""
        raise NotImplementedError

    def days(self) -> CalendarDays:
        """The dates to remember."""
        raise NotImplementedError


@record
class Format:
    """A format: the view it needs, its writer, and its file extension.

    `is_page` is True if a folder of pages can be written in it.
    """

    needs: str
    write: Callable[[Any, Path | None], str]
    ending: str = ""
    is_page: bool = False


def _text(views: ReportViews, file: Path | None) -> str:
    from platctl.shell.output import as_text

    return as_text(views.page(), views.options, file)


def _markdown(views: ReportViews, _: Path | None) -> str:
    from platctl.render.page.markdown import render

    style, title = views.style, views.title
    own = "" if style.generator and style.generator.shows_title else title
    text = render(views.comment(), dialect=style.dialect, limit=views.limit, title=own)
    if style.generator is None or not title:
        return text
    from platctl.render.data.front_matter import FrontMatter
    from platctl.render.data.front_matter import render as front

    return front(FrontMatter(title, position=views.position), style.generator) + text


def _json(views: ReportViews, file: Path | None) -> str:
    from platctl.model.similar_names import Names, did_you_mean
    from platctl.render.data.json import render
    from platctl.render.data.part_of_json import UnknownFieldError
    from platctl.shell.errors import CliError

    is_for_people = file is None and sys.stdout.isatty()
    try:
        return render(views.report, views.kind, views.options.part, indented=is_for_people)
    except UnknownFieldError as error:
        help_ = did_you_mean(Names(error.known).nearest(error.name.rpartition(".")[2], 1), "? ")
        help_ += f"use one of {', '.join(error.known)}" if error.known else "it is inside of what has no fields"
        raise CliError(f"there is no field `{error.name}`", help_) from None


def _html(views: ReportViews, _: Path | None) -> str:
    from platctl.render.page.html import render

    return render(views.sheet(), title=views.title)


def _confluence(views: ReportViews, _: Path | None) -> str:
    from platctl.render.page.confluence import render

    return render(views.sheet(), titles=views.titles)


def _mediawiki(views: ReportViews, _: Path | None) -> str:
    from platctl.render.page.mediawiki import render

    return render(views.sheet(), titles=views.titles)


def _csv(views: ReportViews, _: Path | None) -> str:
    from platctl.render.data.csv import render

    return ("\ufeff" if views.options.bom else "") + render(*views.table())


def _nodes(views: Any, _: Path | None) -> str:
    from platctl.render.data.csv import render

    return ("\ufeff" if views.options.bom else "") + render(*views.node_table())


def _dot(views: Any, _: Path | None) -> str:
    from platctl.render.data.dot import render

    return render(views.network())


def _graphml(views: Any, _: Path | None) -> str:
    from platctl.render.data.graphml import render

    return render(views.network())


def _mermaid(views: Any, _: Path | None) -> str:
    from platctl.render.picture.mermaid import render

    return f"{render(views.diagram())}\n"


def _svg(views: Any, _: Path | None) -> str:
    from platctl.page import DependencyMatrix, Diagram, Matrix
    from platctl.render.picture import cells_svg, chart_svg, diagram_svg, matrix_svg

    picture, title = views.drawing()
    match picture:
        case Matrix():
            return matrix_svg.render(picture, title)
        case Diagram():
            return diagram_svg.render(picture)
        case DependencyMatrix():
            return cells_svg.render(picture)
        case _:
            return chart_svg.render(picture, title)


def _ical(views: ReportViews, _: Path | None) -> str:
    from platctl.render.data.ical import render

    entries, name, today, series = views.days()
    return render(entries, name=name, today=today, series=series)


def _of_alerts(module: str) -> Callable[[ReportViews, Path | None], str]:
    def write(views: ReportViews, _: Path | None) -> str:
        rendered: str = importlib.import_module(module).render(views.alerts())
        return rendered

    return write


def _own(part: str) -> Format:
    """A format of a single report, whose view is the text itself."""
    return Format(part, lambda views, _: str(getattr(views, part)()))


FORMATS: Mapping[str, Format] = {
    "text": Format("page", _text, "txt"),
    "markdown": Format("page", _markdown, "md", is_page=True),
    "json": Format("page", _json, "json", is_page=True),
    "html": Format("page", _html, "html", is_page=True),
    "confluence": Format("page", _confluence, "xml", is_page=True),
    "mediawiki": Format("page", _mediawiki, "wiki", is_page=True),
    "csv": Format("table", _csv, "csv"),
    "nodes": Format("node_table", _nodes, "csv"),
    "dot": Format("network", _dot, "dot"),
    "graphml": Format("network", _graphml, "graphml"),
    "mermaid": Format("diagram", _mermaid, "mmd"),
    "svg": Format("drawing", _svg, "svg"),
    "ical": Format("days", _ical, "ics"),
    "github": Format("alerts", _of_alerts("platctl.render.alerts.github")),
    "sarif": Format("alerts", _of_alerts("platctl.render.alerts.sarif")),
    "gitlab": Format("alerts", _of_alerts("platctl.render.alerts.gitlab")),
    "junit": Format("alerts", _of_alerts("platctl.render.alerts.junit")),
    "codeowners": _own("codeowners"),
    "reviewers": _own("reviewers"),
}


def formats_of(views: type[ReportViews]) -> tuple[str, ...]:
    """The formats available for a class of reports: those whose view the class defines."""
    return tuple(name for name, each in FORMATS.items() if _has(views, each.needs))


def _has(views: type[ReportViews], part: str) -> bool:
    return getattr(views, part, None) is not getattr(ReportViews, part, None)


def format_option(views: type[ReportViews]) -> Any:
    """The option `--format` of a command with these views."""
    formats = formats_of(views)
    help_ = f"{', '.join(formats[:-1])} or {formats[-1]}."
    return typer.Option("--format", "-f", metavar="FORMAT", help=help_, autocompletion=completions(formats))


def rendered(views: ReportViews, format_: str, file: Path | None = None) -> str:
    """A report in one format; `file` is its output file, None for standard output."""
    if views.style.template:
        from platctl.render.data.template import render

        return render(views.style.template, views.report, views.kind)
    return FORMATS[format_].write(views, file)
