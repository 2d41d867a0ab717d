"""Replaces one file of the working tree as a whole, if it is still the file that was read."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from platctl.edit.edit import Edit
from platctl.source.errors import SourceError
from platctl.source.folder import Disk
from platctl.source.gathered import Gathered

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write(root: Path, edit: Edit) -> None:
    """Put the new bytes in place of the old ones, in one step.

    `root` is the folder that the path counts from. Raises SourceError, and leaves everything as it was, if the file
    was changed since it was read, is a link or one of several names of a file, or can't be written.
    """
    path = edit.file.path
    try:
        _check_unchanged(root, edit)
        with _alone_in((root / path).parent):
            _replace(root, edit, _writable(root, edit))
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise SourceError(f"`{path}` can't be written: {reason}", "nothing was changed") from error


def _writable(root: Path, edit: Edit) -> os.stat_result:
    """The state of the file, if it may be replaced."""
    path = edit.file.path
    status = os.lstat(root / path)
    if status.st_nlink > 1:
        help_ = "remove the other names, or edit it by hand"
        raise SourceError(f"`{path}` is one of {status.st_nlink} names of the same file (hard links)", help_)
    if not status.st_mode & stat.S_IWUSR or not os.access(root / path, os.W_OK):
        raise SourceError(f"`{path}` is read-only", f"give yourself the right to write it: `chmod u+w {path}`")
    return status


def _check_unchanged(root: Path, edit: Edit) -> None:
    """That the path still leads to the bytes that were read, with no link on the way and none out of the root."""
    path = edit.file.path
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise SourceError(f"`{path}` is outside of the model", "only files of the working tree are changed")
    gathered = Gathered()
    there = Disk(root, gathered).read(path)
    tree = gathered.tree("")
    if tree.files == (edit.file,):
        return
    if tree.findings:
        raise SourceError(tree.findings[0].message, tree.findings[0].help)
    what = "was changed" if there else "is gone"
    raise SourceError(f"`{path}` {what} since it was read; nothing was written", "run the command again")


def _replace(root: Path, edit: Edit, status: os.stat_result) -> None:
    target = root / edit.file.path
    # Hidden, so that no run of platctl takes it for a part of the model.
    beside = target.parent / f".platctl-{secrets.token_hex(8)}.tmp"
    try:
        _fill(beside, edit.data, status)
        _check_unchanged(root, edit)
        beside.replace(target)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()
    _settle(target.parent)


def _fill(beside: Path, data: bytes, status: os.stat_result) -> None:
    """Write a new file with the owner, as far as allowed, and the mode of the old one."""
    handle = os.open(beside, _FLAGS, 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        if hasattr(os, "fchown"):
            with contextlib.suppress(PermissionError):
                os.fchown(handle, status.st_uid, status.st_gid)
        beside.chmod(stat.S_IMODE(status.st_mode))
        os.fsync(handle)
    finally:
        os.close(handle)


def _settle(folder: Path) -> None:
    """Have the new name on the disk before anybody is told; what is written is whole in any case."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other runs of platctl from replacing files of a folder; where the system can't, the comparison is all.

    The folder is locked and not the file, which is another one afterwards. A process that dies lets go of it.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network disks know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)
