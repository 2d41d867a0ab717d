"""The audience of a report, and what it may ask about."""

from collections.abc import Callable
from contextlib import suppress

from platctl.model.entity.entity import Visibility
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.audience import BUILT_IN, Audience
from platctl.model.settings.audience import audience as named
from platctl.model.settings.config import Config
from platctl.shell.errors import CliError, note
from platctl.shell.values import one_of
from platctl.source.errors import SourceError

_MOST_NOTES = 10


def audience_named(config: Config, name: str) -> Audience:
    """The audience with that name. Raises CliError with the most similar one."""
    found = named(one_of("--audience", name, _names(config)), config.audiences)
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


def found_for(option: str, search: Callable[[Model], Ref], model: Model, seen: Model, reader: Audience) -> Ref:
    """The entity that an option names, in what the audience may see of a model.

    Raises SourceError for an unknown name, and CliError for something hidden: whoever runs the command has the model.
    The error reveals only why it is hidden, and who may see it.
    """
    try:
        return search(seen)
    except SourceError:
        with suppress(SourceError):
            raise _hidden(option, model, search(model), reader) from None
        raise


def _hidden(option: str, model: Model, ref: Ref, reader: Audience) -> CliError:
    visibility = model.visibility(ref)
    if reader.may_see(visibility):
        return CliError(f"`{option}` names a {ref.kind} that can't be shown to {reader.id}", "use another `--audience`")
    names = _names(model.config)
    allowed = [name for name in names if audience_named(model.config, name).may_see(visibility)]
    if allowed:
        help_ = f"use {' or '.join(f'`--audience {name}`' for name in allowed)}"
    else:
        help_ = f"no audience may: add one with `sees: {visibility.value}` to `audiences` in platctl.yaml"
    return CliError(f"`{option}` names a {ref.kind} that is {visibility.value}: {reader.id} may not see it", help_)


def _names(config: Config) -> list[str]:
    return list(dict.fromkeys([*BUILT_IN, *config.audiences]))
