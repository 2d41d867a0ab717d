"""The words that people choose among in files and in options, for whoever needs no more than the words."""

from enum import StrEnum

KIND_NAMES = ("component", "consumer", "initiative", "team", "goal", "decision", "ballot")
"""The kinds of entities, as `kind` names them."""

SETTINGS = "platctl"
ENTITY = "entity"
SCHEMA_NAMES = (*KIND_NAMES, ENTITY, SETTINGS)
"""One schema for each kind, one for files that mix kinds, one for `platctl.yaml`."""


class Status(StrEnum):
    """How far an initiative is."""

    IDEA = "idea"
    PROPOSED = "proposed"
    SHAPED = "shaped"
    PLANNED = "planned"
    ACTIVE = "active"
    DONE = "done"
    DROPPED = "dropped"
    PARKED = "parked"

    @property
    def is_committed(self) -> bool:
        """Whether others may count on it: only such work changes what is on offer later."""
        return self in (Status.PLANNED, Status.ACTIVE)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self is not Status.DONE and not self.is_given_up

    @property
    def is_given_up(self) -> bool:
        return self in (Status.DROPPED, Status.PARKED)


WAY = (Status.IDEA, Status.PROPOSED, Status.SHAPED, Status.PLANNED, Status.ACTIVE, Status.DONE)
"""The stages in their order; what is dropped or parked has left it."""


class ChangeEffect(StrEnum):
    """What a change does to the contract of an interface."""

    ADDITION = "addition"
    CHANGE = "change"
    BREAKING = "breaking"
    DEPRECATION = "deprecation"
    REMOVAL = "removal"
    INTERNAL = "internal"


class Dimension(StrEnum):
    """By what work is divided."""

    CONSUMER = "consumer"
    TIER = "tier"
    GOAL = "goal"
    TEAM = "team"
    TYPE = "type"
    LAYER = "layer"


class Measure(StrEnum):
    """What is divided: person-weeks, or the value that the scoring model gives."""

    EFFORT = "effort"
    VALUE = "value"


class BuiltIn(StrEnum):
    """The audiences that there always are."""

    DEVELOPERS = "developers"
    PRODUCT_MANAGERS = "product-managers"
    CUSTOMERS = "customers"
