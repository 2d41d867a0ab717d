"""The fixed words of files and options, without the classes that read files."""

from enum import StrEnum

KIND_NAMES = (
    *("component", "consumer", "initiative", "team", "user", "goal"),
    *("release", "system", "domain", "decision", "ballot", "scenario"),
)
"""The kinds of entities, as `kind` names them."""

SETTINGS = "platctl"
ENTITY = "entity"
SCHEMA_NAMES = (*KIND_NAMES, ENTITY, SETTINGS)
"""The names of the schemas: one per kind, one for files that mix kinds, one for `platctl.yaml`."""


class Status(StrEnum):
    """The status of an initiative."""

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
        """Whether others may count on it: only committed work changes which versions are available later."""
        return self in (Status.PLANNED, Status.ACTIVE)

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor given up."""
        return self is not Status.DONE and not self.is_given_up

    @property
    def is_given_up(self) -> bool:
        return self in (Status.DROPPED, Status.PARKED)


WAY = (Status.IDEA, Status.PROPOSED, Status.SHAPED, Status.PLANNED, Status.ACTIVE, Status.DONE)
"""The stages in order; dropped and parked initiatives are not among them."""


class ChangeEffect(StrEnum):
    """The effect of a change on the contract of an interface."""

    ADDITION = "addition"
    CHANGE = "change"
    BREAKING = "breaking"
    DEPRECATION = "deprecation"
    REMOVAL = "removal"
    INTERNAL = "internal"


class Dimension(StrEnum):
    """What work is divided by."""

    CONSUMER = "consumer"
    TIER = "tier"
    GOAL = "goal"
    TEAM = "team"
    TYPE = "type"
    LAYER = "layer"
    SYSTEM = "system"
    DOMAIN = "domain"


class Measure(StrEnum):
    """What is divided: person-weeks, or the value by the scoring model."""

    EFFORT = "effort"
    VALUE = "value"


class BuiltIn(StrEnum):
    """The built-in audiences."""

    DEVELOPERS = "developers"
    PRODUCT_MANAGERS = "product-managers"
    CUSTOMERS = "customers"
