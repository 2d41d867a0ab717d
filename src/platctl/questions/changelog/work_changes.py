"""Changes of each initiative: its status, its end, and its promised scope."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.difference import Modified
from platctl.outlook.moves import Move, MoveKind, Punctuality, Track, state_of
from platctl.outlook.plan import Plan
from platctl.outlook.recollection import Recollection, Remembered
from platctl.outlook.work_pairs import WorkPair
from platctl.questions.changelog.days_as_text import Days
from platctl.questions.changelog.report import Fact, Finished, Kind, Moved, Overdue, Scope, ScopePart, StageChange
from platctl.record import record

EFFORT_SHARE = 0.2
"""The share of the effort from which a change reduces or extends the scope; smaller changes count as field changes."""

Told = tuple[Kind, Fact, tuple[str | int, ...]]
"""What happened, and the field that shows it."""

_ITEM = 2
"""The length of the route to an item of a list: `changes[1]`."""
_TIMING = frozenset({"start", "end", "period"})
_WITH_END = {
    *(Kind.DELIVERED, Kind.SLIPPED, Kind.PULLED_IN, Kind.DROPPED, Kind.ADDED, Kind.REPLANNED, Kind.RETURNED),
    *(Kind.DATED, Kind.UNDATED),
}
_SCOPE = {"changes": ScopePart.CHANGE, "requested_by": ScopePart.CONSUMER, "for": ScopePart.CONSUMER}


@record(slots=False)
class WorkChanges:
    """Compares initiatives."""

    base: Plan
    head: Plan
    days: Days
    today: Date | None = None
    since: Date | None = None
    history: Recollection | None = None
    counts_slips: bool = True

    def of(self, work: WorkPair, fields: Sequence[Modified]) -> list[Told]:
        """What happened to one initiative; `fields` are those that differ."""
        before, after = work.before, work.after
        moves = self.moves(work)
        told = [*self._plan(work, moves), *self._overdue(work), *self._stage(work, moves)]
        if before and after and not work.is_merged and _is_promised(before, after):
            told += self._scope(before, after, fields)
        return told

    def moves(self, work: WorkPair) -> tuple[Move, ...]:
        """What happened to its promise from base to head, as a whole."""
        known = self.known(work)
        state = state_of(work.after, self.head.calendar, self.today, is_merged=work.is_merged, after_gap=known is None)
        if known and known.other_work:
            _, found = known.other_work.to(state)
            found = (known.delivery, *found) if known.delivery else found
        else:
            _, found = self.track(work).to(state)
        return tuple(self._as_recorded(each, known) for each in found)

    def track(self, work: WorkPair) -> Track:
        """What was known of it at base: from its history, or else from base alone."""
        known = self.known(work)
        track, _ = Track().to(state_of(work.before, self.base.calendar, self.since))
        return known.track if known else track

    def known(self, work: WorkPair) -> Remembered | None:
        """What the history knows of it."""
        initiative = work.before or work.after
        return self.history.of(initiative.ref) if self.history and initiative else None

    def _as_recorded(self, move: Move, known: Remembered | None) -> Move:
        """That it is done, as the history has it: by the last promised end, which may be another one than in base."""
        done = known.delivery if known and move.kind is MoveKind.DELIVERED else None
        return replace(done, now=self.days.end_of(done.now)) if done else move

    def _plan(self, work: WorkPair, moves: Iterable[Move]) -> Iterator[Told]:
        """What happened to its promise; that it was planned again or came back is said with its new end."""
        by_kind = {each.kind: each for each in moves}
        is_moved = MoveKind.SLIPPED in by_kind or MoveKind.PULLED_IN in by_kind
        known = self.known(work)
        for kind, move in by_kind.items():
            match kind:
                case MoveKind.DELIVERED:
                    field = end_field(work.after) if work.after else ("status",)
                    yield Kind.DELIVERED, self._finished(move, self.track(work).promised), field
                case MoveKind.SLIPPED | MoveKind.PULLED_IN if work.after and MoveKind.DELIVERED not in by_kind:
                    nth = known.slips if known and kind is MoveKind.SLIPPED and self.counts_slips else None
                    fact = Moved(*self._shown(move), self.days.between(move.was, move.now), nth, move.detour)
                    yield _KIND_OF[kind], fact, end_field(work.after)
                case MoveKind.DATED | MoveKind.UNDATED if work.after:
                    yield _KIND_OF[kind], Moved(*self._shown(move)), end_field(work.after)
                case MoveKind.ADDED | MoveKind.DROPPED:
                    yield _KIND_OF[kind], self._stage_change(work, move), ("status",)
                case MoveKind.REPLANNED | MoveKind.RETURNED if not is_moved:
                    yield _KIND_OF[kind], self._stage_change(work, move), ("status",)

    def _overdue(self, work: WorkPair) -> Iterator[Told]:
        """That its last day has passed."""
        since = None if work.is_merged else self.head.overdue_since(work.after)
        if work.after and since:
            is_new = self.base.overdue_since(work.before) != since
            late = Overdue(self.days.past(since), self.days.between(since, self.today), is_new)
            yield Kind.OVERDUE, late, end_field(work.after)

    def _shown(self, move: Move) -> tuple[str | None, str | None]:
        return self.days.text(move.was), self.days.text(move.now)

    def _stage_change(self, work: WorkPair, move: Move | None = None) -> StageChange:
        was, now = work.before.status if work.before else None, work.after.status if work.after else None
        end = (move.now or move.was) if move else self.head.promised_end(work.after)
        return StageChange(was.value if was else None, now.value if now else None, self.days.text(end))

    def _finished(self, move: Move, promised: Date | None) -> Finished:
        if move.punctuality is Punctuality.UNPLANNED:
            days, end = self.days.between(move.end, move.now), self.days.text(move.end)
            return Finished(move.punctuality, *self._shown(move), days, end)
        days, at_start = self.days.between(move.was, move.now), self.days.text(promised)
        at_start = at_start if at_start != self.days.text(move.was) else None
        return Finished(move.punctuality, *self._shown(move), days, at_start=at_start)

    def _stage(self, work: WorkPair, moves: Iterable[Move]) -> Iterator[Told]:
        """Its status, if that differs and no move of its promise says so."""
        was, now = work.before.status if work.before else None, work.after.status if work.after else None
        if was is not now and not work.is_merged and not any(each.kind in _TELLS_STATUS for each in moves):
            yield _stage_kind(was, now), self._stage_change(work), ("status",)

    def _scope(self, before: Initiative, after: Initiative, fields: Iterable[Modified]) -> Iterator[Told]:
        for each in fields:
            part = _SCOPE.get(str(each.route[0]))
            if part is ScopePart.CHANGE:
                yield self._change(each, after)
            elif part is ScopePart.CONSUMER:
                yield from self._consumers(each)
        yield from _effort(before, after)

    def _change(self, field: Modified, after: Initiative) -> Told:
        """A change to a component that was added, removed or altered."""
        if len(field.route) > _ITEM:
            what = f"{field.route[-1]} of {after.changes[int(field.route[1])].component.name}"
            was, now = self.days.value(field.before), self.days.value(field.after)
            return Kind.RESCOPED, Scope(ScopePart.CHANGE, what, was, now), field.route
        came = isinstance(field.after, Change)
        fact = Scope(ScopePart.CHANGE, _change_text(field.after if came else field.before), None, None)
        return (Kind.EXTENDED, fact, field.route) if came else (Kind.DESCOPED, fact, field.route[:1])

    def _consumers(self, field: Modified) -> Iterator[Told]:
        for kind, plan, ref in (
            (Kind.DESCOPED, self.base, field.before),
            (Kind.EXTENDED, self.head, field.after),
        ):
            if isinstance(ref, Ref):
                yield kind, Scope(ScopePart.CONSUMER, named(plan.model, ref).label, None, None), field.route[:1]


def _is_promised(before: Initiative, after: Initiative) -> bool:
    """Whether its scope was promised, and still is or was delivered."""
    return before.status.is_committed and (after.status.is_committed or after.status is Status.DONE)


def tells(told: Iterable[Told], field: str) -> bool:
    """Whether a field of an initiative is already covered by another entry."""
    kinds = {kind for kind, _, _ in told}
    if field in _TIMING:
        return bool(kinds & _WITH_END)
    facts = [fact for _, fact, _ in told if isinstance(fact, Scope)]
    if field in _SCOPE:
        return any(fact.part is _SCOPE[field] for fact in facts)
    return field == "status" or (field == "effort" and any(fact.part is ScopePart.EFFORT for fact in facts))


def _stage_kind(was: Status | None, now: Status | None) -> Kind:
    """The kind of a move from one status to another that is about no promise; the first match counts."""
    if now is Status.ACTIVE and was is Status.PLANNED:
        return Kind.STARTED
    if was and now and was.is_committed:
        return Kind.STAGE_CHANGED
    if now is None:
        return Kind.ENTITY_REMOVED if was is Status.DONE or (was and was.is_given_up) else Kind.GIVEN_UP
    if now.is_given_up:
        return Kind.GIVEN_UP
    return Kind.PROPOSED if was is None else Kind.STAGE_CHANGED


_KIND_OF = {
    MoveKind.SLIPPED: Kind.SLIPPED,
    MoveKind.PULLED_IN: Kind.PULLED_IN,
    MoveKind.DATED: Kind.DATED,
    MoveKind.UNDATED: Kind.UNDATED,
    MoveKind.ADDED: Kind.ADDED,
    MoveKind.DROPPED: Kind.DROPPED,
    MoveKind.REPLANNED: Kind.REPLANNED,
    MoveKind.RETURNED: Kind.RETURNED,
}
_TELLS_STATUS = frozenset({MoveKind.DELIVERED, MoveKind.ADDED, MoveKind.DROPPED, MoveKind.REPLANNED, MoveKind.RETURNED})


def end_field(initiative: Initiative) -> tuple[str, ...]:
    """The field with its end, or else its status."""
    return (initiative.first_written("end", "period", "status"),)


def _change_text(value: object) -> str:
    if not isinstance(value, Change):
        return ""
    version = f" {value.version.text}" if value.version else ""
    return f"{value.effect.value} of {value.component.name}{version}"


def _effort(before: Initiative, after: Initiative) -> Iterator[Told]:
    was, now = (sum(each.likely for each in initiative.effort.values()) for initiative in (before, after))
    if was <= 0 or now <= 0 or abs(now - was) < EFFORT_SHARE * was:
        return
    kind = Kind.DESCOPED if now < was else Kind.EXTENDED
    yield kind, Scope(ScopePart.EFFORT, "effort", f"{was:g}", f"{now:g}"), ("effort",)
