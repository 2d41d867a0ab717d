"""Dates and periods as they are written, and where a calendar has them begin and end."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.model.calendar import Cadence, Calendar, Date, Period, PeriodUnit, parse_date, parse_period

APRIL = Calendar(fiscal_year_start=4)
SPRINTS = Calendar(Cadence.SPRINT, sprint_start=Date(2027, 1, 4))
DAYS = st.dates(Date(2000, 1, 1), Date(2100, 12, 31))
CALENDARS = st.builds(
    Calendar,
    st.sampled_from([Cadence.QUARTER, Cadence.MONTH]),
    fiscal_year_start=st.integers(1, 12),
)


def bounds(text: str, calendar: Calendar) -> tuple[str, str]:
    first, last = calendar.bounds(parse_period(text))
    return first.isoformat(), last.isoformat()


# As written


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2027", Period(2027, PeriodUnit.YEAR)),
        ("2027-H1", Period(2027, PeriodUnit.HALF, 1)),
        ("2027-H2", Period(2027, PeriodUnit.HALF, 2)),
        ("2027-Q4", Period(2027, PeriodUnit.QUARTER, 4)),
        ("2027-01", Period(2027, PeriodUnit.MONTH, 1)),
        ("2027-12", Period(2027, PeriodUnit.MONTH, 12)),
        ("2027-S01", Period(2027, PeriodUnit.SPRINT, 1)),
        ("0001-S26", Period(1, PeriodUnit.SPRINT, 26)),
    ],
)
def test_a_period_is_read_and_written_alike(text: str, period: Period) -> None:
    assert parse_period(text) == period
    assert str(period) == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-00", "`2027-00` is not a period: a year has 12 months"),
        ("2027-13", "`2027-13` is not a period: a year has 12 months"),
        ("2027-S00", "`2027-S00` is not a period: sprints are counted from 01"),
        ("2027-Q5", "`2027-Q5` is not a period: a year has 4 quarters"),
        ("2027-H0", "`2027-H0` is not a period: a year has 2 halves"),
        ("2027-S1", "`2027-S1` is not a period"),
        ("0000", "`0000` is not a period"),
        ("2027 ", "`2027 ` is not a period"),
    ],
)
def test_what_is_no_period_is_said(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="not a period") as refused:
        parse_period(text)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31.03.2027", "`31.03.2027` is not a date; use the form `2027-03-31`"),
        ("2027-02-29", "`2027-02-29` is not a date: that month has no day 29"),
        ("2027-01-32", "`2027-01-32` is not a date: that month has no day 32"),
        ("2027-12-00", "`2027-12-00` is not a date: that month has no day 0"),
        ("2027-00-10", "`2027-00-10` is not a date: there is no month 0"),
        ("2027-13-13", "`2027-13-13` is not a date: there is no month 13"),
        ("2027-32-01", "`2027-32-01` is not a date: there is no month 32"),
        ("2027-31-12", "`2027-31-12` is not a date: there is no month 31; did you mean `2027-12-31`?"),
        ("2027-13-01", "`2027-13-01` is not a date: there is no month 13; did you mean `2027-01-13`?"),
    ],
)
def test_what_is_no_date_is_said_with_the_one_that_was_probably_meant(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="not a date") as refused:
        parse_date(text)
    assert str(refused.value) == message


def test_a_date_is_read() -> None:
    assert parse_date("2028-02-29") == Date(2028, 2, 29)


# First and last day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027", "2027-01-01", "2027-12-31"),
        ("2027-H1", "2027-01-01", "2027-06-30"),
        ("2027-H2", "2027-07-01", "2027-12-31"),
        ("2027-Q1", "2027-01-01", "2027-03-31"),
        ("2027-Q4", "2027-10-01", "2027-12-31"),
        ("2027-01", "2027-01-01", "2027-01-31"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2027-12", "2027-12-01", "2027-12-31"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    assert bounds(text, Calendar()) == (first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027", "2027-04-01", "2028-03-31"),
        ("2027-H2", "2027-10-01", "2028-03-31"),
        ("2027-Q1", "2027-04-01", "2027-06-30"),
        ("2027-Q4", "2028-01-01", "2028-03-31"),
        ("2027-03", "2027-03-01", "2027-03-31"),
    ],
)
def test_a_fiscal_year_moves_all_but_months(text: str, first: str, last: str) -> None:
    assert bounds(text, APRIL) == (first, last)


def test_the_last_year_ends_with_the_last_day_there_is() -> None:
    assert bounds("9999", APRIL) == ("9999-04-01", "9999-12-30")
    assert bounds("9999-S99", SPRINTS) == ("9999-12-31", "9999-12-31")


# The period of a day


@pytest.mark.parametrize(
    ("day", "calendar", "period"),
    [
        (Date(2027, 3, 31), Calendar(), "2027-Q1"),
        (Date(2027, 4, 1), Calendar(), "2027-Q2"),
        (Date(2027, 3, 31), APRIL, "2026-Q4"),
        (Date(2027, 4, 1), APRIL, "2027-Q1"),
        (Date(2027, 12, 31), Calendar(Cadence.MONTH), "2027-12"),
    ],
)
def test_a_day_lies_in_a_period_of_the_cadence(day: Date, calendar: Calendar, period: str) -> None:
    assert str(calendar.period_of(day)) == period


@given(CALENDARS, DAYS)
def test_a_day_lies_between_the_first_and_the_last_day_of_its_period(calendar: Calendar, day: Date) -> None:
    first, last = calendar.bounds(calendar.period_of(day))
    assert first <= day <= last
    assert calendar.period_of(first) == calendar.period_of(last) == calendar.period_of(day)


def test_a_stretch_of_days_is_cut_where_periods_begin() -> None:
    found = Calendar().periods(Date(2027, 2, 10), Date(2027, 7, 1))
    assert [(str(period), first.isoformat(), last.isoformat()) for period, first, last in found] == [
        ("2027-Q1", "2027-02-10", "2027-03-31"),
        ("2027-Q2", "2027-04-01", "2027-06-30"),
        ("2027-Q3", "2027-07-01", "2027-07-01"),
    ]
    assert list(Calendar().periods(Date(2027, 7, 2), Date(2027, 7, 1))) == []


@given(CALENDARS, DAYS, st.integers(0, 800))
def test_each_day_of_a_stretch_is_in_one_of_its_periods(calendar: Calendar, start: Date, length: int) -> None:
    day = datetime.timedelta(days=1)
    end = start + length * day
    found = list(calendar.periods(start, end))
    assert (found[0][1], found[-1][2]) == (start, end)
    assert [first for _, first, _ in found[1:]] == [last + day for _, _, last in found[:-1]]
    assert all(calendar.period_of(first) == calendar.period_of(last) == period for period, first, last in found)
