"""The tree of goals: what is part of what, how progress adds up, and which work counts where."""

import datetime
import math

import pytest
from goal_worlds import World, at, documents, goal, worlds
from hypothesis import given

from builders import model
from platctl.model.settings.balance import Stage
from platctl.model.settings.scoring import built_in
from platctl.model.vocabulary import Dimension, Measure
from platctl.questions.balance.derive import balance
from platctl.questions.balance.division import BalanceOptions
from platctl.questions.goals.report import Gap, WorkPhase
from platctl.questions.goals.tree import GoalTree

TODAY = datetime.date(2026, 11, 23)


def tree(*texts: str) -> GoalTree:
    return GoalTree(model(documents(*texts)), TODAY)


def order(found: GoalTree) -> list[tuple[str, int]]:
    return [(ref.id, depth) for ref, depth in found.depths.items()]


# What is part of what -----------------------------------------------------------------------------------------


def test_goals_are_told_from_the_top_down_and_the_heaviest_first() -> None:
    found = tree(
        "goal: a, parent: top, weight: 2", "goal: b, parent: top, weight: 9", "goal: top", "goal: c, parent: b"
    )
    assert order(found) == [("top", 0), ("b", 1), ("c", 2), ("a", 1)]
    assert [ref.id for ref in found.under(goal("b"))] == ["b", "c"]


def test_a_goal_whose_parent_is_missing_stands_at_the_top() -> None:
    assert order(tree("goal: a, parent: nowhere")) == [("a", 0)]


def test_goals_that_are_part_of_each_other_all_stand_at_the_top() -> None:
    found = tree("goal: a, parent: b", "goal: b, parent: a", "goal: c, parent: a", "goal: d, parent: d")
    assert order(found) == [("a", 0), ("c", 1), ("b", 0), ("d", 0)]
    assert {ref.id for ref in found.circles} == {"a", "b", "d"}


def test_a_former_name_of_a_parent_holds() -> None:
    assert order(tree("goal: new, aliases: [old]", "goal: sub, parent: old")) == [("new", 0), ("sub", 1)]


def test_a_chain_of_thousands_is_no_deeper_than_any_other() -> None:
    chain = [f"goal: g{nth}, parent: g{nth + 1}" for nth in range(3000)]
    work = [f"initiative: i{nth}, status: planned, goals: [g{nth}]" for nth in range(0, 3000, 100)]
    found = tree(*chain, "goal: g3000", f"goal: leaf, parent: g0, metrics: [{at(40)}]", *work)
    top = goal("g3000")
    assert found.depths[goal("leaf")] == 3001
    assert found.progress[top].share == 0.4
    assert found.below[top][WorkPhase.PLANNED] == 30


# How progress adds up -----------------------------------------------------------------------------------------


def test_the_progress_of_a_goal_is_the_mean_of_its_metrics() -> None:
    found = tree(f"goal: a, metrics: [{at(20)}, {at(80)}]").progress[goal("a")]
    assert (found.share, found.known) == (0.5, 1)


def test_without_metrics_it_is_the_mean_of_its_sub_goals_by_weight() -> None:
    below = (f"goal: a, parent: top, weight: 3, metrics: [{at(20)}]", f"goal: b, parent: top, metrics: [{at(60)}]")
    assert tree("goal: top", *below).progress[goal("top")].share == pytest.approx(0.3)


def test_metrics_of_its_own_decide_whatever_its_sub_goals_do() -> None:
    found = tree(f"goal: top, metrics: [{at(10)}]", f"goal: a, parent: top, metrics: [{at(90)}]")
    assert found.progress[goal("top")].share == 0.1


def test_what_nobody_knows_is_left_out_and_that_is_said() -> None:
    below = (f"goal: a, parent: top, weight: 30, metrics: [{at(50)}, {{id: none}}]", "goal: b, parent: top, weight: 10")
    found = tree("goal: top", *below).progress[goal("top")]
    assert (found.share, found.known) == (0.5, 0.375)
    assert [(part.label, part.counts) for part in found.parts] == [("a", 0.5), ("b", None)]


def test_what_is_past_its_target_does_not_make_up_for_another() -> None:
    assert tree(f"goal: a, metrics: [{at(300)}, {at(-50)}]").progress[goal("a")].share == 0.5


def test_sub_goals_that_weigh_nothing_say_nothing() -> None:
    found = tree("goal: top", f"goal: a, parent: top, weight: 0, metrics: [{at(50)}]").progress[goal("top")]
    assert (found.share, found.known) == (None, 0)


@given(worlds())
def test_every_goal_is_told_once_below_its_parent(world: World) -> None:
    found = GoalTree(world.model, TODAY)
    assert {ref.id for ref in found.depths} == {f"g{nth}" for nth in range(len(world.parents))}
    for nth in range(len(world.parents)):
        parent = world.parent(nth)
        assert found.parents[goal(f"g{nth}")] == (None if parent is None else goal(f"g{parent}"))
        assert {ref.id for ref in found.under(goal(f"g{nth}"))} == {f"g{each}" for each in world.under(nth)}


@given(worlds())
def test_progress_and_work_add_up_as_a_slow_recursion_says(world: World) -> None:
    found = GoalTree(world.model, TODAY)
    for nth in range(len(world.parents)):
        ref = goal(f"g{nth}")
        share = world.share(nth)
        assert found.progress[ref].share == (None if share is None else pytest.approx(share))
        assert found.below[ref] == {
            WorkPhase.DONE: len(world.serving(nth, "done")),
            WorkPhase.PLANNED: len(world.serving(nth, "planned", "active")),
            WorkPhase.OPEN: len(world.serving(nth, "idea", "proposed", "shaped")),
        }
        assert found.effort[ref] == pytest.approx(world.effort(nth))


@given(worlds())
def test_the_effort_of_a_goal_itself_is_that_of_the_balance(world: World) -> None:
    found = GoalTree(world.model, TODAY)
    report = balance(
        found.model, "here", BalanceOptions(built_in()["rice"], TODAY, (Dimension.GOAL,), (Measure.EFFORT,))
    )
    amounts = {row.id: row.parts[Stage.PLANNED].amount for row in report.shares[0].rows}
    for ref in found.goals:
        own = found.effort[ref] - math.fsum(found.effort[child] for child in found.children.get(ref, ()))
        assert own == pytest.approx(amounts[ref.name])


# Which work there is ------------------------------------------------------------------------------------------


def gap(*texts: str, of: str = "a") -> Gap | None:
    return tree(*texts).gap(goal(of))


def test_a_goal_with_neither_open_nor_planned_work_is_unserved() -> None:
    assert gap("goal: a") is Gap.UNSERVED
    assert gap("goal: a", "initiative: x, status: done, goals: [a]") is Gap.UNSERVED
    assert gap("goal: a", "initiative: x, status: parked, goals: [a]") is Gap.UNSERVED


def test_a_goal_that_is_served_by_proposals_alone_is_unpromised() -> None:
    assert gap("goal: a", "initiative: x, status: shaped, goals: [a]") is Gap.UNPROMISED
    assert gap("goal: a", "initiative: x, status: planned, goals: [a]") is None


def test_work_for_a_sub_goal_serves_its_parent_and_not_the_other_way_round() -> None:
    assert gap("goal: a", "goal: b, parent: a", "initiative: x, status: active, goals: [b]") is None
    assert gap("goal: a, parent: b", "goal: b", "initiative: x, status: active, goals: [b]") is Gap.UNSERVED


def test_a_goal_is_planned_too_late_if_all_its_work_ends_after_it_is_due() -> None:
    due, late = "goal: a, due: 2027-Q1", "initiative: x, status: planned, end: 2027-04-01, goals: [a]"
    in_time = "initiative: y, status: planned, period: 2027-Q1, goals: [b]"
    assert gap(due, late) is Gap.LATE
    assert gap(due, late, "goal: b, parent: a", in_time) is None
    assert gap(due, late, "initiative: y, status: planned, goals: [a]") is None, "nobody knows when y ends"
    assert gap(due, late, "initiative: y, status: idea, period: 2027-Q1, goals: [a]") is Gap.LATE


def test_a_goal_that_is_reached_needs_no_work() -> None:
    assert gap(f"goal: a, metrics: [{at(100)}]") is None
    assert gap("goal: top", f"goal: a, parent: top, metrics: [{at(100)}]", of="top") is None
    assert gap(f"goal: a, metrics: [{at(100)}, {{id: unknown}}]") is Gap.UNSERVED


def test_planned_work_without_a_goal_that_exists_is_aimless() -> None:
    work = (
        "x, status: planned",
        "y, status: active, goals: [nowhere]",
        "z, status: idea",
        "w, status: planned, goals: [a]",
    )
    assert [each.id for each in tree("goal: a", *(f"initiative: {each}" for each in work)).aimless] == ["x", "y"]
