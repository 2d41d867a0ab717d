"""How goals are put into words."""

import datetime

import pytest

from builders import model
from platctl.model.model import Model
from platctl.outlook.compared import Compared
from platctl.questions.goals.derive import GoalsOptions, goals
from platctl.questions.goals.page import page
from platctl.questions.goals.progress_page import way
from platctl.render.page.markdown import render as markdown
from platctl.render.page.text import render

TODAY = datetime.date(2026, 11, 23)


def text(head: Model, base: Model | None = None, **options: bool) -> str:
    report = goals(head, Compared("here", "there" if base else None), GoalsOptions(TODAY), base)
    return render(page(report, **options), width=200, color=False)


def of_metric(fields: str, due: str = "2027-06-30") -> str:
    """The line of a metric."""
    shown = text(model(f"{{kind: goal, id: a, due: {due}, metrics: [{{id: speed, {fields}}}]}}"))
    (line,) = (line.strip() for line in shown.splitlines() if line.strip().startswith("speed"))
    return " ".join(line.split())


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ("unit: ms, target: 9", "speed, ms - - 9 - no baseline"),
        ("baseline: 9", "speed 9 - - - no target"),
        ("baseline: 9, target: 1200", "speed 9 - 1,200 - not measured yet"),
        (
            "baseline: 9, target: 5, values: {2026-06-30: 6}",
            "speed 9 6 5 - target on the wrong side of the baseline for `direction: up` 2026-06-30",
        ),
        ("baseline: 0, target: 10, values: {2026-06-30: 2}", "speed 0 2 10 20 % no trend yet: one value 2026-06-30"),
        (
            "baseline: 0, target: 10, values: {2026-06-30: 13}",
            "speed 0 13 10 130 % reached; beyond the target 2026-06-30",
        ),
        (
            "baseline: 4, target: 8, values: {2026-06-01: 3, 2026-06-30: 2}",
            "speed 4 2 8 -50 % stalled; worse than the baseline 2026-06-30",
        ),
        (
            "baseline: 0, target: 10, values: {2026-06-01: 0, 2026-06-30: 0.000000001}",
            "speed 0 1e-09 10 1e-08 % late: not before the year 10000 2026-06-30",
        ),
        (
            "baseline: 0, target: 10, values: {2026-06-30: 2, 2027-01-01: 9}",
            "speed 0 2 10 20 % no trend yet: one value; 1 later value not counted 2026-06-30",
        ),
    ],
)
def test_a_metric_is_told_in_one_line(fields: str, line: str) -> None:
    assert of_metric(fields) == line


def test_a_metric_whose_day_has_passed_is_missed_and_its_pace_still_told() -> None:
    fields = "baseline: 0, target: 10, values: {2026-08-01: 2, 2026-09-30: 8}"
    assert of_metric(fields, "2026-10-01") == "speed 0 8 10 80 % missed: 2026-10-20 2026-09-30"


def test_a_share_of_the_way_is_never_a_row_of_digits() -> None:
    shares = (None, 0.0, 0.056, -0.056, 1.0, 99.99, 1e300, -1e300)
    assert [*map(way, shares)] == [
        *("", "0 %", "5.6 %", "-5.6 %", "100 %", "9,999 %"),
        *("more than 9,999 %", "less than -9,999 %"),
    ]


def test_a_goal_is_called_by_the_worst_of_its_metrics() -> None:
    good, bad = "{id: m, target: 1, values: {2026-01-01: 1}}", "{id: n, target: 1, values: {2026-01-01: 0}}"
    shown = text(model(f"{{kind: goal, id: a, due: 2026-Q3, metrics: [{good}, {bad}]}}"))
    assert "due 2026-09-30, missed" in shown
    assert shown.splitlines()[-1] == "2 metrics: 1 missed, 1 reached"


def test_goals_are_set_in_below_their_parents_as_far_as_there_is_room() -> None:
    chain = "\n---\n".join(f"{{kind: goal, id: g{n}, parent: g{n - 1}}}" for n in range(11))
    for shown in (text(model(chain)), markdown(page(goals(model(chain), Compared("here"), GoalsOptions(TODAY))))):
        assert "· · g2" in shown
        assert "· · · · · · · · (10) g10" in shown


def test_what_nobody_works_on_is_told_once_with_all_that_is_below() -> None:
    family = "{kind: goal, id: top}\n---\n{kind: goal, id: a, parent: top}\n---\n{kind: goal, id: b, parent: a}"
    shown = text(model(family))
    assert shown.count("no work is planned") == 1
    assert "top: no work is planned or proposed, nor for 2 goals below it" in shown
    assert "3 goals: 3 without work" in shown


def test_every_edit_of_a_goal_has_its_words() -> None:
    base = """
    {kind: goal, id: p, title: Trust}
    ---
    {kind: goal, id: gone}
    ---
    {kind: goal, id: old}
    ---
    kind: goal
    id: a
    parent: p
    weight: 1
    due: 2027-Q1
    metrics:
      - {id: m, title: Speed, baseline: 0, target: 10, values: {2026-06-30: 2, 2026-07-31: 3}}
      - {id: out, title: Size, target: 5}
    """
    head = """
    {kind: goal, id: p, title: Trust}
    ---
    {kind: goal, id: here}
    ---
    {kind: goal, id: new, aliases: [old]}
    ---
    kind: goal
    id: a
    weight: 2.5
    metrics:
      - {id: m, title: Speed, baseline: 1, target: 9, direction: down, values: {2026-06-30: 4, 2026-09-30: 5}}
      - {id: in, title: Joy}
    """
    shown = text(model(head), model(base))
    edits = [line.split("   ")[0].strip() for line in shown.split("\n\n")[1].splitlines()]
    assert edits == [
        "Goals changed (14)",
        *("a: due 2027-03-31 -> none", "a: baseline of Speed 0 -> 1", "a: direction of Speed up -> down"),
        *(
            "a: target of Speed 10 -> 9",
            "a: Speed, measured 2026-06-30: 2 -> 4",
            "a: Speed, measured 2026-07-31: 3 -> none",
        ),
        *("a: Speed, measured 2026-09-30: none -> 5", "a: new metric Joy", "a: metric Size removed, target 5"),
        *("a: parent Trust -> none", "a: weight 1 -> 2.5", "gone: removed", "here: new", "new: renamed from old"),
    ]


def of_work(before: str, after: str) -> list[str]:
    """What is said of work that changes."""
    goal = "{kind: goal, id: a, due: 2027-Q1}\n---\n"
    states = (model(f"{goal}{{kind: initiative, id: x, {fields}}}") for fields in (after, before))
    block = text(*states).split("\n\n")[1]
    return [line.strip() for line in block.splitlines()][1:]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "status: planned, end: 2027-03-01, goals: [{goal: a, contribution: 3}]",
            "status: planned, end: 2027-04-01, goals: [{goal: a, contribution: 2}]",
            ["a waits longer for x", "contributes 3 -> 2; ends 2027-03-01 -> 2027-04-01; now after the due date"],
        ),
        (
            "status: planned, end: 2027-04-02, goals: [a]",
            "status: planned, end: 2027-04-01, goals: [a]",
            ["a waits less long for x", "ends 2027-04-02 -> 2027-04-01; after the due date"],
        ),
        (
            "status: planned, goals: [a]",
            "status: planned, goals: [{goal: a, contribution: 2}]",
            ["a gets a different amount from x", "contributes none -> 2"],
        ),
        ("status: planned, end: 2027-03-01, goals: [{goal: a, contribution: 3}]", "", ["a loses x", "contributes 3"]),
        (
            "",
            "status: active, end: 2027-04-01, goals: [{goal: a, contribution: 3}]",
            ["a gains x", "contributes 3; ends 2027-04-01; after the due date"],
        ),
        ("status: active, goals: [a]", "status: done, end: 2027-04-01, goals: [a]", ["a received x"]),
        ("status: idea, goals: [a]", "status: parked, goals: [a]", ["a loses the proposal x"]),
        ("", "status: shaped, goals: [a]", ["a gets the new proposal x"]),
    ],
)
def test_what_becomes_of_work_for_a_goal_is_a_sentence(before: str, after: str, said: list[str]) -> None:
    assert of_work(before, after) == said


def test_a_change_that_does_nothing_to_goals_says_so() -> None:
    goal = model("{kind: goal, id: a}")
    assert "The change does not affect any goal." in text(goal, goal)


def test_the_sums_are_shown_where_that_is_wanted() -> None:
    at = "metrics: [{id: m, title: %s, baseline: 0, target: 10, values: {2026-06-30: %s}}]"
    parts = (("one", 3, 5), ("two", 1, 30))
    below = (
        f"{{kind: goal, id: {name}, parent: top, weight: {weight}, {at % (name, n)}}}" for name, weight, n in parts
    )
    unknown = "{kind: goal, id: three, parent: top, weight: 4}"
    shown = text(model("\n---\n".join(("{kind: goal, id: top}", *below, unknown))), explains=True)
    assert "top: 62 %, 50 % known" in shown
    assert "(3 x 50 % one + 100 % two) / 4" in shown
    assert "not counted, progress unknown: three" in shown
