"""Work in weeks: what it takes, what it waits for, and every rule once more on random models."""

import datetime
import itertools
import math
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan.test_optimum import NAMES, capacities, plans, text_of
from plan.worlds import method, periods, plan, team, work, world
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.plan.asked import TypedWishes
from platctl.questions.plan.options import PlanOptions
from platctl.questions.plan.report import Proof
from platctl.questions.plan.solving import Planner, planner
from platctl.questions.plan.weeks.derive import ScheduleQuestion, schedule
from platctl.questions.plan.weeks.report import ScheduledWork, ScheduleReport
from platctl.questions.plan.weeks.weeks import Weeks
from platctl.scheduling.milp import SearchLimits
from platctl.scheduling.project_search import ScheduleLimits, Scheduler, scheduler
from platctl.scheduling.serial import Aim

MONDAY = datetime.date(2027, 1, 4)
"""The first day of the first ISO week of 2027."""
THIRTEEN = 13
"""A capacity of so many person-weeks in a quarter is about one in a week."""


@pytest.fixture(scope="module")
def choosing() -> Iterator[Planner]:
    with planner(SearchLimits(gap=0.0)) as found:
        yield found


@pytest.fixture(scope="module")
def dating() -> Iterator[Scheduler]:
    with scheduler(ScheduleLimits()) as found:
        yield found


def asked(
    found: Model, typed: TypedWishes | None = None, aim: Aim = Aim.LATENESS, **options: object
) -> ScheduleQuestion:
    wishes = partial((typed or TypedWishes()).of, found, MONDAY)
    horizon = options.pop("horizon", 4)
    plan_ = PlanOptions(method(found), MONDAY, horizon=horizon, wishes=wishes(horizon), **options)  # type: ignore[arg-type]
    return ScheduleQuestion(plan_, wishes, aim)


@pytest.fixture
def in_weeks(choosing: Planner, dating: Scheduler):  # type: ignore[no-untyped-def]
    def derive(found: Model, typed: TypedWishes | None = None, **options: object) -> ScheduleReport:
        return schedule(found, "here", asked(found, typed, **options), choosing, dating)  # type: ignore[arg-type]

    return derive


def weeks(report: ScheduleReport) -> dict[str, str]:
    """By initiative: its weeks, such as `01-03`."""
    return {
        each.initiative.id: f"{each.first_week[-2:]}-{each.last_week[-2:]}" if each.length else "none"
        for each in report.work
    }


def one(report: ScheduleReport, name: str) -> ScheduledWork:
    (found,) = [each for each in report.work if each.initiative.id == name]
    return found


# How long it takes


def test_a_duration_is_so_many_weeks(in_weeks) -> None:  # type: ignore[no-untyped-def]
    report = in_weeks(world(team("t", 90), work("a", 5, "t: 2", "duration: 3")))
    assert weeks(report) == {"a": "01-03"}
    assert one(report, "a").last == datetime.date(2027, 1, 22)
    assert (report.proof, report.finish) == (Proof.OPTIMAL, datetime.date(2027, 1, 22))


def test_effort_takes_as_many_weeks_as_its_team_needs(in_weeks) -> None:  # type: ignore[no-untyped-def]
    """13 person-weeks in a quarter of 90 days are a bit more than one in a week."""
    assert weeks(in_weeks(world(team("t", THIRTEEN), work("a", 5, "t: 4")))) == {"a": "01-04"}
    assert weeks(in_weeks(world(team("t", 2 * THIRTEEN), work("a", 5, "t: 4")))) == {"a": "01-02"}


def test_of_several_teams_the_one_that_needs_longest_counts(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", THIRTEEN), team("u", 2 * THIRTEEN), work("a", 5, "t: 2, u: 10"))
    assert weeks(in_weeks(found)) == {"a": "01-05"}


def test_work_of_one_team_is_done_in_turn_or_at_the_same_time(in_weeks) -> None:  # type: ignore[no-untyped-def]
    both = [work("a", 5, "t: 3"), work("b", 4, "t: 3")]
    assert weeks(in_weeks(world(team("t", THIRTEEN), *both))) == {"a": "01-03", "b": "04-06"}
    part = [work("a", 5, "t: 1", "duration: 3"), work("b", 4, "t: 1", "duration: 3")]
    assert weeks(in_weeks(world(team("t", THIRTEEN), *part))) == {"a": "01-03", "b": "01-03"}
    report = in_weeks(world(team("t", THIRTEEN, "at_once: 1"), *part))
    assert weeks(report) == {"a": "01-03", "b": "04-06"}
    assert [each.id for each in one(report, "b").teams] == ["t"]


def test_unknown_effort_takes_no_time_and_an_unknown_capacity_limits_nothing(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(
        "kind: team\nid: free\n", team("t", THIRTEEN), work("a", 5, "free: 9"), work("b", 4, "t: 2"), work("c", 3)
    )
    report = in_weeks(found)
    assert weeks(report) == {"a": "none", "b": "01-02", "c": "none"}
    assert [each.id for each in report.without_effort] == ["c"]
    assert [each.id for each in report.unlimited] == ["free"]


# What it waits for


def test_work_waits_for_what_it_depends_on_and_the_gap(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", 10 * THIRTEEN), work("a", 5, "t: 20"), work("b", 5, "t: 10", "depends_on: [a]", "gap: 2"))
    report = in_weeks(found)
    assert weeks(report) == {"a": "01-02", "b": "05-05"}
    assert [each.id for each in one(report, "b").after] == ["a"]
    assert (one(report, "a").slack, one(report, "b").slack) == (0, 0)


def test_earliest_and_delay_hold_work_back(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", THIRTEEN), work("a", 5, "t: 1", "earliest: 2027-01-20"), work("b", 5, "t: 1"))
    report = in_weeks(found)
    assert weeks(report) == {"a": "04-04", "b": "01-01"}
    assert not one(report, "a").after
    assert not one(report, "a").teams
    later = in_weeks(found, TypedWishes(delay=("b", 1)))
    assert one(later, "b").last >= datetime.date(2027, 4, 1)


def test_a_freeze_moves_the_end_of_work_that_consumers_see(in_weeks) -> None:  # type: ignore[no-untyped-def]
    frozen = [
        "kind: component\nid: auth\nversion: 1.0.0\n",
        "kind: consumer\nid: shop\nuses: [auth]\nfreezes: [{start: 2027-01-01, end: 2027-01-17}]\n",
        team("t", THIRTEEN),
        work("a", 5, "t: 1", "changes: [{component: auth, effect: breaking}]"),
    ]
    assert weeks(in_weeks(world(*frozen))) == {"a": "03-03"}


def test_whole_work_stays_in_one_period(in_weeks) -> None:  # type: ignore[no-untyped-def]
    first, second = work("a", 9, "t: 10"), work("b", 5, "t: 6")
    assert weeks(in_weeks(world(team("t", THIRTEEN), first, second))) == {"a": "01-10", "b": "11-16"}
    report = in_weeks(world(team("t", THIRTEEN), first, second + "whole: true\n"))
    assert weeks(report) == {"b": "01-06", "a": "07-16"}


def test_work_waits_for_running_work_and_gets_the_time_that_is_left(in_weeks) -> None:  # type: ignore[no-untyped-def]
    running = work("a", 5, "t: 6", "start: 2027-01-04", "end: 2027-02-14", status="active")
    after = work("c", 4, "t: 1", "depends_on: [a]")
    report = in_weeks(world(team("t", 2 * THIRTEEN), running, work("b", 4, "t: 3"), after))
    assert weeks(report) == {"a": "01-06", "b": "01-03", "c": "07-07"}
    assert [each.id for each in one(report, "c").after] == ["a"]
    (load,) = report.loads
    assert [each.running for each in load.weeks] == [1.0] * 6 + [0.0]


def test_after_the_last_period_of_a_capacity_that_goes_on(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", "{2027-Q1: 13}"), work("a", 5, "t: 13"), work("b", 5, "t: 13", "depends_on: [a]"))
    report = in_weeks(found, TypedWishes(with_=("b",)), horizon=1)
    assert weeks(report)["b"].endswith(("25", "26", "27"))
    assert [each.id for each in report.carried] == ["t"]


# Days, and commitments


LATE = (
    team("t", THIRTEEN),
    work("a", 5, "t: 3", "end: 2027-01-15", status="planned"),
    work("b", 5, "t: 2", "deadline: 2027-01-15", "end: 2027-03-31", status="planned"),
)


def test_what_is_due_comes_first_and_what_is_late_is_told(in_weeks) -> None:  # type: ignore[no-untyped-def]
    report = in_weeks(world(*LATE))
    assert weeks(report) == {"b": "01-02", "a": "03-05"}
    late = one(report, "a")
    assert (late.due, late.late, late.is_broken) == (datetime.date(2027, 1, 15), 3, False)
    assert (report.lateness, report.least_lateness, report.fails) == (3, 3, False)


def test_a_missed_deadline_fails(in_weeks) -> None:  # type: ignore[no-untyped-def]
    due = ("deadline: 2027-02-12", "end: 2027-02-12")
    found = world(team("t", THIRTEEN), work("a", 5, "t: 9", *due, status="planned"))
    report = in_weeks(found)
    assert (one(report, "a").late, one(report, "a").is_broken) == (3, True)
    assert report.fails


def test_a_pinned_period_is_a_day(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", THIRTEEN), work("a", 5, "t: 3"), work("b", 5, "t: 2"))
    report = in_weeks(found, TypedWishes(pins=("a=2027-Q2",)))
    assert one(report, "a").last >= datetime.date(2027, 4, 1)
    assert one(report, "a").due == datetime.date(2027, 6, 30)


def test_work_that_no_week_has_room_for_fails(in_weeks) -> None:  # type: ignore[no-untyped-def]
    big = work("a", 5, "t: 900", "duration: 4", "end: 2027-03-31", status="planned")
    report = in_weeks(world(team("t", THIRTEEN), big, work("b", 5, "t: 1")))
    assert [each.initiative.id for each in report.unscheduled] == ["a"]
    assert weeks(report) == {"b": "01-01"}
    assert report.fails


def test_a_commitment_that_no_plan_can_bring_fails(in_weeks) -> None:  # type: ignore[no-untyped-def]
    runs = work("a", 5, "t: 9", "start: 2026-11-01", status="active")
    waits = work("b", 5, "t: 1", "depends_on: [a]", "end: 2027-03-31", status="planned")
    report = in_weeks(world(team("t", THIRTEEN), runs, waits))
    assert [(each.initiative.id, [by.id for by in each.by]) for each in report.broken] == [("b", ["a"])]
    assert report.fails


def test_running_work_that_is_overdue_is_late_whatever_the_schedule(in_weeks) -> None:  # type: ignore[no-untyped-def]
    report = in_weeks(world(team("t", THIRTEEN), work("a", 5, "t: 1", "end: 2026-12-18", status="active")))
    assert (one(report, "a").late, report.lateness, report.least_lateness, report.proof) == (3, 3, 3, Proof.OPTIMAL)
    assert not report.fails


def test_work_that_is_overdue_is_late_since_it_was_due(in_weeks) -> None:  # type: ignore[no-untyped-def]
    report = in_weeks(world(team("t", THIRTEEN), work("a", 5, "t: 2", "end: 2026-12-18", status="planned")))
    assert (one(report, "a").late, report.lateness, report.proof) == (4, 4, Proof.OPTIMAL)


def test_a_commitment_that_excludes_another_one_is_not_done_beside_it(in_weeks) -> None:  # type: ignore[no-untyped-def]
    due = "end: 2027-03-31"
    one_, two = (
        work("a", 5, "t: 1", due, status="planned"),
        work("b", 4, "t: 1", due, "conflicts_with: [a]", status="planned"),
    )
    report = in_weeks(world(team("t", THIRTEEN), one_, two))
    assert list(weeks(report)) == ["a"]
    assert [(each.initiative.id, [by.id for by in each.work]) for each in report.broken] == [("b", ["a"])]
    assert report.fails


def test_more_work_than_ten_years_have_room_for_is_told(in_weeks) -> None:  # type: ignore[no-untyped-def]
    texts = [work(f"w{nth}", 1, "t: 100", "end: 2027-06-30", status="planned") for nth in range(6)]
    report = in_weeks(world(team("t", 10), *texts))
    assert {each.initiative.id for each in report.unscheduled} == {f"w{nth}" for nth in range(6)} - weeks(report).keys()
    assert report.fails


def test_running_work_that_ends_within_a_week_is_not_late(in_weeks) -> None:  # type: ignore[no-untyped-def]
    running = work("a", 5, "t: 1", "start: 2026-12-01", "end: 2027-01-19", status="active")
    assert in_weeks(world(team("t", THIRTEEN), running)).lateness == 0


def test_a_delay_beyond_the_weeks_looked_at_is_kept(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", THIRTEEN), work("a", 5, "t: 1", "end: 2027-03-31", status="planned"))
    report = in_weeks(found, TypedWishes(delay=("a", 4)))
    assert not report.work or one(report, "a").last >= datetime.date(2028, 1, 1)


def test_the_plan_chooses_and_the_weeks_date(in_weeks) -> None:  # type: ignore[no-untyped-def]
    found = world(team("t", THIRTEEN), work("a", 9, "t: 10"), work("b", 5, "t: 10"), work("c", 1, "t: 60"))
    assert periods(plan(found, today=MONDAY, horizon=2)).keys() == weeks(in_weeks(found, horizon=2)).keys()
    assert in_weeks(found, horizon=2).left_out == 1


def test_without_a_solver_nothing_is_proven() -> None:
    found = world(*LATE)
    report = schedule(found, "here", asked(found), None, Scheduler())
    assert weeks(report) == {"b": "01-02", "a": "03-05"}
    assert (report.proof, report.chosen, report.least_lateness) == (Proof.UNPROVEN, Proof.UNPROVEN, None)


# Weeks of the calendar


@given(st.dates(datetime.date(2026, 1, 1), datetime.date(2030, 1, 1)), st.integers(0, 80), st.integers(-100, 700))
def test_weeks_are_iso_weeks(today: datetime.date, week: int, days: int) -> None:
    found, day = Weeks(today, 100), today + datetime.timedelta(days=days)
    assert found.first(week).isocalendar()[:2] == found.last(week).isocalendar()[:2]
    assert (found.last(week).weekday(), found.first(week) >= today) == (4, True)
    year, number, _ = found.first(week).isocalendar()
    assert found.name(week) == f"{year}-W{number:02}"
    assert found.of(found.first(week)) == found.of(found.last(week)) == week
    ahead = [each for each in range(200) if found.first(each) >= max(day, today)]
    if day > today:
        assert found.from_day(day) == next(each for each in range(200) if found.first(each) >= day)
    assert ahead
    assert max(found.until(day), 0) == sum(found.last(each) <= day for each in range(200))
    assert found.until(day + datetime.timedelta(weeks=1)) == found.until(day) + 1


# Random models


@settings(max_examples=40)
@given(plans, capacities)
def test_every_rule_holds_in_every_week(choosing, dating, plan_, capacity) -> None:  # type: ignore[no-untyped-def]
    texts = [text_of(name, piece, NAMES[:at]) for at, (name, piece) in enumerate(zip(NAMES, plan_, strict=False))]
    found = world(team("t", capacity[0]), team("u", capacity[1], "at_once: 1"), *texts)
    question = asked(found, horizon=3)
    report = schedule(found, "here", question, choosing, dating)
    simple = schedule(found, "here", question, choosing, Scheduler())
    assert report.work == () or report.proof is Proof.OPTIMAL
    assert (report.lateness, len(report.weeks)) <= (simple.lateness, len(simple.weeks))
    chosen = periods(plan(found, today=MONDAY, horizon=3))
    assert chosen.keys() <= weeks(report).keys() | {each.initiative.id for each in report.unscheduled}
    for each in (report, simple):
        check(found, each)


def check(found: Model, report: ScheduleReport) -> None:
    """The rules, written once more on the days of a report."""
    by_name = {each.initiative.ref: each for each in report.work}
    for ref, each in by_name.items():
        written = found.initiatives[ref]
        assert each.first <= each.last
        assert not (written.earliest and each.length) or each.first >= written.earliest
        efforts = effort_of(found, ref)
        if written.duration or not efforts:
            assert each.length == (written.duration or 0)
        else:
            assert shortest(report, each, efforts, 0.02) <= each.length <= shortest(report, each, efforts, -0.02)
        for before in written.depends_on:
            gap = datetime.timedelta(weeks=written.gap or 0)
            if each.length and before in by_name:
                ends = by_name[before].last + datetime.timedelta(bool(by_name[before].length))
                assert each.first >= ends + gap
        due = min(filter(None, (written.deadline, written.end if written.status.is_committed else None)), default=None)
        assert each.due == due
        assert each.late == (0 if due is None else max(0, math.ceil((each.last - _friday(due)).days / 7)))
    for load in report.loads:
        for week in load.weeks:
            assert week.running + week.planned <= week.capacity + 1e-3
        total = sum(week.planned for week in load.weeks)
        effort = sum(effort_of(found, ref).get(load.team.id, 0.0) for ref in by_name)
        assert total == pytest.approx(effort, abs=1e-2)
    busy = [each for ref, each in by_name.items() if each.length and "u" in effort_of(found, ref)]
    for one_, other in itertools.combinations(busy, 2):
        assert one_.last < other.first or other.last < one_.first


def shortest(report: ScheduleReport, each: ScheduledWork, effort: dict[str, float], nearly: float) -> float:
    """In how many weeks all of its teams have enough time, from its first one on; amounts in reports are rounded."""
    longest = 0.0
    for load in report.loads:
        left, length = effort.get(load.team.id, 0.0), 0
        ahead = [week for week in load.weeks if week.week >= each.first_week]
        while left > nearly and length < len(ahead):
            left -= ahead[length].capacity - ahead[length].running
            length += 1
        if left > nearly:
            return math.inf
        longest = max(longest, length)
    return longest


def effort_of(found: Model, ref: Ref) -> dict[str, float]:
    return {name: each.likely for name, each in found.initiatives[ref].effort.items()}


def _friday(day: datetime.date) -> datetime.date:
    """The last day of work until a day."""
    return day - datetime.timedelta(days=(day.weekday() - 4) % 7)
