"""The state that a check compares with, and the day on which it judges."""

import os
from pathlib import Path, PurePosixPath

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.settings.config import CONFIG_NAMES
from platctl.source.errors import SourceError
from platctl.source.git.commit import read_commit, read_file
from platctl.source.git.refs import Resolved
from platctl.source.open import open_source
from platctl.source.skipped import MAX_BYTES
from platctl.workspace.workspace import Workspace


def base_model(workspace: Workspace, found: Resolved) -> Model:
    """The model of the base. It may be empty, for the change that brings the model."""
    tree = workspace.source.at(found)
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


def day_of(workspace: Workspace, found: Resolved, head: Date | None) -> Date | None:
    """Today: the day of head, or that of base where it is later. A change can't set the clock back."""
    commit = read_commit(workspace.source.git, found.commit)
    days = [day for day in (head, commit.date if commit else None) if day]
    return max(days, default=None)


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
