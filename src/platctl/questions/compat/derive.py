"""Who works with which version until when, and what breaks when if no one acts."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.ahead import Ahead, ahead
from platctl.outlook.timeline import Timeline
from platctl.questions.compat.asked import AskedChange
from platctl.questions.compat.calendar import BreakCalendar
from platctl.questions.compat.matrix import VersionMatrix
from platctl.questions.compat.moves import Moves
from platctl.questions.compat.report import Break, CompatReport, Together, VersionTable, WhatIf
from platctl.questions.compat.together import Togetherness
from platctl.record import record


@record
class CompatOptions:
    """The question. `at` is the first day, by default today; `last` the last one, by default there is none.

    `named` are the components and consumers asked about, None if none are; `only` narrows the report. Ends until
    `within` are shown, and fail the check from `fail_on` up.
    """

    today: Date | None = None
    at: Date | None = None
    last: Date | None = None
    named: tuple[Ref, ...] = ()
    only: frozenset[Ref] | None = None
    asked: tuple[AskedChange, ...] = ()
    together: bool = False
    within: Date | None = None
    fail_on: Level | None = None


def compat(model: Model, state: str, only: str, options: CompatOptions) -> CompatReport:
    """The answer for one state of a model."""
    return _Compat(model, options).report(state, only)


@record(slots=False)
class _Compat:
    model: Model
    options: CompatOptions

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.model)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self.model, self.options.today)

    @cached_property
    def _ahead(self) -> Ahead:
        asked = self.options.asked
        day = self.options.at or self.options.today
        events = tuple(each.event(day) for each in asked)
        return ahead(self._timeline.with_work(events, frozenset()) if events else self._timeline, self.options.at)

    @cached_property
    def _matrix(self) -> VersionMatrix:
        return VersionMatrix(self._graph, self._ahead, self.options.last)

    def report(self, state: str, only: str) -> CompatReport:
        first = self._ahead.first
        calendar = BreakCalendar(self._graph, self._ahead, self.options.fail_on, self.options.within)
        breaks = tuple(self._concerned(calendar.breaks))
        last = min(filter(None, (self.options.last, self.options.within)), default=None)
        shown = tuple(each for each in breaks if last is None or each.day <= last)
        frozen_until = max((each.day for each in shown), default=first)
        return CompatReport(
            state=state,
            only=only,
            today=self.options.today,
            first=first if first > Date.min else None,
            last=self.options.last,
            within=self.options.within,
            tables=tuple(self._tables()),
            breaks=shown,
            later=len(breaks) - len(shown),
            already_broken=tuple(
                each for ref, each in calendar.already_broken() if self._is_asked(ref, each.consumer.ref)
            ),
            freezes=calendar.freezes(shown, frozen_until),
            together=self._together() if self.options.together else None,
            what_if=self._what_if() if self.options.asked else None,
            consumers=len(self.model.consumers),
            fail_on=self.options.fail_on,
            fails=any(hit.fails for each in shown for hit in each.hits),
        )

    # What is asked about

    @cached_property
    def _components(self) -> tuple[Ref, ...]:
        """The components asked about: those named or changed, else those that a named consumer uses."""
        if self._named:
            return tuple(sorted(self._named))
        uses = (use for ref in self._whom for use in self._graph.uses_of.get(ref, ()))
        return tuple(sorted({use.target for use in uses if use.target in self.model.components}))

    @cached_property
    def _whom(self) -> tuple[Ref, ...]:
        """The consumers that are named."""
        return tuple(ref for ref in self.options.named if ref in self.model.consumers)

    def _is_asked(self, component: Ref, who: Ref, *others: Ref) -> bool:
        """Whether a dependency is part of the question, and of what the report is narrowed to."""
        is_named = not self._named or component in self._named
        is_who = not self._whom or who in self._whom
        only = self.options.only
        return is_named and is_who and (only is None or not only.isdisjoint((component, who, *others)))

    @cached_property
    def _named(self) -> frozenset[Ref]:
        """The components that are named, or changed by what is asked."""
        named = {ref for ref in self.options.named if ref in self.model.components}
        return frozenset(named | {each.component for each in self.options.asked})

    def _tables(self) -> Iterator[VersionTable]:
        if not self.options.named and not self.options.asked:
            return
        for component in self._components:
            table = self._matrix.table(component, self._whom or None)
            rows = tuple(each for each in table.rows if self._is_asked(component, each.who.ref))
            if rows or self.options.only is None or component in self.options.only:
                yield replace(table, rows=rows)

    def _concerned(self, breaks: Iterable[tuple[Ref, Break]]) -> Iterator[Break]:
        """The breaks with those whom they hit that are asked about."""
        for component, each in breaks:
            by = (each.by.ref,) if each.by else ()
            hits = tuple(hit for hit in each.hits if self._is_asked(component, hit.who.ref, hit.mover.ref, *by))
            if hits:
                yield replace(each, hits=hits, level=hits[0].level)

    def _together(self) -> Together:
        """Of the consumers that are named, or else of all that use a named component, or else of all."""
        whom = self._whom or tuple(self.model.consumers)
        if self._named and not self._whom:
            users = {use.source for ref in self._named for use in self._graph.users_of.get(ref, ())}
            whom = tuple(ref for ref in whom if ref in users)
        if self.options.only is not None:
            whom = tuple(ref for ref in whom if ref in self.options.only)
        return Togetherness(self._matrix, whom, self._named or None).answer()

    def _what_if(self) -> WhatIf:
        without = VersionMatrix(self._graph, ahead(self._timeline, self.options.at), self.options.last)
        return Moves(without, self._matrix, self.options.asked).answer()
