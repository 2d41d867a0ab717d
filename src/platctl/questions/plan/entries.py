"""The ends of planned work, for calendars."""

from collections.abc import Iterable, Iterator

from platctl.page import CalendarEntry
from platctl.questions.plan.report import DatedWork


def entries(work: Iterable[DatedWork]) -> Iterator[CalendarEntry]:
    """The first and the last day of each piece of work; of running work, the last one."""
    for each in work:
        name, label = each.initiative.ref, each.initiative.label
        if not each.is_running:
            yield CalendarEntry(f"plan-start-{name}", each.first, f"{label} starts", categories=("start",))
        yield CalendarEntry(f"plan-end-{name}", each.last, f"{label} ends", categories=("end",))
