"""The reach of a group of consumers."""

from collections.abc import Iterable
from itertools import compress

from platctl.model.entity.consumer import Consumer
from platctl.record import record


@record
class Total:
    """The reach of a group of consumers. A number is None if none of them declares it."""

    consumers: int
    users: float | None
    developers: float | None
    revenue: float | None


class Totals:
    """The combined reach of any of some consumers."""

    def __init__(self, consumers: Iterable[Consumer]) -> None:
        reaches = [each.reach for each in consumers]
        self._count = len(reaches)
        self._numbers = [[getattr(each, field) for each in reaches] for field in ("users", "developers", "revenue")]

    def of(self, chosen: Iterable[int] | None = None) -> Total:
        """Of those that are chosen, by 1 in their place; of all by default."""
        selected = bytes([1] * self._count) if chosen is None else bytes(chosen)
        added = (_added(compress(numbers, selected)) for numbers in self._numbers)
        return Total(sum(selected[: self._count]), *added)


def _added(numbers: Iterable[float | None]) -> float | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def total_of(consumers: Iterable[Consumer]) -> Total:
    """The combined reach of these consumers."""
    return Totals(consumers).of()
