"""Writes one file of the working tree as a whole: a new one, or one that is still as it was read."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

from platctl.edit.edit import Edit
from platctl.source.errors import SourceError
from platctl.source.folder import Disk
from platctl.source.tree import SourceFile
from platctl.source.tree_builder import TreeBuilder

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What a disk says that knows no second names; there, a name is given to a file that is still being written."""


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


def create(root: Path, new: SourceFile) -> None:
    """Write a file that does not exist yet, with the folders on its way, in one step.

    Raises SourceError, and leaves all files as they were, if something is there already, if a link is on the way, or
    if it can't be written.
    """
    path = new.path
    _check_inside(path)
    try:
        folder = _folder(root, path)
        with _alone_in(folder):
            _link(folder, root / path, new.data)
    except FileExistsError:
        raise SourceError(f"`{path}` exists already", "nothing is overwritten; name another file: `--file`") from None
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        raise SourceError(f"`{path}` can't be written: {reason}", "nothing was written") from error


def _folder(root: Path, path: str) -> Path:
    """The folder of a path, made where it is missing; each folder on the way is one, and no link."""
    folder = root
    for name in Path(path).parent.parts:
        folder /= name
        with contextlib.suppress(FileExistsError):
            folder.mkdir()
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise SourceError(f"`{path}` can't be written: `{name}` on its way is no folder, or a link", "name another")
    return folder


def _link(folder: Path, target: Path, data: bytes) -> None:
    """Give the name to a file that is whole already; unlike renaming, that fails where the name is taken."""
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
    _check_inside(path)
    gathered = TreeBuilder()
    there = Disk(root, gathered).read(path)
    tree = gathered.tree("")
    if tree.files == (edit.file,):
        return
    if tree.findings:
        raise SourceError(tree.findings[0].message, tree.findings[0].help)
    what = "was changed" if there else "is gone"
    raise SourceError(f"`{path}` {what} since it was read; nothing was written", "run the command again")


def _check_inside(path: str) -> None:
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise SourceError(f"`{path}` is outside of the model", "only files of the working tree are changed")


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


def _fill(beside: Path, data: bytes, like: os.stat_result | None) -> None:
    """Write a new file; with the owner, as far as allowed, and the mode of an old one, if there is one."""
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
