"""The state by whose settings a check judges."""

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
    """The model of the base, whose settings judge. It may be empty, for the change that brings the model."""
    if not tree.files and _is_elsewhere(workspace, found):
        raise SourceError(
            f"the model is not in `{tree.prefix}` in {found.how}, but elsewhere",
            "move its folder in a change of its own, which needs no check",
        )
    model = workspace.model(tree, may_be_empty=True)
    if unread := [name for name in CONFIG_NAMES if _is_unread(model, tree.prefix + name)]:
        raise SourceError(
            f"`{tree.prefix}{unread[0]}` in {found.how} can't be read, so nobody knows what this change is checked by",
            "mend it in a change of its own, which somebody reviews who may change the rules",
        )
    return model


def _is_unread(model: Model, path: str) -> bool:
    """Whether a file of settings is there, and nothing, or not all of it, could be read."""
    file = model.files.get(path)
    unopened = (each.span.path for each in model.findings if each.span and each.rule == "unreadable-file")
    return path in unopened or (file is not None and not file.complete)


def same_settings(workspace: Workspace, found: Resolved, directory: Path) -> None:
    """Raises SourceError where base takes its settings from another folder than head.

    Otherwise a change would get away from them by a `platctl.yaml` that is nearer, or by removing the nearest.
    """
    source = workspace.source
    here = Path(os.path.realpath(directory)).relative_to(os.path.realpath(source.root))
    for folder in (here, *here.parents):
        prefix = "" if folder == Path() else f"{folder.as_posix()}/"
        if any(read_file(source.git, found.commit, prefix + name, MAX_BYTES) is not None for name in CONFIG_NAMES):
            if prefix != source.prefix:
                raise SourceError(
                    f"the settings of {found.how} are in `{prefix or './'}`, those of this change in "
                    f"`{source.prefix or './'}`",
                    "move settings in a change of its own, which somebody reviews who may change the rules",
                )
            return


def _is_elsewhere(workspace: Workspace, found: Resolved) -> bool:
    """Whether this commit has a model outside of the folder of this one: then all would look new, and harmless."""
    if not workspace.source.prefix:
        return False
    everything = open_source(workspace.source.root).at(found)
    return any(PurePosixPath(file.path).name in CONFIG_NAMES for file in everything.files)
