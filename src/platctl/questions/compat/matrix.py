"""Who works with which version of a component: one table for each component."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.model.calendar import Date
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.named import name_of, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.outlook.admission import Identity
from platctl.outlook.ahead import Ahead
from platctl.outlook.events import Event
from platctl.outlook.fits import Fit, FitDays, Fits
from platctl.outlook.offers import Offer, brought_by
from platctl.questions.compat.report import Cell, Edge, Verified, VersionColumn, VersionRow, VersionTable, Word
from platctl.record import record

NO_RELATION = Cell(Word.NO_RELATION)


@record(slots=False)
class VersionMatrix:
    """The tables of a model. `last` is the last day asked about."""

    graph: Graph
    ahead: Ahead
    last: Date | None = None

    @property
    def model(self) -> Model:
        return self.graph.model

    def fits(self, use: Use) -> Fits:
        """One dependency with the versions of its component."""
        if use.key not in self._known:
            self._known[use.key] = Fits(self.ahead, use)
        return self._known[use.key]

    @cached_property
    def _known(self) -> dict[EdgeKey, Fits]:
        return {}

    def table(self, component: Ref, whom: Sequence[Ref] | None) -> VersionTable:
        """Who works with which version of a component: those named, or all that depend on it."""
        columns = self.columns(component)
        users: dict[Ref, list[Use]] = {}
        for use in self.graph.users_of.get(component, ()):
            users.setdefault(use.source, []).append(use)
        asked = users if whom is None else whom
        rows = [row for ref in asked for row in self._rows(ref, users.get(ref, ()), columns)]
        related = sum(1 for ref in self.model.consumers if ref in users)
        return VersionTable(
            named(self.model, component),
            columns,
            tuple(sorted(rows, key=_row_order)),
            len(self.model.consumers) - related if whom is None else 0,
        )

    # Versions

    def columns(self, component: Ref) -> tuple[VersionColumn, ...]:
        """The versions that the catalog lists, then those that work adds, by the day on which they begin."""
        entity = self.model.components[component]
        written = {(each.interface, each.offered.version.text): each for each in listed(entity)}
        found: dict[Identity, Offer | None] = dict.fromkeys(written)
        for _, offers in self.ahead.provided(component):
            for offer in offers:
                if found.get(offer.identity) is None:
                    found[offer.identity] = offer
        order = list(found)
        columns = [
            self._column(component, identity, offer, written[identity].route if identity in written else None)
            for identity, offer in found.items()
        ]
        places = {identity: index for index, identity in enumerate(order)}
        interfaces = [each for each, _ in entity.offerings()]
        return tuple(
            sorted(
                columns,
                key=lambda each: (
                    interfaces.index(each.interface) if each.interface in interfaces else len(interfaces),
                    each.begins or Date.min,
                    places[each.interface, each.version],
                ),
            )
        )

    def _column(
        self, component: Ref, identity: Identity, offer: Offer | None, route: tuple[str | int, ...] | None
    ) -> VersionColumn:
        interface, version = identity
        days = [
            (day, next((each for each in offers if each.identity == identity), None))
            for day, offers in self.ahead.provided(component)
        ]
        begins = next((day for day, each in days if each), None)
        ends = next((day for day, each in days if begins and day > begins and each is None), None)
        work = None if route else self._bringer(component, identity, begins)
        span = self.model.at(component, route) if route else None
        if work and work.initiative:
            span = self.model.at(work.initiative, ("changes", work.index))
        return VersionColumn(
            interface=interface,
            on=name_of(self.model, component, interface or None),
            version=version,
            begins=begins if begins and begins > self.ahead.first else None,
            ends=ends,
            is_deprecated=offer is not None and offer.is_deprecated,
            is_over=offer is None,
            by=named(self.model, work.initiative) if work and work.initiative else None,
            status=work.status.value if work and work.status else None,
            span=span,
        )

    def _bringer(self, component: Ref, identity: Identity, begins: Date | None) -> Event | None:
        """The work that adds a version."""
        entity = self.model.components[component]
        dated = (each for each in self.ahead.head.dated(component) if each.day == begins and each.event.brings)
        return next((each.event for each in dated if brought_by(entity, each.event.change).identity == identity), None)

    # Dependents

    def _rows(self, ref: Ref, uses: Iterable[Use], columns: Sequence[VersionColumn]) -> Iterator[VersionRow]:
        """One row, or several where a dependent has more than one dependency on the same interface."""
        groups: list[list[Use]] = []
        for use in uses:
            fitting = (each for each in groups if not any(_overlap(use, other) for other in each))
            group = next(fitting, None)
            if group is None:
                groups.append([use])
            else:
                group.append(use)
        consumer = self.model.consumers.get(ref)
        for group in groups or [[]]:
            yield VersionRow(
                who=named(self.model, ref),
                tier=consumer.tier if consumer else None,
                edges=tuple(self.edge(use) for use in group),
                cells=tuple(self._cell(group, column) for column in columns),
                whole=_worst([self.whole(use) for use in group]),
            )

    def edge(self, use: Use) -> Edge:
        """A dependency as declared."""
        requires = use.dependency.requires
        on = name_of(self.model, use.target, use.interface)
        return Edge(on, requires.text if requires else None, use.is_soft, self._span(use))

    def _span(self, use: Use) -> LazySpan:
        return LazySpan(self.model.documents[use.source], use.route)

    def _cell(self, uses: Iterable[Use], column: VersionColumn) -> Cell:
        for use in uses:
            fits = self.fits(use)
            if fits.concerns(column.interface):
                return self.cell(fits, column)
        return NO_RELATION

    def cell(self, fits: Fits, column: VersionColumn) -> Cell:
        """Whether a dependency works with a version of an interface that it concerns."""
        identity = (column.interface, column.version)
        days = self.asked_days(_from(fits.with_version(identity), column.begins))
        cell = self._told(days, self._span(fits.use))
        found = fits.verified(identity)
        if found is None or not any(each.fit.is_met for each in days):
            return cell
        return replace(cell, verified=Verified(found.on, found.by, found.url))

    def whole(self, use: Use) -> Cell:
        """Whether a dependency works with any version, and until when."""
        return self._told(self.asked_days(self.fits(use).whole), self._span(use))

    def asked_days(self, days: tuple[FitDays, ...]) -> tuple[FitDays, ...]:
        """Those that begin until the last day asked about."""
        return tuple(each for each in days if self.last is None or each.start <= self.last)

    def _told(self, days: tuple[FitDays, ...], span: LazySpan) -> Cell:
        first = days[0]
        ends = next((each.start for each in days if not each.fit.is_met), None)
        if first.fit.is_met:
            is_live = first.fit is Fit.WORKS
            word = (Word.WORKS_UNTIL if ends else Word.WORKS) if is_live else Word.DEPRECATED
            return Cell(word, ends, None, days, None, span)
        return Cell(Word.UNKNOWN if first.fit is Fit.UNKNOWN else Word.FAILS, None, first.why, days, None, span)


def _from(days: tuple[FitDays, ...], begins: Date | None) -> tuple[FitDays, ...]:
    """The days from which on a version that is ahead is available."""
    return tuple(each for each in days if begins is None or each.start >= begins) or days[-1:]


def _overlap(one: Use, other: Use) -> bool:
    return None in (one.interface, other.interface) or one.interface == other.interface


def _worst(cells: Sequence[Cell]) -> Cell:
    """What the dependencies of a row mean together: the first that does not work, else the first that ends."""
    if not cells:
        return NO_RELATION
    order = [Word.FAILS, Word.UNKNOWN]
    return min(
        cells,
        key=lambda each: (
            order.index(each.word) if each.word in order else len(order),
            each.until or Date.max,
            each.word is not Word.DEPRECATED,
        ),
    )


def _row_order(row: VersionRow) -> tuple[bool, Date, int, int, Ref]:
    """Those that don't work or end first, by the day; consumers before components."""
    ranks = [Word.FAILS, Word.DEPRECATED, Word.WORKS_UNTIL, Word.UNKNOWN, Word.WORKS, Word.NO_RELATION]
    ends = row.whole.until is not None
    return (not ends, row.whole.until or Date.max, ranks.index(row.whole.word), row.tier or 99, row.who.ref)
