"""The scoring model that a command uses."""

from platctl.model.model import Model
from platctl.model.placement import Placement
from platctl.model.settings.scoring import ScoringModel
from platctl.shell.errors import CliError
from platctl.shell.values import one_of
from platctl.source.yaml.document import Route


def method_named(model: Model, option: str, name: str | None) -> ScoringModel:
    """The scoring model with that name. Raises CliError if there is none, or if it could not be read completely."""
    scoring, placement = model.config.scoring, model.config_placement
    if placement:
        _refuse_unread(placement, [each for each in placement.left_out(("scoring",)) if each[1:2] != ("models",)])
    method = scoring.by_name[one_of(option, name or scoring.model, scoring.by_name)]
    for index, each in enumerate(scoring.models):
        if placement and each is method:
            _refuse_unread(placement, placement.left_out(("scoring", "models", index)))
    return method


def _refuse_unread(placement: Placement, routes: list[Route]) -> None:
    """Without the omitted parts the ranking would silently be a different one."""
    if routes:
        place = placement.document.span(routes[0])
        raise CliError(f"the scoring model can't be read: {place}", "fix what `platctl validate` reports about it")
