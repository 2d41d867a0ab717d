"""The plan as rows for a spreadsheet: what is in it, and what is not."""

from collections.abc import Iterator

from platctl.questions.plan.report import PlanReport

HEADER = (
    *("initiative", "title", "status", "planned", "period", "first", "last", "written", "moved", "commitment"),
    *("weeks", "value", "why", "lacks_least", "lacks_most", "file", "line"),
)


def rows(report: PlanReport) -> Iterator[tuple[str | float | None, ...]]:
    """In the order of the report."""
    for each in report.work:
        yield (
            *(each.initiative.ref.name, each.initiative.title, each.status, "yes", each.period),
            *(str(each.first), str(each.last), str(each.written) if each.written else None, each.moved),
            *("yes" if each.is_commitment else "no", each.weeks, each.value, None, None, None),
            *((each.span.path, each.span.line) if each.span.path else (None, None)),
        )
    for one in report.left_out:
        because = [one.limit.value] if one.limit else [f"{need.team.ref.name} {need.period}" for need in one.needs]
        because += [f"instead {other.ref.name}" for other in one.instead]
        yield (
            *(one.initiative.ref.name, one.initiative.title, one.status, "no"),
            *[None] * 5,
            *("no", None, one.value, "; ".join(because) or None, *(one.lacks or (None, None))),
            *((one.span.path, one.span.line) if one.span.path else (None, None)),
        )
    for broken in report.broken:
        clash = " ".join(other.ref.name for other in (*broken.work, *broken.teams, *broken.by))
        yield (
            *(broken.initiative.ref.name, broken.initiative.title, None, "no"),
            *[None] * 5,
            *("yes", None, None, f"can't hold with {clash}" if clash else "can't hold", None, None),
            *((broken.span.path, broken.span.line) if broken.span.path else (None, None)),
        )
