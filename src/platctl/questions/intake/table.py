"""Ideas and proposals as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.intake.report import IntakeReport

HEADER = (
    *("initiative", "title", "status", "proposed_by", "proposed_on", "age_days"),
    *("requested_by", "helps", "next", "lacks", "overdue", "similar"),
)


def rows(report: IntakeReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each, in the order of the report; lists are separated by blanks."""
    for each in report.candidates:
        yield (
            *(each.initiative.ref.name, each.initiative.label, each.status.value, each.proposed_by),
            *(str(each.proposed_on) if each.proposed_on else None, each.age),
            *(" ".join(named.ref.name for named in names) for names in (each.requested_by, each.helps)),
            each.next.value if each.next else None,
            *(" ".join(field.field for field in each.lacks), " ".join(each.overdue)),
            " ".join(similar.other.ref.name for similar in each.alike),
        )
