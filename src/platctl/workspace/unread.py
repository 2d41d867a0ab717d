"""What the change between two states put out of view: entities of base that head has but could not read."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from platctl.finding import Finding
from platctl.model.completion import completed, known_as_unread, lost_fields
from platctl.model.model import UNREAD_RULES, Model, NotRead
from platctl.model.ref import Ref
from platctl.record import record
from platctl.source.skipped import FOLDER, IGNORED, MAX_BYTES
from platctl.source.tree import SourceFile, Tree, UnreadEntry
from platctl.source.yaml.parse import parse_file
from platctl.workspace.workspace import Workspace, no_model

_WORD = re.compile(r"[a-z0-9][a-z0-9._-]*")
_MOST_FILES = 1000
"""Far more than one change puts out of view by mistake."""


def not_read(base: Model, head: Model, tree: Tree) -> tuple[NotRead, ...]:
    """What base has and head could not read, with the reason; `tree` is the one that head was read from."""
    gone = [ref for ref in base.entities if head.get(ref) is None]
    found = _UnreadSearch(base, head, tree, frozenset(gone)).all() if gone else ()
    return (*found, *lost_fields(base, head))


@record
class _Hiding:
    """A place that may hide entities: those that it names, or any if it can't be read at all."""

    path: str
    why: str
    refs: frozenset[Ref] = frozenset()
    words: frozenset[str] = frozenset()
    is_blind: bool = False

    def may_hide(self, ref: Ref) -> bool:
        return self.is_blind or ref in self.refs or ref.id in self.words


@record(slots=False)
class _UnreadSearch:
    """Looks for the entities that are gone, each in its own file first."""

    base: Model
    head: Model
    tree: Tree
    gone: frozenset[Ref]

    def all(self) -> Iterator[NotRead]:
        """A reason for each entity that is not simply gone."""
        for ref in sorted(self.gone):
            path = self._path(ref)
            hiding = self._in_its_file(ref, path) or next((each for each in self._new if each.may_hide(ref)), None)
            hiding = hiding or self._left_behind(path) or next((e for e in self._elsewhere if e.may_hide(ref)), None)
            if hiding:
                yield NotRead(hiding.path, hiding.why, ref)

    def _path(self, ref: Ref) -> str:
        """Where head would have the file in which base has an entity."""
        return self.tree.prefix + self.base.path_in_model(self.base.documents[ref].path)

    def _in_its_file(self, ref: Ref, path: str) -> _Hiding | None:
        for at in (path, *_folders(path)):
            if finding := self._findings.get(at):
                return _Hiding(at, finding.message)
        if path in self.head.partial:
            hiding = self._partial(path)
            was_partial = self.base.prefix + self.head.path_in_model(path) in self.base.partial
            return hiding if not was_partial or hiding.may_hide(ref) else None
        return None

    @cached_property
    def _findings(self) -> Mapping[str, Finding]:
        """Why a path of head was not read."""
        return {each.span.path: each for each in self.tree.findings if each.span and each.rule in UNREAD_RULES}

    def _partial(self, path: str) -> _Hiding:
        """A file of which head could not read every document."""
        file = self.head.files[path]
        refs = frozenset(ref for ref in self.head.broken if ref in self.gone and ref.id in _words(file.text))
        why = f"`{path}` can't be read completely"
        return _Hiding(path, why, refs, _words(file.text), is_blind=not file.text)

    @cached_property
    def _new(self) -> tuple[_Hiding, ...]:
        """What head can't read and base does not have, or could read."""
        had = {self.tree.prefix + self.base.path_in_model(path) for path in self.base.files}
        had |= {self.tree.prefix + self.base.path_in_model(each.span.path) for each in self.base.findings if each.span}
        scope = self.head.config.scope
        blind = (
            _Hiding(path, finding.message, is_blind=True)
            for path, finding in self._findings.items()
            if path not in had and finding.help != FOLDER.help and scope.has(self.head.path_in_model(path))
        )
        read = {self.tree.prefix + self.base.path_in_model(path) for path in self.base.files} - {
            self.tree.prefix + self.base.path_in_model(path) for path in self.base.partial
        }
        partial = (self._partial(path) for path in sorted(self.head.partial) if path not in had or path in read)
        return (*partial, *blind)

    def _left_behind(self, path: str) -> _Hiding | None:
        """What is now at a path of base, or at a folder on the way to it."""
        for at in (path, *_folders(path)):
            if entry := self._entries.get(at):
                return _Hiding(at, f"`{at}` {entry.why}")
        if path in self._entry_folders:
            return _Hiding(path, f"`{path}` {FOLDER.text}")
        return None

    @cached_property
    def _entries(self) -> Mapping[str, UnreadEntry]:
        return {each.path: each for each in self.tree.rest.entries()} if self.tree.rest else {}

    @cached_property
    def _entry_folders(self) -> frozenset[str]:
        paths = [*self._entries, *(file.path for file in self.tree.files)]
        return frozenset(folder for path in paths for folder in _folders(path))

    @cached_property
    def _elsewhere(self) -> tuple[_Hiding, ...]:
        """Files out of view that have what is gone: under another name, hidden, or not part of the model."""
        paths = {self._path(ref): self.base.documents[ref].path for ref in self.gone}
        stems = frozenset(map(_stem, paths))
        blobs = frozenset(
            mark for path in paths.values() if path in self.base.files for mark in _blobs(self.base.files[path].text)
        )
        found = [
            _contained(each.path, f"`{each.path}` {each.why}", self.tree.rest.content(each) if self.tree.rest else None)
            for each in [each for each in self._entries.values() if _may_hold(each, stems, blobs)][:_MOST_FILES]
        ]
        outside = (file for file in self.tree.files if file.path not in self.head.files)
        found += [_contained(file.path, f"`{file.path}` is not part of the model", file.data) for file in outside]
        return tuple(each for each in found if each)


def _folders(path: str) -> Iterator[str]:
    """The folders that contain a path, the nearest first."""
    return (each.as_posix() for each in PurePosixPath(path).parents if each.name)


def _may_hold(entry: UnreadEntry, stems: frozenset[str], blobs: frozenset[str]) -> bool:
    """Whether a file may be one of base: by its name, or by its content where git knows it."""
    if _stem(entry.path) in stems or entry.blob in blobs:
        return True
    name = PurePosixPath(entry.path).name.lower()
    return entry.why != IGNORED and (".yaml" in name or ".yml" in name)


def _stem(path: str) -> str:
    """`shop` for `products/.shop.yaml.txt`."""
    return PurePosixPath(path).name.lstrip(".").partition(".")[0].lower()


def _blobs(text: str) -> Iterator[str]:
    data = text.encode("utf-8", "surrogateescape")
    framed = b"blob %d\0%b" % (len(data), data)
    yield hashlib.sha1(framed, usedforsecurity=False).hexdigest()
    yield hashlib.sha256(framed).hexdigest()


def _contained(path: str, why: str, data: bytes | None) -> _Hiding | None:
    """What a file out of view has."""
    if data is None or len(data) > MAX_BYTES:
        return None
    from platctl.model.load import load_file  # only for what a state could not read

    loaded = load_file(parse_file(SourceFile(path, data)))
    refs = frozenset(each.entity.ref for each in loaded.entities) | loaded.broken
    words = frozenset() if loaded.parsed.complete else _words(loaded.parsed.text)
    return _Hiding(path, why, refs, words) if refs or words else None


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))


@record
class JudgedHead:
    """Head as it is compared with base: `model` with what it could not read taken from base, `own` as it was read."""

    model: Model
    own: Model


def judged_head(workspace: Workspace, base: Model, tree: Tree) -> JudgedHead:
    """Head beside base: what base read as model is model in head as well. Raises SourceError if both are empty."""
    claimed = frozenset(base.path_in_model(each.path) for each in base.documents.values())
    own = workspace.model(tree, may_be_empty=True, claimed=claimed)
    found = not_read(base, own, tree)
    model = completed(base, own, found) if found else own
    if not model.entities:
        raise no_model(tree, own)
    return JudgedHead(model, known_as_unread(base, own, found) if found else own)
