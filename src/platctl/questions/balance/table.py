"""Shares as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.balance.report import BalanceReport

HEADER = ("by", "measure", "stage", "id", "title", "amount", "share")


def rows(report: BalanceReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each share, in the order of the report; what belongs to no one has no id."""
    for shares in report.shares:
        for row in shares.rows:
            for stage, part in row.parts.items():
                yield (
                    *(shares.by.value, shares.measure.value, stage.value),
                    *(row.id, row.label, part.amount, part.share),
                )
