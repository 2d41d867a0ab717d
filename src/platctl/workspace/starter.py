"""The files that a new model begins with."""

from importlib.resources import files
from pathlib import Path

from platctl.source.errors import SourceError


def write_starter(folder: Path) -> list[Path]:
    """Write the starter files into a folder. Raises SourceError, and writes nothing, if one of them exists."""
    starter = files("platctl") / "starter"
    contents = {entry.name: entry.read_bytes() for entry in starter.iterdir() if entry.name.endswith(".yaml")}
    there = [name for name in sorted(contents) if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        names = ", ".join(f"`{folder / name}`" for name in there)
        raise SourceError(f"{names} exists already", "name an empty folder: `platctl init DIR`")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [_write(folder / name, data) for name, data in sorted(contents.items())]
    except OSError as error:
        raise SourceError(f"can't write into `{folder}`: {(error.strerror or 'unknown error').lower()}") from error


def _write(path: Path, data: bytes) -> Path:
    with path.open("xb") as file:
        file.write(data)
    return path
