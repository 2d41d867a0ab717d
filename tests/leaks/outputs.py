"""Everything that platctl tells an audience of a plan, by what it is."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from leaks.planted import TODAY
from platctl.model.entity.entity import Entity
from platctl.model.entity.kinds import KINDS
from platctl.model.model import Model
from platctl.model.past import EntityState, History, Moment, Past
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience
from platctl.outlook.audience import dates_of, seen_by
from platctl.outlook.compared import Compared
from platctl.page import Page
from platctl.questions.changelog import page as changes
from platctl.questions.changelog.derive import ChangelogOptions, changelog
from platctl.questions.changelog.report import ChangelogReport
from platctl.questions.changelog.seen_states import both_seen_by
from platctl.questions.discover.derive import DiscoverOptions, discover
from platctl.questions.discover.page import page as discover_page
from platctl.questions.graph.derive import graph
from platctl.questions.graph.page import page as graph_page
from platctl.questions.graph.part import GraphOptions
from platctl.questions.graph.table import network
from platctl.questions.influence.derive import InfluenceOptions, influence
from platctl.questions.list.derive import ListOptions, columns_of, listing
from platctl.questions.plan.derive import PlanShown, plan
from platctl.questions.plan.options import PlanOptions
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.derive import RoadmapOptions, Roadmaps
from platctl.questions.roadmap.facts import SUBJECTS
from platctl.questions.roadmap.report import RoadmapPages, RoadmapReport, key_of
from platctl.questions.roadmap.views import RoadmapViews, files
from platctl.questions.show.derive import show
from platctl.questions.show.page import page as show_page
from platctl.render.data import graphml, json
from platctl.render.page import html, markdown, text
from platctl.render.page.markdown_dialect import DIALECTS, GITHUB, SiteGenerator
from platctl.shell.errors import CliError
from platctl.shell.formats import Style, formats_of
from platctl.shell.formats import rendered as text_of
from platctl.shell.options import Globals
from platctl.source.git.history import Revision

FIELDS_OF_ALL = sorted({info.key for kind in KINDS.values() for name, info in kind.all_fields.items()})
_WIDE = 2_000
_FAR = 3_333
"""Days of a slip that ends on no day that is planted."""
_OPTIONS = Globals(Path(), "never", quiet=False)
_PAGES = ("html", "confluence", "mediawiki")


def reports(model: Model, audience: Audience) -> Iterator[tuple[str, str]]:
    """All that may be asked of a roadmap, as data: what no report holds can stand on no page."""
    roadmaps, options = _roadmaps(model, audience)
    for name, report in (*_views(roadmaps, options), *_subjects(roadmaps, options)):
        yield name, json.render(report, "roadmap")
    found = roadmaps.pages(options)
    yield "names of pages", " ".join(map(key_of, found.subjects))
    yield from _looked_at(model, audience)


def _looked_at(model: Model, audience: Audience) -> Iterator[tuple[str, str]]:
    """What `list`, `influence` and `show` tell, of everything that may be asked about."""
    seen, history = seen_by(model, audience, TODAY), History(None, "no history")
    columns = tuple(columns_of(",".join(FIELDS_OF_ALL), ()))
    yield "list", json.render(listing(seen, "here", ListOptions(columns=columns)), "list")
    for subject in (None, *(ref for ref in seen.entities if ref.kind not in ("decision", "ballot"))):
        found = influence(seen, "here", InfluenceOptions(TODAY, subject, _FAR), None, history)
        yield f"influence of {subject}", json.render(found, "influence")
        if subject is None or subject.kind in ("component", "consumer"):
            part = GraphOptions((subject,) if subject else (), audience=audience.id, with_matrix=True)
            drawn = graph(seen, "here", part)
            yield f"graph of {subject}", json.render(drawn, "graph")
            yield f"graph of {subject} as html", html.render(graph_page(drawn))
            yield f"graph of {subject} for tools", graphml.render(network(drawn))
    method = seen.config.scoring.by_name[seen.config.scoring.model]
    yield "plan", json.render(plan(seen, "here", PlanOptions(method, TODAY), PlanShown(), None), "plan")
    for is_backtest in (False, True):
        asked = DiscoverOptions(TODAY, audience=audience, backtest=is_backtest)
        found = discover(model, seen, "here", asked, History(past_of(model)))
        yield f"discover, {is_backtest}", json.render(found, "discover")
        yield f"discover as text, {is_backtest}", text.render(discover_page(found), width=_WIDE, color=False)
    for ref in seen.entities:
        report = show(seen, "here", ref, TODAY, audience, history)
        yield f"show {ref}", json.render(report, "show")
        yield f"show {ref} as text", text.render(show_page(report, short=False), width=_WIDE, color=False)


def past_of(model: Model) -> Past:
    """A plan of which half is there at first, then all but what it depends on, then all, and then little for a while.

    Who commits is marked, as no audience is told.
    """
    named = {ref: crc32(str(ref).encode()) for ref in model.entities}
    states = [
        {ref: entity for ref, entity in model.entities.items() if named[ref] % 2},
        {ref: _without_uses(entity) for ref, entity in model.entities.items()},
        model.entities,
        {ref: entity for ref, entity in model.entities.items() if ref.kind == "team"},
        model.entities,
    ]
    moments, before = [], dict[Ref, Entity]()
    for number, now in enumerate(states):
        changed = {
            ref: EntityState(now[ref], "mk0000000dzz") if ref in now else None
            for ref in sorted(before.keys() | now.keys())
            if before.get(ref) != now.get(ref)
        }
        day = TODAY.replace(year=TODAY.year - 3 + number // 2, month=1 + number, day=1)
        moments.append(Moment(Revision(f"mk0000000czz{number}", "mk0000000bzz", day), changed))
        before = dict(now)
    return Past(tuple(moments), (), model.config)


def _without_uses(entity: Entity) -> Entity:
    emptied = {name: () for name in ("uses", "depends_on") if entity.ref.kind in ("consumer", "component")}
    return entity.altered({name: each for name, each in emptied.items() if hasattr(entity, name)}, entity.extensions)


def rendered(model: Model, audience: Audience) -> Iterator[tuple[str, str]]:
    """The same in every format: all views, and all pages of a folder with their names."""
    roadmaps, options = _roadmaps(model, audience)
    for view in View:
        for format_, written in _formats(roadmaps.report(replace(options, view=view))):
            yield f"{view} as {format_}", written
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
    found = RoadmapViews(report, _OPTIONS, Style())
    yield "text", text.render(found.page(), width=_WIDE, color=False)
    for format_ in formats_of(RoadmapViews)[1:]:
        with suppress(CliError):  # there may be nothing to draw, or no day to remember
            yield format_, text_of(found, format_)


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    yield "text", text.render(page, width=_WIDE, color=False)
    yield "html", html.render(page)
    yield "markdown", markdown.render(page)


def _folder(found: RoadmapPages) -> Iterator[tuple[str, str]]:
    styles = [*((format_, Style()) for format_ in _PAGES), *(("markdown", Style(each)) for each in DIALECTS.values())]
    for format_, style in (*styles, ("markdown", Style(GITHUB, SiteGenerator.HUGO))):
        yield from files(found, "index", format_, style, _OPTIONS)
