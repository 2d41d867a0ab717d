"""The files of a new model."""

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from platctl.model.foreign import excluding, quoted
from platctl.model.json_schema import as_text, file_name
from platctl.model.vocabulary import SCHEMA_NAMES
from platctl.source.errors import SourceError
from platctl.source.open import open_source
from platctl.workspace.workspace import Workspace

SCHEMAS = Path(".platctl", "schema")
"""The folder of the schemas, as named in the first lines of the starter files."""


def write_starter(folder: Path, *, dry_run: bool = False) -> list[Path]:
    """Write the starter files into a folder, and the schemas that editors check them by; or only name them.

    The settings exclude YAML files of other tools that are already there. Returns the files and the folder of the
    schemas. Raises SourceError, and writes nothing, if one of them exists.
    """
    starter = files("platctl") / "starter"
    contents = {entry.name: entry.read_bytes() for entry in starter.iterdir() if entry.name.endswith(".yaml")}
    there = [name for name in (*sorted(contents), SCHEMAS.parts[0]) if _exists(folder / name)]
    if there:
        names = ", ".join(f"`{folder / name}`" for name in there)
        verb = "exists" if len(there) == 1 else "exist"
        raise SourceError(f"{names} already {verb}", "name an empty folder: `platctl init DIR`")
    others = _files_of_others(folder, contents)
    if others:
        contents["platctl.yaml"] += _excluded(others)
    if dry_run:
        return [*(folder / name for name in sorted(contents)), folder / SCHEMAS]
    try:
        (folder / SCHEMAS).mkdir(parents=True)
        for name in SCHEMA_NAMES:
            _write(folder / SCHEMAS / file_name(name), as_text(name).encode())
        return [*(_write(folder / name, data) for name, data in sorted(contents.items())), folder / SCHEMAS]
    except OSError as error:
        raise SourceError(f"can't write into `{folder}`: {(error.strerror or 'unknown error').lower()}") from error


def _files_of_others(folder: Path, own: Iterable[str]) -> list[str]:
    """Patterns for the YAML files in a folder that have no entity."""
    if not folder.is_dir():
        return []
    workspace = Workspace(open_source(folder))
    tree = workspace.source.working_tree()
    model = workspace.model(tree, may_be_empty=True)
    there = {placement.path for placement in model.documents.values()}
    foreign = [model.path_in_model(file.path) for file in tree.files if file.path not in there]
    return excluding(foreign, [*own, *map(model.path_in_model, there)])


def _excluded(patterns: Iterable[str]) -> bytes:
    lines = "".join(f"  - {quoted(each)}\n" for each in patterns)
    return f"\n# YAML files of other tools, which are not part of the model.\nexclude:\n{lines}".encode()


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _write(path: Path, data: bytes) -> Path:
    with path.open("xb") as file:
        file.write(data)
    return path
