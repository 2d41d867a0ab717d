"""The base state, whose settings decide a check."""

import os
from pathlib import Path, PurePosixPath

from platctl.model.model import Model
from platctl.model.settings.config import CONFIG_NAMES
from platctl.source.errors import SourceError
from platctl.source.git.commit import read_file
from platctl.source.git.refs import Resolved
from platctl.source.open import open_source
from platctl.source.skipped import MAX_BYTES
from platctl.source.tree import Tree
from platctl.workspace.workspace import Workspace


def base_model(workspace: Workspace, found: Resolved, tree: Tree) -> Model:
    """The model of the base, whose settings decide. It may be empty, for a change that adds the model."""
    if not tree.files and _is_elsewhere(workspace, found):
        raise SourceError(
            f"in {found.how} the model is not in `{tree.prefix}`, but in another folder",
            "move the folder in a separate change, which needs no check",
        )
    model = workspace.model(tree, may_be_empty=True)
    if unread := [name for name in CONFIG_NAMES if _is_unread(model, tree.prefix + name)]:
        raise SourceError(
            f"`{tree.prefix}{unread[0]}` in {found.how} can't be read, so the settings for this check are unknown",
            "fix it in a separate change, reviewed by someone who may change the rules",
        )
    return model


def _is_unread(model: Model, path: str) -> bool:
    """Whether a settings file exists, but could not be read completely."""
    file = model.files.get(path)
    unopened = (each.span.path for each in model.findings if each.span and each.rule == "unreadable-file")
    return path in unopened or (file is not None and not file.complete)


def same_settings(workspace: Workspace, found: Resolved, directory: Path) -> None:
    """Raises SourceError if base takes its settings from another folder than head.

    Otherwise a change could evade the settings by adding a nearer `platctl.yaml`, or by removing the nearest one.
    """
    source = workspace.source
    here = Path(os.path.realpath(directory)).relative_to(os.path.realpath(source.root))
    for folder in (here, *here.parents):
        prefix = "" if folder == Path() else f"{folder.as_posix()}/"
        if any(read_file(source.git, found.commit, prefix + name, MAX_BYTES) is not None for name in CONFIG_NAMES):
            if prefix != source.prefix:
                raise SourceError(
                    f"the settings of {found.how} are in `{prefix or './'}`, but those of this change are in "
                    f"`{source.prefix or './'}`",
                    "move the settings in a separate change, reviewed by someone who may change the rules",
                )
            return


def _is_elsewhere(workspace: Workspace, found: Resolved) -> bool:
    """Whether this commit has its model in another folder; then everything would look new, and harmless."""
    if not workspace.source.prefix:
        return False
    everything = open_source(workspace.source.root).at(found)
    return any(PurePosixPath(file.path).name in CONFIG_NAMES for file in everything.files)
