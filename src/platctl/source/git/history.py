"""Reads the history of a model's files: each commit of the first-parent history with what it changed."""

import datetime
import itertools
from collections.abc import Iterable, Iterator

from platctl.record import record
from platctl.source import skipped
from platctl.source.errors import SourceError
from platctl.source.git.commit import Commit, parse_commit
from platctl.source.git.commit import short as short_id
from platctl.source.git.git import FSCK, Git, GitObject, understood
from platctl.source.git.refs import Resolved, resolve_ref
from platctl.source.paths import to_raw, to_text
from platctl.source.skipped import MAX_BYTES, SkipReason
from platctl.source.tree_builder import TreeBuilder, is_yaml

_FILE, _LINK, _SUBMODULE, _NOTHING = b"100", b"120", b"160", b"000"
_KINDS = {_LINK: skipped.LINK, _SUBMODULE: skipped.REPOSITORY}
# A plumbing command: it ignores settings for displaying differences, and starts no program for them.
_DIFF_TREE = (
    *("diff-tree", "--stdin", "--root", "-r", "-z", "--raw", "--no-abbrev"),
    *("--no-renames", "--no-ext-diff", "--no-textconv"),
)


@record
class Revision:
    """A commit: its id, its author, and its day in UTC (None if it can't be read)."""

    commit: str
    author: str
    date: datetime.date | None

    @property
    def short(self) -> str:
        """The short id, as used in reports."""
        return short_id(self.commit)


@record
class FileChange:
    """A YAML file since a commit: its blob, or why it is `skipped`; neither if it was removed."""

    path: str
    blob: str | None = None
    skipped: SkipReason | None = None


@record
class LogEntry:
    """A commit with the files that it changed."""

    revision: Revision
    changes: tuple[FileChange, ...] = ()


@record
class Log:
    """The first-parent history of HEAD, the oldest first. `is_cut` is True if a shallow clone lacks earlier commits."""

    entries: tuple[LogEntry, ...]
    is_cut: bool


@understood()
def read_log(git: Git, prefix: str, until: Resolved | None = None) -> Log:
    """How a commit came about, HEAD if none is given, as far as YAML files below `prefix` go.

    A merge counts as one change to the branch that it was merged into. Raises SourceError if there is no commit, or an
    object is missing.
    """
    answer = git.run("rev-list", "--first-parent", "--reverse", (until or resolve_ref(git, "HEAD")).commit)
    if answer.code:
        raise SourceError(f"git can't read the history: {answer.fatal}", FSCK)
    ids = answer.line.split("\n")
    changes = _changes(git, ids, prefix)
    commits = [_parsed(git, name, found) for name, found in zip(ids, git.objects(ids, MAX_BYTES), strict=True)]
    revisions = (Revision(name, each.author, each.date) for name, each in zip(ids, commits, strict=True))
    entries = tuple(LogEntry(each, tuple(changes.get(each.commit, ()))) for each in revisions)
    return Log(entries, is_cut=bool(commits[0].parents))


def read_blobs(git: Git, blobs: Iterable[str]) -> Iterator[bytes | None]:
    """The contents of these blobs, in this order, each read on demand; None if a blob is too large."""
    names = list(blobs)
    for name, found in zip(names, git.objects(names, MAX_BYTES), strict=True):
        if found.kind == "missing":
            raise git.unreadable(name)
        yield found.data


def _parsed(git: Git, name: str, found: GitObject) -> Commit:
    if found.kind == "missing":
        raise git.unreadable(name)
    return parse_commit(found)


def _changes(git: Git, ids: list[str], prefix: str) -> dict[str, list[FileChange]]:
    """By commit: the differences from its first parent, which is the commit before it."""
    asked = [ids[0], *(f"{commit} {parent}" for parent, commit in itertools.pairwise(ids))]
    builder = TreeBuilder(prefix)
    found: dict[str, list[FileChange]] = {}
    below = [to_raw(prefix)] if prefix else []
    records = builder.counted(git.records_for(asked, *_DIFF_TREE, "--", *below))
    for line in records:
        if not line.startswith(b":"):
            changes = found.setdefault(line.decode("ascii"), [])
            continue
        path = to_text(next(records))
        if is_yaml(path) and not builder.hides(path):
            changes.append(_change(line, path))
    return found


def _change(line: bytes, path: str) -> FileChange:
    """The change in a line such as `:100644 100644 1234… 5678… M`."""
    _, mode, _, name, _ = line.split(b" ")
    if mode[:3] == _FILE:
        return FileChange(path, name.decode("ascii"))
    return FileChange(path, skipped=None if mode[:3] == _NOTHING else _KINDS.get(mode[:3], skipped.SPECIAL))
