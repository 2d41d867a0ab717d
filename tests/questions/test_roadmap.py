"""What comes when, for whom, and what it asks of them."""

import datetime
from dataclasses import replace

import pytest

from builders import model
from platctl.model.ref import Ref
from platctl.model.settings.audience import BUILT_IN, Precision
from platctl.questions.roadmap.choices import Grouping, View
from platctl.questions.roadmap.derive import RoadmapOptions, Roadmaps, roadmap
from platctl.questions.roadmap.facts_report import ConsumerFacts, GoalFacts
from platctl.questions.roadmap.report import Confidence, Heading, Item, RoadmapReport

TODAY = datetime.date(2027, 2, 10)
CUSTOMERS, MANAGERS = BUILT_IN["customers"], BUILT_IN["product-managers"]
ASKED = RoadmapOptions(MANAGERS, TODAY)


def work(id_: str, *fields: str, status: str = "planned") -> str:
    lines = "".join(f"{field}\n" for field in fields)
    return f"kind: initiative\nid: {id_}\nstatus: {status}\nvisibility: public\n{lines}"


def plan(*documents: str, options: RoadmapOptions = ASKED, config: str = "") -> RoadmapReport:
    return roadmap(model("---\n".join(documents), config=config), "working tree", options)


def only(report: RoadmapReport) -> Item:
    (item,) = report.items
    return item


def groups(report: RoadmapReport) -> dict[str, list[str]]:
    return {group.key: [ref.id for ref in group.items] for group in report.groups}


# When -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "status", "horizon"),
    [
        (["start: 2027-08-01"], "active", Heading.NOW),
        (["start: 2027-03-31", "end: 2027-12-31"], "planned", Heading.NOW),
        (["period: 2027-Q2"], "planned", Heading.NEXT),
        (["period: 2027-Q3"], "planned", Heading.LATER),
        (["start: 2026-01-01", "end: 2027-12-31"], "planned", Heading.NOW),
        ([], "planned", Heading.LATER),
        (["period: 2027-Q1"], "done", Heading.PAST),
    ],
)
def test_work_is_now_from_when_it_begins(fields: list[str], status: str, horizon: Heading) -> None:
    assert only(plan(work("a", *fields, status=status))).horizon is horizon


@pytest.mark.parametrize(
    ("fields", "when"),
    [
        (["period: 2027-Q2"], "2027-Q2"),
        (["start: 2027-04-01", "end: 2027-06-30"], "2027-Q2"),
        (["start: 2027-04-05", "end: 2027-06-30"], "2027-04-05 to 2027-06-30"),
        (["end: 2027-06-30"], "by 2027-06-30"),
        (["start: 2027-06-30"], "from 2027-06-30"),
        (["start: 2027-06-30", "end: 2027-06-30"], "2027-06-30"),
        ([], ""),
    ],
)
def test_days_are_told_in_the_fewest_words(fields: list[str], when: str) -> None:
    assert only(plan(work("a", *fields))).when == when


def test_who_is_told_periods_reads_no_day() -> None:
    vague = replace(ASKED, audience=replace(MANAGERS, dates=Precision.PERIOD))
    item = only(plan(work("a", "start: 2027-04-05", "end: 2027-08-12", "deadline: 2027-09-09"), options=vague))
    assert (item.when, item.deadline and item.deadline.text) == ("2027-Q2 to 2027-Q3", "2027-Q3")
    assert (item.start and item.start.day, item.end and item.end.day) == (
        *(datetime.date(2027, 4, 1), datetime.date(2027, 9, 30)),
    )


def test_customers_read_only_how_soon() -> None:
    report = plan(work("a", "outcome: Better.", "period: 2027-Q2"), options=replace(ASKED, audience=CUSTOMERS))
    item = only(report)
    assert (item.initiative.label, item.when, item.start, item.end) == (
        *("Better.", "next"),
        *(replace(item.start or item.end, day=None), replace(item.end or item.start, day=None)),
    )


@pytest.mark.parametrize(
    ("documents", "confidence"),
    [
        ([work("a", "period: 2027-Q2", status="active")], Confidence.FIRM),
        ([work("a", "period: 2027-Q2")], Confidence.PLANNED),
        ([work("a", "period: 2027-Q2", status="shaped")], Confidence.TENTATIVE),
        ([work("a", "end: 2027-02-01", status="active")], Confidence.DOUBTFUL),
        ([work("a", "period: 2027-Q1", status="done")], Confidence.DONE),
    ],
)
def test_how_far_one_may_count_on_a_day(documents: list[str], confidence: Confidence) -> None:
    assert only(plan(*documents)).confidence is confidence


def test_work_that_begins_before_what_it_waits_for_ends_is_doubtful_and_says_when_it_can_end() -> None:
    first = work("a", "start: 2027-03-01", "end: 2027-06-10")
    second = work("b", "start: 2027-04-01", "end: 2027-04-30", "depends_on: [a]")
    found = {item.initiative.id: item for item in plan(first, second).items}
    assert found["b"].confidence is Confidence.DOUBTFUL
    assert found["b"].earliest
    assert found["b"].earliest.text == "2027-07-10"


def test_coarse_days_do_not_make_work_doubtful_that_fits() -> None:
    first = work("a", "start: 2027-04-01", "end: 2027-04-30")
    second = work("b", "start: 2027-05-03", "end: 2027-06-01", "depends_on: [a]")
    vague = replace(ASKED, audience=replace(MANAGERS, dates=Precision.PERIOD))
    assert {item.confidence for item in plan(first, second, options=vague).items} == {Confidence.PLANNED}


def test_coarse_days_make_work_doubtful_only_where_they_say_so_themselves() -> None:
    vague = replace(ASKED, audience=replace(MANAGERS, dates=Precision.PERIOD))
    first = work("a", "start: 2027-04-01", "end: 2027-06-30")
    for end, confidence, earliest in (
        ("2027-06-01", Confidence.PLANNED, None),
        ("2027-03-31", Confidence.DOUBTFUL, "2027-Q2"),
    ):
        second = work("b", f"end: {end}", "depends_on: [a]")
        found = {item.initiative.id: item for item in plan(first, second, options=vague).items}["b"]
        assert (found.confidence, found.earliest and found.earliest.text) == (confidence, earliest)


def test_a_stretch_of_time_finds_out_no_day_that_is_not_told() -> None:
    later = replace(ASKED, audience=CUSTOMERS, start=datetime.date(2029, 5, 1), end=datetime.date(2029, 6, 1))
    quarter = replace(later, audience=replace(CUSTOMERS, dates=Precision.PERIOD))
    for days in ("2027-08-01", "2029-05-09", "2031-01-01"):
        assert len(plan(work("a", f"end: {days}"), options=later).items) == 1
    for days, count in (("2029-04-09", 1), ("2029-06-20", 1), ("2029-07-20", 0)):
        assert len(plan(work("a", f"end: {days}"), options=quarter).items) == count


def test_customers_read_what_was_done_lately_and_not_what_was_done_long_ago() -> None:
    asked = replace(ASKED, audience=CUSTOMERS)
    old, new = work("old", "end: 2026-09-30", status="done"), work("new", "end: 2026-10-01", status="done")
    assert [item.initiative.id for item in plan(old, new, options=asked).items] == ["new"]


def test_who_may_not_read_how_far_work_is_is_told_nothing_of_it() -> None:
    reader = replace(MANAGERS, fields=frozenset({"title", "goals"}))
    options = replace(ASKED, audience=reader, group_by=Grouping.STATUS)
    report = plan(work("a", status="active"), options=options)
    assert (groups(report), only(report).status, only(report).confidence) == ({"none": ["a"]}, None, None)


def test_nobody_is_said_to_be_idle_to_whom_may_not_read_who_works_on_what() -> None:
    goal = "kind: goal\nid: g\nvisibility: public\n"
    options = replace(ASKED, view=View.BY_GOAL)
    reader = replace(MANAGERS, fields=frozenset({"title"}))
    for audience, said in ((MANAGERS, False), (reader, None)):
        about = plan(goal, options=replace(options, audience=audience)).groups[0].about
        assert about
        assert isinstance(about.facts, GoalFacts)
        assert about.facts.is_served is said


def test_nothing_is_said_to_be_missing_to_whom_may_not_read_what_is_on_offer() -> None:
    text = PLATFORM.replace(">=2,<3", ">=4")
    for fields, count in ((None, 1), (frozenset({"uses", "versions"}), 0)):
        options = replace(ABOUT_TV, audience=replace(MANAGERS, fields=fields))
        assert len(facts(plan(text, options=options)).waits) == count


# What is shown ----------------------------------------------------------------------------------------------


def test_what_was_over_before_the_last_period_is_counted() -> None:
    report = plan(
        work("old", "end: 2026-09-30", status="done"), work("new", "end: 2026-10-01", status="done"), work("open")
    )
    assert [item.initiative.id for item in report.items] == ["open", "new"] or groups(report)["past"] == ["new"]
    assert report.outside == 1


def test_a_stretch_of_time_leaves_out_what_has_no_day_and_says_so() -> None:
    options = replace(ASKED, start=datetime.date(2027, 4, 1), end=datetime.date(2027, 6, 30))
    report = plan(work("a", "period: 2027-Q2"), work("b", "period: 2027-Q4"), work("c"), options=options)
    assert ([item.initiative.id for item in report.items], report.outside, report.undated) == (["a"], 1, 1)


def test_given_up_work_is_not_on_a_roadmap() -> None:
    assert plan(work("a", status="dropped"), work("b", status="parked")).items == ()


# Groups -----------------------------------------------------------------------------------------------------


def test_by_period_work_stands_where_it_ends() -> None:
    report = plan(
        work("a", "start: 2027-03-01", "end: 2027-05-31"), work("b"), options=replace(ASKED, view=View.TIMELINE)
    )
    assert groups(report) == {"2027-q2": ["a"], "undated": ["b"]}
    assert [name for name, _ in report.ticks] == ["2027-Q1", "2027-Q2"]


def test_who_is_told_no_period_gets_none() -> None:
    options = replace(ASKED, audience=CUSTOMERS, view=View.TIMELINE)
    report = plan(work("a", "period: 2027-Q2"), options=options)
    assert (report.grouping, report.ticks) == (Grouping.HORIZON, ())


def test_goals_stand_in_the_goals_that_they_are_part_of_also_where_nobody_serves_them() -> None:
    goals = "kind: goal\nid: vision\n---\nkind: goal\nid: trust\nparent: vision\n---\nkind: goal\nid: alone\n"
    report = plan(goals, work("a", "goals: [trust]"), work("b"), options=replace(ASKED, view=View.BY_GOAL))
    assert groups(report) == {
        **{"goal-alone": [], "goal-vision": [], "goal-trust": ["a"]},
        "no-goal": ["b"],
    }
    assert {group.key: group.depth for group in report.groups if group.about} == {
        **{"goal-alone": 0, "goal-vision": 0},
        "goal-trust": 1,
    }


def test_work_stands_with_every_team_that_has_a_part_in_it() -> None:
    teams = "kind: team\nid: one\n---\nkind: team\nid: two\n"
    report = plan(teams, work("a", "owner: one", "effort: {two: 3}"), options=replace(ASKED, view=View.BY_TEAM))
    assert groups(report) == {"team-one": ["a"], "team-two": ["a"]}


# For one of them --------------------------------------------------------------------------------------------

PLATFORM = """kind: component
id: identity
versions:
  - version: 2.4.0
  - version: 3.0.0
---
kind: consumer
id: tv-app
visibility: public
uses:
  - component: identity
    requires: ">=2,<3"
    migration: 6
"""
RETIRE = work(
    "retire", "period: 2027-Q2", "changes:", "  - {component: identity, effect: removal, version: '<3', note: Keys.}"
)
ABOUT_TV = replace(ASKED, about=Ref("consumer", "default", "tv-app"))


def facts(report: RoadmapReport) -> ConsumerFacts:
    assert report.about is not None
    assert isinstance(report.about.facts, ConsumerFacts)
    return report.about.facts


def test_a_consumer_reads_what_it_has_to_leave_by_when_why_and_what_that_takes() -> None:
    (ask,) = facts(plan(PLATFORM, RETIRE, options=ABOUT_TV)).asks or ()
    assert (ask.on, ask.uses, ask.move_to, ask.weeks, ask.note) == ("identity", ("2.4.0",), ("3.0.0",), 6, "Keys.")
    assert ask.gone
    assert ask.gone.text == "2027-06-30"
    assert ask.by
    assert ask.by.id == "retire"


def test_what_asks_something_of_a_consumer_is_not_told_once_more_as_something_that_reaches_it() -> None:
    assert facts(plan(PLATFORM, RETIRE, options=ABOUT_TV)).reached == ()


def test_a_consumer_reads_what_it_gains_and_what_became_of_its_requests() -> None:
    add = work("add", "period: 2027-Q2", "changes:", "  - {component: identity, effect: addition, version: 2.5.0}")
    wish = work("wish", "requested_by: [tv-app]", status="idea")
    found = facts(plan(PLATFORM, add, wish, options=ABOUT_TV))
    assert [ref.id for ref in found.gains] == ["add"]
    assert [ref.id for ref in found.requests] == ["wish"]
    assert [ref.id for ref in found.maybe] == ["wish"]


def test_a_feature_of_its_own_is_something_that_a_consumer_gains_and_not_a_request() -> None:
    found = facts(plan(PLATFORM, work("lock", "for: tv-app"), options=ABOUT_TV))
    assert ([ref.id for ref in found.gains], found.requests) == (["lock"], ())


def test_who_may_not_read_what_a_consumer_uses_is_not_told_that_nothing_is_asked_of_it() -> None:
    assert facts(plan(PLATFORM, RETIRE, options=replace(ABOUT_TV, audience=CUSTOMERS))).asks is None


def test_who_may_not_read_the_goals_of_work_is_not_told_that_nobody_serves_a_goal() -> None:
    goal = "kind: goal\nid: trust\nvisibility: public\n"
    for audience, is_served in ((MANAGERS, True), (CUSTOMERS, None)):
        options = replace(ASKED, audience=audience, about=Ref("goal", "default", "trust"))
        about = plan(goal, work("a", "goals: [trust]"), options=options).about
        assert about is not None
        assert isinstance(about.facts, GoalFacts)
        assert about.facts.is_served is is_served


def test_work_of_a_team_that_does_not_exist_stands_with_work_of_none() -> None:
    report = plan(work("a", "owner: nobody"), options=replace(ASKED, view=View.BY_TEAM))
    assert groups(report) == {"no-team": ["a"]}


def test_there_is_a_page_for_everything_of_which_something_is_told() -> None:
    silent = "kind: team\nid: nobody\n"
    pages = Roadmaps(model("---\n".join([PLATFORM, RETIRE, silent])), "working tree", ASKED).pages(ASKED)
    assert [str(ref) for ref in pages.subjects] == ["consumer:tv-app", "component:identity"]


def test_a_roadmap_is_the_same_for_files_in_any_order() -> None:
    documents = [PLATFORM, RETIRE, work("a"), work("b", "period: 2027-Q2")]
    one, other = (
        roadmap(model(*each), "working tree", replace(ASKED, view=View.BY_CONSUMER))
        for each in (documents, documents[::-1])
    )
    assert one == other
