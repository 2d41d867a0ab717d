"""Whether the planned days of work are possible: as declared, today, and after all prerequisites."""

from collections.abc import Iterator
from dataclasses import replace

from platctl.model.entity.initiative import Initiative
from platctl.outlook.conflicts import Conflict, ConflictKind, against, of_days
from platctl.outlook.earliest import Outlook, day_of, has_begun


def of_work(outlook: Outlook, initiative: Initiative) -> Iterator[Conflict]:
    """The impossible days of open work. Due dates of goals are ignored, as they hold nothing up."""
    written = [each for each in of_days(outlook.plan, initiative) if each.kind is not ConflictKind.AFTER_GOAL_DUE]
    yield from written
    yield from _held_up(outlook, initiative, written)
    yield from _against_today(outlook, initiative)
    ends, deadline = outlook.ends(initiative.ref), initiative.deadline
    is_written = any(each.kind is ConflictKind.AFTER_DEADLINE for each in written)
    if deadline and ends.date and ends.date > deadline and not is_written:
        kind = ConflictKind.MISSES_DEADLINE
        yield against(outlook.plan, kind, initiative, ends.date, deadline, ("deadline",))


def _held_up(outlook: Outlook, initiative: Initiative, written: list[Conflict]) -> Iterator[Conflict]:
    """Prerequisites that are planned to end in time, but can't."""
    start = outlook.window(initiative).start
    known = {each.other.ref for each in written if each.kind is ConflictKind.STARTS_BEFORE_DEPENDENCY}
    for before in outlook.timeline.tasks[initiative.ref].before if start else ():
        found = outlook.timeline.finishes.get(before)
        if start and found and found.is_known and start.toordinal() <= found.day and before not in known:
            route, end = outlook.plan.route_to(initiative, before), day_of(found.day)
            yield against(outlook.plan, ConflictKind.HELD_UP, initiative, start, end, route, before)


def _against_today(outlook: Outlook, initiative: Initiative) -> Iterator[Conflict]:
    days, today, plan = outlook.window(initiative), outlook.today, outlook.plan
    if today and days.end and days.end < today:
        route = (initiative.first_written("end", "period"),)
        found = against(plan, ConflictKind.OVERDUE, initiative, days.end, today, route)
        yield found if initiative.status.is_committed else replace(found, detail=initiative.status.value)
    elif today and days.start and days.start < today and not has_begun(initiative):
        route = (initiative.first_written("start", "period"),)
        yield against(plan, ConflictKind.NOT_BEGUN, initiative, days.start, today, route)
