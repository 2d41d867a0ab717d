"""What is waited for, as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.needs.report import NeedsReport

HEADER = (
    *("for", "initiative", "title", "status", "committed", "owner", "effort", "start", "end"),
    *("earliest_start", "earliest_end", "certainty", "waits_for", "slack_days", "critical", "file", "line"),
)


def rows(report: NeedsReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each piece of work of each feature, in the order of the report; lists are separated by blanks."""
    for feature in report.features:
        for step in feature.steps:
            yield (
                *(feature.initiative.ref.name, step.initiative.ref.name, step.initiative.label, step.status),
                *("yes" if step.is_promised else "no", step.owner.label if step.owner else None, step.weeks),
                *(str(day) if day else None for day in (step.start, step.end, step.begins, step.ends.date)),
                *(step.ends.certainty.value, " ".join(each.ref.name for each in step.waits_for)),
                *(step.slack, "yes" if step.is_critical else "no"),
                *((step.span.path, step.span.line) if step.span.path else (None, None)),
            )
