"""The ends of the work of two plans, for calendars."""

from collections.abc import Iterator

from platctl.page import CalendarEntry
from platctl.questions.plan.compare.report import ComparisonReport


def entries(report: ComparisonReport) -> Iterator[CalendarEntry]:
    """The last day of each piece of work: one entry if both plans have that, otherwise one for each plan."""
    for each in report.work:
        name, label = each.initiative.ref, each.initiative.label
        if each.first and each.second and each.first.last == each.second.last:
            yield CalendarEntry(f"plan-end-{name}", each.first.last, f"{label} ends", categories=("end",))
            continue
        for nth, future, days in (("first", report.first, each.first), ("second", report.second, each.second)):
            if days:
                text = f"{label} ends ({future.label})"
                yield CalendarEntry(f"{nth}-end-{name}", days.last, text, categories=("end",))
