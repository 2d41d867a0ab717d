"""The reach of a group of consumers."""

from collections.abc import Iterable

from platctl.model.entity.consumer import Consumer
from platctl.record import record


@record
class Total:
    """The reach of a group of consumers. A number is None if none of them declares it."""

    consumers: int
    users: float | None
    developers: float | None
    revenue: float | None


def total_of(consumers: Iterable[Consumer]) -> Total:
    """The combined reach of these consumers."""
    group = list(consumers)

    def added(field: str) -> float | None:
        numbers = [getattr(each.reach, field) for each in group]
        known = [number for number in numbers if number is not None]
        return sum(known) if known else None

    return Total(len(group), added("users"), added("developers"), added("revenue"))
