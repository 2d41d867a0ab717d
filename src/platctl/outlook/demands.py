"""Unmet needs of a consumer, and versions that it uses and has to move off."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from platctl.finding import Span
from platctl.graph.graph import Graph, Use
from platctl.model.calendar import Date
from platctl.model.entity.component import Component
from platctl.model.entity.initiative import Change
from platctl.model.listed_versions import listed
from platctl.model.model import Model
from platctl.model.named import Named, Spelling, name_of, named
from platctl.model.ref import Ref
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.ahead import ahead
from platctl.outlook.earliest import Certainty, Outlook, When
from platctl.outlook.effects import Need, Standing, need_of, standing
from platctl.outlook.endings import Endings, EndKind
from platctl.outlook.events import Event
from platctl.outlook.offers import Offers, brought_by, is_about
from platctl.outlook.timeline import Timeline
from platctl.record import record


@record
class Requirement:
    """A dependency that no available version meets. `brought_by` is the work that will; None if none is planned, or if
    the catalog itself declares the day.

    `planned` is when it is met by the plan, `earliest` when it can be. A soft one delays nothing. `is_late` means
    that, as far as is known, it is not met by `need_by`.
    """

    consumer: Named
    on: Spelling
    requires: str | None
    is_soft: bool
    need_by: Date | None
    brought_by: Named | None
    status: str | None
    is_promised: bool
    planned: When
    earliest: When
    is_late: bool
    span: Span
    deciding: Span | None


@record
class ForcedMove:
    """A required migration: a dependency that ends or weakens on the day `gone` (None: not known).

    `uses` are the versions that meet it now; `by` is the work that does it, if any; it may have no day.
    `weeks` are the person-weeks that the migration takes.
    """

    consumer: Named
    on: Spelling
    requires: str | None
    is_soft: bool
    uses: tuple[str, ...]
    gone: Date | None
    kind: EndKind
    move_to: tuple[str, ...]
    weeks: float | None
    by: Named | None
    span: Span
    deciding: Span


_BRINGS = (ChangeEffect.ADDITION, ChangeEffect.BREAKING)
_MEETS = (Standing.LIVE, Standing.DEPRECATED)
_CERTAINTY = list(Certainty)


@record(slots=False)
class Demands:
    """The dependencies of consumers against available versions: from the catalog, or on the day `at` with plans."""

    outlook: Outlook
    at: Date | None = None

    @property
    def model(self) -> Model:
        return self.outlook.model

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline(self.model, self.outlook.today)

    @cached_property
    def _catalog(self) -> Timeline:
        """The same without any work."""
        return self._timeline.with_work((), frozenset(self.model.initiatives))

    @cached_property
    def _graph(self) -> Graph:
        return Graph(self.model)

    def _uses(self, consumer: Ref) -> Iterator[tuple[Use, Offers]]:
        """What a consumer uses that exists, with what its component offers."""
        for use in self._graph.uses_of.get(consumer, ()):
            if use.target in self.model.components:
                yield use, self._timeline.offers(use.target, self.at)

    def _target(self, use: Use) -> Named:
        return named(self.model, use.target)

    def _on(self, use: Use) -> Spelling:
        """The component, or the interface of it, as its author spells it."""
        return name_of(self.model, use.target, use.interface)

    def requirements(self, consumer: Ref) -> tuple[Requirement, ...]:
        """What no available version meets, and what will meet it."""
        return tuple(
            self._requirement(use)
            for use, offers in self._uses(consumer)
            if standing(offers, need_of(use)) is Standing.NONE
        )

    def _requirement(self, use: Use) -> Requirement:
        found = self._met_by_catalog(use) or min(self._bringers(use), key=self._preference, default=_NOBODY)
        promise = self.model.initiatives[found.by] if found.by else None
        needed = use.dependency.need_by
        return Requirement(
            consumer=named(self.model, use.source),
            on=self._on(use),
            requires=_requires(use),
            is_soft=use.is_soft,
            need_by=needed,
            brought_by=named(self.model, promise.ref) if promise else None,
            status=promise.status.value if promise else None,
            is_promised=promise is None or promise.status.is_committed,
            planned=found.planned,
            earliest=found.earliest,
            is_late=needed is not None and _is_after(found.earliest, needed),
            span=self.model.at(use.source, (*use.route, "requires")),
            deciding=found.span,
        )

    def _met_by_catalog(self, use: Use) -> "_Bringer | None":
        """The day from which the catalog itself has something that meets it; only relevant for a given earlier day."""
        component = self.model.components[use.target]
        for day in self._timeline.days(use.target) if self.at else ():
            if self.at and day > self.at and _meets(self._catalog.offers(use.target, day), need_of(use)):
                when = When(Certainty.KNOWN, day)
                return _Bringer(None, when, when, self._since(component, day))
        return None

    def _since(self, component: Component, day: Date) -> Span:
        fields = ((*each.within, "since") for each in listed(component) if each.offered.since == day)
        return self.model.at(component.ref, next(fields, ("id",)))

    def _bringers(self, use: Use) -> Iterator["_Bringer"]:
        """Open work that provides what meets it."""
        for ref, change in self._additions.get(use.target, ()):
            if _meets((brought_by(self.model.components[use.target], change),), need_of(use)):
                span = self.outlook.dated(self.model.initiatives[ref])
                yield _Bringer(ref, self.outlook.planned(ref), self.outlook.ends(ref), span)

    @cached_property
    def _additions(self) -> Mapping[Ref, list[tuple[Ref, Change]]]:
        """By component: what work that is neither done nor given up adds to it."""
        found: dict[Ref, list[tuple[Ref, Change]]] = {}
        for ref, each in self.model.initiatives.items():
            if not each.status.is_open:
                continue
            for change in each.changes:
                if change.effect in _BRINGS and change.new_version:
                    found.setdefault(self.model.canonical(change.component.component), []).append((ref, change))
        return found

    def _preference(self, bringer: "_Bringer") -> tuple[bool, bool, int, Date, str]:
        """Sort key: work that can end, then committed work, then work with a day, then the earliest."""
        when, ref = bringer.earliest, bringer.by
        is_promised = ref is None or self.model.initiatives[ref].status.is_committed
        rank = _CERTAINTY.index(when.certainty)
        return (when.certainty is Certainty.NEVER, not is_promised, rank, when.date or Date.max, str(ref))

    def moves(self, consumer: Ref) -> tuple[ForcedMove, ...]:
        """What a consumer has to move off, or look at: of each dependency the worst end ahead, the soonest first."""
        found = [move for use, offers in self._uses(consumer) for move in self._moves(use, offers)]
        return tuple(sorted(found, key=lambda each: (each.gone or Date.max, each.on)))

    def _moves(self, use: Use, offers: Offers) -> Iterator[ForcedMove]:
        end = min(self._endings.of(use), key=lambda each: each.level.rank, default=None)
        if end is None and standing(offers, need_of(use)) is not Standing.DEPRECATED:
            return
        used = end.told.was if end else need_of(use).meets(offers)
        work = end.work if end else self._undated(use, used)
        gone = end.day if end else None
        deciding = end.deciding if end else self._endings.declared(use.target, used, None)
        yield ForcedMove(
            consumer=named(self.model, use.source),
            on=self._on(use),
            requires=_requires(use),
            is_soft=use.is_soft,
            uses=tuple(each.version.text for each in used if each.version),
            gone=gone,
            kind=end.kind if end else EndKind.DEPRECATED,
            move_to=end.move_to if end else self._endings.successors(use, used, self._endings.ahead.first),
            weeks=use.dependency.migration,
            by=named(self.model, work.initiative) if work and work.initiative else None,
            span=self.model.at(use.source, (*use.route, "component")),
            deciding=deciding or self.model.name_at(use.target),
        )

    def _undated(self, use: Use, used: Offers) -> Event | None:
        """Planned work that removes one of these on a day that is not known."""
        removals = (each for each in self._timeline.undated(use.target) if each.removes)
        return next((each for each in removals if any(is_about(each.change, one) for one in used)), None)

    @cached_property
    def _endings(self) -> Endings:
        return Endings(self._graph, ahead(self._timeline, self.at))


@record
class _Bringer:
    """What will meet a requirement, and when."""

    by: Ref | None
    planned: When
    earliest: When
    span: Span | None


_NOBODY = _Bringer(None, When(Certainty.UNKNOWN), When(Certainty.UNKNOWN), None)


def _requires(use: Use) -> str | None:
    return str(use.dependency.requires) if use.dependency.requires else None


def _meets(offers: Offers, need: Need) -> bool:
    return standing(offers, need) in _MEETS


def _is_after(when: When, limit: Date) -> bool:
    return when.certainty is Certainty.NEVER or (when.date is not None and when.date > limit)
