"""Reads the working tree of a git repository: all files that git tracks or would not ignore."""

import re
from collections.abc import Iterator

from platctl.record import record
from platctl.source import skipped
from platctl.source.errors import SourceError
from platctl.source.folder import Disk
from platctl.source.git.commit import read_commit
from platctl.source.git.git import Git, GitAnswer
from platctl.source.paths import to_raw, to_text
from platctl.source.tree import WORKING_TREE, Tree
from platctl.source.tree_builder import TreeBuilder, is_yaml

# Never `-m`, which runs filters defined by the repository.
_LIST = ("ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard", "--")
_UNOPENED = re.compile(r"warning: could not open directory '(.+?)/?': (.+)")


@record
class _ListedFile:
    """One entry of git's list; `mode` is "" for an untracked file."""

    path: str
    mode: bytes = b""
    sparse: bool = False

    @property
    def is_repository(self) -> bool:
        return self.mode == b"160000" or self.path.endswith("/")

    @property
    def may_be_link(self) -> bool:
        return self.mode in (b"120000", b"")


def checkout_tree(git: Git, prefix: str) -> Tree:
    """The files below `prefix` on disk, with the date of HEAD."""
    builder = TreeBuilder(prefix)
    disk = Disk(git.root, builder)
    answer = _list(git, prefix)
    for listed in builder.counted(_parse(answer.out)):
        if not builder.hides(listed.path):
            _take(listed, disk, builder)
    _name_unopened(answer.complaint, builder)
    disk.name_the_odd()
    head = read_commit(git, "HEAD^{commit}")
    return builder.tree(WORKING_TREE, head.date if head else None)


def _list(git: Git, prefix: str) -> GitAnswer:
    answer = git.run(*_LIST, *([to_raw(prefix)] if prefix else []))
    if answer.code:
        help_ = "if the index is damaged, run `rm .git/index` and `git reset`"
        raise SourceError(f"git can't list the working tree: {answer.fatal}", help_)
    return answer


def _parse(out: bytes) -> Iterator[_ListedFile]:
    """Parse `? path` and `H 100644 1f3c9a2… 0<TAB>path`; S instead of H means that it is not checked out."""
    for line in filter(None, out.split(b"\0")):
        tag, _, rest = line.partition(b" ")
        if tag == b"?":
            yield _ListedFile(to_text(rest))
        else:
            facts, _, path = rest.partition(b"\t")
            yield _ListedFile(to_text(path), facts[:6], tag == b"S")


def _take(listed: _ListedFile, disk: Disk, builder: TreeBuilder) -> None:
    path = listed.path
    if listed.is_repository:
        builder.skip(path.rstrip("/"), skipped.REPOSITORY)
    elif is_yaml(path):
        if not disk.read(path) and listed.sparse:
            builder.skip(path, skipped.NOT_CHECKED_OUT)
    elif listed.may_be_link and disk.leads_to_folder(path):
        builder.skip(path, skipped.LINKED_FOLDER)


def _name_unopened(complaint: str, builder: TreeBuilder) -> None:
    """Record the folders that git could not open, about which it only warns."""
    for folder, why in _UNOPENED.findall(complaint):
        if not builder.hides(folder):
            builder.skip(folder, skipped.denied(why))
