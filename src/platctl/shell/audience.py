"""The audience of a report."""

from platctl.model.calendar import Date
from platctl.model.settings.audience import BUILT_IN, Audience
from platctl.model.settings.audience import audience as named
from platctl.model.settings.config import Config
from platctl.shell.errors import CliError
from platctl.shell.values import one_of


def audience_named(config: Config, name: str) -> Audience:
    """The audience with that name. Raises CliError with the most similar one."""
    found = named(one_of("--audience", name, dict.fromkeys([*BUILT_IN, *config.audiences])), config.audiences)
    assert found is not None  # noqa: S101  one_of has checked the name
    return found


def day_of_reading(today: Date | None) -> Date:
    """The day on which an audience reads a report. Raises CliError if it is unknown."""
    if today is None:
        raise CliError("a report for an audience needs today's date, which is unknown", "use `--today DATE`")
    return today
