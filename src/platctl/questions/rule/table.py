"""Rules as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.rule.report import RuleReport

HEADER = ("rule", "severity", "title", "explanation")


def rows(report: RuleReport) -> Iterator[tuple[str, ...]]:
    """One row for each rule."""
    for each in report.rules:
        yield (each.id, each.severity.value, each.title, each.explanation)
