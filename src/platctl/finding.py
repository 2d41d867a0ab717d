"""The one type for whatever can be said about an input."""

import hashlib
from enum import StrEnum

from platctl.record import record


class Severity(StrEnum):
    """How much a finding weighs. Policy, not fact: `platctl.yaml` may change it per rule and path."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Severity).index(self)


@record(order=True)
class Span:
    """A stretch of one file. Lines and columns count characters from 1; the end is exclusive.

    Without a path it is a place that the reader may not know, and shows as nothing.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.path else ""


@record
class Label:
    """A further position and what stands there, such as the first definition of a duplicate."""

    span: Span
    text: str


@record
class Finding:
    """One statement about the input: which rule, how grave, what, where, and what to write instead.

    `span` is None only for what has no place in a file, such as an unreachable base. `about` tells it from others
    of its rule at the same place, such as the name of a field that is missing there. `fingerprint` is the same for
    the same finding in another state of the files, wherever it stands there; empty until somebody needs it.
    """

    rule: str
    severity: Severity
    message: str
    span: Span | None = None
    related: tuple[Label, ...] = ()
    help: str = ""
    about: str = ""
    fingerprint: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order: by file, line and column, then rule and message."""
        at = self.span or Span("")
        return (at.path, at.line, at.column, self.rule, self.message)


def fingerprint(*parts: str) -> str:
    """A short name for what these parts say together: 16 hexadecimal digits of their SHA-256."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
