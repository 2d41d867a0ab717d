"""What a change of timing, scope or status means for those who wait."""

from enum import StrEnum

from platctl.finding import Span
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.vocabulary import Status
from platctl.model.window import last_day
from platctl.outlook.difference import Pairing
from platctl.outlook.plan import Plan
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


def deliveries(base: Plan, head: Plan, pairing: Pairing) -> tuple[Delivery, ...]:
    """Committed work that is dropped, delayed, earlier, added or delivered."""
    was, now = {pairing.head(ref): each for ref, each in base.model.initiatives.items()}, head.model.initiatives
    found = []
    for ref in sorted(was.keys() | now.keys()):
        delivery = _delivery(was.get(ref), base, now.get(ref), head)
        if delivery:
            found.append(delivery)
    return tuple(sorted(found, key=lambda each: (list(DeliveryVerdict).index(each.verdict), each.initiative.ref)))


def _delivery(before: Initiative | None, base: Plan, after: Initiative | None, head: Plan) -> Delivery | None:
    was, now = base.promised_end(before), head.promised_end(after)
    verdict = _verdict(before, after, was, now)
    if verdict is None:
        return None
    initiative, plan = (after, head) if after else (before, base)
    assert initiative is not None  # noqa: S101  a reference of one of the two models
    model = plan.model
    return Delivery(
        named(model, initiative.ref),
        verdict,
        was,
        now,
        after.status.value if after else "removed",
        tuple(named(model, each) for each in plan.asking(initiative)),
        tuple(named(model, each) for each in plan.downstream(initiative.ref)),
        head.model.at(after.ref, (after.first_written("end", "period", "status"),))
        if after
        else base.model.name_at(initiative.ref),
    )


def _verdict(
    before: Initiative | None, after: Initiative | None, was: Date | None, now: Date | None
) -> DeliveryVerdict | None:
    committed_before = before is not None and before.status.is_committed
    committed_after = after is not None and after.status.is_committed
    if committed_before and not committed_after:
        done = after is not None and after.status is Status.DONE
        return DeliveryVerdict.DELIVERED if done else DeliveryVerdict.DROPPED
    if committed_after and not committed_before:
        return DeliveryVerdict.ADDED
    if not committed_after or was is None or now is None or was == now:
        return None
    return DeliveryVerdict.DELAYED if now > was else DeliveryVerdict.EARLIER


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
