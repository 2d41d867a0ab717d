"""Owners as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.owners.report import OwnersReport

HEADER = ("name", "role", "handle", "duty", "entity", "title")


def rows(report: OwnersReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each thing that is asked of someone, in the order of the report."""
    for owner in report.owners:
        for reason in owner.reasons:
            subject = reason.subject
            yield (owner.name, owner.role, owner.handle, reason.duty.value, str(subject.ref), subject.label)
