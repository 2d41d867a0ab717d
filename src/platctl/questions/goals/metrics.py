"""The progress of a metric towards its target, and when it gets there at its current pace."""

import datetime
import math
import sys
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from platctl.model.calendar import Date
from platctl.model.entity.metric import Direction, Metric
from platctl.model.placement import LazySpan
from platctl.questions.goals.metrics_report import Lack, Measured, MetricOutlook, Trend

_LAST: Final = 4
"""The number of values in a trend: a year of quarters."""


def measured(metric: Metric, span: LazySpan, today: Date | None, due: Date | None) -> Measured:
    """A metric as known today; if `today` is None, all its values count."""
    values = sorted(metric.values.items())
    known = [(day, value) for day, value in values if today is None or day <= today]
    on, current = known[-1] if known else (None, None)
    lack = _lack(metric, current)
    is_clear = lack is not Lack.AGAINST_DIRECTION
    trend = _trend(known, metric) if is_clear else None
    return Measured(
        id=metric.id,
        title=metric.title,
        unit=metric.unit,
        direction=metric.direction,
        baseline=metric.baseline,
        current=current,
        on=on,
        target=metric.target,
        progress=None if lack else progress(metric, current),
        lack=lack,
        trend=trend,
        outlook=_outlook(metric, current, trend, today, due) if is_clear else MetricOutlook.UNKNOWN,
        later=len(values) - len(known),
        span=span,
    )


def progress(metric: Metric, current: float | None) -> float | None:
    """The share of the way from baseline to target; None if unknown."""
    if current is None or metric.baseline is None or metric.target is None:
        return None
    way = metric.target - metric.baseline
    if way == 0:
        return 1.0 if _is_reached(metric, current) else 0.0
    most = sys.float_info.max
    return max(-most, min((current - metric.baseline) / way, most))


def _lack(metric: Metric, current: float | None) -> Lack | None:
    if metric.target is None:
        return Lack.NO_TARGET
    if metric.baseline is None:
        return Lack.NO_BASELINE
    if not _is_reached(metric, metric.target, than=metric.baseline):
        return Lack.AGAINST_DIRECTION
    return Lack.NO_VALUE if current is None else None


def _is_reached(metric: Metric, value: float, than: float | None = None) -> bool:
    """Whether a value is as good as the target, or as `than`."""
    other = metric.target if than is None else than
    assert other is not None  # noqa: S101  called only with a value to compare to
    return value >= other if metric.direction is Direction.UP else value <= other


def _trend(known: Sequence[tuple[Date, float]], metric: Metric) -> Trend | None:
    last = known[-_LAST:]
    if len(last) < 2:
        return None
    a_day = slope([(day.toordinal(), value) for day, value in last])
    on, current = last[-1]
    return Trend(float(a_day), len(last), last[0][0], _reaches(metric, on, current, a_day))


def slope(points: Sequence[tuple[int, float]]) -> Fraction:
    """The exact slope of the least-squares line through at least two points with different x.

    With floats, rounding would give a constant level a slope, and so a day in the far future.
    """
    middle = Fraction(sum(x for x, _ in points), len(points))
    return sum(((x - middle) * Fraction(y) for x, y in points), Fraction()) / sum((x - middle) ** 2 for x, _ in points)


def _reaches(metric: Metric, on: Date, current: float, a_day: Fraction) -> Date | None:
    """The first day at the target; the day of the last value if that is already at the target."""
    if metric.target is None:
        return None
    if _is_reached(metric, current):
        return on
    days = (Fraction(metric.target) - Fraction(current)) / a_day if a_day else Fraction(-1)
    return on + datetime.timedelta(days=math.ceil(days)) if 0 <= days <= (Date.max - on).days else None


def _outlook(
    metric: Metric, current: float | None, trend: Trend | None, today: Date | None, due: Date | None
) -> MetricOutlook:
    if current is None or metric.target is None:
        return MetricOutlook.UNKNOWN
    if _is_reached(metric, current):
        return MetricOutlook.REACHED
    if today and due and today > due:
        return MetricOutlook.MISSED
    if trend is None:
        return MetricOutlook.NO_TREND
    if trend.a_day == 0 or (trend.a_day > 0) != (metric.direction is Direction.UP):
        return MetricOutlook.AWAY
    if due is None:
        return MetricOutlook.COMING if trend.reaches else MetricOutlook.AWAY
    return MetricOutlook.ON_TRACK if trend.reaches and trend.reaches <= due else MetricOutlook.LATE
