"""Collects the files and findings of one tree."""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TypeVar

from platctl.finding import Finding, Label, Severity, Span
from platctl.source.errors import SourceError
from platctl.source.skipped import SkipReason
from platctl.source.tree import Rest, SourceFile, Tree

_T = TypeVar("_T")

# Far above the size of any real model; they stop a tree that was made to be endless.
_MAX_ENTRIES = 2_000_000
_MAX_FILES = 100_000
_MAX_TOTAL = 512 << 20


def is_yaml(path: str) -> bool:
    """Whether the name is that of a YAML file."""
    return path.lower().endswith((".yaml", ".yml"))


class TreeBuilder:
    """The files and findings below `prefix`, within limits."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self._files: dict[str, bytes] = {}
        self._findings: dict[str, Finding] = {}
        self._entries = 0
        self._total = 0

    def hides(self, path: str) -> bool:
        """Whether the path, below the model's folder, is hidden or in a hidden folder."""
        return "/." in f"/{path.removeprefix(self.prefix)}"

    def counted(self, entries: Iterable[_T]) -> Iterator[_T]:
        """The same entries. Raises SourceError if there are too many."""
        for entry in entries:
            self._entries += 1
            if self._entries > _MAX_ENTRIES:
                raise _too_much(f"{_MAX_ENTRIES:,} files")
            yield entry

    def add(self, path: str, data: bytes) -> None:
        """Add one file."""
        self._files[path] = data
        self._total += len(data)
        if len(self._files) > _MAX_FILES:
            raise _too_much(f"{_MAX_FILES:,} YAML files")
        if self._total > _MAX_TOTAL:
            raise _too_much(f"{_MAX_TOTAL >> 20} MiB of YAML")

    def skip(self, path: str, reason: SkipReason) -> None:
        """Record why there is no file at this path."""
        self._findings.setdefault(path, reason.finding(path))

    def tree(self, label: str, date: datetime.date | None = None, rest: Rest | None = None) -> Tree:
        """The tree of what was collected, in order."""
        files = tuple(SourceFile(path, self._files[path]) for path in sorted(self._files))
        findings = [*self._findings.values(), *_collisions(files)]
        ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
        return Tree(label, files, ordered, date, self.prefix, rest)


def _too_much(what: str) -> SourceError:
    return SourceError(f"too much to read: more than {what}", "use `-C FOLDER` to name the folder of the model")


def _collisions(files: Iterable[SourceFile]) -> Iterator[Finding]:
    """Paths that are the same if file names ignore case or Unicode form."""
    first: dict[str, str] = {}
    for path in (file.path for file in files):
        same = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
        if (other := first.setdefault(same, path)) != path:
            yield Finding(
                rule="path-collision",
                severity=Severity.WARNING,
                message=f"`{path}` and `{other}` are the same file on macOS and Windows",
                span=Span(path),
                related=(Label(Span(other), "the other name"),),
                help="rename one of them",
            )
