"""Who gains from an initiative has one answer, whichever command is asked."""

from functools import cache
from pathlib import Path

import pytest

from builders import model as built
from platctl.graph.graph import Graph
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.benefit import Benefits
from platctl.outlook.compared import Compared
from platctl.outlook.events import events_of
from platctl.page import Page
from platctl.questions.backlog.derive import BacklogOptions, backlog
from platctl.questions.backlog.explain import explanation
from platctl.questions.backlog.page import page
from platctl.questions.impact.derive import ImpactOptions, what_if
from platctl.questions.impact.report import ImpactReport
from platctl.questions.tradeoff.derive import TradeoffOptions, tradeoff
from platctl.questions.tradeoff.page import page as tradeoff_page
from platctl.render.page.text import render
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
        sized = {ref for ref in benefit.reach if model.consumers[ref].reach.users is not None}
        assert {each.ref for each in item.facts.reach_harmed} == sized & set(benefit.harmed)


REMOVED = """
kind: component
id: identity
interfaces: [{id: api, versions: [{version: 1.0.0}, {version: 2.0.0}]}]
---
kind: consumer
id: shop
title: Shop
reach: {users: 1000}
uses: [{component: identity#api, requires: "<2"}]
---
kind: consumer
id: desk
title: Desk
reach: {users: 200}
---
kind: initiative
id: cleanup
requested_by: [desk]
for: shop
status: planned
end: 2027-03-31
effort: {a: 2}
scores: {impact: 1, confidence: 1}
changes: [{component: identity#api, effect: removal, version: "<2"}]
---
kind: initiative
id: polish
requested_by: [desk]
effort: {a: 2}
scores: {impact: 1, confidence: 1}
---
kind: team
id: a
"""


def test_who_asks_for_what_breaks_them_counts_and_is_named_beside_the_number() -> None:
    model = built(REMOVED)
    method = model.config.scoring.by_name["rice"]
    report = backlog(model, "here", BacklogOptions(method))
    first, second = report.items
    assert (first.initiative.id, first.facts.reach) == ("cleanup", 1200)
    assert (first.facts.gains, [each.label for each in first.facts.reach_harmed]) == ((), ["Shop"])
    assert (second.initiative.id, second.facts.reach_harmed) == ("polish", ())
    gains = asked(model, first.initiative.ref).verdicts
    assert not [each for each in gains if each.level is Level.GAINS]
    assert text(page(report)).count("1,200 (1 must act)") == 1
    assert "counted, but must act: Shop" in text(explanation(report, first))
    assert "must act:" not in text(explanation(report, second))
    sides = tuple(each.initiative.ref for each in report.items)
    for name in ("rice", "wsjf"):
        options = TradeoffOptions(model.config.scoring.by_name[name], None)
        compared = text(tradeoff_page(tradeoff(model, "here", sides, options)))
        assert compared.count("1,200 users (1 must act)") == 1, name


def text(of: Page) -> str:
    return render(of, width=300, color=False)
