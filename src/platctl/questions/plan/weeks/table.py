"""The schedule as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.plan.weeks.report import ScheduleReport

HEADER = (
    *("initiative", "title", "status", "first_week", "last_week", "first", "last", "weeks", "effort", "due", "late"),
    *("slack", "after", "teams", "written", "moved", "commitment", "file", "line"),
)


def rows(report: ScheduleReport) -> Iterator[tuple[str | float | None, ...]]:
    """In the order of the report; work without a place has no weeks."""
    for each in report.work:
        yield (
            *(each.initiative.ref.name, each.initiative.title, each.status, each.first_week, each.last_week),
            *(str(each.first), str(each.last), each.length, each.effort, str(each.due) if each.due else None),
            *(each.late, each.slack, " ".join(other.ref.name for other in each.after) or None),
            *(" ".join(team.ref.name for team in each.teams) or None, str(each.written) if each.written else None),
            *(each.moved, "yes" if each.is_commitment else "no"),
            *((each.span.path, each.span.line) if each.span.path else (None, None)),
        )
    for one in report.unscheduled:
        yield (
            *(one.initiative.ref.name, one.initiative.title),
            *[None] * 10,
            " ".join(other.ref.name for other in one.by) or None,
            *[None] * 4,
            *((one.span.path, one.span.line) if one.span.path else (None, None)),
        )
