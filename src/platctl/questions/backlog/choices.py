"""Values of the backlog's options."""

from enum import StrEnum


class GroupBy(StrEnum):
    """What a backlog can be grouped by."""

    TEAM = "team"
    GOAL = "goal"
    COMPONENT = "component"
    CONSUMER = "consumer"
