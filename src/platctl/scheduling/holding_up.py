"""Why an activity of a schedule does not start sooner."""

from collections.abc import Iterator
from functools import cached_property
from typing import Generic

from platctl.record import record
from platctl.scheduling.name import Name
from platctl.scheduling.project import Activity, Project, Starts, Usage, use


@record(slots=False)
class HeldUp(Generic[Name]):
    """What keeps an activity from its last possible start before: activities, or else resources. Nothing of both means
    that it can't start before by itself.
    """

    activities: tuple[Name, ...] = ()
    resources: tuple[str, ...] = ()


@record(slots=False)
class HoldUps(Generic[Name]):
    """What each activity of a schedule waits for."""

    project: Project[Name]
    starts: Starts[Name]

    def of(self, name: Name) -> HeldUp[Name]:
        """What one activity waits for."""
        project, starts, each = self.project, self.starts, self.project.activities[name]
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
        return HeldUp((), tuple(self._full(each, sooner)))

    def _full(self, each: Activity[Name], sooner: int) -> Iterator[str]:
        """The resources of which others leave too little for it to start then."""
        own, start = each.shapes[self.starts[each.name]], self.starts[each.name]
        shape = each.shapes[sooner]
        for resource, amount in sorted(shape.takes.items()):
            used, most = self._usage[resource], self.project.capacity[resource] - amount
            mine = own.takes.get(resource, 0)
            for step in range(sooner, sooner + shape.length):
                if used[step] - (mine if start <= step < start + own.length else 0) > most:
                    yield resource
                    break

    @cached_property
    def _usage(self) -> Usage:
        found = self.project.usage()
        for name, start in self.starts.items():
            use(found, self.project.activities[name].shapes[start], start)
        return found
