"""What an option of goals may say."""

from enum import StrEnum


class FailOn(StrEnum):
    """What makes a check of goals fail."""

    GAP = "gap"
