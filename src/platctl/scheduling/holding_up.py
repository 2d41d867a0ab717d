"""Why an activity of a schedule does not start sooner."""

from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.project import Project, Starts


@record(slots=False)
class HeldUp(Generic[Name]):
    """What keeps an activity from its last possible start before: activities, or else resources. Nothing of both means
    that it can't start before by itself.
    """

    activities: tuple[Name, ...] = ()
    resources: tuple[str, ...] = ()


def held_up(project: Project[Name], starts: Starts[Name], name: Name) -> HeldUp[Name]:
    """What an activity waits for."""
    each = project.activities[name]
    sooner = max((start for start in each.shapes if start < starts[name]), default=None)
    if sooner is None:
        return HeldUp()
    ends = {before: project.activities[before].end(starts[before]) for before, _ in each.after}
    late = [before for before, lag in each.after if ends[before] + lag > sooner]
    for first, then in project.order:
        if then == name and project.activities[first].end(starts[first]) > each.end(sooner):
            late.append(first)
    if late:
        return HeldUp(tuple(sorted(set(late))))
    shape, used = each.shapes[sooner], usage_without(project, starts, name)
    window = range(sooner, sooner + shape.length)
    full = [
        resource
        for resource, amount in sorted(shape.takes.items())
        if any(used[resource][step] + amount > project.capacity[resource] for step in window)
    ]
    return HeldUp((), tuple(full))


def usage_without(project: Project[Name], starts: Starts[Name], name: Name) -> dict[str, list[int]]:
    """What everything but one activity takes of each resource in each step."""
    found = project.usage()
    for other, start in starts.items():
        if other != name:
            shape = project.activities[other].shapes[start]
            for resource, amount in shape.takes.items():
                for step in range(start, start + shape.length):
                    found[resource][step] += amount
    return found
