"""The files of a new model."""

from importlib.resources import files
from pathlib import Path

from platctl.model.json_schema import as_text, file_name
from platctl.model.vocabulary import SCHEMA_NAMES
from platctl.source.errors import SourceError

SCHEMAS = Path(".platctl", "schema")
"""The folder of the schemas, as named in the first lines of the starter files."""


def write_starter(folder: Path, *, dry_run: bool = False) -> list[Path]:
    """Write the starter files into a folder, and the schemas that editors check them by; or only name them.

    Returns the files and the folder of the schemas. Raises SourceError, and writes nothing, if one of them exists.
    """
    starter = files("platctl") / "starter"
    contents = {entry.name: entry.read_bytes() for entry in starter.iterdir() if entry.name.endswith(".yaml")}
    there = [name for name in (*sorted(contents), SCHEMAS.parts[0]) if _exists(folder / name)]
    if there:
        names = ", ".join(f"`{folder / name}`" for name in there)
        verb = "exists" if len(there) == 1 else "exist"
        raise SourceError(f"{names} already {verb}", "name an empty folder: `platctl init DIR`")
    if dry_run:
        return [*(folder / name for name in sorted(contents)), folder / SCHEMAS]
    try:
        (folder / SCHEMAS).mkdir(parents=True)
        for name in SCHEMA_NAMES:
            _write(folder / SCHEMAS / file_name(name), as_text(name).encode())
        return [*(_write(folder / name, data) for name, data in sorted(contents.items())), folder / SCHEMAS]
    except OSError as error:
        raise SourceError(f"can't write into `{folder}`: {(error.strerror or 'unknown error').lower()}") from error


def _exists(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _write(path: Path, data: bytes) -> Path:
    with path.open("xb") as file:
        file.write(data)
    return path
