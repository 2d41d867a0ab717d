"""Whoever is to read a report."""

from platctl.model.calendar import Date
from platctl.model.settings.audience import BUILT_IN, Audience
from platctl.model.settings.audience import audience as named
from platctl.model.settings.config import Config
from platctl.shell.errors import CliError
from platctl.shell.values import one_of


def audience_named(config: Config, name: str) -> Audience:
    """The audience of that name. Raises CliError with the nearest."""
    found = named(one_of("--audience", name, dict.fromkeys([*BUILT_IN, *config.audiences])), config.audiences)
    assert found is not None  # noqa: S101  it is one of those
    return found


def day_of_reading(today: Date | None) -> Date:
    """The day that an audience is told from. Raises CliError where nobody says which it is."""
    if today is None:
        raise CliError("what an audience is told depends on the day, and there is none", "give it: `--today DATE`")
    return today
