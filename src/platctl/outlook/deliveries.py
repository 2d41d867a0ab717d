"""What a change of timing, scope or status means for those who wait."""

from collections.abc import Set
from dataclasses import replace
from enum import StrEnum

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.window import last_day
from platctl.outlook.difference import Pairing
from platctl.outlook.moves import MoveKind, Track, state_of
from platctl.outlook.plan import Plan
from platctl.outlook.release_moves import ReleaseMoves
from platctl.outlook.work_pairs import WorkPair, pairs
from platctl.record import record


class DeliveryVerdict(StrEnum):
    """What happens to committed work."""

    DROPPED = "dropped"
    DELAYED = "delayed"
    EARLIER = "earlier"
    ADDED = "added"
    DELIVERED = "delivered"


@record
class Delivery:
    """Committed work whose plan changes, the consumers that wait for it, and the work downstream of it."""

    initiative: Named
    verdict: DeliveryVerdict
    was: Date | None
    now: Date | None
    status: str
    waiting: tuple[Named, ...]
    downstream: tuple[Named, ...]
    span: Span | None
    release: Named | None = None
    """The release that moves, and the work with it."""

    @property
    def days(self) -> int | None:
        """By how many days it moves; later is positive."""
        return (self.now - self.was).days if self.was and self.now else None


@record
class GoalMove:
    """What a goal gains or loses through one initiative."""

    goal: Named
    initiative: Named
    verdict: DeliveryVerdict
    contribution: float | None
    was: Date | None
    now: Date | None
    due: Date | None


class LinkTurn(StrEnum):
    """What happens between an initiative and a goal."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@record
class GoalLink:
    """An initiative that serves a goal from now on, or no longer, or with another contribution."""

    goal: Named
    initiative: Named
    turn: LinkTurn
    was: float | None
    now: float | None
    span: Span | None


def deliveries(base: Plan, head: Plan, pairing: Pairing, releases: ReleaseMoves | None = None) -> tuple[Delivery, ...]:
    """Committed work that is dropped, delayed, earlier, added or delivered."""
    releases = releases or ReleaseMoves(base.model, head.model, pairing)
    found = (_delivery(each, base, head) for each in pairs(base.model, head.model, pairing))
    known = [_with_release(each, releases) for each in found if each]
    return tuple(sorted(known, key=lambda each: (list(DeliveryVerdict).index(each.verdict), each.initiative.ref)))


def _delivery(work: WorkPair, base: Plan, head: Plan) -> Delivery | None:
    before, after = work.before, work.after
    track, _ = Track().to(state_of(before, base.calendar))
    _, moves = track.to(state_of(after, head.calendar, is_merged=work.is_merged))
    verdict = _verdict(track, {each.kind for each in moves})
    if verdict is None:
        return None
    initiative, plan = (after, head) if after else (before, base)
    assert initiative is not None  # noqa: S101  a reference of one of the two models
    model = plan.model
    return Delivery(
        named(model, initiative.ref),
        verdict,
        base.promised_end(before),
        head.promised_end(after),
        after.status.value if after else "removed",
        tuple(named(model, each) for each in plan.asking(initiative)),
        tuple(named(model, each) for each in plan.downstream(initiative.ref)),
        head.model.at(after.ref, (after.first_written("end", "period", "status"),))
        if after
        else base.model.name_at(initiative.ref),
    )


def _with_release(delivery: Delivery, releases: ReleaseMoves) -> Delivery:
    found = releases.of(delivery.initiative.ref, ("end",)) if releases.all else None
    is_moved = delivery.verdict in (DeliveryVerdict.DELAYED, DeliveryVerdict.EARLIER)
    return replace(delivery, release=found.release) if found and is_moved else delivery


def _verdict(track: Track, kinds: Set[MoveKind]) -> DeliveryVerdict | None:
    """What counts of all that happened: that work is done counts only if it was committed."""
    if MoveKind.DELIVERED in kinds:
        return DeliveryVerdict.DELIVERED if track.is_committed else None
    return next((verdict for kind, verdict in _VERDICTS.items() if kind in kinds), None)


_VERDICTS = {
    MoveKind.DROPPED: DeliveryVerdict.DROPPED,
    MoveKind.SLIPPED: DeliveryVerdict.DELAYED,
    MoveKind.PULLED_IN: DeliveryVerdict.EARLIER,
    MoveKind.ADDED: DeliveryVerdict.ADDED,
}


def goal_moves(base: Model, head: Model, moved: tuple[Delivery, ...]) -> tuple[GoalMove, ...]:
    """What each goal gains or loses, in contribution and time, through work whose plan changes."""
    found = []
    for delivery in moved:
        if delivery.verdict is DeliveryVerdict.DELIVERED:
            continue
        model = head if delivery.initiative.ref in head.initiatives else base
        calendar = model.config.calendar.calendar
        for share in model.initiatives[delivery.initiative.ref].goals:
            goal = model.goals.get(model.canonical(share.goal))
            if goal:
                found.append(
                    GoalMove(
                        named(model, goal.ref),
                        delivery.initiative,
                        delivery.verdict,
                        share.contribution,
                        delivery.was,
                        delivery.now,
                        last_day(goal.due, calendar),
                    )
                )
    return tuple(sorted(found, key=lambda move: (move.goal.ref, move.initiative.ref)))


def goal_links(base: Model, head: Model, pairing: Pairing) -> tuple[GoalLink, ...]:
    """What initiatives that both states have contribute to goals, where that differs."""
    found = []
    for former, before in base.initiatives.items():
        after = head.initiatives.get(pairing.head(former))
        if after is None:
            continue
        was = {pairing.head(base.canonical(each.goal)): each.contribution for each in before.goals}
        now = {head.canonical(each.goal): (index, each.contribution) for index, each in enumerate(after.goals)}
        for goal in sorted(was.keys() | now.keys()):
            index, contribution = now.get(goal, (None, None))
            if goal in was and index is not None and was[goal] == contribution:
                continue
            turn = LinkTurn.REMOVED if index is None else LinkTurn.CHANGED if goal in was else LinkTurn.ADDED
            route = ("goals",) if index is None else ("goals", index)
            owner = head if goal in head.goals else base
            span = head.at(after.ref, route if after.goals else ("id",))
            found.append(GoalLink(named(owner, goal), named(head, after.ref), turn, was.get(goal), contribution, span))
    return tuple(sorted(found, key=lambda each: (each.goal.ref, each.initiative.ref)))
