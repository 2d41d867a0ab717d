"""What a change means for the nodes and edges of a graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from itertools import pairwise
from typing import TypeVar

from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.named import Named
from platctl.model.ref import Ref, parse_ref
from platctl.outlook.cause import Cause
from platctl.questions.impact.report import ImpactReport
from platctl.record import record

Key = TypeVar("Key")


@record
class Levels:
    """The strongest level by entity, and by dependent and dependency. The contracts of `changed` entities change.

    `removed` are entities of base that the change is about and that head lacks.
    """

    nodes: Mapping[Ref, Level] = field(default_factory=dict)
    edges: Mapping[tuple[Ref, Ref], Level] = field(default_factory=dict)
    changed: frozenset[Ref] = frozenset()
    removed: tuple[Named, ...] = ()


def levels_of(report: ImpactReport, head: Model) -> Levels:
    """What an impact report says, in the names of head."""
    nodes: dict[Ref, Level] = {}
    for ref, level in (
        *((each.consumer.ref, each.level) for each in report.verdicts),
        *((each.component.ref, each.level) for each in report.components),
    ):
        _keep(nodes, ref, level)
    edges: dict[tuple[Ref, Ref], Level] = {}
    ids = {head.entities[ref].name: ref for ref in head.components}
    for cause in _causes(report):
        end = ids.get(cause.subject.partition("#")[0])
        entities = [*(step.entity.ref for step in cause.steps), *([end] if end else [])]
        for step, (one, other) in zip(cause.steps, pairwise(entities), strict=False):
            _keep(edges, (one, other), step.level)
    changed = {each.subject.partition("#")[0]: each.subject.label for each in report.changes}
    gone = [each.consumer for each in report.verdicts if each.consumer.ref not in head.entities]
    gone += [each.component for each in report.components if each.component.ref not in head.entities]
    known = {each.id for each in gone}
    for id_, title in changed.items():
        if id_ not in ids and id_ not in known:
            gone.append(Named(parse_ref(id_, "component"), id_, title))
    here = frozenset(ids[id_] for id_ in changed if id_ in ids)
    return Levels(nodes, edges, here, tuple(sorted(gone, key=lambda each: each.ref)))


def _causes(report: ImpactReport) -> Iterator[Cause]:
    for verdict in report.verdicts:
        yield verdict.cause
        yield from verdict.others
        yield from [verdict.gain] if verdict.gain else []
    yield from (port.cause for port in report.ports)


def _keep(found: dict[Key, Level], key: Key, level: Level) -> None:
    """The stronger one of two levels."""
    known = found.get(key)
    if known is None or level.rank < known.rank:
        found[key] = level


def strongest(levels: Iterable[Level | None]) -> Level | None:
    """The strongest of some levels; None if there are none."""
    return min((each for each in levels if each), key=lambda each: each.rank, default=None)
