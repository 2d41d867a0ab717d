"""What follows from each change of the plan, so that it is told below it, once."""

from collections.abc import Iterator

from platctl.outlook.conflicts import Conflict
from platctl.outlook.deliveries import Delivery, GoalMove
from platctl.questions.impact.report import ImpactReport
from platctl.record import record


@record
class Consequences:
    """A change of the plan, with the new conflicts and what goals gain or lose because of it."""

    delivery: Delivery
    conflicts: tuple[Conflict, ...]
    goals: tuple[GoalMove, ...]


def consequences(report: ImpactReport) -> tuple[tuple[Consequences, ...], tuple[Conflict, ...], tuple[GoalMove, ...]]:
    """Each change of the plan with what follows from it, and what follows from none that is reported.

    Where several initiatives of a conflict move, it is told with the one whose days don't fit, or else with the first.
    """
    causes = {id(each): cause for each in report.conflicts if (cause := next(_causes(each, report), None))}
    moved = {each.initiative.ref for each in report.deliveries}
    told = tuple(
        Consequences(
            delivery,
            tuple(each for each in report.conflicts if causes.get(id(each)) is delivery),
            tuple(each for each in report.goals if each.initiative.ref == delivery.initiative.ref),
        )
        for delivery in report.deliveries
    )
    rest = tuple(each for each in report.conflicts if id(each) not in causes)
    return told, rest, tuple(each for each in report.goals if each.initiative.ref not in moved)


def _causes(conflict: Conflict, report: ImpactReport) -> Iterator[Delivery]:
    """The changes of the plan that a conflict is about."""
    for refs in ((conflict.subject.ref,), (conflict.other.ref, *(each.ref for each in conflict.work))):
        yield from (each for each in report.deliveries if each.initiative.ref in refs)
