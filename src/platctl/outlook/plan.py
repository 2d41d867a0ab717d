"""The committed work of one model on the calendar."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Calendar, Period
from platctl.model.entity.initiative import Change, Initiative, Status
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.window import Window, window


@dataclass(frozen=True)
class Plan:
    """The committed work of one model on the calendar."""

    model: Model

    @cached_property
    def calendar(self) -> Calendar:
        return self.model.config.calendar.calendar

    def window(self, initiative: Initiative) -> Window:
        return window(initiative, self.calendar)

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.model)

    def consumers_of(self, change: Change) -> list[Ref]:
        """The consumers that stand directly on what a change touches."""
        interface = change.component.interface
        uses = self.graph.users_of.get(self.model.canonical(change.component.component), ())
        touched = (use for use in uses if None in (interface, use.interface) or interface == use.interface)
        return list(dict.fromkeys(use.source for use in touched if use.source.kind == "consumer"))

    @cached_property
    def committed(self) -> Mapping[Ref, Initiative]:
        return {ref: each for ref, each in self.model.initiatives.items() if each.status.is_committed}

    @cached_property
    def waiting_for(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """By initiative: those that depend on it and are not given up."""
        waiting: dict[Ref, list[Ref]] = {}
        for ref, each in self.model.initiatives.items():
            if not each.status.is_given_up and each.status is not Status.DONE:
                for before in each.depends_on:
                    waiting.setdefault(self.model.canonical(before), []).append(ref)
        return {ref: tuple(refs) for ref, refs in waiting.items()}

    def downstream(self, ref: Ref) -> list[Ref]:
        """Everything that waits for an initiative, directly or not, nearest first."""
        found: dict[Ref, None] = {}
        queue = deque([ref])
        while queue:
            for each in self.waiting_for.get(queue.popleft(), ()):
                if each not in found and each != ref:
                    found[each] = None
                    queue.append(each)
        return list(found)


def load_by_period(plan: Plan) -> dict[Ref, dict[Period, float]]:
    """Person-weeks of committed work by team and period of the calendar's cadence."""
    loads: dict[Ref, dict[Period, float]] = {}
    for initiative in plan.committed.values():
        when = plan.window(initiative)
        if when.start is None or when.end is None or when.end < when.start:
            continue
        days = (when.end - when.start).days + 1
        for period in plan.calendar.periods(when.start, when.end):
            first, last = plan.calendar.bounds(period)
            share = ((min(last, when.end) - max(first, when.start)).days + 1) / days
            for name, estimate in initiative.effort.items():
                team = plan.model.canonical(Ref("team", initiative.namespace.lower(), name.lower()))
                load = loads.setdefault(team, {})
                load[period] = load.get(period, 0.0) + estimate.likely * share
    return loads
