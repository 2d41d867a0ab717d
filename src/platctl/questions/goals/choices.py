"""Values of the options of goals."""

from enum import StrEnum


class FailOn(StrEnum):
    """What makes a check of goals fail."""

    GAP = "gap"
