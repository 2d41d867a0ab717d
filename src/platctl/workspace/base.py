"""The base state, whose settings decide a check."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from platctl.model.model import Model
from platctl.model.settings.config import CONFIG_NAMES
from platctl.source.errors import SourceError
from platctl.source.git.commit import commit_tree, paths_at, read_file
from platctl.source.git.fetch import Fetch
from platctl.source.git.refs import Resolved
from platctl.source.skipped import MAX_BYTES
from platctl.source.tree import Tree
from platctl.workspace.workspace import Workspace


def base_tree(
    workspace: Workspace, found: Resolved, head: Tree, is_in_head: Callable[[str], bool], fetch: Fetch | None = None
) -> Tree:
    """The files of base, also where its model was in another folder, which head does not have any more."""
    tree = workspace.source.at(found)
    if any(file.path in _settings_in(tree.prefix) for file in tree.files):
        return tree
    git = workspace.source.git
    others = {_folder(path) for path in paths_at(git, found.commit) if PurePosixPath(path).name in CONFIG_NAMES}
    gone = sorted(each for each in others if not any(map(is_in_head, _settings_in(each))))
    here = workspace.model(tree, may_be_empty=True)
    if len(gone) > 1 and not here.entities:
        raise SourceError(
            f"in {found.how} the model is not in `{tree.prefix or './'}`, but in one of {', '.join(gone)}",
            "move one folder in a change of its own",
        )
    prefix = None
    if len(gone) == 1 and all(each.path.startswith(gone[0]) for each in here.documents.values()):
        prefix = gone[0]
    elif not others and not here.entities:
        if fetch:
            fetch.files(found.commit, "")
        prefix = _former_folder(workspace, found, head, is_in_head)
    if prefix is None:
        return tree
    if fetch:
        fetch.files(found.commit, prefix)
    return commit_tree(git, found.commit, prefix)


def _settings_in(prefix: str) -> tuple[str, ...]:
    return tuple(prefix + name for name in CONFIG_NAMES)


def _folder(path: str) -> str:
    return path[: -len(PurePosixPath(path).name)]


def _former_folder(workspace: Workspace, found: Resolved, head: Tree, is_in_head: Callable[[str], bool]) -> str | None:
    """The folder in which base, without settings, has most of the entities of head, in files that head lacks."""
    everything = workspace.model(commit_tree(workspace.source.git, found.commit, ""), may_be_empty=True)
    now = workspace.model(head, may_be_empty=True)
    folders: Counter[str] = Counter()
    for ref in now.entities.keys() & everything.entities.keys():
        path, below = everything.documents[ref].path, now.path_in_model(now.documents[ref].path)
        if f"/{path}".endswith(f"/{below}") and not is_in_head(path):
            folders[path[: -len(below)]] += 1
    return min(folders, key=lambda each: (-folders[each], each), default=None)


def base_model(workspace: Workspace, found: Resolved, tree: Tree) -> Model:
    """The model of the base, whose settings decide. It may be empty, for a change that adds the model."""
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


def same_settings(workspace: Workspace, found: Resolved, directory: Path, moved_from: str) -> None:
    """Raises SourceError if base takes its settings from another folder than head, without having moved there.

    Otherwise a change could evade the settings by adding a nearer `platctl.yaml`, or by removing the nearest one.
    """
    source = workspace.source
    here = Path(os.path.realpath(directory)).relative_to(os.path.realpath(source.root))
    for folder in (here, *here.parents):
        prefix = "" if folder == Path() else f"{folder.as_posix()}/"
        if any(read_file(source.git, found.commit, name, MAX_BYTES) is not None for name in _settings_in(prefix)):
            if prefix not in (source.prefix, moved_from):
                raise SourceError(
                    f"the settings of {found.how} are in `{prefix or './'}`, but those of this change are in "
                    f"`{source.prefix or './'}`",
                    "move the settings in a separate change, reviewed by someone who may change the rules",
                )
            return
