"""The scoring model that a command ranks by."""

from platctl.model.model import Model
from platctl.model.placement import Placement
from platctl.model.settings.scoring import ScoringModel
from platctl.shell.errors import CliError
from platctl.shell.values import one_of
from platctl.source.yaml.document import Route


def method_named(model: Model, option: str, name: str | None) -> ScoringModel:
    """The scoring model of a name. Raises CliError with the nearest, and for one that could not be read as written."""
    scoring, placement = model.config.scoring, model.config_placement
    if placement:
        _refuse_unread(placement, [each for each in placement.left_out(("scoring",)) if each[1:2] != ("models",)])
    method = scoring.by_name[one_of(option, name or scoring.model, scoring.by_name)]
    for index, each in enumerate(scoring.models):
        if placement and each is method:
            _refuse_unread(placement, placement.left_out(("scoring", "models", index)))
    return method


def _refuse_unread(placement: Placement, routes: list[Route]) -> None:
    """What was left out would make another ranking of it, and nobody would see that."""
    if routes:
        place = placement.document.span(routes[0])
        raise CliError(f"how to rank can't be read: {place}", "`platctl validate` says what is wrong there")
