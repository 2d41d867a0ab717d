"""How much a group of consumers weighs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Total:
    """How much a group of consumers weighs. A number is None where none of them says."""

    consumers: int
    users: float | None
    developers: float | None
    revenue: float | None
