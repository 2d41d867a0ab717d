"""Findings as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.finding import Span
from platctl.rules.report import ValidationReport

HEADER = ("severity", "rule", "message", "help", "waived", "file", "line", "column")


def rows(report: ValidationReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each finding, in the order of the report; those that were waived come last."""
    counted = [(each.finding, None) for each in report.diagnostics]
    for finding, reason in (*counted, *((each.finding, each.reason) for each in report.waived)):
        span = finding.span or Span("")
        place = (span.path, span.line, span.column) if span.path else (None, None, None)
        yield (finding.severity.value, finding.rule, finding.message, finding.help, reason, *place)
