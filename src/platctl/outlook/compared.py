"""Which two states a report compares."""

from platctl.model.calendar import Date
from platctl.record import record


@record
class Compared:
    """Which two states were compared; a what-if has no `base`, and `how` says what would
    happen. `only` are the selectors of what is reported."""

    head: str
    base: str | None = None
    how: str = ""
    at: Date | None = None
    only: str = ""
