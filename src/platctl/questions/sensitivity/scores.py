"""The scores of all work, recomputed for varying inputs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import cast

from platctl.model.language.formula import Formula, UndefinedError
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, ScoringModel
from platctl.questions.sensitivity.inputs import UncertainInput
from platctl.ranking.inputs import Input
from platctl.ranking.ordering import Ranking
from platctl.ranking.scoring import share_of, span_of


@dataclass
class Scores:
    """Gain and work of each initiative, recomputed for the inputs that vary."""

    ranking: Ranking
    inputs: Mapping[Ref, Sequence[Input]]
    sources: Sequence[UncertainInput]
    jobs: Sequence[Ref]
    undefined: int = 0

    @property
    def method(self) -> ScoringModel:
        return self.ranking.method

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(self.method.criterion(name) for name in self.method.names)

    @cached_property
    def _base(self) -> dict[Ref, list[float | None]]:
        return {ref: [each.value for each in found] for ref, found in self.inputs.items()}

    @cached_property
    def _normalised(self) -> list[int]:
        return [column for column, each in enumerate(self.criteria) if each.is_normalised]

    @cached_property
    def _moving(self) -> frozenset[Ref]:
        """The work whose score can change: all work if weights vary, or the values that count as 0 and as 1."""
        varied = {source.column for source in self.sources}
        if any(source.ref is None for source in self.sources) or varied & set(self._normalised):
            return frozenset(self.jobs)
        return frozenset(source.ref for source in self.sources if source.ref)

    @cached_property
    def _still(self) -> dict[Ref, tuple[float | None, float | None]]:
        scores = {ref: self.ranking.scores[ref] for ref in self.jobs}
        return {ref: (each.value if each.gain is None else each.gain, each.work) for ref, each in scores.items()}

    def of(self, drawn: Sequence[float]) -> list[tuple[float | None, float | None]]:
        """By job: gain (or score) and work; None if there is none."""
        values = {ref: list(row) for ref, row in self._base.items()} if self._normalised else self._rows()
        weights = [each.weight for each in self.method.summed]
        for source, value in zip(self.sources, drawn, strict=True):
            if source.ref is None:
                weights[source.column] = value
            else:
                values[source.ref][source.column] = value
        for column in self._normalised:
            self._normalise(column, values)
        varies = any(source.ref is None for source in self.sources)
        return [
            self._score(values[ref], weights if varies else None) if ref in self._moving else self._still[ref]
            for ref in self.jobs
        ]

    def _rows(self) -> dict[Ref, list[float | None]]:
        refs = {source.ref for source in self.sources if source.ref} | self._moving
        return {ref: list(self._base[ref]) for ref in refs}

    def _normalise(self, column: int, values: Mapping[Ref, list[float | None]]) -> None:
        criterion = self.criteria[column]
        span = span_of(criterion, (row[column] for row in values.values()))
        for row in values.values():
            if span is not None and (value := row[column]) is not None:
                row[column] = share_of(value, criterion, span)

    def _score(self, row: Sequence[float | None], weights: Sequence[float] | None) -> tuple[float | None, float | None]:
        if None in row:
            return None, None
        known = cast("Mapping[str, float]", dict(zip(self._names, row, strict=True)))
        try:
            gain = math.fsum(map(mul, weights, known.values())) if weights is not None else self._value.value(known)
            if self._size is None:
                return gain, None
            if (work := self._size.value(known)) > 0:
                return gain, work
        except UndefinedError:
            pass
        self.undefined += 1
        return None, None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return self.method.names

    @cached_property
    def _value(self) -> Formula:
        return self.method.value_formula

    @cached_property
    def _size(self) -> Formula | None:
        return self.method.size_formula
