"""The input of a command: one state of a model, the day of the report, and another state to compare with."""

import atexit
import contextlib
import os
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.outlook.compared import Compared
from platctl.page import CalendarSeries
from platctl.record import record
from platctl.shell.errors import CliError, note
from platctl.shell.options import Globals
from platctl.shell.progress import PROGRESS
from platctl.shell.values import day
from platctl.source.base import find_base, find_head, resolve
from platctl.source.git.commit import read_commit, read_file
from platctl.source.git.fetch import Fetch
from platctl.source.git.git import NoHistoryError
from platctl.source.git.refs import Resolved
from platctl.source.skipped import MAX_BYTES
from platctl.source.tree import Tree
from platctl.workspace.workspace import Workspace, folder_named, open_workspace

if TYPE_CHECKING:
    from platctl.workspace.unread import JudgedHead

_START_OF_SEQUENCES = 1_577_836_800
"""The first second of 2020, so that a sequence fits into the integers of calendars (RFC 5545) until 2088."""
_LAST_SEQUENCE = 2**31 - 1


@record
class Base:
    """The state to compare with, and how it was found; a folder has no `commit`."""

    tree: Tree
    model: Model
    label: str
    how: str = ""
    commit: str | None = None


@record(slots=False)
class Session:
    """A folder's model in the state of `head`, a ref or another folder, or else of the working tree.

    Each part is read when asked for. `given` is the day of `--today`. With `fetches`, what this clone lacks of the ref
    and of the base is fetched. `notes_unread` is for questions whose report does not tell that something could not be
    read.
    """

    workspace: Workspace
    head: str | None = None
    given: Date | None = None
    fetches: bool = False
    may_be_empty: bool = False
    notes_unread: bool = False

    @cached_property
    def fetch(self) -> Fetch | None:
        return Fetch(self.workspace.source.git, note) if self.fetches else None

    @cached_property
    def _folder(self) -> Tree | None:
        return folder_named(self.workspace.source, self.head) if self.head else None

    @property
    def is_folder(self) -> bool:
        """Whether `head` names a folder, which has no past."""
        return self._folder is not None

    @property
    def ref(self) -> str | None:
        """The ref of this state; None for what is on disk."""
        return None if self._folder else self.head

    @cached_property
    def commit(self) -> Resolved:
        """The commit of this state, or the one checked out where this state is on disk."""
        with self._after_the_model():
            return find_head(self.workspace.source, self.ref, self.fetch)

    @cached_property
    def tree(self) -> Tree:
        source = self.workspace.source
        return self._folder or (source.working_tree() if self.head is None else source.at(self.commit))

    @cached_property
    def model(self) -> Model:
        found = self.workspace.model(self.tree, may_be_empty=self.may_be_empty)
        if self.notes_unread and not found.is_complete:
            note("note: some of the input could not be read; run `platctl validate` for details")
        PROGRESS.say("deriving the report")
        return found

    @property
    def today(self) -> Date | None:
        return self.given or self.tree.date

    @property
    def day(self) -> Date:
        """Today, for a report that can't do without. Raises CliError if it is unknown, with the reason."""
        if self.today:
            return self.today
        if self.is_folder or not self.workspace.source.is_git:
            why = "a folder without git has no date"
        else:
            why = "there is no commit yet" if self.head is None else f"`{self.head}` has no date"
        raise CliError(f"this report needs today's date, but {why}", "add `--today DATE`, such as `--today 2027-03-31`")

    def series(self) -> CalendarSeries:
        """What makes calendar entries of this repository unique, and tells which of two versions is the newer."""
        from platctl.source.git.identity import identity

        own = self.model.config.calendar.id
        if self.is_folder or not self.workspace.source.is_git:
            return CalendarSeries(own) if own else CalendarSeries()
        git = self.workspace.source.git
        commit = read_commit(git, self.commit.commit) if self.ref else read_commit(git, "HEAD^{commit}")
        name = own or identity(git, self.commit.commit if self.ref else "HEAD") or CalendarSeries().id
        since = (commit.seconds or 0) - _START_OF_SEQUENCES if commit else 0
        return CalendarSeries(name, min(max(since, 0), _LAST_SEQUENCE))

    def today_since(self, base: "Base") -> Date | None:
        """Today, or the day of base if it is later: a change can't set the clock back."""
        return self.given or max((each for each in (self.tree.date, base.tree.date) if each), default=None)

    @contextlib.contextmanager
    def _after_the_model(self) -> Iterator[None]:
        """Where there are neither commits nor a model, the model is what is missing first."""
        try:
            yield
        except NoHistoryError:
            self.workspace.model(self.workspace.source.working_tree())
            raise

    def base(self, text: str | None, *, may_be_empty: bool = False) -> Base:
        """The given folder, or the merge base with the given ref (default: the usual base)."""
        found = self.folder(text, may_be_empty=may_be_empty) if text else None
        return found or self.at(self.parted(text), may_be_empty=may_be_empty)

    def folder(self, text: str, *, may_be_empty: bool = False) -> Base | None:
        """The state in a folder; None if the text can only be a commit."""
        tree = folder_named(self.workspace.source, text)
        return Base(tree, self.workspace.model(tree, may_be_empty=may_be_empty), text) if tree else None

    def named(self, ref: str) -> Resolved:
        """The commit that a ref names."""
        with self._after_the_model():
            return resolve(self.workspace.source, ref)

    def parted(self, ref: str | None) -> Resolved:
        """The commit to compare with; missing files of its model are fetched."""
        source = self.workspace.source
        with self._after_the_model():
            found = find_base(source, ref, self.ref, os.environ, self.fetch)
        if self.fetch:
            for commit in filter(None, (found.commit, *found.others, found.target)):
                self.fetch.files(commit, source.prefix)
        return found

    def at(self, found: Resolved, *, may_be_empty: bool = False) -> Base:
        """The state at a commit."""
        return self._at(found, lambda _, tree: self.workspace.model(tree, may_be_empty=may_be_empty))

    def judging(self, text: str | None) -> Base:
        """The base by whose settings this state is judged; so nothing of them may be out of reach."""
        return (self.folder(text, may_be_empty=True) if text else None) or self.judging_at(self.parted(text))

    def judging_at(self, found: Resolved) -> Base:
        """The same for a commit."""
        from platctl.workspace.base import base_model

        return self._at(found, lambda one, tree: base_model(self.workspace, one, tree))

    def _at(self, found: Resolved, read: Callable[[Resolved, Tree], Model]) -> Base:
        """The state at a commit, or what head is compared with where there are several merge bases."""
        trees = [(each, self._tree_at(each)) for each in found.each()]
        models = [read(*each) for each in trees]
        tree, model = trees[0][1], models[0]
        if found.others:
            from platctl.model.merge_bases import composed  # few histories merged each other

            target = Resolved(found.target, found.how)
            head = self.workspace.model(self.tree, may_be_empty=True)
            model = composed(head, read(target, self._tree_at(target)), models)
            tree = max((tree for _, tree in trees), key=lambda each: each.date or Date.min)
        return Base(tree, model, found.short, found.how, found.commit)

    def _tree_at(self, found: Resolved) -> Tree:
        """The files of base, in the folder where its model is."""
        from platctl.workspace.base import base_tree

        return base_tree(self.workspace, found, self.tree, self._has, self.fetch)

    def _has(self, path: str) -> bool:
        """Whether this state has a file anywhere in the repository; unknown for a folder."""
        source = self.workspace.source
        if self.ref is None:
            return self.is_folder or os.path.lexists(source.root / path)
        return read_file(source.git, self.commit.commit, path, MAX_BYTES) is not None

    def against(self, base: Base) -> "JudgedHead":
        """This state as it is compared with base."""
        from platctl.workspace.unread import judged_head  # only comparisons need it

        return judged_head(self.workspace, base.model, self.tree)

    def compared(self, base: Base | None, at: Date | None = None, only: str = "") -> Compared:
        """The labels of both states for a report, or of this one alone."""
        label, how = (base.label, base.how) if base else (None, "")
        return Compared(self.tree.label, label, how, at, only)


def open_session(
    options: Globals,
    *,
    today: str | None = None,
    head: str | None = None,
    fetches: bool = False,
    may_be_empty: bool = False,
    may_keep: bool = True,
    notes_unread: bool = False,
) -> Session:
    """A session for the folder in the options. Raises SourceError if there is no such folder.

    With `may_keep`, it uses what earlier runs have read.
    """
    given = day("--today", today)
    if not options.quiet:
        PROGRESS.start("reading the model")
    workspace = open_workspace(options.directory, may_keep=options.cache and may_keep)
    atexit.register(workspace.reader.keep_places)
    return Session(workspace, head, given, fetches, may_be_empty, notes_unread)
