"""The audience of a report."""

from platctl.model.entity.entity import Visibility
from platctl.model.model import Model
from platctl.model.settings.audience import BUILT_IN, Audience
from platctl.model.settings.audience import audience as named
from platctl.model.settings.config import Config
from platctl.shell.errors import note
from platctl.shell.values import one_of

_MOST_NOTES = 10


def audience_named(config: Config, name: str) -> Audience:
    """The audience with that name. Raises CliError with the most similar one."""
    found = named(one_of("--audience", name, dict.fromkeys([*BUILT_IN, *config.audiences])), config.audiences)
    assert found is not None  # noqa: S101  one_of has checked the name
    return found


def note_doubts(audience: Audience, *models: Model) -> None:
    """Say which entities an audience does not see only because their visibility is in doubt; never in the report."""
    if audience.may_see(Visibility.RESTRICTED):
        return
    doubts = {ref: doubt.why for model in models for ref, doubt in model.doubts.items()}
    for ref, why in list(doubts.items())[:_MOST_NOTES]:
        note(f"note: {ref} is treated as restricted, because its visibility is in doubt: {why}")
    if (rest := len(doubts) - _MOST_NOTES) > 0:
        note(f"note: {rest:,} more are treated as restricted; `platctl validate` lists them")
