"""Two plans compared: what moves, who gains and waits, and what goals get."""

import datetime
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.test_optimum import NAMES, capacities, plans, text_of
from plan.worlds import TODAY, method, team, work, world
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.scenarios import supposed
from platctl.questions.plan.asked import TypedWishes
from platctl.questions.plan.compare.derive import FuturePlan, compared
from platctl.questions.plan.compare.report import ComparisonReport
from platctl.questions.plan.derive import PlanShown
from platctl.questions.plan.derive import plan as derive
from platctl.questions.plan.options import PlanOptions
from platctl.questions.plan.solving import Planner, planner
from platctl.scheduling.milp import SearchLimits

SHOP = "kind: consumer\nid: shop\nuses: [{component: auth, requires: '>=1'}]\n"
AUTH = "kind: component\nid: auth\nversion: 1.0.0\n"
GOAL = "kind: goal\nid: trust\ndue: 2027-06-30\n"


@pytest.fixture(scope="module")
def running() -> Iterator[Planner]:
    with planner(SearchLimits(gap=0.0)) as found:
        yield found


def future(found: Model, name: str | None, running: Planner, horizon: int = 2) -> FuturePlan:
    scenario = found.scenarios[Ref("scenario", "default", name)] if name else None
    model = supposed(found, scenario.ref, TODAY).model if scenario else found
    wishes = TypedWishes(scenario=scenario).of(model, TODAY, horizon)
    options = PlanOptions(method(model), TODAY, horizon, wishes=wishes)
    return FuturePlan(model, scenario, None, derive(model, "here", options, PlanShown(why=0), running))


def compare(found: Model, one: str | None, other: str | None, running: Planner) -> ComparisonReport:
    return compared(future(found, one, running), future(found, other, running))


def scenario(name: str, text: str) -> str:
    return f"kind: scenario\nid: {name}\n{text}\n"


def days(report: ComparisonReport) -> dict[str, int | None]:
    return {each.initiative.id: each.days for each in report.work}


def turns(report: ComparisonReport) -> dict[str, tuple[list[str], list[str]]]:
    return {
        each.consumer.id: ([one.initiative.id for one in each.sooner], [one.initiative.id for one in each.later])
        for each in report.consumers
    }


def test_work_that_is_left_out_makes_its_consumers_wait(running: Planner) -> None:
    found = world(
        *(AUTH, SHOP, GOAL, team("t", 20)),
        work("a", 5, "t: 3", "requested_by: [shop]", "goals: [{goal: trust, contribution: 3}]"),
        work("b", 4, "t: 3"),
        scenario("without", "bans: [a]"),
    )
    report = compare(found, None, "without", running)
    assert days(report) == {"a": None, "b": 0}
    assert [each.initiative.id for each in report.different] == ["a"]
    assert turns(report) == {"shop": ([], ["a"])}
    assert [(each.goal.id, each.verdict.value, each.now) for each in report.goals] == [("trust", "dropped", None)]
    assert (report.first.value - report.second.value, report.second.left_out) == (5, 1)
    assert turns(compare(found, "without", None, running)) == {"shop": (["a"], [])}


def test_a_consumer_that_uses_what_work_brings_gains_from_it(running: Planner) -> None:
    change = "changes: [{component: auth, effect: addition, version: 1.1.0}]"
    found = world(AUTH, SHOP, team("t", 20), work("a", 5, "t: 3", change), scenario("later", LATER))
    report = compare(found, None, "later", running)
    assert days(report) == {"a": 91}
    ((moved,),) = [each.later for each in report.consumers]
    assert (moved.was, moved.now) == (datetime.date(2027, 3, 31), datetime.date(2027, 6, 30))


LATER = "pins: [{initiative: a, period: 2027-Q2}]"


def test_work_that_has_another_name_and_is_left_out(running: Planner) -> None:
    text = "edits: [{entity: initiative:a, remove: true}]\nadd: [{kind: initiative, id: b, aliases: [a]}]\nbans: [b]"
    kept = work("a", 5, "t: 3", "requested_by: [shop]", "end: 2027-03-31", status="planned")
    report = compare(world(AUTH, SHOP, team("t", 20), kept, scenario("s", text)), None, "s", running)
    assert [each.second for each in report.work] == [None]


def test_what_a_scenario_assumes_is_told_in_order(running: Planner) -> None:
    found = world(
        team("t", 20),
        work("a", 5, "t: 3", "period: 2027-Q1"),
        work("b", 5, "t: 3"),
        scenario(
            "much",
            "edits: [{entity: initiative:a, set: {deadline: 2027-06-30, effort: {t: 2.50}}, unset: [period]},"
            " {entity: initiative:b, remove: true}]\n"
            "add: [{kind: initiative, id: c, status: proposed}]\n"
            "capacity: [{team: t, add: -2}, {team: t, add: 1.5, period: 2027-Q2}]\n"
            "pins: [{initiative: a, period: 2027-Q2}]\nbans: [c]",
        ),
    )
    assert compare(found, None, "much", running).second.assumed == (
        "initiative a: deadline 2027-06-30",
        "initiative a: effort {t: 2.50}",
        "initiative a: no period",
        "initiative b: removed",
        "initiative c: added",
        "team t: -2 person-weeks in each period",
        "team t: +1.5 person-weeks in 2027-Q2",
        "initiative a: pinned to 2027-Q2",
        "initiative c: left out",
    )


def test_a_commitment_that_can_not_hold_is_told_of_its_future(running: Planner) -> None:
    kept = work("a", 5, "t: 8", "end: 2027-03-31", status="planned")
    found = world(team("t", 10), kept, scenario("fewer", "capacity: [{team: t, add: -9}]"))
    report = compare(found, None, "fewer", running)
    assert ([each.id for each in report.first.broken], [each.id for each in report.second.broken]) == ([], ["a"])


@settings(max_examples=30)
@given(plans, capacities, st.sampled_from(NAMES), st.integers(-4, 6))
def test_the_other_way_round_is_the_opposite(running, plan_, capacity, ban, more) -> None:  # type: ignore[no-untyped-def]
    texts = [text_of(name, piece, NAMES[:at]) for at, (name, piece) in enumerate(zip(NAMES, plan_, strict=False))]
    names = NAMES[: len(texts)]
    found = world(
        *(team("t", capacity[0]), team("u", capacity[1]), SHOP, AUTH),
        *(f"{text}requested_by: [shop]\n" for text in texts),
        scenario("s", f"bans: [{ban if ban in names else names[0]}]\ncapacity: [{{team: t, add: {more}}}]"),
    )
    one, other = compare(found, None, "s", running), compare(found, "s", None, running)
    assert {name: None if by is None else -by for name, by in days(one).items()} == days(other)
    assert turns(one) == {name: (later, sooner) for name, (sooner, later) in turns(other).items()}
    (consumer,) = one.consumers or [None]
    told = {each.initiative.id for each in (*consumer.sooner, *consumer.later)} if consumer else set()
    assert told == {each.initiative.id for each in one.different}
