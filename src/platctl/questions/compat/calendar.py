"""What breaks when, if no one acts: each end ahead, by its day, with all whom it hits."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.model.calendar import Date
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import name_of, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.outlook.ahead import Ahead
from platctl.outlook.asides import Aside, aside_of, with_end
from platctl.outlook.contacts import contacts_for
from platctl.outlook.difference import Pairing
from platctl.outlook.effects import EffectStretch, Standing, need_of, standing
from platctl.outlook.endings import EndAhead, Endings
from platctl.outlook.spread import Direct, Spread
from platctl.questions.compat.report import Break, FrozenDays, Hit
from platctl.record import record


@record(slots=False)
class BreakCalendar:
    """The ends ahead in one model. Those that reach `fail_on` by the day `within` fail the check."""

    graph: Graph
    ahead: Ahead
    fail_on: Level | None = None
    within: Date | None = None

    @property
    def model(self) -> Model:
        return self.graph.model

    @cached_property
    def _endings(self) -> Endings:
        return Endings(self.graph, self.ahead)

    @cached_property
    def _ends(self) -> dict[tuple[EdgeKey, Date], EndAhead]:
        return {(end.use.key, end.day): end for end in self._endings.all()}

    @cached_property
    def _spread(self) -> Spread:
        return Spread(self.graph, self.graph, Pairing({}), self.ahead)

    @cached_property
    def breaks(self) -> tuple[tuple[Ref, Break], ...]:
        """All of them with their components, by day, then the worst first."""
        groups: dict[tuple[object, ...], list[tuple[int, Direct]]] = {}
        for index, direct in enumerate(self._spread.direct):
            groups.setdefault(_group(self._end(direct.use, direct.told)), []).append((index, direct))
        found = [(directs[0][1].use.target, self._break(directs)) for directs in groups.values()]
        return tuple(sorted(found, key=_break_order))

    def _end(self, use: Use, told: EffectStretch | None) -> EndAhead:
        assert told is not None  # noqa: S101  only what lies ahead is told
        assert told.start is not None  # noqa: S101
        return self._ends[use.key, told.start]

    def _hits(self, directs: Sequence[tuple[int, Direct]], day: Date) -> Iterator[Hit]:
        """Every dependency that ends, and all consumers that this hits harder through others, or only so."""
        propagation = self._spread.of(directs)
        for _, direct in directs:
            end = self._end(direct.use, direct.told)
            yield self._hit(end, end.level, (direct.use,), None)
        for ref in propagation.nodes:
            if ref in self.model.consumers:
                witness = propagation.strongest(ref)
                if witness.distance > 1:
                    end = self._ends[witness.seed.use.key, day]
                    yield self._hit(end, witness.state.level, witness.path, witness.absorbed_by)

    def _hit(self, end: EndAhead, level: Level, path: Sequence[Use], absorbed_by: Ref | None) -> Hit:
        who, use = path[0].source, end.use
        consumer = self.model.consumers.get(who)
        requires = use.dependency.requires
        is_soon = self.within is None or end.day <= self.within
        return Hit(
            who=named(self.model, who),
            tier=consumer.tier if consumer else None,
            level=level,
            mover=named(self.model, use.source),
            way=(*(named(self.model, each.source).id for each in path), named(self.model, use.target).id),
            absorbed_by=named(self.model, absorbed_by) if absorbed_by else None,
            requires=requires.text if requires else None,
            is_soft=use.is_soft,
            kind=end.kind,
            move_to=end.move_to,
            weeks=use.dependency.migration,
            contacts=contacts_for(self.model, use.source),
            span=LazySpan(self.model.documents[use.source], use.route),
            is_frozen=consumer is not None and consumer.frozen_on(end.day) is not None,
            fails=self.fail_on is not None and is_soon and level.reaches(self.fail_on),
        )

    def _break(self, directs: Sequence[tuple[int, Direct]]) -> Break:
        ends = [self._end(direct.use, direct.told) for _, direct in directs]
        end = min(ends, key=lambda each: each.level.rank)
        hits = sorted(self._hits(directs, end.day), key=lambda hit: (hit.level.rank, hit.tier or 99, hit.who.ref))
        first, work, announced = self.ahead.first, end.work, end.announced
        sunset = announced.sunset if announced else None
        return Break(
            day=end.day,
            days_left=(end.day - first).days if first > Date.min else None,
            on=name_of(self.model, end.use.target, _interface(end)),
            versions=tuple(dict.fromkeys(each.version.text for end in ends for each in end.gone if each.version)),
            fate=end.fate,
            level=hits[0].level,
            by=named(self.model, work.initiative) if work and work.initiative else None,
            status=work.status.value if work and work.status else None,
            overdue=self.ahead.overdue_since(work) if work else None,
            announced=announced,
            early=(sunset - end.day).days if sunset and sunset > end.day else None,
            hits=tuple(hits),
            span=end.deciding,
        )

    def already_broken(self) -> tuple[tuple[Ref, Aside], ...]:
        """Consumers that require what is not available on the first day, with the components."""
        found: list[tuple[Ref, Aside]] = []
        for use in self.graph.uses:
            if use.source not in self.model.consumers or use.target not in self.model.components:
                continue
            offers = self.ahead.head.offers(use.target, self.ahead.first)
            if standing(offers, need_of(use)) is Standing.NONE:
                aside = aside_of(self.model, use, name_of(self.model, use.target, use.interface))
                component = self.model.components[use.target]
                aside = with_end(aside, component, need_of(use), self.ahead.first)
                found.append((use.target, aside))
        return tuple(sorted(found, key=lambda each: (each[1].tier or 99, each[1].consumer.ref, each[1].on)))

    def freezes(self, breaks: Sequence[Break], last: Date) -> tuple[FrozenDays, ...]:
        """The freezes, until a day, of the consumers that are hit."""
        hit = sorted({hit.who.ref for each in breaks for hit in each.hits} & set(self.model.consumers))
        found = [
            FrozenDays(named(self.model, ref), each.start, each.end, each.reason)
            for ref in hit
            for each in self.model.consumers[ref].freezes
            if self.ahead.first <= each.end and each.start <= last
        ]
        return tuple(sorted(found, key=lambda each: (each.start, each.end, each.who.ref)))


def _break_order(pair: tuple[Ref, Break]) -> tuple[object, ...]:
    _, found = pair
    return (found.day, found.level.rank, found.on, found.versions, str(found.by.ref) if found.by else "")


def _interface(end: EndAhead) -> str | None:
    """The interface that ends; None if it is not one alone."""
    interfaces = {each.interface for each in (end.gone or end.told.was)}
    return end.use.interface or (next(iter(interfaces)) or None if len(interfaces) == 1 else None)


def _group(end: EndAhead) -> tuple[object, ...]:
    """What ends on which day, and because of what: ends with the same key are told together."""
    work = (end.work.initiative, end.work.index) if end.work else None
    interfaces = tuple(sorted({each.interface for each in end.gone}))
    return (end.day, end.use.target, interfaces, end.fate, work)
