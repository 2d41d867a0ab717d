"""The option that names whoever is to read a report."""

from typing import Annotated

import typer

from platctl.model.calendar import Date
from platctl.model.settings.audience import BUILT_IN, Audience
from platctl.model.settings.audience import audience as named
from platctl.model.settings.config import Config
from platctl.shell.errors import CliError
from platctl.shell.options import completions, one_of

AudienceOption = Annotated[
    str | None,
    typer.Option(
        "--audience",
        "-a",
        metavar="NAME",
        help="As this audience may see it: developers, product-managers, customers, or one of platctl.yaml.",
        autocompletion=completions(BUILT_IN),
    ),
]


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
