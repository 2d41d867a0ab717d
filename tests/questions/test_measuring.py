"""Metrics: the share of the way, the pace of the last values, and when that gets to the target."""

import datetime
import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from platctl.model.entity.metric import Metric
from platctl.model.placement import LazySpan, Placement
from platctl.model.validator import validated
from platctl.questions.goals.metrics import measured, progress, slope
from platctl.questions.goals.metrics_report import Lack, Measured, MetricOutlook
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

TODAY = datetime.date(2026, 11, 23)
(DOCUMENT,) = parse_file(SourceFile("goals.yaml", b"kind: goal\n")).documents
SPAN = LazySpan(Placement(DOCUMENT), ())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def metric(**fields: object) -> Metric:
    return validated(Metric, {"id": "m", **fields})


def seen(*values: tuple[str, float], due: str | None = None, **fields: object) -> Measured:
    """A metric from 0 to 100 with these values, as it is seen today."""
    written = {"baseline": 0.0, "target": 100.0, "values": dict(values), **fields}
    return measured(metric(**written), SPAN, TODAY, day(due) if due else None)


# The share of the way -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "current", "share"),
    [
        (4.0, 12.0, "up", 5.5, 0.1875),
        (5.0, 1.0, "down", 3.0, 0.5),
        (4.0, 12.0, "up", 14.0, 1.25),
        (5.0, 1.0, "down", 6.0, -0.25),
        (4.0, 12.0, "up", 4.0, 0),
        (-10.0, 10.0, "up", 0.0, 0.5),
    ],
)
def test_progress_is_the_share_of_the_way_from_baseline_to_target(
    baseline: float, target: float, direction: str, current: float, share: float
) -> None:
    found = seen(("2026-09-30", current), baseline=baseline, target=target, direction=direction)
    assert (found.progress, found.lack) == (share, None)


@pytest.mark.parametrize(
    ("direction", "current", "share"), [("up", 99.9, 1), ("up", 99.8, 0), ("down", 99.8, 1), ("down", 100.0, 0)]
)
def test_a_target_at_the_baseline_is_a_level_to_be_held(direction: str, current: float, share: float) -> None:
    found = seen(("2026-09-30", current), baseline=99.9, target=99.9, direction=direction)
    assert found.progress == share


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"target": None}, Lack.NO_TARGET),
        ({"baseline": None}, Lack.NO_BASELINE),
        ({"values": {}}, Lack.NO_VALUE),
        ({"values": {"2026-11-24": 7.0}}, Lack.NO_VALUE),
        ({"direction": "down"}, Lack.AGAINST_DIRECTION),
    ],
)
def test_where_progress_can_not_be_said_it_is_said_why(fields: dict[str, object], lack: Lack) -> None:
    found = seen(("2026-09-30", 30.0), **fields)
    assert (found.progress, found.lack) == (None, lack)


def test_where_direction_and_target_contradict_each_other_neither_is_believed() -> None:
    found = seen(("2026-06-30", 30.0), ("2026-09-30", 40.0), direction="down")
    assert (found.trend, found.outlook) == (None, MetricOutlook.UNKNOWN)


def test_what_counts_is_the_last_value_until_today() -> None:
    found = seen(("2026-11-24", 90.0), ("2026-11-23", 20.0), ("2026-06-30", 70.0))
    assert (found.current, found.on, found.later) == (20, TODAY, 1)


def test_without_a_today_all_values_count() -> None:
    found = measured(metric(values={"2999-01-01": 3.0}), SPAN, None, None)
    assert (found.current, found.later) == (3, 0)


numbers = st.floats(-1e6, 1e6, allow_subnormal=False)


@given(numbers, numbers, numbers)
def test_progress_equals_the_fraction(baseline: float, target: float, current: float) -> None:
    assume(baseline != target)
    exact = (Fraction(current) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
    found = progress(metric(baseline=baseline, target=target), current)
    assert found == pytest.approx(float(exact), rel=1e-9, abs=1e-9)


@given(numbers, numbers, numbers, numbers)
def test_a_value_nearer_to_the_target_never_has_less_progress(
    baseline: float, target: float, one: float, other: float
) -> None:
    assume(baseline < target)
    worse, better = sorted((one, other))
    rising, falling = metric(baseline=baseline, target=target), metric(baseline=-baseline, target=-target)
    assert (progress(rising, worse) or 0) <= (progress(rising, better) or 0)
    assert (progress(falling, -worse) or 0) <= (progress(falling, -better) or 0)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-1000, 1000), st.sampled_from([0.5, 2, 64, -4]))
def test_progress_is_the_same_in_another_unit(baseline: int, target: int, current: int, factor: float) -> None:
    assume(baseline != target)
    scaled = metric(baseline=baseline * factor, target=target * factor)
    assert progress(scaled, current * factor) == progress(
        metric(baseline=float(baseline), target=float(target)), current
    )


def test_a_way_too_short_to_count_is_no_error() -> None:
    found = seen(("2026-09-30", 1e15), baseline=0.0, target=1e-300)
    assert found.progress is not None
    assert math.isfinite(found.progress)


# The pace -----------------------------------------------------------------------------------------------------


def test_two_values_lie_on_the_line_through_both() -> None:
    found = seen(("2026-09-01", 40.0), ("2026-09-21", 50.0))
    assert found.trend is not None
    assert (found.trend.a_day, found.trend.values, found.trend.since) == (0.5, 2, day("2026-09-01"))
    assert found.trend.reaches == day("2026-12-30"), "50 to go at 0.5 a day are 100 days"


def test_a_day_is_named_on_which_it_is_there_and_not_the_day_before() -> None:
    found = seen(("2026-09-01", 0.0), ("2026-09-04", 90.0))
    assert found.trend
    assert found.trend.reaches == day("2026-09-05")


def test_only_the_last_four_values_say_where_it_goes() -> None:
    early = [("2025-01-01", 90.0), ("2025-02-01", 10.0)]
    late = [("2026-01-01", 10.0), ("2026-01-02", 11.0), ("2026-01-03", 12.0), ("2026-01-04", 13.0)]
    found = seen(*early, *late)
    assert found.trend
    assert (found.trend.a_day, found.trend.values) == (1, 4)


@given(st.dictionaries(st.integers(0, 999), st.integers(-50, 50), min_size=2, max_size=4))
def test_no_other_line_through_the_values_is_nearer(points: dict[int, int]) -> None:
    found = slope(list(points.items()))

    def distance(candidate: Fraction) -> Fraction:
        rests = [y - candidate * x for x, y in points.items()]
        middle = Fraction(sum(rests), len(rests))
        return sum((rest - middle) ** 2 for rest in rests)

    assert all(distance(found) < distance(found + step) for step in (Fraction(1, 10**6), Fraction(-1, 10**6)))


def test_a_level_that_is_held_has_no_slope_at_all() -> None:
    found = seen(*((f"2026-09-0{nth}", 0.1) for nth in (1, 2, 4)))
    assert found.trend
    assert (found.trend.a_day, found.trend.reaches, found.outlook) == (0, None, MetricOutlook.AWAY)


def test_a_pace_of_ages_has_no_day() -> None:
    found = seen(("2026-09-01", 0.0), ("2026-09-02", 1e-9), due="2027-01-01")
    assert found.trend
    assert (found.trend.reaches, found.outlook) == (None, MetricOutlook.LATE)


# What becomes of it -------------------------------------------------------------------------------------------

RISING = (("2026-09-01", 40.0), ("2026-09-21", 50.0))
"""At this pace there on 2026-12-30."""


@pytest.mark.parametrize(
    ("values", "due", "fields", "outlook"),
    [
        (RISING, "2026-12-30", {}, MetricOutlook.ON_TRACK),
        (RISING, "2026-12-29", {}, MetricOutlook.LATE),
        (RISING, None, {}, MetricOutlook.COMING),
        (RISING, "2026-11-22", {}, MetricOutlook.MISSED),
        (RISING, "2026-11-23", {}, MetricOutlook.LATE),
        (RISING, None, {"baseline": None}, MetricOutlook.COMING),
        (RISING, "2027-01-01", {"target": None}, MetricOutlook.UNKNOWN),
        ((), "2020-01-01", {}, MetricOutlook.UNKNOWN),
        (RISING, "2027-01-01", {"direction": "down"}, MetricOutlook.UNKNOWN),
        ((("2026-09-01", 40.0),), "2027-01-01", {}, MetricOutlook.NO_TREND),
        ((("2026-09-01", 40.0), ("2026-09-02", 30.0)), "2027-01-01", {}, MetricOutlook.AWAY),
        ((("2026-09-01", 40.0), ("2026-09-02", 30.0)), None, {"target": 0.0, "baseline": 90.0, "direction": "down"},
         MetricOutlook.COMING),
        ((("2026-09-01", 100.0),), "2020-01-01", {}, MetricOutlook.REACHED),
        ((("2026-09-01", 120.0), ("2026-09-02", 110.0)), None, {}, MetricOutlook.REACHED),
        ((("2026-09-01", 3.0),), None, {"target": 5.0, "baseline": 9.0, "direction": "down"}, MetricOutlook.REACHED),
    ],
)  # fmt: skip
def test_an_outlook_compares_the_pace_with_the_due_date(
    values: tuple[tuple[str, float], ...], due: str | None, fields: dict[str, object], outlook: MetricOutlook
) -> None:
    assert seen(*values, due=due, **fields).outlook is outlook
