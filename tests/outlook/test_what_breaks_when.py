"""What breaks when has one answer: `compat`, `needs`, `roadmap --for`, and `impact` of the work behind it agree."""

from functools import cache
from pathlib import Path

import pytest
from pairs import TODAY, pair

from builders import model
from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.ahead import ahead
from platctl.outlook.compared import Compared
from platctl.outlook.events import events_of
from platctl.outlook.timeline import Timeline
from platctl.questions.compat.calendar import BreakCalendar
from platctl.questions.compat.derive import CompatOptions, compat
from platctl.questions.compat.report import Break, CompatReport, Hit
from platctl.questions.compat.words import worst
from platctl.questions.impact.derive import ImpactOptions, what_if
from platctl.questions.needs.derive import NeedsOptions, needs
from platctl.questions.roadmap.derive import RoadmapOptions, Roadmaps, roadmap
from platctl.shell.audience import audience_named
from platctl.workspace.workspace import open_folder, open_workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
WORLDS = [
    "streaming",
    "opensearch",
    *range(60),
    *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(60, 300)),
]


@cache
def world(name: str | int) -> tuple[Model, Date]:
    if isinstance(name, int):
        return model(pair(name).head), TODAY
    folder = EXAMPLES / name / "model"
    return open_workspace(folder).model(open_folder(folder)), Date(2026, 11, 23)


def answer(state: Model, today: Date) -> CompatReport:
    return compat(state, "", "", CompatOptions(today=today))


def direct(report: CompatReport) -> dict[tuple[Ref, str, str | None], list[tuple[Break, Hit]]]:
    """By dependency: its own ends."""
    found: dict[tuple[Ref, str, str | None], list[tuple[Break, Hit]]] = {}
    for each in report.breaks:
        for hit in each.hits:
            if hit.is_direct:
                found.setdefault((hit.who.ref, hit.span.resolve().line, hit.requires), []).append((each, hit))
    return found


@pytest.mark.parametrize("name", WORLDS)
def test_needs_asks_for_a_move_wherever_something_ends(name: str | int) -> None:
    state, today = world(name)
    ends = direct(answer(state, today))
    for ref in state.consumers:
        report = needs(state, "", ref, NeedsOptions(today))
        asked = {(ref, each.span.line, each.requires): each for each in report.moves if each.gone}
        mine = {key: found for key, found in ends.items() if key[0] == ref}
        assert asked.keys() == mine.keys(), name
        for key, move in asked.items():
            each, hit = min(mine[key], key=lambda found: (found[1].level.rank, found[0].day))
            assert (move.gone, move.kind, move.move_to, move.weeks) == (each.day, hit.kind, hit.move_to, hit.weeks), (
                name
            )
            assert (move.by and move.by.ref) == (each.by and each.by.ref), name


@pytest.mark.parametrize("name", WORLDS)
def test_a_roadmap_for_a_consumer_asks_for_the_same_moves(name: str | int) -> None:
    state, today = world(name)
    audience = audience_named(state.config, "developers")
    seen = Roadmaps(state, "", RoadmapOptions(audience, today)).model
    for ref in seen.consumers:
        report = roadmap(state, "", RoadmapOptions(audience, today, about=ref))
        assert report.about
        asks = [
            (each.on, each.requires, each.kind, each.gone and each.gone.day, each.uses, each.move_to, each.by)
            for each in report.about.facts.asks
        ]
        moves = [
            (each.on.shown, each.requires, each.kind, each.gone, each.uses, each.move_to, each.by)
            for each in needs(seen, "", ref, NeedsOptions(today)).moves
        ]
        assert asks == moves, name


@cache
def alone(name: str | int) -> list[Model]:
    """The model with one piece of committed work each."""
    if isinstance(name, str):
        return [world(name)[0]]
    documents = pair(name).head.split("---\n")
    work = [each for each in documents if each.startswith("kind: initiative")]
    others = [each for each in documents if each not in work]
    return [
        model("---\n".join((*others, each))) for each in work if "status: planned" in each or "status: active" in each
    ]


@pytest.mark.parametrize("name", WORLDS)
def test_impact_of_the_work_behind_an_end_says_what_it_does_on_that_day(name: str | int) -> None:
    today = world(name)[1]
    for state in alone(name):
        check_work(state, today, name)


def check_work(state: Model, today: Date, name: str | int) -> None:
    found = [each for each in answer(state, today).breaks if each.by]
    for day, by in dict.fromkeys((each.day, each.by.ref) for each in found if each.by):
        events = tuple(events_of(state, state.initiatives[by]))
        report = what_if(state, events, Compared("head"), ImpactOptions(today=today, at=day))
        levels = {verdict.consumer.ref: verdict.level for verdict in report.verdicts}
        told = worst(each for each in found if each.day == day and each.by and each.by.ref == by)
        other = ends_without(state, today, by)
        for ref, level in told.items():
            # Something else may weaken a need on the way to that day, so that only breaks have to be alike.
            if (day, ref) not in other and (level is Level.BREAKS or isinstance(name, str)):
                assert levels.get(ref) is level, (name, day, ref, by)


@pytest.mark.parametrize("name", WORLDS)
def test_whatever_work_breaks_is_in_the_calendar(name: str | int) -> None:
    today = world(name)[1]
    for state in alone(name):
        breaks = [each for each in answer(state, today).breaks if each.level is Level.BREAKS]
        found = {(hit.who.ref, each.day) for each in breaks for hit in each.hits if hit.level is Level.BREAKS}
        for initiative in state.initiatives.values():
            if not initiative.status.is_committed or not initiative.end or initiative.end <= today:
                continue
            report = what_if(state, tuple(events_of(state, initiative)), Compared("head"), ImpactOptions(today=today))
            for each in report.verdicts:
                if each.level is Level.BREAKS:
                    assert (each.consumer.ref, each.cause.date) in found, (name, each)


def ends_without(state: Model, today: Date, work: Ref) -> set[tuple[Date, Ref]]:
    """Who loses something on which day even without some work, since the catalog or other work ends it."""
    timeline = Timeline(state, today).with_work((), frozenset([work]))
    calendar = BreakCalendar(Graph(state), ahead(timeline))
    return {(each.day, hit.who.ref) for _, each in calendar.breaks for hit in each.hits}
