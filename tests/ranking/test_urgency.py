"""What a week of delay costs, by urgency profile."""

import datetime

import pytest

from builders import model
from platctl.model.settings.scoring import built_in
from platctl.questions.backlog.derive import BacklogOptions, backlog
from platctl.questions.backlog.report import BacklogReport
from platctl.ranking.inputs import Input, Origin
from platctl.ranking.urgency import late_entry

TODAY = datetime.date(2026, 11, 23)
FOUR_WEEKS = "start: 2027-01-04\nend: 2027-01-31\n"


def cd3(*texts: str) -> BacklogReport:
    plan = model("---\n".join(texts))
    assert not plan.findings
    return backlog(plan, "here", BacklogOptions(built_in()["cd3"], TODAY))


def cost(scores: str, more: str = FOUR_WEEKS) -> Input:
    found = cd3(f"kind: initiative\nid: x\nscores: {{{scores}}}\n{more}")
    (item,) = (*found.items, *found.apart)
    wanted = item.score.input("cost_of_delay")
    assert wanted
    return wanted


@pytest.mark.parametrize(("late", "percent"), [(4, 22), (10, 50)])
def test_late_entry_loses_what_is_published(late: int, percent: int) -> None:
    """Vahid and Givargis, Embedded System Design, 1.2: a life of 52 weeks, 4 and 10 weeks late."""
    assert round(100 * late_entry(52, late)) == percent


def test_what_begins_after_its_peak_loses_all() -> None:
    assert (late_entry(10, 5), late_entry(0, 1)) == (1, 1)


@pytest.mark.parametrize(
    ("scores", "value", "portions"),
    [
        ("urgency: standard, weekly_value: 300", 300, [300]),
        ("urgency: Long-Life, weekly_value: 300, life: 100, peak_loss: 0.01", 600, [300, 300]),
        ("urgency: short-life, weekly_value: 300, life: 4", 300 * 4 / 2 * 5 / 8, [375]),
    ],
)
def test_a_profile_says_what_a_week_costs(scores: str, value: float, portions: list[float]) -> None:
    found = cost(scores)
    assert (found.value, found.origin, found.unit) == (value, Origin.GRAPH, "money/week")
    assert [each.value for each in found.portions] == portions


def test_a_deadline_costs_nothing_until_the_last_day_on_which_it_can_be_met() -> None:
    rated = "urgency: deadline, weekly_value: 300"
    early, late = (cost(rated, f"{FOUR_WEEKS}deadline: {day}") for day in ("2027-01-31", "2026-12-20"))
    assert (early.value, late.value) == (0, 300)
    assert early.note == "delay_cost used instead; deadline: no loss before 2027-01-03, the latest start"


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ("urgency: soon", "`urgency` must be one of standard, short-life, long-life, deadline"),
        ("urgency: standard", "urgency is standard, but `weekly_value` is missing"),
        ("urgency: short-life, weekly_value: 3", "urgency is short-life, but `life` is missing"),
        ("urgency: short-life", "urgency is short-life, but `weekly_value` and `life` are missing"),
        ("urgency: long-life", "urgency is long-life, but `weekly_value`, `life` and `peak_loss` are missing"),
        ("urgency: deadline, weekly_value: 3", "urgency is deadline, but `deadline` is missing"),
        ("urgency: 3", "`urgency` must be one of standard, short-life, long-life, deadline"),
        ("duration: 3", ""),
    ],
)
def test_what_a_profile_lacks_is_said(scores: str, said: str) -> None:
    found = cost(scores)
    assert (found.value, found.origin, found.note) == (None, Origin.MISSING, said)


def test_what_somebody_rated_itself_comes_first() -> None:
    found = cost("cost_of_delay: 7, urgency: standard, weekly_value: 300")
    assert (found.value, found.origin) == (7, Origin.WRITTEN)


def test_urgent_work_goes_first() -> None:
    """The same weekly value and duration; only the profile differs."""
    texts = [
        f"kind: initiative\nid: {name}\nscores: {{urgency: {name}, weekly_value: 10, life: 40, peak_loss: 0.1}}\n"
        f"{FOUR_WEEKS}deadline: 2027-06-30\n"
        for name in ("standard", "short-life", "long-life", "deadline")
    ]
    found = cd3(*texts)
    assert [each.initiative.id for each in found.items] == ["long-life", "short-life", "standard", "deadline"]
