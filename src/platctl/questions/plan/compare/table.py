"""The comparison of two plans as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.plan.compare.report import ComparisonReport, PlannedDays

HEADER = (
    *("initiative", "title", "first_ends_in", "first_start", "first_end", "second_ends_in", "second_start"),
    *("second_end", "moved", "days", "differs"),
)


def rows(report: ComparisonReport) -> Iterator[tuple[str | float | None, ...]]:
    """All work of both plans, in the order of the report."""
    for each in report.work:
        name = each.initiative
        own = (*_days(each.first), *_days(each.second))
        yield (name.ref.name, name.title, *own, each.moved, each.days, "yes" if each.differs else "no")


def _days(days: PlannedDays | None) -> tuple[str | None, ...]:
    return (days.ends_in, str(days.first), str(days.last)) if days else (None, None, None)
