"""The results of a check, as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.alert import Alerts

HEADER = ("check", "rule", "severity", "fails", "known", "waived", "title", "message", "help", "file", "line", "column")


def rows(alerts: Alerts) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each finding and each affected consumer, the most urgent first."""
    for each in alerts.alerts:
        yield (
            *(each.check, each.rule, each.severity.value, "yes" if each.fails else "no"),
            *("yes" if each.is_old else "no", each.waived, each.title, each.message, each.help),
            *(each.span.path, each.span.line, each.span.column),
        )
