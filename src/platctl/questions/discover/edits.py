"""The edit that states in the model what the facts show."""

import shlex

from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.questions.discover.official import Official
from platctl.questions.discover.patterns import Match
from platctl.questions.discover.report import OfficialEdit, Pattern


def official_edit(model: Model, official: Official, match: Match) -> OfficialEdit:
    """A component becomes one of the platform layer, a twin names the other as its successor, and what loses its users
    is deprecated. Without a layer for platforms, the settings come first."""
    match match.pattern:
        case Pattern.TWINS if match.twin:
            return OfficialEdit(_set(model, match.twin, "successor", _as_written(model, match.component, match.twin)))
        case Pattern.LOSING:
            return OfficialEdit(_set(model, match.component, "lifecycle", "deprecated"))
    layers = official.platform_layers
    if not layers:
        return OfficialEdit(None)
    layer = next((each for each in layers if each.casefold() == "platform"), layers[0])
    return OfficialEdit(_set(model, match.component, "layer", layer))


def _set(model: Model, ref: Ref, field: str, value: str) -> str:
    return shlex.join(("platctl", "set", f"{ref.kind}:{model.entities[ref].name}", field, value))


def _as_written(model: Model, ref: Ref, place: Ref) -> str:
    """A reference to an entity, in the namespace of another one."""
    entity = model.entities[ref]
    return entity.id if ref.namespace == place.namespace else entity.full_name
