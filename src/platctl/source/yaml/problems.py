"""Collects the findings of one file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from platctl.finding import Finding, Label, Severity, and_more
from platctl.source.yaml.text import Text

_T = TypeVar("_T")


@dataclass(slots=True, eq=False)
class Problems:
    """The findings of one file, up to a limit per rule. `is_cut` is True if the rest of the file was not read."""

    text: Text
    limit: int
    incomplete: bool = False
    is_cut: bool = False
    _findings: list[Finding] = field(default_factory=list)
    _counts: Counter[str] = field(default_factory=Counter)
    _total: int = 0

    @property
    def number(self) -> int:
        """How many there are so far, listed or not."""
        return self._total

    def few(self, found: Iterable[_T]) -> Iterator[_T]:
        """As many as can be listed, plus one, to notice that there are more."""
        return islice(found, self.limit + 1)

    def full(self, rule: str) -> bool:
        """Whether no more findings of this rule would be listed."""
        return self._counts[rule] >= self.limit

    def add(
        self,
        rule: str,
        message: str,
        start: int,
        end: int,
        help_: str,
        *,
        severity: Severity = Severity.ERROR,
        related: tuple[Label, ...] = (),
    ) -> None:
        """Record one finding, at offsets of the text."""
        if not self.full(rule):
            finding = Finding(rule, severity, message, self.text.span(start, end), related, help_)
            self._findings.append(finding)
        self._counts[rule] += 1
        self._total += 1

    def left_out(
        self, rule: str, message: str, start: int, end: int, help_: str, related: tuple[Label, ...] = ()
    ) -> None:
        """Record an error because of which a part of the file is not read."""
        self.incomplete = True
        self.add(rule, message, start, end, help_, related=related)

    def on_line(self, offset: int, rules: tuple[str, ...]) -> bool:
        """Whether there is a finding of one of these rules on the line of this offset."""
        line = self.text.span(offset, offset).line
        return any(each.rule in rules and each.span is not None and each.span.line == line for each in self._findings)

    def listed(self) -> tuple[Finding, ...]:
        """All findings in reading order; of a rule with more than can be listed, the first one with their number."""
        ordered = sorted(self._findings, key=lambda finding: finding.sort_key)
        return tuple(each for each in map(self._counted, ordered) if each)

    def _counted(self, finding: Finding) -> Finding | None:
        number = self._counts[finding.rule]
        if number <= self.limit:
            return finding
        if finding is not min((e for e in self._findings if e.rule == finding.rule), key=lambda each: each.sort_key):
            return None
        return and_more(finding, f"at least {number - 1:,}" if self.is_cut else f"{number - 1:,}")
