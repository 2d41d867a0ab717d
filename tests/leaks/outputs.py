"""Everything that platctl tells an audience of a plan, by what it is."""

from collections.abc import Iterator
from dataclasses import replace

from leaks.planted import TODAY
from platctl.analysis.audience import dates_of
from platctl.analysis.changelog import ChangelogOptions, changelog
from platctl.analysis.roadmap import RoadmapOptions, Roadmaps
from platctl.analysis.roadmap_facts import SUBJECTS
from platctl.analysis.seen_states import both_seen_by
from platctl.cli.roadmap_formats import Style, page_text
from platctl.model.audience import Audience
from platctl.model.model import Model
from platctl.page import Page
from platctl.render import csv, html, json, markdown, mermaid, text
from platctl.render.dialect import DIALECTS, GITHUB
from platctl.report.changelog import ChangelogReport
from platctl.report.impact import Compared
from platctl.report.roadmap import Grouping, RoadmapPages, RoadmapReport, View, key_of
from platctl.view import changelog as changes
from platctl.view import roadmap as words
from platctl.view.roadmap_pages import pages

_WIDE = 2_000
_PAGES = ("html", "confluence", "mediawiki")


def reports(model: Model, audience: Audience) -> Iterator[tuple[str, str]]:
    """All that may be asked of a roadmap, as data: what no report holds can stand on no page."""
    roadmaps, options = _roadmaps(model, audience)
    for name, report in (*_views(roadmaps, options), *_subjects(roadmaps, options)):
        yield name, json.render(report, "roadmap")
    found = roadmaps.pages(options)
    yield "names of pages", " ".join(map(key_of, found.subjects))


def rendered(model: Model, audience: Audience) -> Iterator[tuple[str, str]]:
    """The same in every format: all views, and all pages of a folder with their names."""
    roadmaps, options = _roadmaps(model, audience)
    for name, report in _views(roadmaps, options):
        for format_, written in _formats(report):
            yield f"{name} as {format_}", written
    for name, written in _folder(roadmaps.pages(options)):
        yield f"page {name}", f"{name}\n{written}"


def changed(base: Model, head: Model, audience: Audience) -> Iterator[tuple[str, str]]:
    """The changelog in every format."""
    report = told(base, head, audience)
    yield "changelog as json", json.render(report, "changelog")
    yield from ((f"changelog as {format_}", written) for format_, written in _of_page(changes.page(report)))


def told(base: Model, head: Model, audience: Audience) -> ChangelogReport:
    options = ChangelogOptions(TODAY, audience=audience, dates=dates_of(head, audience, TODAY))
    return changelog(*both_seen_by(base, head, audience, TODAY), Compared("head", "base"), options)


def _roadmaps(model: Model, audience: Audience) -> tuple[Roadmaps, RoadmapOptions]:
    options = RoadmapOptions(audience, TODAY)
    return Roadmaps(model, "the working tree", options), options


def _views(roadmaps: Roadmaps, options: RoadmapOptions) -> Iterator[tuple[str, RoadmapReport]]:
    for view in View:
        yield view, roadmaps.report(replace(options, view=view))
    for grouping in Grouping:
        yield f"grouped by {grouping}", roadmaps.report(replace(options, group_by=grouping))
    yield "a stretch", roadmaps.report(replace(options, start=TODAY, end=TODAY.replace(month=8)))


def _subjects(roadmaps: Roadmaps, options: RoadmapOptions) -> Iterator[tuple[str, RoadmapReport]]:
    for ref in (ref for kind in SUBJECTS for ref in roadmaps.subjects(kind)):
        yield f"for {ref}", roadmaps.report(replace(options, about=ref))


def _formats(report: RoadmapReport) -> Iterator[tuple[str, str]]:
    yield "json", json.render(report, "roadmap")
    yield "csv", csv.render(words.HEADER_OF_CSV, words.csv_rows(report))
    yield "mermaid", mermaid.render(words.picture(report))
    yield from _of_page(words.page(report))


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    yield "text", text.render(page, width=_WIDE, color=False)
    yield "html", html.render(page)
    yield "markdown", markdown.render(page)


def _folder(found: RoadmapPages) -> Iterator[tuple[str, str]]:
    every = pages(found, "index")
    titles = {each.key: each.title for each in every}
    for each in every:
        for format_ in _PAGES:
            yield f"{each.key}.{format_}", page_text(Style(format_, GITHUB), each.page, each.title, titles)
        for dialect in DIALECTS.values():
            yield f"{each.key}.md", page_text(Style("markdown", dialect), each.page, each.title, titles)
