"""The initial text of a new entity, and the file it belongs in."""

import os
from collections import Counter
from pathlib import Path, PurePosixPath

from platctl.edit.yaml_text import scalar
from platctl.model.json_schema import file_name
from platctl.model.language.path_pattern import is_pattern
from platctl.model.model import Model
from platctl.model.ref import DEFAULT_NAMESPACE, ID_HELP, is_id
from platctl.source.errors import SourceError
from platctl.source.tree import SourceFile, Tree
from platctl.workspace.starter import SCHEMAS
from platctl.workspace.workspace import Workspace

_ENDINGS = (".yaml", ".yml")


def path_for(model: Model, kind: str, id_: str) -> str:
    """The path for a new entity: in the folder with most files of its kind, or else in one named after the kind."""
    paths = {placement.document.path for ref, placement in model.documents.items() if ref.kind == kind}
    top = model.prefix.rstrip("/")
    folders = Counter(path.rpartition("/")[0] for path in paths)
    homes = sorted((-count, folder) for folder, count in folders.items() if folder != top)
    root = next((each for each in model.config.roots if not is_pattern(each)), "")
    home = homes[0][1] if homes else (PurePosixPath(model.prefix) / root / f"{kind}s").as_posix()
    return f"{home}/{id_}.yaml"


def path_of(workspace: Workspace, tree: Tree, model: Model, file: Path) -> str:
    """A given file as a path of the model. Raises SourceError if the file can't be part of the model."""
    root = workspace.source.root
    path = Path(os.path.relpath(file.absolute(), root)).as_posix()
    below = PurePosixPath(path).relative_to(tree.prefix) if path.startswith(tree.prefix) else None
    if path.startswith("../") or below is None or not model.config.scope.has(below.as_posix()):
        raise SourceError(
            f"`{file}` is outside the model",
            "use a file below the folder of platctl.yaml, in one of its `roots` and not in `exclude`",
        )
    if any(part.startswith(".") for part in below.parts):
        raise SourceError(f"`{file}` is hidden, and hidden files are not part of the model", "use another name")
    if below.suffix not in _ENDINGS:
        raise SourceError(f"`{file}` would not be part of the model", "use a name that ends with `.yaml`")
    return path


def draft(workspace: Workspace, tree: Tree, kind: str, name: str, path: str) -> SourceFile:
    """A file with an entity that has only a kind and an id. Raises SourceError if the id is not valid."""
    namespace, slash, id_ = name.rpartition("/")
    for part in (id_, namespace if slash else DEFAULT_NAMESPACE):
        if not is_id(part):
            raise SourceError(f"`{name}` is not a valid id", f"use {ID_HELP}")
    spaced = f"namespace: {scalar(namespace)}\n" if slash else ""
    head = _modeline(workspace.source.root, tree.prefix, kind, path)
    return SourceFile(path, f"{head}kind: {kind}\nid: {scalar(id_)}\n{spaced}".encode())


def _modeline(root: Path, prefix: str, kind: str, path: str) -> str:
    """The line that tells an editor which schema to use, if this model has schemas."""
    schema = prefix + (SCHEMAS / file_name(kind)).as_posix()
    if not (root / schema).is_file():
        return ""
    return f"# yaml-language-server: $schema={os.path.relpath(schema, PurePosixPath(path).parent)}\n".replace("\\", "/")
