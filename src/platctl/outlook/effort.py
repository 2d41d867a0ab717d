"""How much work of which teams an initiative takes."""

from collections.abc import Iterable

from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.record import record


@record
class Effort:
    """Person-weeks of one team, at the most likely estimate."""

    team: Named
    weeks: float


def efforts(model: Model, initiative: Initiative) -> tuple[Effort, ...]:
    """The efforts of all teams with an estimate, in declared order."""
    weeks = (each.likely for each in initiative.effort.values())
    return tuple(
        Effort(named(model, model.canonical(team)), each)
        for team, each in zip(initiative.teams.values(), weeks, strict=True)
    )


def weeks_of(efforts: Iterable[Effort]) -> float | None:
    """Person-weeks of all teams; None without any estimate."""
    found = [each.weeks for each in efforts]
    return sum(found) if found else None
