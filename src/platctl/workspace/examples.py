"""The examples included with platctl, each unpacked as a git repository with two commits."""

import shutil
from pathlib import Path

from platctl.source.errors import SourceError

_MODEL, _CHANGE = "model", "change"
_BESIDE = ("LICENSE.txt", "NOTICE", "README.md")


def example_names() -> list[str]:
    """The names of the examples."""
    folder = _folder()
    return sorted(each.name for each in folder.iterdir() if (each / _MODEL).is_dir()) if folder.is_dir() else []


def unpack(name: str, target: Path, *, dry_run: bool = False) -> tuple[str, str]:
    """Unpack an example into a new folder; returns the subjects of its two commits.

    Raises SourceError if there is no such example, or if the folder exists and is not empty.
    """
    from platctl.source.git.new_repository import commit_all, create_repository

    if name not in example_names():
        raise SourceError(f"there is no example `{name}`", f"use one of {', '.join(example_names())}")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise SourceError(f"`{target}` exists and is not empty", "name a new folder")
    example = _folder() / name
    base, change = (example / "commits.txt").read_text("utf-8").splitlines()
    if dry_run:
        return base, change
    try:
        _copy(example, target)
        create_repository(target)
        commit_all(target, base, "2026-11-20")
        _overlay(example, target)
        commit_all(target, change, "2026-11-23")
    except OSError as error:
        raise SourceError(f"can't write into `{target}`: {(error.strerror or 'unknown error').lower()}") from error
    return base, change


def _folder() -> Path:
    """The folder of the examples: inside the installed package, or next to its source."""
    package = Path(__file__).parent.parent
    shipped = package / "_examples"
    return shipped if shipped.is_dir() else package.parent.parent / "examples"


def _copy(example: Path, target: Path) -> None:
    _copy_tree(example / _MODEL, target)
    for name in _BESIDE:
        if (example / name).is_file():
            shutil.copyfile(example / name, target / name)


def _copy_tree(source: Path, target: Path) -> None:
    """Copy without timestamps: installed files all have the same one, so git would miss a change."""
    shutil.copytree(source, target, copy_function=shutil.copyfile, dirs_exist_ok=True)


def _overlay(example: Path, target: Path) -> None:
    _copy_tree(example / _CHANGE, target)
    removed = example / "removed.txt"
    if removed.is_file():
        for path in removed.read_text("utf-8").split():
            (target / path).unlink()
