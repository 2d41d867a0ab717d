"""Late work in a roadmap: under a heading of its own, and on a chart that doesn't begin years ago."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.settings.audience import BUILT_IN, Precision
from platctl.model.vocabulary import Status
from platctl.page import Schedule
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.derive import RoadmapOptions, roadmap
from platctl.questions.roadmap.page import csv_rows, page
from platctl.questions.roadmap.pictures import pictures
from platctl.questions.roadmap.report import Heading, RoadmapReport
from platctl.render.page.text import render
from platctl.render.picture import mermaid

TODAY = datetime.date(2027, 2, 10)
MANAGERS = BUILT_IN["product-managers"]
ASKED = RoadmapOptions(MANAGERS, TODAY)


def work(id_: str, *fields: str, status: str = "planned") -> str:
    lines = "".join(f"{field}\n" for field in fields)
    return f"kind: initiative\nid: {id_}\nstatus: {status}\nvisibility: public\n{lines}"


PLAN = (
    work("late", "start: 2020-10-01", "end: 2020-12-31", status="active"),
    work("later", "period: 2026-Q4"),
    work("runs", "start: 2019-01-01", "end: 2027-03-31", status="active"),
    work("begins", "start: 2027-02-01", "end: 2027-05-31"),
    work("old-idea", "period: 2019-Q2", status="proposed"),
    work("older-idea", "start: 2018-01-01", status="idea"),
    work("idea", "start: 2019-01-01", "end: 2027-04-30", status="proposed"),
    work("undated"),
    work("done", "period: 2027-Q1", status="done"),
    work("was-done", "end: 2027-02-10", status="done"),
    work("early", "end: 2027-08-13", status="done"),
)


def plan(*documents: str, options: RoadmapOptions = ASKED) -> RoadmapReport:
    return roadmap(model("---\n".join(documents)), "working tree", options)


def groups(report: RoadmapReport) -> dict[str, list[str]]:
    return {group.title: [ref.id for ref in group.items] for group in report.groups}


def lines(report: RoadmapReport) -> list[str]:
    return render(page(report), width=120, color=False).splitlines()


def test_overdue_work_leads_and_proposals_for_past_days_come_last() -> None:
    assert groups(plan(*PLAN)) == {
        "Overdue": ["late", "later"],
        "Now": ["runs", "idea", "begins"],
        "Next": [],
        "Later": ["undated", "old-idea", "older-idea"],
        "Recently done": ["was-done", "done", "early"],
    }


def test_a_timeline_has_overdue_work_before_and_proposals_for_past_days_after_all_periods() -> None:
    found = groups(plan(*PLAN, options=replace(ASKED, view=View.TIMELINE)))
    assert list(found) == [
        *("Overdue", "2027-Q1", "2027-Q2", "2027-Q3", "No date yet", "Proposed for days that have passed")
    ]
    assert found["Overdue"] == ["late", "later"]
    assert found["Proposed for days that have passed"] == ["old-idea", "older-idea"]


def test_without_overdue_work_there_is_no_heading_for_it() -> None:
    assert list(groups(plan(work("a", "end: 2027-02-10", status="active")))) == ["Now", "Next", "Later"]
    assert list(groups(plan(work("a", "end: 2027-02-09", status="active")))) == ["Overdue", "Now", "Next", "Later"]


@pytest.mark.parametrize("status", Status)
def test_only_committed_work_is_overdue(status: Status) -> None:
    sees = replace(MANAGERS, statuses=frozenset(Status))
    report = plan(work("a", "end: 2027-01-31", status=status), options=replace(ASKED, audience=sees))
    assert (report.items[0].horizon is Heading.OVERDUE) == status.is_committed


def test_other_groupings_say_of_each_piece_of_work_that_it_is_overdue() -> None:
    text = lines(plan(*PLAN, options=replace(ASKED, group_by=Grouping.STATUS)))
    said = {line.split()[0]: line for line in text if line.startswith("  ")}
    assert "2020-Q4, overdue, earliest end 2027-02-10" in said["late"]
    assert "2026-Q4, overdue, earliest end 2027-05-12" in said["later"]
    assert "2019-Q2, past" in said["old-idea"]
    assert "overdue" not in said["runs"]


def test_work_that_is_done_before_its_last_day_is_said_to_be_early() -> None:
    text = lines(plan(*PLAN))
    assert any("by 2027-08-13, done early" in line for line in text)
    assert [each.initiative.id for each in plan(*PLAN).items if each.is_early] == ["done", "early"]


def test_who_sees_only_periods_is_told_of_an_early_end_in_a_later_period_alone() -> None:
    periods = replace(ASKED, audience=replace(MANAGERS, dates=Precision.PERIOD))
    this, next_ = work("this", "end: 2027-03-30", status="done"), work("next", "end: 2027-04-01", status="done")
    assert [each.initiative.id for each in plan(this, next_, options=periods).items if each.is_early] == ["next"]


def test_customers_see_the_heading_too() -> None:
    customers = replace(ASKED, audience=BUILT_IN["customers"])
    assert groups(plan(*PLAN, options=customers))["Overdue"] == ["late", "later"]


def chart(report: RoadmapReport) -> Schedule:
    (found,) = pictures(report)
    assert isinstance(found, Schedule)
    return found


def test_the_chart_begins_with_the_previous_period_and_overdue_bars_reach_today() -> None:
    drawn = chart(plan(*PLAN))
    assert (drawn.ticks[0], drawn.start) == (("2026-Q4", datetime.date(2026, 10, 1)), datetime.date(2026, 10, 1))
    bars = {each.label: each for lane in drawn.lanes for each in lane.stretches}
    assert (bars["late"].end, bars["late"].note) == (TODAY, "overdue since 2020-12-31")
    assert not {"old-idea", "older-idea", "undated"} & bars.keys()
    assert "2020" not in mermaid.render(drawn)
    assert "2019" not in mermaid.render(drawn)


def test_a_chart_of_nothing_but_old_work_reaches_from_the_previous_period_to_this_one() -> None:
    drawn = chart(plan(work("late", "end: 2020-12-31")))
    assert [name for name, _ in drawn.ticks] == ["2026-Q4", "2027-Q1"]


def test_a_chart_of_the_past_begins_where_it_is_asked_to() -> None:
    drawn = chart(plan(*PLAN, options=replace(ASKED, start=datetime.date(2020, 1, 1))))
    assert drawn.ticks[0][0] == "2020-Q1"
    assert chart(plan(*PLAN, options=replace(ASKED, end=datetime.date(2020, 12, 31)))).ticks[-1][0] == "2020-Q4"


def test_overdue_work_is_within_the_days_from_today_on() -> None:
    report = plan(*PLAN, options=replace(ASKED, start=TODAY))
    assert groups(report)["Overdue"] == ["late", "later"]


def test_the_csv_has_the_heading() -> None:
    assert [row[4] for row in csv_rows(plan(PLAN[0]))] == ["overdue"]


DAYS = st.none() | st.dates(datetime.date(2018, 1, 1), datetime.date(2029, 12, 31))


@given(st.lists(st.tuples(st.sampled_from(Status), DAYS, DAYS), max_size=8), st.sampled_from(Precision))
def test_each_piece_of_work_is_under_the_heading_that_its_days_and_status_say(
    made: list[tuple[Status, datetime.date | None, datetime.date | None]], dates: Precision
) -> None:
    """Judged again from the words of the glossary alone, by days as the audience sees them."""
    texts = []
    for at, (status, start, end) in enumerate(made):
        days = [f"start: {start}"] * bool(start) + [f"end: {end}"] * bool(end)
        texts.append(work(f"w{at}", *days, status=status))
    sees = replace(MANAGERS, statuses=frozenset(Status), dates=dates)
    report = plan(*texts, options=replace(ASKED, audience=sees)) if texts else plan(options=ASKED)
    for each in report.items:
        status, _, end = made[int(each.initiative.id[1:])]
        quarter_over = end is not None and (end.year, (end.month - 1) // 3) < (2027, 0)
        is_over = end is not None and (end < TODAY if dates is Precision.DAY else quarter_over)
        if status is Status.DONE:
            assert each.horizon is Heading.PAST
        elif status.is_committed and is_over:
            assert each.horizon is Heading.OVERDUE
        else:
            assert each.horizon not in (Heading.PAST, Heading.OVERDUE)
            assert not is_over or each.horizon is (Heading.LATER if status.is_open else each.horizon)
        if status is Status.ACTIVE and not is_over:
            assert each.horizon is Heading.NOW
    first = [tick for tick, _ in report.ticks][:1]
    assert not first or first[0] >= "2026-Q4"
