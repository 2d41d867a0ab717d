"""The one type for everything that can be reported about an input."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from platctl.record import record


class Severity(StrEnum):
    """The severity of a finding. Policy, not fact: `platctl.yaml` may change it per rule and path."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most severe."""
        return list(Severity).index(self)


@record(order=True)
class Span:
    """A range of text in one file. Lines and columns count characters from 1; the end is exclusive.

    Without a path it is a place that the reader may not see, and is shown as nothing.
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
    """A further position and what is there, such as the first definition of a duplicate."""

    span: Span
    text: str


@record
class Finding:
    """One statement about the input: which rule, how severe, what, where, and what to write instead.

    `span` is None only if there is no place in a file, such as for an unreachable base. `about` distinguishes findings
    of one rule at the same place, such as by the name of a missing field. `fingerprint` is the same for
    the same finding in another state of the files, wherever it is there; empty until it is needed.
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


MOST_ALIKE = 100
"""Findings of one rule in one file that are listed one by one."""


def summarized(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, in which more than `MOST_ALIKE` of one rule in one file are one finding, with their number."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.rule, each.span.path if each.span else ""), []).append(each)
    return [each for group in groups.values() for each in (group if len(group) <= MOST_ALIKE else [_first(group)])]


def _first(alike: list[Finding]) -> Finding:
    first = min(alike, key=lambda each: each.sort_key)
    return and_more(first, f"{len(alike) - 1:,}")


def and_more(first: Finding, number: str) -> Finding:
    """The first of many findings of one rule in one file, with the number of the others."""
    return replace(first, message=f"{first.message}, and {number} more findings of this kind in this file", related=())


def fingerprint(*parts: str) -> str:
    """A short identifier for these parts: 16 hexadecimal digits of their SHA-256."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
