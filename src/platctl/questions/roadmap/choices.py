"""The values of the options of roadmaps."""

from enum import StrEnum


class View(StrEnum):
    """How a roadmap is arranged."""

    TIMELINE = "timeline"
    NOW_NEXT_LATER = "now-next-later"
    BY_GOAL = "by-goal"
    BY_TEAM = "by-team"
    BY_COMPONENT = "by-component"
    BY_CONSUMER = "by-consumer"


class Grouping(StrEnum):
    """What the work on a roadmap is grouped by."""

    HORIZON = "horizon"
    PERIOD = "period"
    GOAL = "goal"
    TEAM = "team"
    COMPONENT = "component"
    CONSUMER = "consumer"
    SYSTEM = "system"
    DOMAIN = "domain"
    TYPE = "type"
    STATUS = "status"
