"""Reads the working tree of a git repository: all files that git tracks or would not ignore."""

import re
from collections.abc import Iterator

from platctl.record import record
from platctl.source import skipped
from platctl.source.errors import SourceError
from platctl.source.folder import Disk, real_content
from platctl.source.git.commit import read_commit
from platctl.source.git.git import Git, GitAnswer, understood
from platctl.source.paths import to_raw, to_text
from platctl.source.tree import WORKING_TREE, Tree, UnreadEntry
from platctl.source.tree_builder import TreeBuilder, is_yaml

# Never `-m`, which runs filters defined by the repository.
_LIST = ("ls-files", "-z", "-t", "--stage", "--cached", "--others", "--exclude-standard", "--")
_IGNORED = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--")
_UNOPENED = re.compile(r"warning: could not open directory '(.+?)/?': (.+)")


@record
class _ListedFile:
    """One entry of git's list; `mode` is "" for an untracked file."""

    path: str
    mode: bytes = b""
    blob: str = ""
    sparse: bool = False

    @property
    def is_repository(self) -> bool:
        return self.mode == b"160000" or self.path.endswith("/")

    @property
    def may_be_link(self) -> bool:
        return self.mode in (b"120000", b"")


@understood()
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
    return builder.tree(WORKING_TREE, head.date if head else None, _CheckoutRest(git, prefix))


class _CheckoutRest:
    """What else a working tree has."""

    def __init__(self, git: Git, prefix: str) -> None:
        self._git = git
        self._prefix = prefix

    def entries(self) -> Iterator[UnreadEntry]:
        """Hidden and ignored files, files with another name, links and repositories."""
        builder = TreeBuilder(self._prefix)
        for listed in builder.counted(_parse(_list(self._git, self._prefix).out)):
            if why := _why_unread(listed, builder):
                yield UnreadEntry(listed.path.rstrip("/"), why, listed.blob)
        below = [to_raw(self._prefix)] if self._prefix else []
        for path in builder.counted(self._git.records(*_IGNORED, *below)):
            yield UnreadEntry(to_text(path), skipped.IGNORED)

    def content(self, entry: UnreadEntry) -> bytes | None:
        """The bytes of a regular file, as on disk."""
        return real_content(Disk(self._git.root, TreeBuilder(self._prefix)), entry.path)


def _why_unread(listed: _ListedFile, builder: TreeBuilder) -> str:
    if listed.is_repository:
        return skipped.REPOSITORY.text
    if listed.mode == b"120000":
        return skipped.LINK.text
    if builder.hides(listed.path):
        return skipped.HIDDEN
    return "" if is_yaml(listed.path) else skipped.OTHER_NAME


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
            yield _ListedFile(to_text(path), facts[:6], to_text(facts[7:].split(b" ")[0]), tag == b"S")


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
