"""The contents of files in a history; each document is parsed once, however many commits contain it."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from platctl.finding import Finding, Severity
from platctl.model.completion import unread_fields
from platctl.model.entity.entity import Entity
from platctl.model.fields import Conventions
from platctl.model.load import load_file
from platctl.model.ref import Ref
from platctl.record import record
from platctl.source.skipped import TOO_LARGE, SkipReason
from platctl.source.tree import SourceFile
from platctl.source.yaml.decode import decode
from platctl.source.yaml.limits import STANDARD
from platctl.source.yaml.parse import parse_file

# In YAML such a line always ends a document, even inside quotes.
_MARK = re.compile(r"^(?=---(?:[ \t\r\n]|\Z))", re.MULTILINE)
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")


@record
class Trouble:
    """Something that can't be read, and its place if that is not clear from the context."""

    rule: str
    what: str
    line: int | None = None
    path: str = ""


@record
class Read:
    """An entity, and the fields of it that could not be read."""

    entity: Entity
    unread: frozenset[str] = frozenset()


@record
class Contents:
    """The contents of a file, or of a part of it.

    `broken` are entities that could not be read; `words` are the words of parts whose entities are unknown;
    `is_blind` is True if not even the text could be read, `is_foreign` if it is a file of another tool.
    """

    entities: tuple[Read, ...] = ()
    broken: frozenset[Ref] = frozenset()
    words: frozenset[str] = frozenset()
    troubles: tuple[Trouble, ...] = ()
    is_blind: bool = False
    is_foreign: bool = False

    def may_hold(self, ref: Ref, *, held: bool) -> bool:
        """Whether an unreadable part may contain an entity; `held` is True if it was there before."""
        return ref in self.broken or ref.id in self.words or (self.is_blind and held)


def unreadable(reason: SkipReason) -> Contents:
    """The contents of a file that can't be read."""
    return Contents(troubles=(Trouble(reason.rule, reason.text),), is_blind=True)


@dataclass
class Reader:
    """Reads files by the conventions of one state, and caches each document."""

    conventions: Conventions = field(default_factory=Conventions)
    _known: dict[bytes, Contents] = field(default_factory=dict)

    def read(self, path: str, data: bytes | None) -> Contents:
        """The contents of a file; `data` is None if it is too large."""
        if data is None:
            return unreadable(TOO_LARGE)
        text = decode(SourceFile(path, data), STANDARD)
        if isinstance(text, Finding):
            return Contents(troubles=tuple(errors([text])), is_blind=True)
        return _together([(line, self._part(path, part)) for line, part in _parts(text)])

    def _part(self, path: str, text: str) -> Contents:
        raw = text.encode()
        key = hashlib.blake2b(raw, digest_size=16).digest()
        if key not in self._known:
            self._known[key] = _parsed(SourceFile(path, raw), self.conventions)
        return self._known[key]


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a text, each with the number of lines before it."""
    line = 0
    for part in _MARK.split(text):
        yield line, part
        line += part.count("\n")


def _parsed(file: SourceFile, conventions: Conventions) -> Contents:
    parsed = parse_file(file)
    loaded = load_file(parsed, conventions)
    words = frozenset() if parsed.complete else frozenset(_ID.findall(parsed.text.lower()))
    entities = tuple(Read(each.entity, unread_fields(each.entity, each.placement)) for each in loaded.entities)
    troubles = tuple(errors(loaded.findings))
    return Contents(entities, frozenset(loaded.broken), words, troubles, is_foreign=loaded.foreign is not None)


def errors(findings: Iterable[Finding]) -> Iterator[Trouble]:
    """The findings because of which something is not read."""
    for each in findings:
        if each.severity is Severity.ERROR:
            yield Trouble(each.rule, each.message, each.span.line if each.span else None)


def _together(parts: list[tuple[int, Contents]]) -> Contents:
    entities: dict[Ref, Read] = {}
    troubles = [_moved(each, line) for line, part in parts for each in part.troubles]
    for read in (read for _, part in parts for read in part.entities):
        if entities.setdefault(read.entity.ref, read) is not read:
            troubles.append(Trouble("duplicate-id", f"{read.entity.ref} is defined twice in this file"))
    return Contents(
        tuple(entities.values()),
        frozenset(ref for _, part in parts for ref in part.broken),
        frozenset(word for _, part in parts for word in part.words),
        tuple(troubles),
        is_foreign=all(part.is_foreign or part == Contents() for _, part in parts),
    )


def _moved(trouble: Trouble, lines: int) -> Trouble:
    return trouble if trouble.line is None else replace(trouble, line=trouble.line + lines)
