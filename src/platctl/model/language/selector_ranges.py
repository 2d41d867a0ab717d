"""Ranges of numbers and days in selectors: `2`, `<=2`, `1..3`, `2027-Q1..`."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from platctl.model.calendar import Calendar, Date, parse_date
from platctl.record import record

_BOUNDED = re.compile(r"(?P<sign><=|>=|<|>)?(?P<one>[^.<>=]+)|(?P<low>[^.<>=]*)\.\.(?P<high>[^.<>=]*)")


@record
class Between:
    """Values from `low` to `high`, inclusive; None means unbounded."""

    low: Any
    high: Any

    def overlaps(self, first: Any, last: Any) -> bool:
        """Whether the range from `first` to `last` overlaps this one."""
        return (self.low is None or last >= self.low) and (self.high is None or first <= self.high)


def numbers_between(text: str) -> Between:
    """Parse a range of whole numbers. Raises ValueError that states the problem."""
    return _between(text, _number)


def days_between(text: str, calendar: Calendar) -> Between:
    """Parse a range of days or periods. Raises ValueError that states the problem."""
    return _between(text, lambda each: _days(each, calendar))


def _between(text: str, bounds: Callable[[str], tuple[Any, Any, Any]]) -> Between:
    found = _BOUNDED.fullmatch(text)
    if found is None or (found["one"] is None and not found["low"] and not found["high"]):
        raise ValueError(f"`{text}` is not a range")
    if found["one"] is None:
        low = bounds(found["low"])[0] if found["low"] else None
        high = bounds(found["high"])[1] if found["high"] else None
        if low is not None and high is not None and low > high:
            raise ValueError(f"`{text}` ends before it starts")
        return Between(low, high)
    return _half_open(found["sign"], *bounds(found["one"]))


def _half_open(sign: str | None, first: Any, last: Any, step: Any) -> Between:
    try:
        match sign:
            case "<=":
                return Between(None, last)
            case ">=":
                return Between(first, None)
            case "<":
                return Between(None, first - step)
            case ">":
                return Between(last + step, None)
    except OverflowError:
        raise ValueError("the date is out of range") from None
    return Between(first, last)


def _number(text: str) -> tuple[int, int, int]:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(f"`{text}` is not a number")
    return int(text), int(text), 1


def _days(text: str, calendar: Calendar) -> tuple[Date, Date, timedelta]:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        day = parse_date(text)
        return day, day, timedelta(days=1)
    return *calendar.bounds(calendar.period(text)), timedelta(days=1)
