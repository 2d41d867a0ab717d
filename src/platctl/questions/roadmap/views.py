"""A roadmap, and the pages of a folder of roadmaps, as the formats need them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from platctl.shell.errors import CliError
from platctl.shell.formats import FORMATS, CalendarDays, CsvTable, ReportViews, Style, formats_of, rendered
from platctl.shell.options import Globals

if TYPE_CHECKING:
    from platctl.page import CalendarSeries, Diagram, Page, Periods, Schedule
    from platctl.questions.roadmap.pages import SetPage
    from platctl.questions.roadmap.report import RoadmapPages, RoadmapReport


class RoadmapViews(ReportViews):
    """One roadmap; a part of another page has no heading."""

    report: "RoadmapReport"
    kind = "roadmap"
    limit = sys.maxsize

    def __init__(self, report: "RoadmapReport", options: Globals, style: Style, *, is_part: bool = False) -> None:
        super().__init__(report, options)
        self.style = style
        self.is_part = is_part
        self.series: Callable[[], CalendarSeries] | None = None
        """What makes the entries of the calendar unique; looked up only for a calendar."""

    @property
    def title(self) -> str:
        return "" if self.is_part else self._name

    @property
    def _name(self) -> str:
        from platctl.questions.roadmap.page import title

        return title(self.report)

    def page(self) -> "Page":
        from platctl.questions.roadmap.page import page

        return page(self.report, quiet=self.options.quiet, is_short=True)

    def sheet(self) -> "Page":
        from platctl.questions.roadmap.page import untitled

        return untitled(self.report, is_even=True)

    def comment(self) -> "Page":
        from platctl.questions.roadmap.page import untitled

        return untitled(self.report)

    def table(self) -> CsvTable:
        from platctl.questions.roadmap.page import HEADER_OF_CSV, csv_rows

        return HEADER_OF_CSV, csv_rows(self.report)

    def diagram(self) -> "Schedule | Periods | Diagram":
        from platctl.questions.roadmap.pictures import picture

        return picture(self.report)

    def drawing(self) -> "tuple[Schedule, str]":
        from platctl.page import Schedule
        from platctl.questions.roadmap.pictures import pictures

        for each in pictures(self.report):
            if isinstance(each, Schedule):
                return each, self._name
        raise CliError(
            "there is no work with dates to draw", "choose work with dates, and an audience that may see them"
        )

    def days(self) -> CalendarDays:
        from platctl.page import CalendarSeries
        from platctl.questions.roadmap.calendar import entries

        if days := tuple(entries(self.report)):
            return days, self._name, self.report.today, self.series() if self.series else CalendarSeries()
        raise CliError("there are no dates to export", "choose work with dates, and an audience that may see them")


class RoadmapPageViews(ReportViews):
    """One page of a folder, and the titles of all pages it may link to."""

    report: "SetPage"
    limit = sys.maxsize

    def __init__(
        self, report: "SetPage", options: Globals, style: Style, titles: Mapping[str, str], position: int
    ) -> None:
        super().__init__(report, options)
        self.style, self.titles, self.position = style, titles, position

    @property
    def title(self) -> str:
        return self.report.title

    def sheet(self) -> "Page":
        return self.report.page


def format_of(output: Path | None, *, is_page: bool) -> str:
    """The default format: by the file ending; Markdown for pages, text for a terminal."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    found = next((name for name in formats_of(RoadmapViews) if FORMATS[name].ending == ending), None)
    return found or ("markdown" if is_page else "text")


def files(found: "RoadmapPages", index: str, format_: str, style: Style, options: Globals) -> list[tuple[str, str]]:
    """Name and text of each page; `index` is the name of the first one."""
    from platctl.model.ref import is_id

    pages = [name for name in formats_of(RoadmapViews) if FORMATS[name].is_page]
    if format_ not in pages:
        help_ = f"use one of {', '.join(pages)}"
        raise CliError(f"`--output-dir` writes pages, and `{format_}` is not a page format", help_)
    if not is_id(index):
        raise CliError(f"`--index` can't be `{index}`", "use a plain name, such as `Home`")
    views = (
        _data(found, index, style, options)
        if style.template or format_ == "json"
        else _pages(found, index, style, options)
    )
    named = ((f"{key}.{FORMATS[format_].ending}", each) for key, each in views)
    return [(name, rendered(each, format_, Path(name))) for name, each in named]


def _data(found: "RoadmapPages", index: str, style: Style, options: Globals) -> Iterator[tuple[str, ReportViews]]:
    from platctl.questions.roadmap.report import key_of

    reports = {index: found.index, **{key_of(ref): each for ref, each in found.subjects.items()}}
    for key, report in reports.items():
        yield key, RoadmapViews(report, options, style)


def _pages(found: "RoadmapPages", index: str, style: Style, options: Globals) -> Iterator[tuple[str, ReportViews]]:
    from platctl.questions.roadmap.pages import pages

    all_ = pages(found, index)
    titles = {each.key: each.title for each in all_}
    for position, each in enumerate(all_, 1):
        yield each.key, RoadmapPageViews(each, options, style, titles, position)
