"""Opens a folder as a source of trees: the git repository if there is one, otherwise just the folder."""

import os
from pathlib import Path
from typing import Protocol

from platctl.source.errors import SourceError
from platctl.source.folder import folder_tree
from platctl.source.git.checkout import checkout_tree
from platctl.source.git.commit import commit_tree
from platctl.source.git.git import Git, NoRepositoryError, find_repository
from platctl.source.git.refs import Resolved, resolve_ref
from platctl.source.paths import to_text
from platctl.source.tree import Tree


class Source(Protocol):
    """A place that models are read from."""

    @property
    def root(self) -> Path:
        """The top level of the repository, or the folder itself; paths are relative to it."""

    @property
    def prefix(self) -> str:
        """The model's folder below `root`: "" or "platform/"."""

    @property
    def is_git(self) -> bool:
        """Whether there are commits to compare with."""

    @property
    def git(self) -> Git:
        """git in this repository. Raises SourceError if there is none."""

    def working_tree(self) -> Tree:
        """The files on disk."""

    def at(self, commit: Resolved | str) -> Tree:
        """The files at a commit or ref."""


class Repository:
    """A folder in a git repository."""

    is_git = True

    def __init__(self, git: Git, prefix: str) -> None:
        self.git = git
        self.root = git.root
        self.prefix = prefix

    def working_tree(self) -> Tree:
        """The files on disk that git tracks or would not ignore."""
        return checkout_tree(self.git, self.prefix)

    def at(self, commit: Resolved | str) -> Tree:
        """The files at a commit or ref."""
        resolved = resolve_ref(self.git, commit) if isinstance(commit, str) else commit
        return commit_tree(self.git, resolved.commit, self.prefix)


class Folder:
    """A folder outside git."""

    is_git = False
    prefix = ""

    def __init__(self, root: Path, without_git: SourceError) -> None:
        self.root = root
        self._without_git = without_git

    @property
    def git(self) -> Git:
        """Raises SourceError with the reason why there is no git."""
        raise self._without_git

    def working_tree(self) -> Tree:
        """Every YAML file below the folder."""
        name = self.root.name if self.root.is_absolute() else self.root.as_posix()
        return folder_tree(self.root, f"folder {name}/")

    def at(self, commit: Resolved | str) -> Tree:  # noqa: ARG002
        """Raises SourceError with the reason why there are no commits."""
        raise self._without_git


def open_source(directory: Path) -> Source:
    """The source that `directory` belongs to. The repository is searched for only here."""
    _check(directory)
    try:
        git = find_repository(directory)
    except NoRepositoryError as error:
        return Folder(directory, error)
    below = os.path.relpath(os.path.realpath(directory), git.root)
    prefix = "" if below == os.curdir else to_text(os.fsencode(Path(below).as_posix())) + "/"
    return Repository(git, prefix)


def _check(directory: Path) -> None:
    help_ = "use `-C FOLDER` to name the folder of the model"
    try:
        directory.stat()
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise SourceError(f"`{directory}` can't be opened: {reason}", help_) from error
    if not directory.is_dir():
        raise SourceError(f"`{directory}` is not a folder", help_)
