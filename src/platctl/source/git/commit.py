"""Reads the files of one commit from git's database, without a checkout."""

import datetime
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from platctl.record import record
from platctl.source import skipped
from platctl.source.git.git import Git, GitObject, understood
from platctl.source.paths import to_raw, to_text
from platctl.source.skipped import MAX_BYTES
from platctl.source.tree import Tree, UnreadEntry
from platctl.source.tree_builder import TreeBuilder, is_yaml

_SHORT = 7
_FILE_MODES = (b"100644", b"100755", b"100664")  # the last in repositories of 2005
_LINK_MODE = b"120000"
_SUBMODULE_MODE = b"160000"


@record
class Commit:
    """The contents of a commit object, which a shallow clone has even if the parents are missing.

    `date` is the day of the committer date in UTC: one day for a commit, whoever asks. The author date may be much
    older than what it changes here, and a rebase keeps it.
    """

    parents: tuple[str, ...] = ()
    date: datetime.date | None = None
    author: str = ""
    seconds: int | None = None
    """The committer date, in seconds since 1970."""


@dataclass(slots=True)
class _Listing:
    """The entries of a commit by what has to be read for them: paths by object id."""

    files: dict[str, list[str]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)


def short(commit: str) -> str:
    """The short id of a commit, as used in reports."""
    return commit[:_SHORT]


@understood()
def read_commit(git: Git, name: str) -> Commit | None:
    """The commit with this id (or `HEAD^{commit}`), or None if there is none."""
    (found,) = git.objects([name], MAX_BYTES)
    return None if found.kind == "missing" else parse_commit(found)


@understood()
def read_file(git: Git, commit: str, path: str, limit: int) -> bytes | None:
    """One file of a commit, or None if there is no regular file of at most `limit` bytes."""
    for line in git.records("ls-tree", "-z", "--full-tree", commit, "--", to_raw(path)):
        facts, _, _ = line.partition(b"\t")
        mode, _, name = facts.split(b" ")
        if mode in _FILE_MODES:
            (found,) = git.objects([name.decode("ascii")], limit)
            return found.data
    return None


@understood()
def paths_at(git: Git, commit: str) -> tuple[str, ...]:
    """Every path of a commit."""
    return tuple(path for _, _, path in _records(git, commit, TreeBuilder()))


@understood()
def yaml_blobs(git: Git, commit: str, prefix: str) -> tuple[str, ...]:
    """The ids of the files that `commit_tree` would read."""
    return tuple(_list(git, commit, TreeBuilder(prefix)).files)


@understood()
def commit_tree(git: Git, commit: str, prefix: str) -> Tree:
    """The files below `prefix` in the commit with this id."""
    builder = TreeBuilder(prefix)
    listing = _list(git, commit, builder)
    objects = git.objects([commit, *listing.files, *listing.links], MAX_BYTES)
    date = parse_commit(next(objects)).date
    for name, paths in listing.files.items():
        found = _present(git, name, next(objects))
        for path in paths:
            _take(path, found, builder)
    folders = _with_parents(listing.folders) if listing.links else set()
    for name, paths in listing.links.items():
        target = _present(git, name, next(objects)).data or b""
        for path in paths:
            if _target(path, target) in folders:
                builder.skip(path, skipped.LINKED_FOLDER)
    return builder.tree(short(commit), date, _CommitRest(git, commit, prefix))


class _CommitRest:
    """What else a commit has."""

    def __init__(self, git: Git, commit: str, prefix: str) -> None:
        self._git = git
        self._commit = commit
        self._prefix = prefix

    def entries(self) -> Iterator[UnreadEntry]:
        """Hidden files, files with another name, links and repositories."""
        builder = TreeBuilder(self._prefix)
        for mode, name, path in _records(self._git, self._commit, builder):
            if mode == _SUBMODULE_MODE:
                yield UnreadEntry(path, skipped.REPOSITORY.text)
            elif mode == _LINK_MODE:
                yield UnreadEntry(path, skipped.LINK.text)
            elif builder.hides(path):
                yield UnreadEntry(path, skipped.HIDDEN, name)
            elif not is_yaml(path):
                yield UnreadEntry(path, skipped.OTHER_NAME, name)

    def content(self, entry: UnreadEntry) -> bytes | None:
        """The bytes of a regular file."""
        (found,) = self._git.objects([entry.blob], MAX_BYTES) if entry.blob else (None,)
        return found.data if found and found.kind == "blob" else None


def _records(git: Git, commit: str, builder: TreeBuilder) -> Iterator[tuple[bytes, str, str]]:
    """Mode, object id and path of everything below the model's folder."""
    below = [to_raw(builder.prefix)] if builder.prefix else []
    for line in builder.counted(git.records("ls-tree", "-z", "-r", "--full-tree", commit, "--", *below)):
        facts, _, raw = line.partition(b"\t")
        mode, _, name = facts.split(b" ")
        yield mode, name.decode("ascii"), to_text(raw)


def _list(git: Git, commit: str, builder: TreeBuilder) -> _Listing:
    listing = _Listing()
    for mode, name, path in _records(git, commit, builder):
        if not builder.hides(path):
            listing.folders.add(path.rpartition("/")[0])
            _sort(mode, name, path, listing, builder)
    return listing


def _sort(mode: bytes, name: str, path: str, listing: _Listing, builder: TreeBuilder) -> None:
    if mode == _SUBMODULE_MODE:
        builder.skip(path, skipped.REPOSITORY)
    elif mode == _LINK_MODE and not is_yaml(path):
        listing.links.setdefault(name, []).append(path)
    elif is_yaml(path) and mode in _FILE_MODES:
        listing.files.setdefault(name, []).append(path)
    elif is_yaml(path):
        builder.skip(path, skipped.LINK if mode == _LINK_MODE else skipped.SPECIAL)


def _take(path: str, found: GitObject, builder: TreeBuilder) -> None:
    if found.kind != "blob":
        builder.skip(path, skipped.SPECIAL)
    elif found.data is None:
        builder.skip(path, skipped.TOO_LARGE)
    else:
        builder.add(path, found.data)


def _present(git: Git, name: str, found: GitObject) -> GitObject:
    if found.kind == "missing":
        raise git.unreadable(name)
    return found


def _target(path: str, target: bytes) -> str:
    """The target of a symbolic link, as a path in the repository if it is inside."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), to_text(target)))


def _with_parents(folders: Iterable[str]) -> set[str]:
    known = {"."}
    for folder in folders:
        while folder and folder not in known:
            known.add(folder)
            folder = posixpath.dirname(folder)
    return known


def parse_commit(found: GitObject) -> Commit:
    """Parse a commit object; parts that can't be read are omitted."""
    header = (found.data or b"").partition(b"\n\n")[0]
    lines = [line.partition(b" ") for line in header.split(b"\n")]
    parents = tuple(value.decode("ascii", "replace") for key, _, value in lines if key == b"parent")
    committer, author = (next((v for key, _, v in lines if key == wanted), b"") for wanted in (b"committer", b"author"))
    name = author.partition(b"<")[0].strip().decode("utf-8", "replace")
    seconds = _seconds(committer)
    return Commit(parents, _date(seconds), name, seconds)


def _seconds(person: bytes) -> int | None:
    """The time in `Name <mail> 1700000000 +0100`."""
    try:
        _, seconds, _ = person.rsplit(b" ", 2)
        return int(seconds) if int(seconds) >= 0 else None
    except ValueError:
        return None


def _date(seconds: int | None) -> datetime.date | None:
    """The day in UTC."""
    try:
        return None if seconds is None else datetime.datetime.fromtimestamp(seconds, datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
