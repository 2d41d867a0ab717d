"""What follows from a change of the plan is told below it, once."""

import random
from collections.abc import Callable

import pytest

from impacts import compared
from platctl.page import Page
from platctl.questions.impact import comment
from platctl.questions.impact import page as terminal
from platctl.questions.impact.consequences import consequences
from platctl.questions.impact.report import ImpactReport
from platctl.render.page.text import render
from platctl.writing.conflicts import conflict

PLAN = """
kind: goal
id: trust
due: 2027-06-30
---
kind: team
id: core
capacity: 5
---
kind: initiative
id: login
title: Login
status: planned
goals: [{{goal: trust, contribution: 5}}]
start: 2027-01-01
end: {login}
---
kind: initiative
id: portal
title: Portal
status: planned
start: 2027-04-01
end: {portal}
depends_on: [login]
---
kind: initiative
id: other
title: Other
status: planned
effort: {{core: {other}}}
period: 2027-Q1
"""


def plan(login: str = "2027-03-31", portal: str = "2027-05-31", other: int = 3) -> str:
    return PLAN.format(login=login, portal=portal, other=other)


def lines(of: Page) -> list[str]:
    return [each.strip() for each in render(of, width=400, color=False).splitlines()]


def on_page(report: ImpactReport) -> list[str]:
    return lines(terminal.page(report))


def in_comment(report: ImpactReport) -> list[str]:
    return lines(comment.page(report))


@pytest.mark.parametrize("shown", [on_page, in_comment])
def test_a_slip_is_told_once_with_its_conflicts_and_goals_below_it(shown: Callable[[ImpactReport], list[str]]) -> None:
    found = shown(compared(plan(), plan(login="2027-07-31")))
    slip = next(index for index, each in enumerate(found) if each.startswith("Login  delayed by 122 days"))
    below = found[slip + 1 : slip + 5]
    assert [each.partition("model")[0].strip() for each in below] == [
        "work that waits for it: Portal",
        "new conflict: Portal starts on 2027-04-01, but waits for Login, which ends on 2027-07-31",
        "new conflict: Login ends on 2027-07-31, after its goal trust is due on 2027-06-30",
        "goal: trust (contribution 5, due on 2027-06-30)",
    ]
    assert sum("2027-03-31 -> 2027-07-31" in each for each in found) == 1
    assert not [each for each in found if each.startswith(("New conflicts", "Other new", "Goals affected"))]


def test_what_follows_from_no_change_of_the_plan_has_its_own_heading() -> None:
    alone = on_page(compared(plan(), plan(other=9)))
    assert "New conflicts (1)" in alone
    both = on_page(compared(plan(), plan(other=9, login="2027-04-30")))
    assert "Other new conflicts (1)" in both


def test_a_conflict_of_two_that_move_is_told_with_the_one_whose_days_do_not_fit() -> None:
    told, rest, _ = consequences(compared(plan(), plan(login="2027-04-30", portal="2027-06-15")))
    assert {each.delivery.initiative.id: len(each.conflicts) for each in told} == {"login": 0, "portal": 1}
    assert rest == ()


@pytest.mark.parametrize("seed", range(30))
def test_each_conflict_and_goal_is_told_once(seed: int) -> None:
    chance = random.Random(seed)
    days = ("2027-02-28", "2027-03-31", "2027-04-30", "2027-07-31")
    before, after = (plan(chance.choice(days), chance.choice(days), chance.choice([3, 9])) for _ in range(2))
    report = compared(before, after.replace("planned", chance.choice(["planned", "active", "parked"]), 1))
    told, conflicts, goals = consequences(report)
    all_conflicts = [*conflicts, *(each for part in told for each in part.conflicts)]
    all_goals = [*goals, *(each for part in told for each in part.goals)]
    assert sorted(map(repr, all_conflicts)) == sorted(map(repr, report.conflicts))
    assert sorted(map(repr, all_goals)) == sorted(map(repr, report.goals))
    for shown in (on_page(report), in_comment(report)):
        assert all(sum(conflict(each) in text for text in shown) == 1 for each in report.conflicts)
