"""The answer as rows for spreadsheets: the users of each candidate, or the candidates of past quarters."""

from collections.abc import Iterator

from platctl.questions.discover.report import ComponentUser, DiscoverReport, Discovery, Stamp

_Row = tuple[str | float | None, ...]

HEADER = (
    *("pattern", "component", "title", "owner", "twin", "emerging", "used", "user", "user_owner", "using"),
    *("came", "came_commit", "came_by", "how", "pauses", "left", "left_commit", "left_by", "why", "edit"),
)
HEADER_OF_BACKTEST = ("quarter", "end", "pattern", "component", "title", "twin", "a_year_later")


def rows(report: DiscoverReport) -> Iterator[_Row]:
    """A row for each user of each component that matches, also for those that left."""
    for found in report.found:
        for used in (found.component, found.twin):
            for each in (*used.users, *used.former) if used else ():
                yield _row(found, used.entity.id if used else "", each)


def _row(found: Discovery, used: str, each: ComponentUser) -> _Row:
    owner = found.component.owner
    return (
        found.pattern.value,
        found.component.entity.id,
        found.component.entity.title,
        owner.id if owner else None,
        found.twin.entity.id if found.twin else None,
        "yes" if found.is_emerging else "no",
        used,
        each.user.id,
        each.owner.id if each.owner else None,
        "yes" if each.is_using else "no",
        *_cells(each.came),
        each.how.value,
        len(each.pauses),
        *_cells(each.left),
        each.why.value if each.why else None,
        found.edit.command,
    )


def _cells(stamp: Stamp | None) -> tuple[str | None, str | None, str | None]:
    return (stamp.day, stamp.commit, stamp.author) if stamp else (None, None, None)


def rows_of_backtest(report: DiscoverReport) -> Iterator[_Row]:
    """A row for each candidate of each past quarter."""
    for quarter in report.backtest.quarters if report.backtest else ():
        for each in quarter.candidates:
            twin = each.twin.id if each.twin else None
            yield (
                *(quarter.quarter, str(quarter.end), each.pattern.value, each.component.id, each.component.title),
                *(twin, each.later.value),
            )
