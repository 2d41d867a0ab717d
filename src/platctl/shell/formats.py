"""The formats of reports, each a line of one table: what it needs of a report, what writes it, how its files end."""

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
    from platctl.page import CalendarEntry, Page

CsvTable = tuple[Sequence[str], Iterable[Sequence[str | float | None]]]
"""A header, and rows."""
CalendarDays = tuple[Iterable["CalendarEntry"], str, "Date"]
"""The days of a calendar, its name, and the day on which it is made."""


@record
class Style:
    """Who reads Markdown and which front matter it has, or a template of the user's own in the place of a format."""

    dialect: Dialect = GITHUB
    generator: SiteGenerator | None = None
    template: Path | None = None


class ReportViews:
    """A report and its parts in words, each made only when a format needs it.

    A part that a class does not define is one that its reports don't have, nor the formats that need it. `sheet` is
    the page of a file of its own below its `title`; `titles` are those of the pages that it may lead to.
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
        """All of it, for a terminal."""
        raise NotImplementedError

    def sheet(self) -> "Page":
        return self.page()

    def comment(self) -> "Page":
        """What stands beside a change."""
        return self.sheet()

    def alerts(self) -> "Alerts":
        """What belongs to lines of files."""
        raise NotImplementedError

    def table(self) -> CsvTable:
        """One row for each thing."""
        raise NotImplementedError

    def days(self) -> CalendarDays:
        """What somebody has to remember."""
        raise NotImplementedError


@record
class Format:
    """A format: the part of a report without which it can't be had, what writes it, and the ending of such a file.

    `is_page` says that the pages of a folder can be written in it.
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
    from platctl.render.data.json import render

    return render(views.report, views.kind, indented=file is None and sys.stdout.isatty())


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

    return render(*views.table())


def _mermaid(views: Any, _: Path | None) -> str:
    from platctl.render.picture.mermaid import render

    return f"{render(views.diagram())}\n"


def _svg(views: Any, _: Path | None) -> str:
    from platctl.page import Matrix
    from platctl.render.picture import chart_svg, matrix_svg

    picture, title = views.drawing()
    return matrix_svg.render(picture, title) if isinstance(picture, Matrix) else chart_svg.render(picture, title)


def _ical(views: ReportViews, _: Path | None) -> str:
    from platctl.render.data.ical import render

    entries, name, today = views.days()
    return render(entries, name=name, today=today)


def _of_alerts(module: str) -> Callable[[ReportViews, Path | None], str]:
    def write(views: ReportViews, _: Path | None) -> str:
        rendered: str = importlib.import_module(module).render(views.alerts())
        return rendered

    return write


def _own(part: str) -> Format:
    """A format of one report alone, which is the part itself."""
    return Format(part, lambda views, _: str(getattr(views, part)()))


FORMATS: Mapping[str, Format] = {
    "text": Format("page", _text, "txt"),
    "markdown": Format("page", _markdown, "md", is_page=True),
    "json": Format("page", _json, "json", is_page=True),
    "html": Format("page", _html, "html", is_page=True),
    "confluence": Format("page", _confluence, "xml", is_page=True),
    "mediawiki": Format("page", _mediawiki, "wiki", is_page=True),
    "csv": Format("table", _csv, "csv"),
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
    """What the reports of a class can be written in: whatever needs a part that the class defines."""
    return tuple(name for name, each in FORMATS.items() if _has(views, each.needs))


def _has(views: type[ReportViews], part: str) -> bool:
    return getattr(views, part, None) is not getattr(ReportViews, part, None)


def format_option(views: type[ReportViews]) -> Any:
    """`--format` of a command that answers with these."""
    formats = formats_of(views)
    help_ = f"{', '.join(formats[:-1])} or {formats[-1]}."
    return typer.Option("--format", "-f", metavar="FORMAT", help=help_, autocompletion=completions(formats))


def rendered(views: ReportViews, format_: str, file: Path | None = None) -> str:
    """A report in one format; `file` is where it will stand, if not on a terminal."""
    if views.style.template:
        from platctl.render.data.template import render

        return render(views.style.template, views.report, views.kind)
    return FORMATS[format_].write(views, file)
