"""The options that `plan` and `plan compare` share."""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.shell.options import completions, entities

if TYPE_CHECKING:
    from platctl.scheduling.serial import Aim

GRANULARITIES = ("period", "week")
AIMS = ("lateness", "finish")

HorizonOption = Annotated[
    int, typer.Option("--horizon", metavar="N", min=1, max=40, help="Plan N periods, the running one included.")
]
GranularityOption = Annotated[
    str,
    typer.Option(
        "--granularity",
        metavar="UNIT",
        help="period, or week: in which weeks the work of the plan is done.",
        autocompletion=completions(GRANULARITIES),
    ),
]
MinimizeOption = Annotated[
    str,
    typer.Option(
        "--minimize",
        metavar="AIM",
        help="What a schedule in weeks has first: the least `lateness`, or the earliest `finish`.",
        autocompletion=completions(AIMS),
    ),
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="ID",
        help="Plan for the future that this scenario supposes.",
        autocompletion=entities("scenario"),
    ),
]
WithMigrationOption = Annotated[
    bool, typer.Option("--with-migration", help="Count the migrations that work causes for other teams.")
]
GapOption = Annotated[
    float, typer.Option("--gap", metavar="PERCENT", min=0, max=100, help="Stop when the plan is proven this good.")
]
TimeLimitOption = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        min=1,
        help="Search this long at most; the plan may then differ by machine.",
    ),
]
WorkersOption = Annotated[int, typer.Option("--workers", metavar="N", min=1, max=64, help="Threads of the solver.")]


def aim_of(granularity: str, minimize: str) -> "Aim | None":
    """What a schedule in weeks has first; None for a plan in periods. Raises CliError for another word."""
    from platctl.scheduling.serial import Aim
    from platctl.shell.values import one_of

    aim = Aim(one_of("--minimize", minimize, AIMS))
    return aim if one_of("--granularity", granularity, GRANULARITIES) == "week" else None
