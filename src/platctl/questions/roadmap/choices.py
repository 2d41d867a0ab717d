"""What the options of roadmaps may say."""

from enum import StrEnum


class View(StrEnum):
    """From which side a roadmap is seen."""

    TIMELINE = "timeline"
    NOW_NEXT_LATER = "now-next-later"
    BY_GOAL = "by-goal"
    BY_TEAM = "by-team"
    BY_COMPONENT = "by-component"
    BY_CONSUMER = "by-consumer"


class Grouping(StrEnum):
    """What stands together on a roadmap."""

    HORIZON = "horizon"
    PERIOD = "period"
    GOAL = "goal"
    TEAM = "team"
    COMPONENT = "component"
    CONSUMER = "consumer"
    TYPE = "type"
    STATUS = "status"
