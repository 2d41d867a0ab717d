"""What changed in the plan between two states, the most important first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from platctl.model.calendar import Date
from platctl.model.entity.component import Component
from platctl.model.entity.decision import Decision
from platctl.model.entity.entity import Entity
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.placement import LazySpan
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience, Dates
from platctl.outlook.compared import Compared
from platctl.outlook.difference import Added, Difference, Modified, Pairing, Removed, Renamed, diff, pair
from platctl.outlook.moves import MoveKind
from platctl.outlook.offer_changes import compare_offers
from platctl.outlook.plan import Plan
from platctl.outlook.recollection import Recollection
from platctl.outlook.release_moves import ReleaseMoves
from platctl.outlook.shifts import OfferChange
from platctl.outlook.timeline import Timeline
from platctl.outlook.work_pairs import WorkPair, pairs
from platctl.questions.changelog.consequences import with_causes
from platctl.questions.changelog.consumer_filter import ConsumerFilter
from platctl.questions.changelog.days_as_text import Days
from platctl.questions.changelog.field_changes import Fields
from platctl.questions.changelog.offer_changes import Offers
from platctl.questions.changelog.priorities import priorities, usual_method
from platctl.questions.changelog.promises import Promises
from platctl.questions.changelog.report import (
    ChangelogEntry,
    ChangelogReport,
    Decided,
    Fact,
    Finished,
    Kind,
    Moved,
    Offered,
    OfferPlan,
    Overdue,
    Presence,
    Priority,
    Promise,
    PromiseOutcome,
    StageChange,
)
from platctl.questions.changelog.work_changes import WorkChanges, end_field, tells
from platctl.record import record
from platctl.source.yaml.document import Route


@record
class ChangelogOptions:
    """The request.

    `since` is the day of base. `only` limits the entries to those about these entities, `consumer` to those that
    concern this one. An `audience` sees no positions, and days with the precision of `dates`. `incomplete` are the
    states that could not be read completely. `history` has what happened in between, if that is known; `counts_slips`
    is whether the audience may know of every slip.
    """

    today: Date | None = None
    since: Date | None = None
    only: frozenset[Ref] | None = None
    consumer: Ref | None = None
    audience: Audience | None = None
    dates: Dates | None = None
    incomplete: tuple[str, ...] = ()
    history: Recollection | None = None
    counts_slips: bool = True


def changelog(base: Model, head: Model, compared: Compared, options: ChangelogOptions) -> ChangelogReport:
    """Everything that happened from base to head; with an audience, both are the models that it sees."""
    return _Changelog(base, head, options).report(compared)


_PRESENCE = {"goal": (Kind.GOAL_ADDED, Kind.GOAL_REMOVED)}


@record(slots=False)
class _Changelog:
    base: Model
    head: Model
    options: ChangelogOptions

    def report(self, compared: Compared) -> ChangelogReport:
        """All requested entries, the most important first."""
        told = [self._as_read(each) for each in (*self._told(), *self._promises()) if self._concerns(each)]
        news = [each for each in told if not _is_open(each) and not _is_old(each)]
        entries = sorted(with_causes(news, ReleaseMoves(self.base, self.head, self._pairing)), key=_order)
        counts = Counter(each.kind for each in entries)
        consumer = self.options.consumer
        return ChangelogReport(
            compared=compared,
            since=self.options.since,
            today=self.options.today,
            consumer=named(self.head, consumer) if consumer else None,
            audience=self.options.audience.title if self.options.audience else None,
            incomplete=self.options.incomplete,
            is_ranked=usual_method(self.head) is not None,
            totals={kind: counts[kind] for kind in Kind if kind in counts},
            open_promises=sum(map(_is_open, told)),
            still_overdue=sum(map(_is_old, told)),
            entries=tuple(entries),
        )

    def _told(self) -> Iterator[ChangelogEntry]:
        yield from self._initiatives()
        if self._differences:  # everything else follows from differences
            yield from self._priorities()
            yield from self._planned_offers()
            yield from self._entities()
            for difference in self._differences:
                yield from self._presence(difference)

    @cached_property
    def _pairing(self) -> Pairing:
        found = pair(self.base, self.head)
        names = self.options.history.names if self.options.history else {}
        renamed = {was: now for was, now in names.items() if self._is_renamed(was, now, found)}
        return Pairing({**found.head_of, **renamed}) if renamed else found

    def _is_renamed(self, was: Ref, now: Ref, found: Pairing) -> bool:
        """Whether only the history knows that it is the same."""
        return was in self.base.entities and was not in found.head_of and now in self.head.entities

    @cached_property
    def _differences(self) -> tuple[Difference, ...]:
        return diff(self.base, self.head, self._pairing)

    @cached_property
    def _modified(self) -> Mapping[Ref, list[Modified]]:
        """By entity: the fields that differ."""
        found: dict[Ref, list[Modified]] = {}
        for each in self._differences:
            if isinstance(each, Modified):
                found.setdefault(each.ref, []).append(each)
        return found

    @cached_property
    def _former(self) -> Mapping[Ref, Ref]:
        """By name in head: the name in base."""
        return {self._pairing.head(ref): ref for ref in self.base.entities}

    @cached_property
    def _days(self) -> Days:
        return Days(self.options.dates)

    @cached_property
    def _fields(self) -> Fields:
        return Fields(self.base, self.head, self._days)

    @cached_property
    def _today(self) -> Date | None:
        return self._days.end_of(self.options.today)

    @cached_property
    def _plans(self) -> tuple[Plan, Plan]:
        return Plan(self.base, self.options.since), Plan(self.head, self._today)

    def _is_unread(self, ref: Ref) -> bool:
        """Whether an entity that only one state has may be in an unreadable part of the other."""
        is_new, is_gone = ref not in self._former, ref not in self.head.entities
        return (is_new and self.base.may_be_unread(ref)) or (is_gone and self.head.may_be_unread(ref))

    def _before(self, ref: Ref) -> Entity | None:
        return self.base.entities.get(self._former.get(ref, ref))

    def _entry(self, kind: Kind, ref: Ref, fact: Fact, route: Route = ("id",)) -> ChangelogEntry:
        """An entry about an entity; `ref` is its name in head, or in base if it is removed."""
        model = self.head if ref in self.head.entities else self.base
        entity = model.entities[ref]
        waiting = Plan(model).asking(entity) if isinstance(entity, Initiative) else ()
        team = model.owner_of(entity)
        owner = named(model, team) if team else None
        span = None if self.options.audience else LazySpan(model.documents[ref], route)
        return ChangelogEntry(kind, named(model, ref), fact, owner, tuple(named(model, each) for each in waiting), span)

    @cached_property
    def _work(self) -> WorkChanges:
        options = self.options
        return WorkChanges(
            *self._plans, self._days, self._today, options.since, options.history, counts_slips=options.counts_slips
        )

    @cached_property
    def _pairs(self) -> Sequence[WorkPair]:
        """Each initiative in base and in head, without those that may be in an unreadable part of one of them."""
        found = (self._as_remembered(each) for each in pairs(self.base, self.head, self._pairing))
        return [each for each in found if each]

    def _as_remembered(self, work: WorkPair) -> WorkPair | None:
        """With its last readable state in base if it can't be read there; None if it is not known what it was or is."""
        if not self._is_unread(work.ref):
            return work
        known = self._work.known(work)
        if work.before is None and known and known.last and self.base.may_be_unread(known.last.ref):
            return replace(work, before=known.last)
        return None

    def _initiatives(self) -> Iterator[ChangelogEntry]:
        for each in self._pairs:
            fields = [] if each.is_merged else self._modified.get(each.ref, [])
            told = self._work.of(each, fields)
            yield from (self._entry(kind, each.ref, fact, route) for kind, fact, route in told)
            yield from (self._field(field) for field in fields if not tells(told, str(field.route[0])))
            if each.is_merged and each.before:
                yield self._entry(Kind.RENAMED, each.ref, Presence(each.before.name))

    def _promises(self) -> Iterator[ChangelogEntry]:
        promises = Promises(*self._plans, self._pairing, self._days, self._today, self.options.since)
        for each in self._pairs:
            promised = self._work.track(each).promised
            if each.before is None or not each.before.status.is_committed or promised is None:
                continue
            done = next((move.now for move in self._work.moves(each) if move.kind is MoveKind.DELIVERED), None)
            for promise in promises.of(each.before, each.after, promised, done):
                kind = Kind.PROMISE_KEPT if promise.outcome is PromiseOutcome.KEPT else Kind.PROMISE_BROKEN
                yield self._entry(kind, each.ref, promise, end_field(each.after) if each.after else ("status",))

    def _priorities(self) -> Iterator[ChangelogEntry]:
        method = usual_method(self.head)
        for ref, priority in priorities(self.base, self.head, self._pairing, method, self._today) if method else ():
            yield self._entry(Kind.REPRIORITISED, ref, priority, ("scores",))

    def _planned_offers(self) -> Iterator[ChangelogEntry]:
        for each in compare_offers(Timeline(self.base, None), Timeline(self.head, None), self._pairing).lines:
            if each.initiative and (plan := self._offer_plan(each, each.initiative)):
                entry = self._entry(Kind.OFFER_PLANNED, each.component, plan)
                yield entry if self.options.audience else replace(entry, span=each.span)

    def _offer_plan(self, change: OfferChange, by: Named) -> OfferPlan | None:
        """None if it moved by less than the allowed precision, or its component is in neither state."""
        moved = self._days.text(change.moved_from)
        if moved and moved == self._days.text(change.sunset or change.date):
            return None
        if change.component not in self.head.entities and change.component not in self.base.entities:
            return None
        return OfferPlan(
            interface=change.subject.partition("#")[2],
            effect=change.effect,
            versions=change.added or change.removed or change.ending,
            by=by,
            date=self._days.text(change.date),
            moved_from=moved,
            is_withdrawn=change.is_withdrawn,
            sunset=self._days.text(change.sunset),
        )

    def _entities(self) -> Iterator[ChangelogEntry]:
        """The fields of all entities except initiatives."""
        for ref, fields in self._modified.items():
            before, after, rest = self._before(ref), self.head.entities[ref], fields
            if isinstance(after, Component) and isinstance(before, Component):
                told, rest = Offers(before, after, self._days).told(fields)
                yield from (self._entry(kind, ref, fact, route) for kind, fact, route in told)
            if not isinstance(after, Initiative):
                yield from map(self._field, rest)

    def _field(self, field: Modified) -> ChangelogEntry:
        kind, fact = self._fields.told(field)
        return self._entry(kind, field.ref, fact, field.route)

    def _presence(self, difference: Difference) -> Iterator[ChangelogEntry]:
        ref = difference.ref
        added, removed = _PRESENCE.get(ref.kind, (Kind.ENTITY_ADDED, Kind.ENTITY_REMOVED))
        if self._is_unread(ref):
            return
        match difference:
            case Renamed(former=former):
                yield self._entry(Kind.RENAMED, ref, Presence(former.name))
            case Added() | Removed() if ref.kind == "initiative":
                return  # reported with its status
            case Added() if ref in self.head.decisions:
                yield self._entry(Kind.DECIDED, ref, self._decided(self.head.decisions[ref]))
            case Added():
                yield self._entry(added, ref, Presence())
            case Removed():
                yield self._entry(removed, ref, Presence())

    def _decided(self, decision: Decision) -> Decided:
        chose, *over = [
            named(self.head, self.head.canonical(each)) if each else None for each in (decision.chose, *decision.over)
        ]
        return Decided(chose, tuple(each for each in over if each), decision.by, decision.why)

    @cached_property
    def _interest(self) -> ConsumerFilter | None:
        consumer = self.options.consumer
        return ConsumerFilter(consumer, self.base, self.head, self._pairing) if consumer else None

    def _concerns(self, entry: ChangelogEntry) -> bool:
        if not self._days.are_exact and _looks_the_same(entry.fact):
            return False
        if not self._reads_status and entry.kind in (Kind.STARTED, Kind.STAGE_CHANGED, Kind.OVERDUE):
            return False
        if self._interest and not self._interest.has(entry):
            return False
        return self.options.only is None or not self.options.only.isdisjoint(_about(entry))

    @property
    def _reads_status(self) -> bool:
        return self.options.audience is None or self.options.audience.reads("status")

    def _as_read(self, entry: ChangelogEntry) -> ChangelogEntry:
        """Without the words of a status for an audience that may not read them."""
        if self._reads_status:
            return entry
        match entry.fact:
            case StageChange() as stage:
                return replace(entry, fact=replace(stage, was=None, now=None))
            case Promise(outcome=PromiseOutcome.GIVEN_UP) as promise:
                return replace(entry, fact=replace(promise, now=None))
        return entry


def _about(entry: ChangelogEntry) -> Iterator[Ref]:
    """All entities that an entry mentions."""
    yield entry.entity.ref
    match entry.fact:
        case Promise(consumer=consumer):
            yield consumer.ref
        case OfferPlan(by=by):
            yield by.ref
        case Decided(chose=chose, over=over):
            yield from (each.ref for each in (chose, *over) if each)


def _looks_the_same(fact: Fact) -> bool:
    """Whether it moved by less than the allowed precision."""
    was, now = getattr(fact, "was", None), getattr(fact, "now", None)
    return was is not None and was == now


def _is_open(entry: ChangelogEntry) -> bool:
    return isinstance(entry.fact, Promise) and entry.fact.outcome is PromiseOutcome.OPEN


def _is_old(entry: ChangelogEntry) -> bool:
    return isinstance(entry.fact, Overdue) and not entry.fact.is_new


def _order(entry: ChangelogEntry) -> tuple[object, ...]:
    """By kind, then the largest move first, then by name; `repr` orders several entries of one entity."""
    return entry.kind.rank, -_distance(entry.fact), entry.entity.label.casefold(), entry.entity.ref, repr(entry.fact)


def _distance(fact: Fact) -> int:
    match fact:
        case Moved(days=days) | Overdue(days=days) | Finished(days=days) | Offered(days=days):
            return abs(days or 0)
        case Priority(was=was, now=now) if was.isdecimal() and now.isdecimal():
            return abs(int(was) - int(now))
    return 0
