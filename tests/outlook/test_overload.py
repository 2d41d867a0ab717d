"""A team over its capacity: the same in every answer, and as counted day by day."""

import datetime
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from builders import model
from platctl.graph.graph import Graph
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.settings.audience import BUILT_IN, Precision
from platctl.model.settings.scoring import built_in
from platctl.model.vocabulary import Dimension, Measure, Status
from platctl.outlook.conflicts import ConflictKind, conflicts
from platctl.outlook.plan import Plan
from platctl.outlook.timeline import Timeline
from platctl.questions.balance.derive import balance
from platctl.questions.balance.division import BalanceOptions
from platctl.questions.needs.derive import NeedsOptions, needs
from platctl.questions.roadmap.derive import RoadmapOptions, roadmap
from platctl.questions.roadmap.facts_report import TeamFacts
from platctl.rules.context import Context
from platctl.rules.registry import rule

TODAY = datetime.date(2027, 2, 10)
FIRST = datetime.date(2026, 10, 1)
TEAMS = ("red", "blue", "green")

Found = set[tuple[str, str]]
"""Team and `18.0 of 12 person-weeks in 2027-Q2`."""


def random_plan(chance: random.Random) -> Model:
    parts = [f"kind: team\nid: {team}\ncapacity: {chance.choice([0, 6, 12])}" for team in TEAMS[:2]]
    parts.append("kind: team\nid: green")
    for at in range(chance.randint(1, 8)):
        start = FIRST + datetime.timedelta(days=chance.randint(0, 500))
        end = start + datetime.timedelta(days=chance.randint(0, 200))
        effort = ", ".join(f"{team}: {chance.randint(1, 9)}" for team in chance.sample(TEAMS, chance.randint(1, 3)))
        status = chance.choice([*Status, Status.PLANNED, Status.PLANNED, Status.ACTIVE])
        days = f"start: {start}\nend: {end}" if chance.random() < 0.9 else f"end: {end}"
        parts.append(f"kind: initiative\nid: w{at}\nstatus: {status}\neffort: {{{effort}}}\n{days}")
    return model("\n---\n".join(parts))


def counted(of: Model) -> Found:
    """Day by day."""
    calendar, load = of.config.calendar.calendar, dict[tuple[str, str], Fraction]()
    for each in of.initiatives.values():
        if each.status in (Status.PLANNED, Status.ACTIVE) and each.start and each.end:
            days = [each.start + datetime.timedelta(days=day) for day in range((each.end - each.start).days + 1)]
            for team, weeks in each.effort.items():
                for day in days:
                    key = (team, str(calendar.period_of(day)))
                    load[key] = load.get(key, Fraction(0)) + Fraction(weeks.likely) / len(days)
    current = str(calendar.period_of(TODAY))
    found = set()
    for (team, period), weeks in load.items():
        capacity = next(each.capacity.usual for ref, each in of.teams.items() if ref.id == team)
        if capacity is not None and weeks > capacity and period >= current:
            found.add((team, f"{float(weeks):.1f} of {capacity:g} person-weeks in {period}"))
    return found


def in_validate(of: Model) -> Found:
    check = rule("over-capacity")
    assert check
    assert check.check
    messages = [each.message.split("` has ") for each in check.check(Context(of, Graph(of), Timeline(of, None), TODAY))]
    return {(team.removeprefix("`"), text) for team, text in messages}


def in_needs(of: Model) -> Found:
    reports = (needs(of, "", ref, NeedsOptions(TODAY)) for ref in of.initiatives)
    told = (each for report in reports for feature in report.features for each in feature.conflicts)
    return {(each.subject.id, each.detail) for each in told if each.kind is ConflictKind.OVER_CAPACITY}


def in_balance(of: Model) -> Found:
    options = BalanceOptions(built_in()["rice"], TODAY, (Dimension.TEAM,), (Measure.EFFORT,))
    return {(each.team.id, each.text) for each in balance(of, "", options).over_capacity}


def in_roadmap(of: Model, audience: str = "product-managers", dates: Precision = Precision.DAY) -> Found:
    options = RoadmapOptions(replace(BUILT_IN[audience], dates=dates), TODAY)
    whole = {(each.team.id, each.text) for each in roadmap(of, "", options).over_capacity}
    teams: Found = set()
    for ref in of.teams:
        page = roadmap(of, "", replace(options, about=ref))
        assert page.about
        assert isinstance(page.about.facts, TeamFacts)
        assert page.about.facts.over_capacity == page.over_capacity
        teams |= {(each.team.id, each.text) for each in page.over_capacity}
    assert whole == teams
    return whole


@pytest.mark.parametrize("seed", range(40))
def test_every_answer_has_the_same_teams_over_capacity(seed: int) -> None:
    of = random_plan(random.Random(seed))
    expected = counted(of)
    of_conflicts = {
        (each.subject.id, each.detail) for each in conflicts(Plan(of, TODAY)) if each.kind is ConflictKind.OVER_CAPACITY
    }
    assert expected == of_conflicts == in_validate(of) == in_needs(of) == in_balance(of) == in_roadmap(of)


def test_random_plans_have_teams_over_capacity() -> None:
    assert sum(bool(counted(random_plan(random.Random(seed)))) for seed in range(40)) >= 15


WEB = """
kind: team
id: web
capacity: 12
---
kind: initiative
id: d
status: planned
effort: {web: 30}
period: 2027-Q2
"""


@pytest.mark.parametrize(
    ("audience", "dates"),
    [("developers", Precision.DAY), ("customers", Precision.HORIZON), ("product-managers", Precision.PERIOD)],
)
def test_an_audience_without_capacities_or_exact_days_is_not_told(audience: str, dates: Precision) -> None:
    options = RoadmapOptions(replace(BUILT_IN[audience], dates=dates), TODAY)
    assert roadmap(model(WEB), "", options).over_capacity == ()


def test_only_work_that_needs_the_team_in_that_period_is_told_of_it() -> None:
    more = "---\nkind: initiative\nid: e\nstatus: planned\neffort: {web: 1}\nperiod: 2027-Q3\n"
    of = model(WEB + more)
    (feature,) = needs(of, "", find(of, "e", "initiative"), NeedsOptions(TODAY)).features
    assert feature.conflicts == ()
