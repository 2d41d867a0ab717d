"""How the work of each stage is divided among consumers, tiers, goals, teams, types or layers."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Final

from platctl.finding import Severity
from platctl.graph.areas import Areas
from platctl.model.calendar import Date
from platctl.model.entity.initiative import Initiative, InitiativeType
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref, parse_ref
from platctl.model.settings.balance import Stage
from platctl.model.settings.scoring import ScoringModel
from platctl.model.vocabulary import Dimension, Measure, Status
from platctl.model.window import window
from platctl.questions.balance.report import Concentration, Row, Shares, StageShare, StageTotal
from platctl.ranking.criteria import Criteria
from platctl.ranking.scoring import Scoring
from platctl.record import record

BY_REF = (Dimension.CONSUMER, Dimension.GOAL, Dimension.TEAM, Dimension.SYSTEM, Dimension.DOMAIN)


@record
class BalanceOptions:
    """The request. With `since`, delivered work counts only if it ended on that day or later."""

    method: ScoringModel
    today: Date | None = None
    by: tuple[Dimension, ...] = tuple(Dimension)
    measures: tuple[Measure, ...] = tuple(Measure)
    since: Date | None = None
    fail_on: Severity | None = Severity.ERROR


@record(slots=False)
class Divided:
    """Divides the work of each stage."""

    criteria: Criteria
    options: BalanceOptions
    _known: dict[tuple[Dimension, Measure], Shares] = field(default_factory=dict)

    @property
    def model(self) -> Model:
        return self.criteria.model

    @cached_property
    def work(self) -> Mapping[Stage, tuple[Ref, ...]]:
        """By stage: its initiatives. Planned work is also open."""
        everything = sorted(self.model.initiatives.items())
        return {
            Stage.RANKED: tuple(sorted(self.criteria.plan.open_work)),
            Stage.PLANNED: tuple(ref for ref, each in everything if each.status.is_committed),
            Stage.DELIVERED: tuple(ref for ref, each in everything if self._is_delivered(each)),
        }

    def _is_delivered(self, initiative: Initiative) -> bool:
        end = window(initiative, self.model.config.calendar.calendar).end
        since = self.options.since
        return initiative.status is Status.DONE and (since is None or (end is not None and end >= since))

    @cached_property
    def amounts(self) -> Mapping[Measure, Mapping[Ref, float]]:
        """By measure: the amount of each initiative. Initiatives without effort, or value, are missing."""
        every = tuple(sorted({ref for refs in self.work.values() for ref in refs}))
        efforts = ((ref, self.criteria.known(ref, "effort")) for ref in every)
        return {
            Measure.EFFORT: {ref: known.value for ref, known in efforts if known},
            Measure.VALUE: dict(self._values(every)),
        }

    def _values(self, work: tuple[Ref, ...]) -> Iterator[tuple[Ref, float]]:
        """The gain of a ratio, or else the score. Classes are not amounts, and negative values count as 0."""
        if self.options.method.classes:
            return
        scoring = Scoring(self.options.method, self.criteria, work)
        for ref in work:
            score = scoring.score(ref)
            value = score.gain if self.options.method.is_ratio else score.value
            if value is not None:
                yield ref, max(value, 0.0)

    @cached_property
    def totals(self) -> Mapping[Stage, StageTotal]:
        return {stage: self._total(refs) for stage, refs in self.work.items()}

    def _total(self, refs: tuple[Ref, ...]) -> StageTotal:
        effort, value = self.amounts[Measure.EFFORT], self.amounts[Measure.VALUE]
        return StageTotal(
            len(refs),
            math.fsum(effort.get(ref, 0.0) for ref in refs),
            math.fsum(value.get(ref, 0.0) for ref in refs),
            tuple(named(self.model, ref) for ref in refs if ref not in effort),
            tuple(named(self.model, ref) for ref in refs if ref not in value),
        )

    def shares(self, by: Dimension, measure: Measure) -> Shares:
        """One measure divided by one dimension."""
        if (by, measure) not in self._known:
            self._known[by, measure] = self._shares(by, measure)
        return self._known[by, measure]

    def _shares(self, by: Dimension, measure: Measure) -> Shares:
        sums = {stage: self._sums(refs, by, measure) for stage, refs in self.work.items()}
        totals = {stage: math.fsum(found.values()) for stage, found in sums.items()}
        ids = [*_EXISTING[by](self.model), *sorted({key for found in sums.values() for key in found if key})]
        rows = [
            Row(
                key,
                self._label(by, key),
                {stage: _part(found.get(key, 0.0), totals[stage]) for stage, found in sums.items()},
            )
            for key in (*dict.fromkeys(ids), None)
        ]
        if by in BY_REF:
            rows.sort(key=_most_first)
        return Shares(by, measure, tuple(rows), {stage: _concentration(rows, stage) for stage in Stage})

    def _sums(self, refs: Iterable[Ref], by: Dimension, measure: Measure) -> dict[str | None, float]:
        parts: dict[str | None, list[float]] = {}
        amounts = self.amounts[measure]
        for ref in refs:
            if amount := amounts.get(ref):
                for key, share in self.split(by, self.model.initiatives[ref]).items():
                    parts.setdefault(key, []).append(amount * share)
        return {key: math.fsum(each) for key, each in parts.items()}

    def split(self, by: Dimension, initiative: Initiative) -> Mapping[str | None, float]:
        """The share of an initiative that belongs to each; the shares add up to 1."""
        match by:
            case Dimension.CONSUMER:
                return _equally(ref.name for ref in self._served(initiative))
            case Dimension.TIER:
                return _equally(self._tier(ref) for ref in self._served(initiative))
            case Dimension.GOAL:
                goals = (self.model.canonical(share.goal) for share in initiative.goals)
                return _equally(ref.name for ref in dict.fromkeys(goals))
            case Dimension.TEAM:
                return self._teams(initiative)
            case Dimension.TYPE:
                return {initiative.type.value if initiative.type else None: 1.0}
        changed = (
            self.model.components.get(self.model.canonical(each.component.component)) for each in initiative.changes
        )
        components = {each.ref: each for each in changed if each}
        if by is Dimension.LAYER:
            return _equally(each.layer for each in components.values())
        of = self._areas.system if by is Dimension.SYSTEM else self._areas.domain
        return _equally(area.name if (area := of(ref)) else None for ref in components)

    @cached_property
    def _areas(self) -> Areas:
        return Areas(self.model)

    def _served(self, initiative: Initiative) -> tuple[Ref, ...]:
        """The consumers that asked for it, that it is for, or that gain from it."""
        return self.criteria.benefit(initiative.ref).reach

    def _tier(self, consumer: Ref) -> str | None:
        tier = self.model.consumers[consumer].tier
        return None if tier is None else str(tier)

    def _teams(self, initiative: Initiative) -> Mapping[str | None, float]:
        """By the effort of each team; work without an estimate belongs to its owner."""
        total = math.fsum(each.likely for each in initiative.effort.values())
        if not total:
            return {self.model.canonical(initiative.owner).name if initiative.owner else None: 1.0}
        found: dict[str | None, float] = {}
        for name, estimate in initiative.effort.items():
            ref = self.model.canonical(initiative.teams[name])
            found[ref.name] = found.get(ref.name, 0.0) + estimate.likely / total
        return found

    def _label(self, by: Dimension, key: str | None) -> str:
        if key is None:
            return _NOBODY[by]
        return named(self.model, parse_ref(key, by.value)).label if by in BY_REF else key


def _equally(keys: Iterable[str | None]) -> dict[str | None, float]:
    """Equal shares; without keys, everything belongs to None."""
    listed = list(keys) or [None]
    found: dict[str | None, float] = {}
    for key in listed:
        found[key] = found.get(key, 0.0) + 1 / len(listed)
    return found


def _part(amount: float, total: float) -> StageShare:
    return StageShare(amount, amount / total if total else 0.0)


def _most_first(row: Row) -> tuple[bool, float, float, float, str]:
    """The order of rows without a natural one: by planned, open and done work; unassigned work last."""
    planned, ranked, delivered = (row.parts[each].share for each in (Stage.PLANNED, Stage.RANKED, Stage.DELIVERED))
    return (row.id is None, -planned, -ranked, -delivered, row.id or "")


def _concentration(rows: Iterable[Row], stage: Stage) -> Concentration | None:
    """The concentration without unassigned work; None if all work is unassigned."""
    amounts = [(row.parts[stage].amount, row.label) for row in rows if row.id is not None]
    total = math.fsum(amount for amount, _ in amounts)
    if not total:
        return None
    index = math.fsum((amount / total) ** 2 for amount, _ in amounts)
    top, label = max(amounts, key=lambda each: each[0])
    return Concentration(index, 1 / index, label, top / total)


def _names(kind: str) -> Callable[[Model], list[str]]:
    return lambda model: sorted(ref.name for ref in model.entities if ref.kind == kind)


def _tiers(model: Model) -> list[str]:
    return [str(tier) for tier in sorted({each.tier for each in model.consumers.values() if each.tier is not None})]


_EXISTING: Final[Mapping[Dimension, Callable[[Model], list[str]]]] = {
    Dimension.CONSUMER: _names("consumer"),
    Dimension.TIER: _tiers,
    Dimension.GOAL: _names("goal"),
    Dimension.TEAM: _names("team"),
    Dimension.TYPE: lambda _: [each.value for each in InitiativeType],
    Dimension.LAYER: lambda model: list(model.config.layers),
    Dimension.SYSTEM: _names("system"),
    Dimension.DOMAIN: _names("domain"),
}
"""By dimension: everything that could have a share, in order."""

_NOBODY: Final[Mapping[Dimension, str]] = {
    Dimension.CONSUMER: "no consumer",
    Dimension.TIER: "no tier",
    Dimension.GOAL: "no goal",
    Dimension.TEAM: "no team",
    Dimension.TYPE: "no type",
    Dimension.LAYER: "no layer",
    Dimension.SYSTEM: "no system",
    Dimension.DOMAIN: "no domain",
}
