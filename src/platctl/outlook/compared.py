"""Which two states a report compares."""

from platctl.model.calendar import Date
from platctl.record import record


@record
class Compared:
    """Which two states were compared; in a what-if only `head` is set. `only` are the selectors of what is reported."""

    head: str
    base: str | None = None
    how: str = ""
    at: Date | None = None
    only: str = ""
