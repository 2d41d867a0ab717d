"""How much of which team a piece of work takes."""

from collections.abc import Iterable

from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.record import record


@record
class Effort:
    """Person-weeks of one team, as they most probably are."""

    team: Named
    weeks: float


def efforts(model: Model, initiative: Initiative) -> tuple[Effort, ...]:
    """Those of all teams that have estimated an initiative, in the order in which they are written."""
    weeks = (each.likely for each in initiative.effort.values())
    return tuple(
        Effort(named(model, model.canonical(team)), each)
        for team, each in zip(initiative.teams.values(), weeks, strict=True)
    )


def weeks_of(efforts: Iterable[Effort]) -> float | None:
    """Person-weeks of all teams; None where nobody has estimated any."""
    found = [each.weeks for each in efforts]
    return sum(found) if found else None
