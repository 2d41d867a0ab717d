"""What an option of the backlog may say."""

from enum import StrEnum


class GroupBy(StrEnum):
    """By what a backlog can be grouped."""

    TEAM = "team"
    GOAL = "goal"
    COMPONENT = "component"
    CONSUMER = "consumer"
