"""Who gains from an initiative has one answer, whichever command is asked."""

from functools import cache
from pathlib import Path

import pytest

from platctl.graph.graph import Graph
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.benefit import Benefits
from platctl.outlook.compared import Compared
from platctl.outlook.events import events_of
from platctl.questions.backlog.derive import BacklogOptions, backlog
from platctl.questions.impact.derive import ImpactOptions, what_if
from platctl.questions.impact.report import ImpactReport
from platctl.workspace.workspace import open_folder, open_workspace

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("streaming", "opensearch")


@cache
def example(name: str) -> Model:
    folder = EXAMPLES / name / "model"
    return open_workspace(folder).model(open_folder(folder))


def asked(model: Model, initiative: Ref) -> ImpactReport:
    events = tuple(events_of(model, model.initiatives[initiative]))
    return what_if(model, events, Compared("head"), ImpactOptions())


@pytest.mark.parametrize("name", NAMES)
def test_a_what_if_shows_gains_for_those_that_the_benefit_names(name: str) -> None:
    model = example(name)
    benefits = Benefits(Graph(model))
    for ref in model.initiatives:
        report = asked(model, ref)
        shown = {each.consumer.ref for each in report.verdicts if each.level is Level.GAINS}
        gains = set(benefits.of(ref).gains)
        harmed = {each.consumer.ref for each in report.verdicts if each.level.is_harm}
        assert shown <= gains <= shown | harmed, ref


@pytest.mark.parametrize("name", NAMES)
def test_a_what_if_shows_harm_for_those_that_pay(name: str) -> None:
    model = example(name)
    benefits = Benefits(Graph(model))
    for ref in model.initiatives:
        strong = (Level.BREAKS, Level.MUST_ACT)
        shown = {each.consumer.ref for each in asked(model, ref).verdicts if each.level in strong}
        assert shown == set(benefits.of(ref).harmed), ref


@pytest.mark.parametrize("name", NAMES)
def test_the_backlog_counts_who_gains_and_who_asked_each_once(name: str) -> None:
    model = example(name)
    method = model.config.scoring.by_name["rice"]
    report = backlog(model, "", BacklogOptions(method))
    benefits = Benefits(Graph(model))
    for item in (*report.items, *report.apart):
        benefit = benefits.of(item.initiative.ref)
        assert {each.ref for each in item.facts.gains} == set(benefit.gains)
        asking = {model.canonical(ref) for ref in model.initiatives[item.initiative.ref].waiting}
        assert set(benefit.reach) == set(benefit.gains) | {ref for ref in asking if ref in model.consumers}
