"""Reads files and folders from disk without following symbolic links."""

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from platctl.source import skipped
from platctl.source.paths import to_raw, to_text
from platctl.source.skipped import MAX_BYTES, SkipReason
from platctl.source.tree import Tree, UnreadEntry
from platctl.source.tree_builder import TreeBuilder, is_yaml

# Windows supports only the last one: there the check before opening has to suffice.
_NAMES = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")
_FLAGS = sum((getattr(os, name, 0) for name in _NAMES), os.O_RDONLY)


class Disk:
    """Reads files below `root` into `builder`; all paths are relative to `root`."""

    def __init__(self, root: Path, builder: TreeBuilder) -> None:
        self._root = os.fsencode(root) + b"/"
        self._builder = builder
        self._real = {"": True, builder.prefix.rstrip("/"): True}

    def read(self, path: str) -> bool:
        """Read one file, or record why it is skipped; False if there is none."""
        if not self.is_in_real_folder(path):
            return False
        found = self.content(path)
        if isinstance(found, SkipReason):
            self._builder.skip(path, found)
        elif found is not None:
            self._builder.add(path, found)
        return found is not None

    def content(self, path: str) -> bytes | SkipReason | None:
        """The content of a file, or the reason why it is not read, or None if there is no file."""
        return _read_regular(self._root + to_raw(path))

    def leads_to_folder(self, path: str) -> bool:
        """Whether this is a symbolic link to a folder."""
        at = self._root + to_raw(path)
        return os.path.islink(at) and os.path.isdir(at)  # noqa: PTH112, PTH114

    def entries(self, inside: str) -> Iterator[tuple[str, os.DirEntry[bytes]]]:
        """The entries of one folder ("" or "a/b/"), except hidden ones."""
        with os.scandir(self._root + to_raw(inside)) as entries:
            for entry in self._builder.counted(entries):
                if not entry.name.startswith(b"."):
                    yield inside + to_text(entry.name), entry

    def name_the_odd(self) -> None:
        """Record folders and pipes named like a YAML file, in every folder that was read from.

        git does not list them.
        """
        for folder in sorted(folder for folder, real in self._real.items() if real):
            inside = f"{folder}/" if folder else ""
            if inside.startswith(self._builder.prefix):
                # git has already reported the folders it could not open.
                with contextlib.suppress(OSError):
                    self._name_the_odd_in(inside)

    def _name_the_odd_in(self, inside: str) -> None:
        for path, entry in self.entries(inside):
            if is_yaml(path) and not entry.is_symlink() and not entry.is_file():
                self._builder.skip(path, skipped.FOLDER if entry.is_dir() else skipped.SPECIAL)

    def is_in_real_folder(self, path: str) -> bool:
        """Whether every folder on the path is a real folder, not a link."""
        folder = path.rpartition("/")[0]
        if folder not in self._real:
            self._follow(folder)
        return self._real[folder]

    def _follow(self, folder: str) -> None:
        real = True
        for end in (at for at, letter in enumerate(f"{folder}/") if letter == "/"):
            parent = folder[:end]
            if parent not in self._real:
                self._real[parent] = real and self._is_real(parent)
            real = self._real[parent]

    def _is_real(self, folder: str) -> bool:
        try:
            mode = os.lstat(self._root + to_raw(folder)).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            self._builder.skip(folder, skipped.refused(error))
            return False
        if stat.S_ISLNK(mode):
            self._builder.skip(folder, skipped.LINKED_FOLDER)
        return stat.S_ISDIR(mode)


def folder_tree(path: Path, label: str) -> Tree:
    """The files of a plain folder, without git."""
    builder = TreeBuilder()
    disk = Disk(path, builder)
    for file, entry in _walk(disk, builder):
        if entry.is_dir(follow_symlinks=False):
            if is_yaml(file):
                builder.skip(file, skipped.FOLDER)
        elif is_yaml(file):
            disk.read(file)
        elif entry.is_symlink() and disk.leads_to_folder(file):
            builder.skip(file, skipped.LINKED_FOLDER)
    return builder.tree(label, rest=_FolderRest(path))


class _FolderRest:
    """What else a plain folder has."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def entries(self) -> Iterator[UnreadEntry]:
        """Hidden files, files with another name, and links."""
        raw = os.fsencode(self._root)
        for folder, folders, files in os.walk(raw):
            folders[:] = sorted(each for each in folders if each != b".git")
            for name in sorted([*files, *folders]):
                at = os.path.join(folder, name)  # noqa: PTH118
                path = to_text(os.path.relpath(at, raw))
                if os.path.islink(at):  # noqa: PTH114
                    yield UnreadEntry(path, skipped.LINK.text)
                elif name in files and "/." in f"/{path}":
                    yield UnreadEntry(path, skipped.HIDDEN)
                elif name in files and not is_yaml(path):
                    yield UnreadEntry(path, skipped.OTHER_NAME)

    def content(self, entry: UnreadEntry) -> bytes | None:
        """The bytes of a regular file."""
        return real_content(Disk(self._root, TreeBuilder()), entry.path)


def real_content(disk: Disk, path: str) -> bytes | None:
    """The bytes of a regular file below real folders, or None."""
    found = disk.content(path) if disk.is_in_real_folder(path) else None
    return found if isinstance(found, bytes) else None


def _walk(disk: Disk, builder: TreeBuilder) -> Iterator[tuple[str, os.DirEntry[bytes]]]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            for path, entry in disk.entries(inside):
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                yield path, entry
        except OSError as error:
            builder.skip(inside.rstrip("/") or ".", skipped.refused(error))


def _read_regular(at: bytes) -> bytes | SkipReason | None:
    """The content, or the reason why it is not read, or None if there is no file."""
    try:
        if reason := _refusal(os.lstat(at)):
            return reason
        handle = os.open(at, _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        replaced = error.errno in (errno.ELOOP, errno.EMLINK)
        return skipped.LINK if replaced else skipped.refused(error)
    try:
        return _content(handle)
    except OSError as error:
        return skipped.refused(error)
    finally:
        os.close(handle)


def _refusal(status: os.stat_result) -> SkipReason | None:
    if stat.S_ISLNK(status.st_mode):
        return skipped.LINK
    if stat.S_ISDIR(status.st_mode):
        return skipped.FOLDER
    if not stat.S_ISREG(status.st_mode):
        return skipped.SPECIAL
    return skipped.TOO_LARGE if status.st_size > MAX_BYTES else None


def _content(handle: int) -> bytes | SkipReason:
    # Checked again: the file may have been replaced since the check before opening, and it may grow.
    status = os.fstat(handle)
    if reason := _refusal(status):
        return reason
    parts, left = [], MAX_BYTES + 1
    while left and (part := os.read(handle, min(left, status.st_size + 1))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts) if left else skipped.TOO_LARGE
