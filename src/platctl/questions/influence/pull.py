"""Who asked for the work, and what migrations it causes for others."""

import math
from collections.abc import Iterable, Iterator, Sequence

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.outlook.benefit import Benefits, Migration
from platctl.outlook.effort import efforts, weeks_of
from platctl.outlook.plan import Plan
from platctl.questions.influence.report import AskedShare, MigrationBalance, Migrations, Pull
from platctl.record import record


def pull(plan: Plan) -> Pull:
    """Who asked for the planned and active work, by its person-weeks, the most first; what no one asked for last."""
    found: dict[Ref | None, list[float]] = {}
    lacking: list[Named] = []
    for ref, each in plan.committed.items():
        weeks = weeks_of(efforts(plan.model, each))
        if weeks is None:
            lacking.append(named(plan.model, ref))
        asking: Sequence[Ref | None] = _consumers(plan, each) or [None]
        for consumer in asking:
            found.setdefault(consumer, []).append((weeks or 0.0) / len(asking))
    shares = [
        AskedShare(named(plan.model, ref) if ref else None, len(parts), math.fsum(parts))
        for ref, parts in found.items()
    ]
    shares.sort(key=lambda each: (each.consumer is None, -each.weeks, each.consumer.ref if each.consumer else ()))
    return Pull(math.fsum(each.weeks for each in shares), tuple(shares), tuple(lacking))


def _consumers(plan: Plan, initiative: Initiative) -> list[Ref]:
    return [ref for ref in plan.asking(initiative) if ref in plan.model.consumers]


@record
class _MigrationPart:
    """A part of a migration: who causes it, and who has to do it; None is no one who is known."""

    by: Ref | None
    whom: Ref | None
    weeks: float


def migrations(graph: Graph, plan: Plan, today: Date | None) -> Migrations:
    """The migrations that the planned and active work causes; each piece of work is judged by itself."""
    benefits = Benefits(graph, today)
    caused = [(each, move) for ref, each in plan.committed.items() for move in benefits.of(ref).moves]
    return Migrations(
        math.fsum(move.weeks for _, move in caused),
        math.fsum(move.weeks for _, move in caused if move.is_assumed),
        tuple(_balances(plan.model, _by_team(plan.model, caused))),
        tuple(_balances(plan.model, _by_product(plan, caused))),
    )


def _by_team(model: Model, caused: Iterable[tuple[Initiative, Migration]]) -> Iterator[_MigrationPart]:
    for initiative, move in caused:
        owner = model.owner_of(model.entities[move.use.source])
        yield _MigrationPart(model.owner_of(initiative), owner, move.weeks)


def _by_product(plan: Plan, caused: Iterable[tuple[Initiative, Migration]]) -> Iterator[_MigrationPart]:
    """What several asked for is divided equally among them."""
    for initiative, move in caused:
        asking: Sequence[Ref | None] = _consumers(plan, initiative) or [None]
        whom = move.use.source if move.use.source in plan.model.consumers else None
        for by in asking:
            yield _MigrationPart(by, whom, move.weeks / len(asking))


def _balances(model: Model, moved: Iterable[_MigrationPart]) -> Iterator[MigrationBalance]:
    """By who causes or does them; what is for oneself is no debt to others."""
    sums: dict[Ref | None, tuple[list[float], list[float], list[float]]] = {}
    for each in moved:
        caused, received, own = 0, 1, 2
        if each.by == each.whom:
            sums.setdefault(each.by, ([], [], []))[own].append(each.weeks)
            continue
        sums.setdefault(each.by, ([], [], []))[caused].append(each.weeks)
        sums.setdefault(each.whom, ([], [], []))[received].append(each.weeks)
    for ref in sorted(sums, key=lambda each: (each is None, each or ())):
        who = named(model, ref) if ref else None
        yield MigrationBalance(who, *(math.fsum(part) for part in sums[ref]))
