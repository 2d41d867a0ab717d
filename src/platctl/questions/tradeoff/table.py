"""The compared pieces of work as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.tradeoff.report import TradeoffReport

HEADER = (
    *("initiative", "title", "rank", "score", "priority", "effort", "reach", "gains", "asked_by"),
    *("start", "end", "earliest", "deadline", "unlocks", "after"),
)


def rows(report: TradeoffReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each of the compared; lists are separated by blanks."""
    for side in report.sides:
        item, facts = side.item, side.item.facts
        yield (
            *(item.initiative.ref.name, item.initiative.label, item.rank, item.score.value, item.priority),
            *(facts.effort, facts.reach),
            *(" ".join(each.ref.name for each in names) for names in (facts.gains, facts.asked_by)),
            *(str(day) if day else None for day in (side.start, side.end, side.earliest, side.deadline)),
            *(" ".join(each.ref.name for each in names) for names in (side.unlocks, side.after)),
        )
