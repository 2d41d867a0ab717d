"""When periods start and end, and which ones exist."""

import datetime
import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import model
from platctl.model.calendar import Cadence, Calendar, Period, PeriodUnit, parse_period

DAY = datetime.timedelta(days=1)
TWO_WEEKS = Calendar(Cadence.SPRINT, sprint_start=datetime.date(2026, 1, 5))
CALENDARS = st.builds(
    Calendar,
    st.just(Cadence.SPRINT),
    sprint_start=st.dates(),
    sprint_weeks=st.integers(1, 12),
)
YEARS = st.integers(2, 9997)


def date(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("sprint", "first", "last"),
    [
        ("2026-S01", "2026-01-05", "2026-01-18"),
        ("2026-S26", "2026-12-21", "2027-01-03"),
        ("2027-S01", "2027-01-04", "2027-01-17"),
        ("2028-S01", "2028-01-03", "2028-01-16"),
        ("2025-S26", "2025-12-22", "2026-01-04"),
        ("2025-S01", "2025-01-06", "2025-01-19"),
        ("2024-S26", "2024-12-23", "2025-01-05"),
    ],
)
def test_sprints_run_on_over_new_year(sprint: str, first: str, last: str) -> None:
    assert TWO_WEEKS.bounds(TWO_WEEKS.period(sprint)) == (date(first), date(last))


@pytest.mark.parametrize(
    ("calendar", "text", "problem"),
    [
        (TWO_WEEKS, "2026-S27", "2026 has 26 sprints"),
        (TWO_WEEKS, "2026-S99", "2026 has 26 sprints"),
        (Calendar(sprint_start=date("2026-01-01")), "2026-S28", "2026 has 27 sprints"),
        (Calendar(sprint_start=date("2026-01-01"), sprint_weeks=1), "2026-S54", "2026 has 53 sprints"),
        (TWO_WEEKS, "2026-S00", "sprints are counted from 01"),
        (TWO_WEEKS, "2027-Q5", "a year has 4 quarters"),
        (TWO_WEEKS, "2027-Q0", "a year has 4 quarters"),
        (TWO_WEEKS, "2027-H3", "a year has 2 halves"),
        (TWO_WEEKS, "2027-00", "a year has 12 months"),
        (TWO_WEEKS, "2027-13", "a year has 12 months"),
        (TWO_WEEKS, "2027-W53", "2027 has 52 weeks"),
        (TWO_WEEKS, "2026-W54", "2026 has 53 weeks"),
        (TWO_WEEKS, "2027-W00", "2027 has 52 weeks"),
        (TWO_WEEKS, "2027-Q2..2027-Q1", "it ends before it begins"),
    ],
)
def test_a_period_that_no_year_has_is_refused_with_how_many_there_are(
    calendar: Calendar, text: str, problem: str
) -> None:
    with pytest.raises(ValueError, match="is not a period") as caught:
        calendar.period(text)
    assert str(caught.value) == f"`{text}` is not a period: {problem}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-W01", "2025-12-29", "2026-01-04"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2027-W01", "2027-01-04", "2027-01-10"),
        ("2027-Q1..2027-Q3", "2027-04-01", "2027-12-31"),
        ("2027-W02..2027-03", "2027-01-11", "2027-03-31"),
        ("FY27", "2027-04-01", "2028-03-31"),
        ("FY2027-H2", "2027-10-01", "2028-03-31"),
        ("FY27-Q1..FY28-Q1", "2027-04-01", "2028-06-30"),
    ],
)
def test_weeks_fiscal_years_and_ranges_are_periods(text: str, first: str, last: str) -> None:
    """Of a fiscal year that begins in April; weeks and months are those of everybody."""
    calendar = Calendar(fiscal_year_start=4)
    assert calendar.bounds(calendar.period(text)) == (date(first), date(last))


@given(YEARS, st.integers(1, 53))
def test_iso_weeks_are_those_of_the_standard_library(year: int, week: int) -> None:
    try:
        monday = datetime.date.fromisocalendar(year, week, 1)
    except ValueError:
        with pytest.raises(ValueError, match="is not a period"):
            parse_period(f"{year:04}-W{week:02}")
    else:
        assert TWO_WEEKS.bounds(parse_period(f"{year:04}-W{week:02}"))[0] == monday


def test_a_range_is_written_as_it_is_read_and_fiscal_years_in_full() -> None:
    assert str(parse_period("2027-Q1..2027-W30")) == "2027-Q1..2027-W30"
    assert str(parse_period("FY27-Q1")) == "2027-Q1"


@pytest.mark.parametrize("text", ["2027-Q1..2027-Q2..2027-Q3", "..2027", "2027..", "FY7", "FY-Q1"])
def test_what_is_not_a_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        parse_period(text)


@pytest.mark.parametrize("text", ["2027-Q", "2027-X1", "2027-S5", "2027-1", "0000", "27-Q1", "2027-Q1 ", "2027-Q٣"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^`{text}` is not a period$"):
        parse_period(text)


@given(CALENDARS, YEARS)
@example(TWO_WEEKS, 2026)
def test_the_sprints_of_two_years_follow_each_other_without_gap_or_overlap(calendar: Calendar, year: int) -> None:
    sprints = [
        Period(each, PeriodUnit.SPRINT, number)
        for each in (year, year + 1)
        for number in range(1, calendar.sprints_in(each) + 1)
    ]
    bounds = [calendar.bounds(each) for each in sprints]
    assert all(last + DAY == first for (_, last), (first, _) in itertools.pairwise(bounds))
    assert {(last - first).days + 1 for first, last in bounds} == {7 * calendar.sprint_weeks}
    assert {first.weekday() for first, _ in bounds} == {calendar.sprint_start.weekday()}
    assert [first.year for first, _ in bounds] == [each.year for each in sprints]


@given(CALENDARS, st.dates())
@example(TWO_WEEKS, date("2027-01-03"))
@example(TWO_WEEKS, datetime.date.min)
@example(TWO_WEEKS, datetime.date.max)
def test_each_day_is_in_the_sprint_it_belongs_to_and_in_no_other(calendar: Calendar, day: datetime.date) -> None:
    sprint = calendar.period_of(day)
    first, last = calendar.bounds(sprint)
    assert first <= day <= last
    assert {calendar.period_of(each) for each in (first, last)} == {sprint}
    assert first == datetime.date.min or calendar.period_of(first - DAY) != sprint
    assert last == datetime.date.max or calendar.period_of(last + DAY) != sprint


@given(CALENDARS, st.sampled_from(Cadence), st.dates(min_value=datetime.date(2, 1, 1)))
def test_the_name_of_a_period_leads_back_to_it(calendar: Calendar, cadence: Cadence, day: datetime.date) -> None:
    calendar = Calendar(cadence, 4, calendar.sprint_start, calendar.sprint_weeks)
    period = calendar.period_of(day)
    assert calendar.period(str(period)) == period
    first, last = calendar.bounds(period)
    assert first <= day <= last


def test_a_plan_in_sprints_that_do_not_exist_says_so_and_goes_on_without_them() -> None:
    text = """
    kind: team
    id: core
    capacity: {2026-S26: 4, 2026-S27: 5}
    ---
    kind: goal
    id: faster
    due: 2026-S99
    ---
    kind: initiative
    id: a
    title: A
    period: 2026-S27
    """
    plan = model(text, config="calendar: {cadence: sprint, sprint_start: 2026-01-05}")
    said = [(each.rule, each.span.line, each.message) for each in plan.findings if each.span]
    assert [(rule, line) for rule, line, _ in said] == [
        ("invalid-value", 3),
        ("invalid-value", 7),
        ("invalid-value", 12),
    ]
    assert all("2026 has 26 sprints" in message for *_, message in said)
    (team,), (goal,), (work,) = plan.teams.values(), plan.goals.values(), plan.initiatives.values()
    assert [str(each) for each in team.capacity.periods] == ["2026-S26"]
    assert (goal.due, work.period) == (None, None)


def test_sprints_without_a_declared_start_begin_on_mondays() -> None:
    plan = model("kind: initiative\nid: a\ntitle: A\nperiod: 2027-S01\n", config="calendar: {cadence: sprint}")
    calendar = plan.config.calendar.calendar
    assert calendar.bounds(calendar.period("2027-S01"))[0] == date("2027-01-11")
    assert calendar.bounds(calendar.period("2027-S26"))[1] == date("2028-01-09")
