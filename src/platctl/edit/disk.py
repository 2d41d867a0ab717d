"""Writes one file of the working tree as a whole: a new file, or one that has not changed since it was read."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from platctl.edit.edit import Edit
from platctl.source.errors import SourceError
from platctl.source.folder import Disk
from platctl.source.tree import SourceFile
from platctl.source.tree_builder import TreeBuilder

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""Errors of file systems without hard links; there, the file gets its name while it is still being written."""


def write(root: Path, edit: Edit) -> None:
    """Replace the old bytes by the new ones, in one step.

    `root` is the folder that the path is relative to. Raises SourceError, and changes nothing, if the file has changed
    since it was read, is a symbolic or hard link, or can't be written.
    """
    path = edit.file.path
    try:
        _check_unchanged(root, edit)
        with _alone_in((root / path).parent):
            _replace(root, edit, _writable(root, edit))
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise SourceError(f"`{path}` can't be written: {reason}", "nothing was changed") from error


def write_all(root: Path, edits: Sequence[Edit]) -> None:
    """Do the same for several files: all of them are replaced, or none."""
    done: list[Edit] = []
    try:
        for edit in edits:
            _check_unchanged(root, edit)
            _writable(root, edit)
        for edit in edits:
            write(root, edit)
            done.append(edit)
    except (OSError, SourceError) as error:
        for each in reversed(done):
            with contextlib.suppress(SourceError):
                write(root, Edit(SourceFile(each.file.path, each.data), each.file.data, each.span))
        if isinstance(error, SourceError):
            raise
        reason = (error.strerror or "unknown error").lower()
        raise SourceError(f"`{edit.file.path}` can't be written: {reason}", "nothing was changed") from error


def create(root: Path, new: SourceFile) -> None:
    """Write a file that does not exist yet, with its folders, in one step.

    Raises SourceError, and changes no file, if the file already exists, if a folder of its path is a link, or if it
    can't be written.
    """
    path = new.path
    _check_inside(path)
    try:
        folder = _folder(root, path)
        with _alone_in(folder):
            _link(folder, root / path, new.data)
    except FileExistsError:
        help_ = "nothing was overwritten; use `--file` to name another file"
        raise SourceError(f"`{path}` already exists", help_) from None
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise SourceError(f"`{path}` can't be written: {reason}", "nothing was written") from error


def _folder(root: Path, path: str) -> Path:
    """The folder of a path, created if missing. Raises SourceError if a part of the path is not a folder, or a link."""
    folder = root
    for name in Path(path).parent.parts:
        folder /= name
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            message = f"`{path}` can't be written: `{name}` is not a folder, or is a link"
            raise SourceError(message, "use another path")
    return folder


def _link(folder: Path, target: Path, data: bytes) -> None:
    """Link the name to a complete file; unlike renaming, this fails if the name is taken."""
    beside = folder / f".platctl-{secrets.token_hex(8)}.tmp"
    try:
        _fill(beside, data, None)
        try:
            os.link(beside, target)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _fill(target, data, None)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    _settle(folder)


def _writable(root: Path, edit: Edit) -> os.stat_result:
    """The status of the file, if it may be replaced."""
    path = edit.file.path
    status = os.lstat(root / path)
    if status.st_nlink > 1:
        help_ = "remove the other hard links, or edit the file by hand"
        raise SourceError(f"`{path}` is one of {status.st_nlink} hard links to the same file", help_)
    if not status.st_mode & stat.S_IWUSR or not os.access(root / path, os.W_OK):
        raise SourceError(f"`{path}` is read-only", f"add write permission: `chmod u+w {path}`")
    return status


def _check_unchanged(root: Path, edit: Edit) -> None:
    """Check that the path still has the bytes that were read, contains no link, and is inside the root."""
    path = edit.file.path
    _check_inside(path)
    gathered = TreeBuilder()
    there = Disk(root, gathered).read(path)
    tree = gathered.tree("")
    if tree.files == (edit.file,):
        return
    if tree.findings:
        raise SourceError(tree.findings[0].message, tree.findings[0].help)
    what = "has changed" if there else "was removed"
    raise SourceError(f"`{path}` {what} since it was read; nothing was written", "run the command again")


def _check_inside(path: str) -> None:
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise SourceError(f"`{path}` is outside the model", "use a file in the working tree")


def _replace(root: Path, edit: Edit, status: os.stat_result) -> None:
    target = root / edit.file.path
    # Hidden, so that no other run of platctl reads it as a part of the model.
    beside = target.parent / f".platctl-{secrets.token_hex(8)}.tmp"
    try:
        _fill(beside, edit.data, status)
        _check_unchanged(root, edit)
        beside.replace(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    _settle(target.parent)


def _fill(beside: Path, data: bytes, like: os.stat_result | None) -> None:
    """Write a new file; with `like`, give it the same mode and, if permitted, the same owner."""
    handle = os.open(beside, _FLAGS, 0o600 if like else 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if like:
            _liken(beside, handle, like)
        os.fsync(handle)
    finally:
        os.close(handle)


def _liken(path: Path, handle: int, status: os.stat_result) -> None:
    if hasattr(os, "fchown"):
        with contextlib.suppress(PermissionError):
            os.fchown(handle, status.st_uid, status.st_gid)
    path.chmod(stat.S_IMODE(status.st_mode))


def _settle(folder: Path) -> None:
    """Flush the folder, so that the new name is on disk before success is reported."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs of platctl from replacing files in a folder, if the system supports locks.

    The folder is locked rather than the file, because the file is replaced. A process that dies releases the lock.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network disks do not support locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)
