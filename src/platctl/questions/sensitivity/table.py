"""How robust each rank is, as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.questions.sensitivity.report import SensitivityReport

HEADER = ("rank", "initiative", "title", "probability_of_top", "earliest", "middle", "latest", "drivers")


def rows(report: SensitivityReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each piece of work, in the order of the ranking."""
    for each in report.items:
        drivers = "; ".join(driver.input.label for driver in each.drivers)
        work = each.initiative
        yield (
            *(each.rank, work.ref.name, work.label, each.probability),
            *(each.earliest, each.middle, each.latest, drivers),
        )
