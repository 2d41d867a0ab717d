"""A folder with a model: its states in git, loaded once, and the model of each."""

import os
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from platctl.finding import Finding
from platctl.model.language.path_pattern import ModelScope
from platctl.model.merge import LoadedConfig, conventions_of, merge
from platctl.model.model import Model
from platctl.model.settings.config import CONFIG_NAMES
from platctl.source.errors import SourceError
from platctl.source.folder import folder_tree
from platctl.source.open import Source, open_source
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.file_reader import FileReader
from platctl.workspace.store import NoStore, open_store


@dataclass
class Workspace:
    """Loads trees into models; a file that is identical in two states with the same calendar is
    read once."""

    source: Source
    reader: FileReader = field(default_factory=FileReader)

    def model(self, tree: Tree, *, may_be_empty: bool = False, claimed: Set[str] = frozenset()) -> Model:
        """The model of one state. Raises SourceError if the state has no entities, unless `may_be_empty`.

        `claimed` are paths that belong to the model whatever the settings say, since another state has entities there.
        """
        configs = {file.path: file for file in tree.files if PurePosixPath(file.path).name in CONFIG_NAMES}
        config = self._config(configs, tree.prefix)
        scope = config.config.scope if config else ModelScope()
        below = {file.path: file.path.removeprefix(tree.prefix) for file in tree.files if file.path not in configs}
        files = [
            file
            for file in tree.files
            if file.path in below and (scope.has(below[file.path]) or below[file.path] in claimed)
        ]
        conventions = conventions_of(config)
        found = [*tree.findings, *(_unusable(config, tree) if config else ())]
        wanted = {file.path for file in files if below[file.path] in claimed}
        model = merge(self.reader.files(files, conventions, wanted), config, found, tree.prefix, claimed)
        if not model.entities and not may_be_empty:
            raise no_model(tree, model)
        return model

    def _config(self, configs: dict[str, SourceFile], prefix: str) -> LoadedConfig | None:
        found = next((configs[prefix + name] for name in CONFIG_NAMES if prefix + name in configs), None)
        return self.reader.config(found) if found else None


def _unusable(config: LoadedConfig, tree: Tree) -> Iterable[Finding]:
    if config.config.scope == ModelScope():
        return ()
    from platctl.workspace.roots import unusable_roots  # few models need it

    return unusable_roots(config, tree)


def no_model(tree: Tree, model: Model) -> SourceError:
    """The error about a state without entities."""
    if not model.findings:
        return SourceError(
            f"there is no model: {tree.label} has no entity files (*.yaml) in `{tree.prefix or './'}`",
            "run `platctl init` to write a first model, or use `-C DIR` to name its folder",
        )
    first = min(model.findings, key=lambda each: (each.severity.rank, each.sort_key))
    where = f" ({first.span})" if first.span else ""
    return SourceError(
        f"there is no model: {tree.label} has no entity that can be read in `{tree.prefix or './'}`: "
        f"{first.message}{where}",
        first.help or "run `platctl validate` to see why",
    )


def open_workspace(directory: Path, *, may_keep: bool = True) -> Workspace:
    """Open the model that a folder belongs to: the nearest platctl.yaml above it, or else the folder itself.

    With `may_keep`, what was read in earlier runs is not read again.
    """
    if not directory.is_dir():
        raise SourceError(f"`{directory}` is not a folder", "use `-C FOLDER` with the folder of the model")
    here = directory.resolve()
    source = open_source(here)
    candidates = [here, *here.parents]
    for folder in candidates[: candidates.index(source.root) + 1]:
        if any((folder / name).is_file() for name in CONFIG_NAMES):
            source = source if folder == here else open_source(folder)
            break
    return Workspace(source, FileReader(open_store(source.root) if may_keep else NoStore()))


def open_folder(path: Path) -> Tree:
    """The files of a plain folder, to compare with."""
    return folder_tree(path, str(path))


def folder_named(source: Source, text: str) -> Tree | None:
    """The folder that a text names as a state; None if the text can only be a commit.

    In a git repository a folder must contain a separator or start with a dot, so that it can't be a branch.
    """
    is_path = not source.is_git or os.sep in text or text.startswith(".")
    return open_folder(Path(text)) if is_path and Path(text).is_dir() else None
