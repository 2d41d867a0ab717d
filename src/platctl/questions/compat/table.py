"""What ends when, or who works with which version, as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.model.calendar import Date
from platctl.questions.compat.report import CompatReport

ENDS = (
    *("day", "days_left", "component", "versions", "what", "by", "status", "announced_since", "sunset"),
    *("affected", "tier", "level", "fails", "mover", "path", "requires", "kind", "move_to", "weeks", "contacts"),
    *("file", "line"),
)
CELLS = (
    *("component", "interface", "version", "begins", "ends", "by", "dependent", "tier", "requires", "word", "until"),
    *("why", "verified_on", "file", "line"),
)
Values = tuple[str | float | None, ...]


def header(report: CompatReport) -> tuple[str, ...]:
    """The columns: those of cells if components or consumers were asked about, else those of ends."""
    return CELLS if report.tables else ENDS


def rows(report: CompatReport) -> Iterator[Values]:
    """One row for each cell, or for each dependent that an end affects; lists are separated by blanks or semicolons."""
    return _cells(report) if report.tables else _ends(report)


def _ends(report: CompatReport) -> Iterator[Values]:
    for each in report.breaks:
        said = each.announced
        for hit in each.hits:
            span = hit.span.resolve()
            yield (
                *(str(each.day), each.days_left, str(each.on), " ".join(each.versions), each.fate.value),
                *(each.by.ref.name if each.by else None, each.status),
                *(_day(said.since if said else None), _day(said.sunset if said else None)),
                *(hit.who.ref.name, hit.tier, hit.level.value, "yes" if hit.fails else "no", hit.mover.ref.name),
                *(" <- ".join(hit.way), hit.requires, hit.kind.value, " ".join(hit.move_to), hit.weeks),
                "; ".join(contact.name for contact in hit.contacts),
                *(span.path, span.line),
            )


def _cells(report: CompatReport) -> Iterator[Values]:
    for table in report.tables:
        for row in table.rows:
            requires = "; ".join(each.requires or "" for each in row.edges)
            for column, cell in zip(table.columns, row.cells, strict=True):
                span = cell.span.resolve() if cell.span else None
                yield (
                    *(table.component.ref.name, column.interface, column.version, _day(column.begins)),
                    *(_day(column.ends), column.by.ref.name if column.by else None),
                    *(row.who.ref.name, row.tier, requires, cell.word.value, _day(cell.until)),
                    cell.why.value if cell.why else None,
                    _day(cell.verified.on if cell.verified else None),
                    *((span.path, span.line) if span else (None, None)),
                )


def _day(day: Date | None) -> str | None:
    return str(day) if day else None
