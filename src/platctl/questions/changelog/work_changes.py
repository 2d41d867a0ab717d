"""Changes of each initiative: its status, its end, and its promised scope."""

from collections.abc import Iterable, Iterator, Sequence

from platctl.model.calendar import Date
from platctl.model.entity.initiative import Change, Initiative
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.outlook.difference import Modified
from platctl.outlook.plan import Plan
from platctl.questions.changelog.days_as_text import Days
from platctl.questions.changelog.promises import finished
from platctl.questions.changelog.report import Fact, Finished, Kind, Moved, Punctuality, Scope, ScopePart, StageChange
from platctl.record import record

EFFORT_SHARE = 0.2
"""The share of the effort from which a change reduces or extends the scope; smaller changes count as field changes."""

Told = tuple[Kind, Fact, tuple[str | int, ...]]
"""What happened, and the field that shows it."""

_ITEM = 2
"""The length of the route to an item of a list: `changes[1]`."""
_TIMING = frozenset({"start", "end", "period"})
_WITH_END = {Kind.DELIVERED, Kind.SLIPPED, Kind.PULLED_IN, Kind.DROPPED, Kind.ADDED, Kind.DATED, Kind.UNDATED}
_SCOPE = {"changes": ScopePart.CHANGE, "requested_by": ScopePart.CONSUMER, "for": ScopePart.CONSUMER}


@record(slots=False)
class WorkChanges:
    """Compares initiatives."""

    base: Plan
    head: Plan
    days: Days
    today: Date | None = None

    def of(self, before: Initiative | None, after: Initiative | None, fields: Sequence[Modified]) -> list[Told]:
        """What happened to one initiative; `fields` are those that differ."""
        told = [*self._stage(before, after)]
        if before and after and before.status.is_committed:
            if after.status.is_committed:
                told += self._timing(before, after)
            if after.status.is_committed or after.status is Status.DONE:
                told += self._scope(before, after, fields)
        return told

    def _stage(self, before: Initiative | None, after: Initiative | None) -> Iterator[Told]:
        was, now = before.status if before else None, after.status if after else None
        if was is now:
            return
        if after and now is Status.DONE:
            yield Kind.DELIVERED, self._finished(before, after), end_field(after)
            return
        end = self.head.promised_end(after) or self.base.promised_end(before)
        fact = StageChange(was.value if was else None, now.value if now else None, self.days.text(end))
        yield _stage_kind(was, now), fact, ("status",)

    def _finished(self, before: Initiative | None, after: Initiative) -> Finished:
        planned, ended = self.base.promised_end(before), finished(self.head, after, self.today)
        days = self.days.between(planned, ended)
        return Finished(_punctuality(planned, ended), self.days.text(planned), self.days.text(ended), days)

    def _timing(self, before: Initiative, after: Initiative) -> Iterator[Told]:
        was, now = self.base.promised_end(before), self.head.promised_end(after)
        if was == now:
            return
        shown = self.days.text(was), self.days.text(now)
        if was is None or now is None:
            yield Kind.DATED if was is None else Kind.UNDATED, Moved(*shown), end_field(after)
            return
        fact = Moved(*shown, self.days.between(was, now))
        yield Kind.SLIPPED if now > was else Kind.PULLED_IN, fact, end_field(after)

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


def tells(told: Iterable[Told], field: str) -> bool:
    """Whether a field of an initiative is already covered by another entry."""
    kinds = {kind for kind, _, _ in told}
    if field in _TIMING:
        return bool(kinds & _WITH_END)
    facts = [fact for _, fact, _ in told if isinstance(fact, Scope)]
    if field in _SCOPE:
        return any(fact.part is _SCOPE[field] for fact in facts)
    return field == "status" or (field == "effort" and any(fact.part is ScopePart.EFFORT for fact in facts))


def _punctuality(planned: Date | None, ended: Date | None) -> Punctuality:
    if planned is None:
        return Punctuality.UNPLANNED
    if ended is None or ended == planned:
        return Punctuality.ON_TIME
    return Punctuality.LATE if ended > planned else Punctuality.EARLY


def _stage_kind(was: Status | None, now: Status | None) -> Kind:
    """The kind of a move from one status to another; the first match counts."""
    if now is Status.ACTIVE and was is Status.PLANNED:
        return Kind.STARTED
    if was and was.is_committed and not (now and now.is_committed):
        return Kind.DROPPED
    if was and now and was.is_committed:
        return Kind.STAGE_CHANGED
    if now and now.is_committed:
        return Kind.ADDED
    if now is None:
        return Kind.ENTITY_REMOVED if was is Status.DONE or (was and was.is_given_up) else Kind.GIVEN_UP
    if now.is_given_up:
        return Kind.GIVEN_UP
    return Kind.PROPOSED if was is None else Kind.STAGE_CHANGED


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
