"""The line that names the states a report compares."""

from platctl.outlook.compared import Compared
from platctl.page import Line, line
from platctl.writing.phrases import in_state


def compared(states: Compared) -> Line:
    """The states that were compared."""
    at = (f", as of {states.at}" if states.at else "") + (f", only {states.only}" if states.only else "")
    if states.base is None:
        asked = f" {states.how}" if states.how else ""
        return line(f"What if{asked}, {in_state(states.head)}{at}")
    how = f" ({states.how})" if states.how and states.how != states.base else ""
    return line(f"Base {states.base}{how} -> {states.head}{at}")
