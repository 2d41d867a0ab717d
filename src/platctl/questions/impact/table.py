"""Affected consumers as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.impact.report import ImpactReport

HEADER = (
    *("consumer", "title", "tier", "level", "severity", "fails", "reason", "change", "initiative"),
    *("requires", "available_before", "available_after", "from", "until", "by", "path", "absorbed_by", "other_causes"),
    *("contacts", "approvals_missing", "file", "line"),
)


def rows(report: ImpactReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each affected consumer, in the order of the report; lists are separated by blanks or semicolons."""
    for each in report.verdicts:
        cause = each.cause
        span = cause.span.resolve()
        missing = [approval.label for approval in each.approvals if not approval.is_given]
        yield (
            *(each.consumer.ref.name, each.consumer.label, each.tier, each.level.value, each.severity.value),
            *(each.fails.value if each.fails else None, cause.reason.value, cause.subject),
            *(cause.initiative.ref.name if cause.initiative else None, cause.requires),
            *(" ".join(cause.offered), " ".join(cause.left)),
            *(str(day) if day else None for day in (cause.date, cause.until, cause.by)),
            " <- ".join((*(step.entity.ref.name for step in cause.steps), cause.component.name)),
            cause.absorbed_by.ref.name if cause.absorbed_by else None,
            len(each.others),
            "; ".join(contact.name for contact in each.contacts),
            "; ".join(missing),
            *(span.path, span.line),
        )
