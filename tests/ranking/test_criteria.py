"""Criteria that the graph knows: who gains, what it costs others, what waits for it, which goals it serves."""

import pytest

from builders import model
from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion
from platctl.ranking.criteria import Criteria
from platctl.ranking.inputs import Input, Origin

PLATFORM = """
kind: component
id: identity
interfaces: [{id: api, versions: [{version: 2.4.0}]}, {id: admin, version: 1.0.0}]
---
kind: component
id: billing
depends_on: [{component: identity#api, requires: "<3", migration: 4}]
---
kind: consumer
id: shop
tier: 1
reach: {users: 1000, developers: 5, revenue: 9000}
uses: [{component: identity#api, requires: "<3", migration: 3}, billing]
---
kind: consumer
id: desk
tier: 3
reach: {users: 200}
uses: [billing]
---
kind: consumer
id: admin-tool
uses: [identity#admin]
---
kind: consumer
id: silent
uses: [{component: identity#api, requires: ">=2"}]
---
kind: goal
id: trust
weight: 3
---
kind: goal
id: growth
weight: 1
---
kind: goal
id: signups
parent: growth
metrics: [{id: m, baseline: 100, target: 300}]
---
kind: goal
id: retention
parent: growth
"""


EXPOSING = PLATFORM.replace("migration: 4}", "migration: 4, exposes: true}")
"""Whoever uses billing uses identity as well."""


def plan(*initiatives: str, config: str = "", platform: str = PLATFORM) -> Criteria:
    return Criteria(Graph(model(platform, *initiatives, config=config)), Date(2026, 11, 23))


def known(criteria: Criteria, name: str, criterion: str) -> Input:
    return criteria.of(Ref("initiative", "default", name), Criterion(id=criterion))


def value(criteria: Criteria, name: str, criterion: str) -> float | None:
    return known(criteria, name, criterion).value


ADDITION = """
kind: initiative
id: passkeys
changes: [{component: identity#api, effect: addition, version: 2.5.0}]
"""
REMOVAL = """
kind: initiative
id: cleanup
status: planned
end: 2027-03-31
changes: [{component: identity#api, effect: removal, version: "<3"}]
"""


def test_reach_counts_each_consumer_once_also_through_others() -> None:
    criteria = plan(ADDITION, platform=EXPOSING)
    found = known(criteria, "passkeys", "reach")
    assert (found.value, found.unit, found.origin) == (1200, "users", Origin.GRAPH)
    assert [(each.of, each.value) for each in found.portions] == [("desk", 200), ("shop", 1000)]
    assert found.note == "not counted: 1 more without `reach.users`"
    assert value(criteria, "passkeys", "developers") == 5
    assert value(criteria, "passkeys", "revenue") == 9000
    assert value(criteria, "passkeys", "consumers") == 3


def test_reach_ends_at_a_component_that_hides_what_it_uses() -> None:
    assert [each.of for each in known(plan(ADDITION), "passkeys", "reach").portions] == ["shop"]


def test_reach_has_nobody_whose_range_excludes_the_new_version() -> None:
    new_major = ADDITION.replace("2.5.0", "3.0.0")
    assert value(plan(new_major), "passkeys", "reach") is None


def test_reach_by_tier_weighs_the_most_critical_most() -> None:
    assert value(plan(ADDITION, platform=EXPOSING), "passkeys", "tier_reach") == 1000 * 1.0 + 200 * 0.25
    config = "scoring: {tiers: {1: 2, 3: 1}}"
    assert value(plan(ADDITION, config=config, platform=EXPOSING), "passkeys", "tier_reach") == 2200


def test_who_asks_gains_although_nothing_changes() -> None:
    asked = "kind: initiative\nid: dark-mode\nrequested_by: [desk, admin-tool]\nfor: shop\n"
    assert value(plan(asked), "dark-mode", "reach") == 1200
    assert value(plan(asked), "dark-mode", "demand") == 0.25 + 0.25


ASKED_FOR = REMOVAL + "requested_by: [shop, desk]\nfor: silent\n"
"""The removal harms the shop and the silent one, not the desk."""


@pytest.mark.parametrize(
    ("criterion", "expected", "harmed"),
    [
        ("reach", 1200, ["shop"]),
        ("developers", 5, ["shop"]),
        ("revenue", 9000, ["shop"]),
        ("tier_reach", 1000 + 200 * 0.25, ["shop"]),
        ("consumers", 3, ["shop", "silent"]),
    ],
)
def test_who_asks_counts_even_if_the_same_work_harms_them(criterion: str, expected: float, harmed: list[str]) -> None:
    found = known(plan(ASKED_FOR), "cleanup", criterion)
    assert (found.value, sorted(each.id for each in found.harmed)) == (expected, harmed)
    assert known(plan(REMOVAL), "cleanup", criterion).harmed == ()


def test_what_is_unlocked_names_whom_it_harms() -> None:
    first = "kind: initiative\nid: first\n"
    found = known(plan(first, ASKED_FOR + "depends_on: [first]\n"), "first", "unlocked_reach")
    assert (found.value, [each.id for each in found.harmed]) == (1200, ["shop"])


def test_what_takes_away_brings_nobody_anything_and_asks_for_moves() -> None:
    criteria = plan(REMOVAL)
    assert value(criteria, "cleanup", "reach") is None
    assert value(criteria, "cleanup", "must_act") == 2
    cost = known(criteria, "cleanup", "induced_cost")
    assert {each.of: each.value for each in cost.portions} == {
        "billing on identity#api": 4,
        "shop on identity#api": 3,
        "silent on identity#api": 2,
    }
    assert cost.value == 9
    assert cost.note == "2 person-weeks assumed for 1 of 3 migrations"
    assert value(plan(REMOVAL, config="scoring: {migration: 5}"), "cleanup", "induced_cost") == 12


def test_an_idea_is_judged_as_if_it_were_planned() -> None:
    idea = REMOVAL.replace("status: planned", "status: idea")
    assert value(plan(idea), "cleanup", "induced_cost") == 9


def test_the_graph_comes_before_what_somebody_wrote_and_says_so() -> None:
    found = known(plan(ADDITION + "scores: {reach: 5000}\n"), "passkeys", "reach")
    assert (found.value, found.origin, found.written) == (1000, Origin.GRAPH, 5000)
    unknown = known(plan("kind: initiative\nid: x\nscores: {reach: 5000}\n"), "x", "reach")
    assert (unknown.value, unknown.origin, str(unknown.span)) == (5000, Origin.WRITTEN, "model-2.yaml:3:17")


CHAIN = """
kind: initiative
id: base
---
kind: initiative
id: middle
depends_on: [base]
requested_by: [shop]
---
kind: initiative
id: top
depends_on: [middle, base, over]
requested_by: [desk, shop]
---
kind: initiative
id: over
status: done
"""


def test_what_is_unlocked_is_everything_that_waits_each_once() -> None:
    criteria = plan(CHAIN)
    assert value(criteria, "base", "unlocks") == 2
    assert value(criteria, "base", "unlocked_reach") == 1200
    assert value(criteria, "middle", "unlocked_reach") == 200, "the shop gains by it already"
    assert value(criteria, "top", "blocked_by") == 2, "what is done blocks nothing"


def test_effort_is_the_sum_of_the_teams_with_its_range() -> None:
    text = "kind: initiative\nid: x\neffort: {a: {low: 1, likely: 2, high: 4}, b: 3}\n"
    found = known(plan(text), "x", "effort")
    assert (found.value, found.low, found.high, str(found.span)) == (5, 4, 7, "model-2.yaml:3:9")
    assert [(each.of, each.value) for each in found.portions] == [("a", 2), ("b", 3)]


def test_a_duration_counts_both_days_in_weeks() -> None:
    text = "kind: initiative\nid: x\nstart: 2027-01-04\nend: 2027-01-17\n"
    assert value(plan(text), "x", "duration") == 2
    assert value(plan("kind: initiative\nid: x\nend: 2027-01-17\n"), "x", "duration") is None


def test_goals_count_by_their_weight_in_the_tree_and_the_way_that_is_gone() -> None:
    served = "kind: initiative\nid: x\ngoals: [trust, {goal: signups, contribution: 50}, retention]\n"
    found = known(plan(served), "x", "goal_contribution")
    assert {each.of: each.value for each in found.portions} == {
        "trust": 0.75,
        "signups": 0.25 * 0.5 * (50 / 200),
        "retention": 0.25 * 0.5,
    }
    assert found.note == "2 of 3 goals counted in full: no contribution or no metric"


def test_age_counts_weeks() -> None:
    assert value(plan("kind: initiative\nid: x\nproposed_on: 2026-11-09\n"), "x", "age") == 2
    assert value(plan("kind: initiative\nid: x\nproposed_on: 2026-12-09\n"), "x", "age") is None


# Votes ------------------------------------------------------------------------------------------------------

VOTES = """
kind: initiative
id: x
votes:
  - {by: Ada, role: engineer, scores: {impact: 3, risk: 5}}
  - {by: Grace, role: PM, scores: {impact: 1}}
  - {by: Alan, role: engineer, scores: {impact: 2, kano: attractive}}
"""


@pytest.mark.parametrize(
    ("criterion", "median", "note"),
    [
        (Criterion(id="impact"), 2, "median of 3 votes"),
        (Criterion(id="impact", roles=("Engineer",)), 2.5, "median of 2 votes"),
        (Criterion(id="risk"), 5, "median of 1 vote"),
    ],
)
def test_votes_count_by_their_median_and_role(criterion: Criterion, median: float, note: str) -> None:
    found = plan(VOTES).of(Ref("initiative", "default", "x"), criterion)
    assert (found.value, found.note, found.origin) == (median, note, Origin.VOTES)


def test_a_written_score_outweighs_votes() -> None:
    assert value(plan(VOTES + "scores: {impact: 9}\n"), "x", "impact") == 9
    assert plan(VOTES).of(Ref("initiative", "default", "x"), Criterion(id="kano")).word == "attractive"


SERVING = """
kind: initiative
id: serving
effort: {a: {low: 1, likely: 2, high: 4}, b: 3}
goals: [{goal: trust, contribution: "50%"}, {goal: growth, contribution: "25%"}]
"""


@pytest.mark.parametrize(
    "criterion", ["reach", "induced_cost", "unlocked_reach", "goal_contribution", "effort", "demand"]
)
def test_the_parts_of_a_value_add_up_to_it(criterion: str) -> None:
    criteria = plan(ADDITION, REMOVAL, CHAIN, SERVING)
    values = [criteria.of(ref, Criterion(id=criterion)) for ref in criteria.plan.open_work]
    in_parts = [found for found in values if found.portions]
    assert in_parts
    assert [sum(each.value for each in found.portions) for found in in_parts] == [each.value for each in in_parts]
