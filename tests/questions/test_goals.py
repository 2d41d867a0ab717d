"""The report on goals: what planned work brings, what is left out, and what a change set does."""

import datetime
from collections.abc import Mapping

import pytest
from goal_worlds import World, documents, worlds
from hypothesis import given

from builders import model
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.questions.goals.choices import FailOn
from platctl.questions.goals.derive import GoalsOptions, goals
from platctl.questions.goals.report import (
    Closing,
    Gap,
    GoalChanges,
    GoalEditKind,
    GoalsReport,
    GoalStatus,
    Serving,
    ServingChange,
    ServingTurn,
    Sum,
    WorkPhase,
)

TODAY = datetime.date(2026, 11, 23)
MILLISECONDS = "{id: ms, baseline: 100, target: 40, direction: down, values: {2026-09-30: 90}}"
SPEED = f"goal: speed, due: 2027-Q1, metrics: [{MILLISECONDS}]"


def report(*texts: str, **options: object) -> GoalsReport:
    return goals(model(documents(*texts)), Compared("here"), GoalsOptions(TODAY, **options))  # type: ignore[arg-type]


def changed(before: tuple[str, ...], after: tuple[str, ...], **options: object) -> GoalsReport:
    asked = GoalsOptions(TODAY, **options)  # type: ignore[arg-type]
    return goals(model(documents(*after)), Compared("here", "there"), asked, model(documents(*before)))


def of(found: GoalsReport, goal: str) -> GoalStatus:
    (status,) = (each for each in found.goals if each.goal.id == goal)
    return status


def ref(text: str) -> Ref:
    kind, _, id_ = text.partition(":")
    return Ref(kind, "default", id_)


def work(id_: str, status: str, end: str = "2027-02-01", goal: str = "speed", brings: int | None = None) -> str:
    share = goal if brings is None else f"{{goal: {goal}, contribution: {brings}}}"
    return f"initiative: {id_}, status: {status}, end: {end}, goals: [{share}]"


# What work brings ---------------------------------------------------------------------------------------------


def test_contributions_are_summed_by_phase_and_what_says_none_is_counted() -> None:
    found = of(
        report(
            SPEED,
            work("a", "done", brings=10),
            work("b", "planned", brings=20),
            work("c", "active", brings=5),
            work("d", "planned"),
            work("e", "idea"),
            work("f", "dropped", brings=99),
        ),
        "speed",
    )
    assert found.sums == {
        WorkPhase.DONE: Sum(1, 10, 0),
        WorkPhase.PLANNED: Sum(3, 25, 1),
        WorkPhase.OPEN: Sum(1, None, 1),
    }
    assert [each.initiative.id for each in found.serving] == ["a", "b", "c", "d", "e"]


def test_planned_work_in_time_is_compared_with_what_is_missing() -> None:
    late, proposed = work("late", "planned", "2027-04-01", brings=30), work("maybe", "shaped", brings=7)
    found = of(report(SPEED, work("a", "planned", brings=20), work("b", "planned"), late, proposed), "speed")
    assert found.closing == Closing(gap=50, is_from_baseline=False, planned=20, late=30, open=7, silent=1)
    assert not found.closing.is_enough
    assert [each.is_late for each in found.serving] == [False, False, True, False]


def test_where_less_is_better_a_contribution_may_have_a_minus() -> None:
    closing = of(report(SPEED, work("a", "planned", brings=-50)), "speed").closing
    assert closing
    assert closing.is_enough


def test_where_nothing_was_measured_the_gap_is_that_of_the_baseline() -> None:
    closing = of(report("goal: a, metrics: [{id: m, baseline: 1900, target: 2300}]"), "a").closing
    assert closing == Closing(gap=400, is_from_baseline=True, planned=0, late=0, open=0, silent=0)


@pytest.mark.parametrize(
    "metrics",
    [
        "{id: m, baseline: 0, target: 1}, {id: n, baseline: 0, target: 1}",
        "{id: m, baseline: 0}",
        "{id: m, target: 1}",
        "{id: m, baseline: 0, target: 1, values: {2026-09-30: 2}}",
        "{id: m, baseline: 1, target: 1}",
        "{id: m, baseline: 1, target: 0}",
        "",
    ],
)
def test_nothing_is_said_of_a_gap_that_is_not_known_or_not_there(metrics: str) -> None:
    assert of(report(f"goal: a, metrics: [{metrics}]", work("x", "planned", goal="a", brings=5)), "a").closing is None


def test_a_goal_that_is_named_twice_is_served_once_with_both_contributions() -> None:
    twice = (
        "initiative: a, status: planned, goals: [{goal: speed, contribution: 2}, {goal: speed, contribution: 3}, speed]"
    )
    assert [each.contribution for each in of(report(SPEED, twice), "speed").serving] == [5]


def test_the_effort_of_a_goal_is_its_part_of_all_that_is_planned() -> None:
    both = "initiative: x, status: planned, effort: {red: 6, blue: {low: 1, likely: 2, high: 3}}, goals: [a, b]"
    rest = "initiative: y, status: active, effort: {red: 12}"
    found = report("goal: a", "goal: b", both, rest)
    assert (of(found, "a").effort, of(found, "a").effort_share) == (4, 0.2)
    assert [(each.initiative.id, each.effort) for each in found.aimless] == [("y", 12)]
    assert of(report("goal: a"), "a").effort_share is None


def test_a_goal_that_stands_elsewhere_than_written_says_why() -> None:
    found = report("goal: a, parent: a", "goal: b, parent: nowhere")
    assert (of(found, "a").is_in_circle, of(found, "b").missing_parent) == (True, "nowhere")


# What is asked for --------------------------------------------------------------------------------------------

FAMILY = (
    "goal: top",
    "goal: a, parent: top",
    "goal: b, parent: a",
    "goal: c, parent: top",
    work("x", "planned", goal="b"),
)


def shown(found: GoalsReport) -> list[str]:
    return [each.goal.id for each in found.goals]


def test_a_goal_brings_those_below_it_along() -> None:
    lost = "initiative: lost, status: planned"
    assert shown(report(*FAMILY, lost, top=ref("goal:a"))) == ["a", "b"]
    assert report(*FAMILY, lost, top=ref("goal:a")).aimless == ()


def test_a_goal_is_chosen_by_itself_or_by_what_serves_it_and_counts_the_same() -> None:
    assert shown(report(*FAMILY, only=frozenset({ref("goal:c"), ref("initiative:x")}))) == ["b", "c"]
    whole, some = (report(*FAMILY, only=only).goals[0] for only in (None, frozenset({ref("goal:top")})))
    assert (some.below, some.progress) == (whole.below, whole.progress)


def test_gaps_fail_only_a_check_that_asks_for_it() -> None:
    assert report(*FAMILY).failing == 0
    assert report(*FAMILY, "initiative: lost, status: planned", fail_on=FailOn.GAP).failing == 2


# What a change set does ---------------------------------------------------------------------------------------


def turns(found: GoalsReport) -> list[tuple[str, str, ServingTurn]]:
    assert found.changes
    return [(each.goal.id, each.initiative.id, each.turn) for each in found.changes.moved]


def moved(found: GoalsReport) -> ServingChange:
    assert found.changes
    (only,) = found.changes.moved
    return only


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ("planned", "dropped", ServingTurn.LOST),
        ("planned", "idea", ServingTurn.LOST),
        ("planned", "done", ServingTurn.DELIVERED),
        ("idea", "planned", ServingTurn.GAINED),
        ("dropped", "active", ServingTurn.GAINED),
        ("idea", "parked", ServingTurn.WITHDRAWN),
        ("parked", "shaped", ServingTurn.PROPOSED),
        ("shaped", "done", ServingTurn.DELIVERED),
    ],
)
def test_a_goal_gains_and_loses_work_as_its_status_says(before: str, after: str, turn: ServingTurn) -> None:
    assert turns(changed((SPEED, work("x", before)), (SPEED, work("x", after)))) == [("speed", "x", turn)]


@pytest.mark.parametrize(
    ("before", "after"), [("planned", "active"), ("idea", "shaped"), ("parked", "dropped"), ("done", "dropped")]
)
def test_a_status_that_means_the_same_for_a_goal_is_no_change(before: str, after: str) -> None:
    assert turns(changed((SPEED, work("x", before)), (SPEED, work("x", after)))) == []


def test_work_that_no_longer_serves_a_goal_is_lost_for_it_and_gained_by_another() -> None:
    both = (SPEED, "goal: trust")
    found = changed((*both, work("x", "planned")), (*both, work("x", "planned", goal="trust")))
    assert turns(found) == [("speed", "x", ServingTurn.LOST), ("trust", "x", ServingTurn.GAINED)]


def test_work_that_slips_is_delayed_and_may_become_too_late() -> None:
    found = changed((SPEED, work("x", "planned", brings=5)), (SPEED, work("x", "planned", "2027-05-01", brings=8)))
    entry = moved(found)
    assert entry.was
    assert entry.now
    assert (entry.turn, entry.was.is_late, entry.now.is_late) == (ServingTurn.DELAYED, False, True)
    assert (entry.was.contribution, entry.now.contribution) == (5, 8)


def test_work_is_earlier_or_brings_another_amount() -> None:
    before = (SPEED, work("x", "planned", brings=5))
    assert moved(changed(before, (SPEED, work("x", "planned", "2027-01-01", brings=5)))).turn is ServingTurn.EARLIER
    assert moved(changed(before, (SPEED, work("x", "planned", brings=4)))).turn is ServingTurn.CHANGED


def test_a_goal_and_work_that_are_renamed_stay_what_they_are() -> None:
    found = changed(
        ("goal: old", work("x", "planned", goal="old")),
        ("goal: new, aliases: [old]", f"{work('y', 'planned', goal='new')}, aliases: [x]"),
    )
    assert found.changes
    assert [(each.kind, each.was) for each in found.changes.edits] == [(GoalEditKind.RENAMED, "old")]
    assert (turns(found), found.changes.shifts, found.changes.new_gaps) == ([], (), 0)


def edits(before: str, after: str) -> list[tuple[GoalEditKind, object, object]]:
    others = ("goal: p, title: The parent", "goal: q")
    changes = changed((*others, before), (*others, after)).changes
    assert changes
    values = ((each.kind, each.was, each.now) for each in changes.edits)
    return [(kind, *(getattr(value, "label", value) for value in both)) for kind, *both in values]  # type: ignore[misc]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("parent: p", "parent: q", [(GoalEditKind.MOVED, "The parent", "q")]),
        ("parent: p", "", [(GoalEditKind.MOVED, "The parent", None)]),
        ("weight: 1", "weight: 2", [(GoalEditKind.WEIGHED, 1, 2)]),
        ("due: 2027-Q1", "due: 2027-Q2", [(GoalEditKind.DUE, day("2027-03-31"), day("2027-06-30"))]),
        ("due: 2027-Q1", "due: 2027-03-31", []),
        ("title: A", "title: B", []),
        ("metrics: [{id: m, target: 1}]", "metrics: [{id: m, target: 2}]", [(GoalEditKind.TARGET, 1, 2)]),
        ("metrics: [{id: m, target: 1}]", "metrics: []", [(GoalEditKind.METRIC_REMOVED, 1, None)]),
        ("", "metrics: [{id: m, target: 1}]", [(GoalEditKind.METRIC_ADDED, None, 1)]),
        ("metrics: [{id: m}]", "metrics: [{id: m, baseline: 3}]", [(GoalEditKind.BASELINE, None, 3)]),
        ("metrics: [{id: m}]", "metrics: [{id: m, direction: down}]", [(GoalEditKind.DIRECTION, "up", "down")]),
        ("metrics: [{id: m}]", "metrics: [{id: m, values: {2026-09-30: 3}}]", [(GoalEditKind.MEASURED, None, 3)]),
    ],
)
def test_what_is_written_about_a_goal_is_told_as_what_it_means(
    before: str, after: str, expected: list[tuple[GoalEditKind, object, object]]
) -> None:
    assert edits(f"goal: a, {before}", f"goal: a, {after}") == expected


def test_a_goal_comes_and_goes() -> None:
    assert edits("goal: a", "goal: b") == [(GoalEditKind.REMOVED, None, None), (GoalEditKind.ADDED, None, None)]


def test_what_changes_leave_a_goal_with_is_told_with_what_it_had() -> None:
    metric = "metrics: [{id: m, baseline: 0, target: 10, values: {2026-09-30: 2%s}}]"
    before = (f"goal: speed, {metric % ''}", work("x", "planned", brings=4))
    found = changed(before, (f"goal: speed, {metric % ', 2026-10-31: 5'}", work("x", "parked", brings=4)))
    assert found.changes
    (shift,) = found.changes.shifts
    assert (shift.progress_was, shift.progress) == (0.2, 0.5)
    assert (shift.planned_was, shift.planned) == (4, None)
    assert (shift.gap_was, shift.gap) == (None, Gap.UNSERVED)


def test_only_gaps_that_are_new_fail_a_comparison() -> None:
    def failing(before: tuple[str, ...], after: tuple[str, ...]) -> int:
        return changed(before, after, fail_on=FailOn.GAP).failing

    served, lost = (SPEED, work("x", "planned")), "initiative: y, status: planned"
    assert failing((SPEED, lost), (SPEED, lost)) == 0
    assert failing((SPEED,), served) == 0
    assert failing(served, (SPEED,)) == 1
    assert failing((SPEED, work("x", "idea")), (SPEED,)) == 1, "worse than before"
    assert failing((SPEED,), (SPEED, work("x", "idea"))) == 0, "better than before"
    assert failing(served, (*served, lost, "goal: other")) == 2
    assert failing((*served, "initiative: y, status: idea"), (*served, lost)) == 1


def test_a_subtree_keeps_what_left_it_in_sight_and_nothing_else() -> None:
    before = ("goal: top", "goal: a, parent: top", work("x", "planned", goal="a"), "goal: far")
    found = changed(before, ("goal: top", "goal: far, weight: 3"), top=ref("goal:top"))
    assert found.changes
    assert [(each.goal.id, each.kind) for each in found.changes.edits] == [("a", GoalEditKind.REMOVED)]
    assert turns(found) == [("a", "x", ServingTurn.LOST)]


@given(worlds())
def test_nothing_changes_between_a_state_and_itself(world: World) -> None:
    same = goals(world.model, Compared("here", "there"), GoalsOptions(TODAY, fail_on=FailOn.GAP), world.model)
    assert same.changes == GoalChanges((), (), (), 0)
    assert same.failing == 0


@given(worlds(), worlds())
def test_what_each_state_says_by_itself_is_what_the_comparison_says(before: World, after: World) -> None:
    options = GoalsOptions(TODAY)
    was, now = ({each.goal.ref: each for each in _alone(world, options).goals} for world in (before, after))
    changes = goals(after.model, Compared("here", "there"), options, before.model).changes
    assert changes
    shifts = {each.goal.ref: each for each in changes.shifts}
    for ref in was.keys() & now.keys():
        old, new = (
            (each.progress.share, each.sums[WorkPhase.PLANNED].contribution, each.gap) for each in (was[ref], now[ref])
        )
        assert (ref in shifts) == (old != new)
        if shift := shifts.get(ref):
            assert (shift.progress_was, shift.planned_was, shift.gap_was) == old
            assert (shift.progress, shift.planned, shift.gap) == new
    for ref in was.keys() | now.keys():
        served, serving = ({each.initiative.ref: each for each in _of(states, ref)} for states in (was, now))
        told = {each.initiative.ref: (each.was, each.now) for each in changes.moved if each.goal.ref == ref}
        for work, (old_work, new_work) in told.items():
            assert (_essence(old_work), _essence(new_work)) == (
                _essence(served.get(work)),
                _essence(serving.get(work)),
            )
        for work in (served.keys() | serving.keys()) - told.keys():
            phases = {each.phase for each in (served.get(work), serving.get(work)) if each}
            assert len(phases) == 1, "what is not told is as far as it was"


def _alone(world: World, options: GoalsOptions) -> GoalsReport:
    return goals(world.model, Compared("here"), options)


def _of(states: Mapping[Ref, GoalStatus], goal: Ref) -> tuple[Serving, ...]:
    return states[goal].serving if goal in states else ()


def _essence(serving: Serving | None) -> tuple[object, ...] | None:
    return (serving.phase, serving.contribution, serving.end, serving.is_late) if serving else None
