"""Reads the history of a model from git: only the files that each commit changed, each of them once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from platctl.model.entity.entity import Entity
from platctl.model.entity.release import Release
from platctl.model.fields import Conventions
from platctl.model.language.path_pattern import ModelScope
from platctl.model.load import load_config
from platctl.model.merge import LoadedConfig
from platctl.model.past import Broken, EntityState, Moment, Past
from platctl.model.ref import Ref
from platctl.model.release_day import RELEASE
from platctl.model.release_days import ReleaseDays, releases_in
from platctl.model.settings.config import CONFIG_NAMES, Config
from platctl.source.git.git import Git
from platctl.source.git.history import FileChange, Log, Revision, read_blobs, read_log
from platctl.source.git.refs import Resolved
from platctl.source.skipped import TOO_LARGE
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file
from platctl.workspace.past_contents import Contents, Read, Reader, Trouble, errors, unreadable
from platctl.workspace.workspace import Workspace

_Changes = Mapping[str, FileChange | None]
"""By path: the file since a commit; None if it is no longer part of the model."""


def read_past(workspace: Workspace, until: Resolved | None = None) -> Past:
    """The first-parent history up to a commit, HEAD if none is given. Raises SourceError where there is no git, no
    commit, or an object is missing.

    If a part of a commit can't be read, the last good state of that part is used until a commit fixes it.
    """
    source = workspace.source
    log = read_log(source.git, source.prefix, until)
    settings = _Settings(source.git, source.prefix, log)
    steps = list(_steps(log, settings))
    files = _Files(source.git, steps, Conventions(lifecycles=settings.last.conventions.lifecycles))
    walk, troubles = _Walk(), _Troubles()
    moments, held = [], set[str]()
    for entry, step in zip(log.entries, steps, strict=True):
        contents = {path: files.read(change) if change else None for path, change in step.items()}
        moments.append(Moment(entry.revision, walk.step(contents)))
        held |= {path for path, found in contents.items() if found and found.entities}
        in_files = {
            path: found.troubles if found and (path in held or not found.is_foreign) else ()
            for path, found in contents.items()
        }
        troubles.step(entry.revision, settings.troubles.get(entry.revision.commit, {}))
        troubles.step(entry.revision, in_files)
        troubles.step(entry.revision, walk.twice)
    return Past(tuple(moments), troubles.listed(), settings.last, log.is_cut)


class _Settings:
    """The settings in each commit that changes platctl.yaml."""

    def __init__(self, git: Git, prefix: str, log: Log) -> None:
        self.prefix = prefix
        self.paths = tuple(prefix + name for name in CONFIG_NAMES)
        self.scopes: dict[str, ModelScope] = {}
        self.troubles: dict[str, dict[str, tuple[Trouble, ...]]] = {}
        self.last = Config()
        self._read(git, log)

    def _read(self, git: Git, log: Log) -> None:
        changes = [(each.revision.commit, change) for each in log.entries for change in each.changes]
        own = [(commit, change) for commit, change in changes if change.path in self.paths]
        blobs = dict.fromkeys(change.blob for _, change in own if change.blob)
        data = dict(zip(blobs, read_blobs(git, blobs), strict=True))
        there: dict[str, FileChange] = {}
        for commit, change in own:
            there[change.path] = change
            self._take(commit, [there[path] for path in self.paths if path in there], data)

    def _take(self, commit: str, there: Sequence[FileChange], data: Mapping[str, bytes | None]) -> None:
        self.troubles[commit] = dict.fromkeys(self.paths, ())
        found = next((each for each in there if each.blob or each.skipped), None)
        if found is None:
            self.scopes[commit], self.last = ModelScope(), Config()
            return
        raw = data[found.blob] if found.blob else None
        if raw is None:
            self.troubles[commit][found.path] = unreadable(found.skipped or TOO_LARGE).troubles
            return
        loaded = load_config(parse_file(SourceFile(found.path, raw)))
        self.troubles[commit][found.path] = tuple(errors(loaded.findings))
        self.last = loaded.config
        if _says_scope(loaded):
            self.scopes[commit] = loaded.config.scope

    def holds(self, path: str, scope: ModelScope) -> bool:
        """Whether a file is part of the model."""
        return PurePosixPath(path).name not in CONFIG_NAMES and scope.has(path.removeprefix(self.prefix))


def _says_scope(loaded: LoadedConfig) -> bool:
    """Whether it could be read what belongs to the model."""
    removed = loaded.placement.removed if loaded.placement else frozenset()
    return loaded.parsed.complete and not any(route[:1] in ((), ("roots",), ("exclude",)) for route in removed)


def _steps(log: Log, settings: _Settings) -> Iterator[_Changes]:
    """What each commit changes in the model, including by changing what belongs to it."""
    tree: dict[str, FileChange] = {}
    scope = ModelScope()
    for entry in log.entries:
        before, scope = scope, settings.scopes.get(entry.revision.commit, scope)
        moved: Iterable[str] = tree if scope != before else ()
        changed = {path for path in moved if settings.holds(path, scope) != settings.holds(path, before)}
        for change in entry.changes:
            if change.blob or change.skipped:
                tree[change.path] = change
            else:
                tree.pop(change.path, None)
            if settings.holds(change.path, scope):
                changed.add(change.path)
        yield {path: tree.get(path) if settings.holds(path, scope) else None for path in sorted(changed)}


class _Files:
    """Reads blobs in the order in which they are first needed."""

    def __init__(self, git: Git, steps: Sequence[_Changes], conventions: Conventions) -> None:
        blobs = dict.fromkeys(each.blob for step in steps for each in step.values() if each and each.blob)
        self._coming = zip(blobs, read_blobs(git, blobs), strict=True)
        self._reader = Reader(conventions)
        self._read: dict[str, Contents] = {}

    def read(self, change: FileChange) -> Contents:
        """The contents of a file of the model."""
        if change.skipped or change.blob is None:
            assert change.skipped is not None  # noqa: S101  removed files are not read
            return unreadable(change.skipped)
        while change.blob not in self._read:
            blob, data = next(self._coming)
            self._read[blob] = self._reader.read(change.path, data)
        return self._read[change.blob]


@dataclass
class _Walk:
    """The model at one commit, which `step` moves on to the next.

    `_kept` are entities in currently unreadable parts, in their last good state; they have no other place.
    `_written` is what is written; `_now` is the same with the days of releases, on which `_hanging` depend. `twice`
    has, for the entities that the last step touched, the problem that they are defined in two files.
    """

    twice: dict[str, tuple[Trouble, ...]] = field(default_factory=dict)
    _files: dict[str, dict[Ref, Read]] = field(default_factory=dict)
    _places: dict[Ref, set[str]] = field(default_factory=dict)
    _kept: dict[Ref, EntityState] = field(default_factory=dict)
    _written: dict[Ref, EntityState] = field(default_factory=dict)
    _hanging: set[Ref] = field(default_factory=set)
    _releases: ReleaseDays = field(default_factory=lambda: ReleaseDays({}))
    _now: dict[Ref, EntityState] = field(default_factory=dict)

    def step(self, contents: Mapping[str, Contents | None]) -> dict[Ref, EntityState | None]:
        """Move on by one commit; returns what changed."""
        touched = {ref for ref, state in self._kept.items() if state.path in contents}
        for path, found in contents.items():
            touched |= self._replace(path, found)
        edited = {ref for ref in sorted(touched) if self._edit(ref, contents)}
        changed: dict[Ref, EntityState | None] = {}
        for ref in sorted(edited | self._moved(edited)):
            state = self._written.get(ref)
            if state and ref in self._hanging:
                state = EntityState(self._releases.resolved(state.entity), state.path)
            if state != self._now.get(ref):
                changed[ref] = state
        for ref, state in changed.items():
            if state:
                self._now[ref] = state
            else:
                del self._now[ref]
        self.twice = {str(ref): tuple(self._twice(ref)) for ref in touched}
        return changed

    def _edit(self, ref: Ref, contents: Mapping[str, Contents | None]) -> bool:
        """Take over what is written of an entity now; returns whether that is anything new."""
        state = self._state(ref, contents)
        if state == self._written.get(ref):
            return False
        self._hanging.discard(ref)
        if state is None:
            del self._written[ref]
        else:
            self._written[ref] = state
            if releases_in(state.entity):
                self._hanging.add(ref)
        return True

    def _moved(self, edited: Set[Ref]) -> Set[Ref]:
        """The entities whose days may be others because of edited releases, whatever name they go by."""
        if not any(ref.kind == RELEASE for ref in edited):
            return set()
        found = {ref: each.entity for ref, each in self._written.items() if isinstance(each.entity, Release)}
        self._releases = ReleaseDays(found)
        return self._hanging

    def _replace(self, path: str, found: Contents | None) -> set[Ref]:
        """Replace the contents of a file; returns the entities that this touches."""
        before = self._files.pop(path, {})
        for ref in before:
            self._places[ref].discard(path)
        after: dict[Ref, Read] = {}
        for read in found.entities if found else ():
            after.setdefault(read.entity.ref, read)
        for ref in after:
            self._places.setdefault(ref, set()).add(path)
        if after:
            self._files[path] = after
        return before.keys() | after.keys()

    def _state(self, ref: Ref, contents: Mapping[str, Contents | None]) -> EntityState | None:
        was = self._written.get(ref)
        if places := self._places.get(ref):
            self._kept.pop(ref, None)
            path = min(places)
            return EntityState(_whole(self._files[path][ref], was), path)
        kept = _kept(ref, was, contents) if was else None
        if kept:
            self._kept[ref] = kept
        else:
            self._kept.pop(ref, None)
        return kept

    def _twice(self, ref: Ref) -> Iterator[Trouble]:
        first, *others = sorted(self._places.get(ref, ())) or [""]
        for path in others:
            yield Trouble("duplicate-id", f"{ref} is already defined in `{first}`, which is used", path=path)


def _whole(read: Read, was: EntityState | None) -> Entity:
    """An entity; its unreadable fields keep their previous values."""
    if not read.unread or was is None:
        return read.entity
    return read.entity.restored(read.unread, was.entity)


def _kept(ref: Ref, was: EntityState, contents: Mapping[str, Contents | None]) -> EntityState | None:
    """The last good state, if an unreadable part may contain the entity."""
    for path in (was.path, *contents):
        found = contents.get(path)
        if found and found.may_hold(ref, held=path == was.path):
            return EntityState(was.entity, path)
    return None


@dataclass
class _Troubles:
    """Records since when and until when something can't be read."""

    _found: list[Broken] = field(default_factory=list)
    _open: dict[str, dict[str, int]] = field(default_factory=dict)

    def step(self, at: Revision, troubles: Mapping[str, tuple[Trouble, ...]]) -> None:
        """Move on by one commit, with the current problems in what it changes, by path or other name."""
        for name, now in troubles.items():
            before = self._open.pop(name, {})
            names = {each.what for each in now}
            for what, index in before.items():
                if what not in names:
                    self._found[index] = replace(self._found[index], until=at)
            for each in now:
                if each.what not in before:
                    before[each.what] = len(self._found)
                    self._found.append(Broken(at, each.path or name, each.line, each.rule, each.what))
            if names:
                self._open[name] = {what: before[what] for what in sorted(names)}

    def listed(self) -> tuple[Broken, ...]:
        """All records, the oldest first."""
        return tuple(self._found)
