"""How stable an order is: the ranks of the same work when estimates and weights vary, by a seeded Monte Carlo."""

import math
import random
import statistics
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.questions.sensitivity.inputs import UncertainInput, triangular, uncertain_inputs
from platctl.questions.sensitivity.report import Driver, SensitivityReport, Stability, Varied
from platctl.questions.sensitivity.scores import Scores
from platctl.questions.sensitivity.statistics import centred, correlation, quantile, squares
from platctl.ranking.inputs import Input
from platctl.ranking.ordering import Ranking, ranked
from platctl.record import record
from platctl.scheduling.resampling import Redraw, redraw

BUDGET: Final = 1_000_000
"""The most jobs, over all samples, that are put in the best order of a ratio; beyond that, samples use plain scores."""
_NEAR = 40
"""The most inputs examined for each initiative: its own first, then those of prerequisites and unlocked work."""
_DRIVERS = 3
_ASK_FIRST = 5


@record
class SensitivityOptions:
    """The request. `spread` is the share by which weights, and inputs without a range, vary in both directions."""

    method: ScoringModel
    today: Date | None = None
    top: int = 5
    samples: int = 1000
    seed: int = 0
    spread: float | None = None
    decisions: bool = True


def sensitivity(model: Model, state: str, options: SensitivityOptions) -> SensitivityReport:
    """How the order of all open work varies.

    Inputs vary independently, with a triangular distribution from `low` over `likely` to `high`.
    """
    ranking = ranked(model, options.method, options.today, decisions=options.decisions)
    samples = _Samples(ranking, options)
    samples.run()
    items = tuple(samples.item(ref, rank) for rank, ref in enumerate(ranking.ordered, start=1))
    return SensitivityReport(
        state=state,
        method=options.method.label,
        top=options.top,
        samples=options.samples,
        seed=options.seed,
        spread=options.spread,
        varied=len(samples.sources),
        fixed=samples.fixed,
        is_plain=samples.is_plain,
        undefined=samples.scores.undefined,
        same_first=samples.same_first / options.samples,
        items=items,
        ask_first=samples.ask_first(items),
    )


@dataclass
class _Samples:
    """Draws, orders and counts."""

    ranking: Ranking
    options: SensitivityOptions
    same_first: int = 0
    _ranks: dict[Ref, "array[int]"] = field(default_factory=dict)
    _draws: list["array[float]"] = field(default_factory=list)

    @cached_property
    def _inputs(self) -> Mapping[Ref, tuple[Input, ...]]:
        return {ref: self.ranking.scores[ref].inputs for ref in sorted(self.ranking.work)}

    @cached_property
    def sources(self) -> tuple[UncertainInput, ...]:
        return tuple(uncertain_inputs(self.ranking, self._inputs, self.options.spread))

    @property
    def fixed(self) -> int:
        """How many numbers stay fixed."""
        known = sum(each.value is not None for inputs in self._inputs.values() for each in inputs)
        return known - sum(source.ref is not None for source in self.sources)

    @cached_property
    def scores(self) -> Scores:
        return Scores(self.ranking, self._inputs, self.sources, self._redraw.jobs)

    @cached_property
    def _redraw(self) -> Redraw[Ref]:
        return redraw(self.ranking.ordered, self.ranking.before)

    @cached_property
    def is_plain(self) -> bool:
        """Whether the best order of a ratio would take too long for so many samples."""
        if not self.ranking.method.is_ratio or not self.sources:
            return False
        jobs = [self.ranking.jobs[ref] for ref in self._redraw.jobs]
        cuts = self._redraw.cuts([job.weight for job in jobs], [job.size for job in jobs])
        return (cuts + len(jobs)) * self.options.samples > BUDGET

    def run(self) -> None:
        """Draw all samples. If nothing varies, each sample is the ranking itself."""
        jobs, top, count = self._redraw.jobs, self.options.top, self.options.samples
        self._ranks = {ref: array("l") for ref in jobs}
        self._draws = [array("d") for _ in self.sources]
        first = set(self.ranking.ordered[:top])
        chance = random.Random(self.options.seed)  # noqa: S311  no secret
        for _ in range(count if self.sources else 0):
            drawn = [triangular(chance.random(), each.low, each.likely, each.high) for each in self.sources]
            for values, value in zip(self._draws, drawn, strict=True):
                values.append(value)
            order = [jobs[job] for job in self._order(drawn)]
            for rank, ref in enumerate(order, start=1):
                self._ranks[ref].append(rank)
            self.same_first += set(order[:top]) == first
        if not self.sources:
            self._ranks = {ref: array("l", [rank]) * count for rank, ref in enumerate(self.ranking.ordered, start=1)}
            self.same_first = count

    def _order(self, drawn: Sequence[float]) -> list[int]:
        found = self.scores.of(drawn)
        if not self.ranking.method.is_ratio:
            return self._redraw.by_score([-math.inf if gain is None else gain for gain, _ in found])
        usual = statistics.median([work for _, work in found if work] or [1.0])
        gains, works = [gain or 0.0 for gain, _ in found], [work or usual for _, work in found]
        if self.is_plain:
            return self._redraw.by_score([gain / work for gain, work in zip(gains, works, strict=True)])
        return self._redraw.by_ratio(gains, works)

    def item(self, ref: Ref, rank: int) -> Stability:
        """The ranks of one initiative, summarised."""
        ranks = self._ranks[ref]
        in_order = sorted(ranks)
        return Stability(
            initiative=named(self.ranking.model, ref),
            rank=rank,
            probability=sum(each <= self.options.top for each in ranks) / len(ranks),
            earliest=quantile(in_order, 5),
            middle=quantile(in_order, 50),
            latest=quantile(in_order, 95),
            drivers=tuple(self._drivers(ref)),
        )

    def _drivers(self, ref: Ref) -> list[Driver]:
        """The inputs that matter most for a rank, without those that could be chance."""
        ranks = centred(self._ranks[ref])
        if not any(ranks):
            return []
        size = squares(ranks)
        found = [
            Driver(self._varied[nth], -correlation(self._centred_draws[nth], ranks, self._sizes[nth] * size))
            for nth in self._near(ref)
        ]
        least = 2 / math.sqrt(self.options.samples)
        found = [each for each in found if abs(each.correlation) >= least]
        return sorted(found, key=lambda each: -abs(each.correlation))[:_DRIVERS]

    def _near(self, ref: Ref) -> list[int]:
        """The inputs of an initiative, the weights, and the inputs of its prerequisites and unlocked work."""
        criteria = self.ranking.criteria
        refs = (ref, None, *criteria.plan.downstream(ref), *criteria.plan.upstream(ref))
        return [nth for each in refs for nth in self._of.get(each, ())][:_NEAR]

    @cached_property
    def _of(self) -> Mapping[Ref | None, list[int]]:
        found: dict[Ref | None, list[int]] = {}
        for nth, source in enumerate(self.sources):
            found.setdefault(source.ref, []).append(nth)
        return found

    @cached_property
    def _centred_draws(self) -> list["array[int]"]:
        return [array("l", centred(values)) for values in self._draws]

    @cached_property
    def _sizes(self) -> list[int]:
        return [squares(values) for values in self._centred_draws]

    @cached_property
    def _varied(self) -> list[Varied]:
        return [self._described(source) for source in self.sources]

    def _described(self, source: UncertainInput) -> Varied:
        criterion = self.ranking.method.criterion(self.ranking.method.names[source.column])
        if source.ref is None:
            of, label, span = None, f"weight of {criterion.label}", None
        else:
            of, label = named(self.ranking.model, source.ref), criterion.label
            span = self._inputs[source.ref][source.column].span
        return Varied(of, criterion.id, label, source.low, source.likely, source.high, span)

    def ask_first(self, items: Sequence[Stability]) -> tuple[Varied, ...]:
        """The inputs that most decide the top ranks: by correlation, weighted by how open each place is."""
        found: dict[Varied, float] = {}
        for item in items:
            doubt = item.probability * (1 - item.probability)
            for driver in item.drivers if doubt else ():
                found[driver.input] = found.get(driver.input, 0.0) + abs(driver.correlation) * doubt
        place = {varied: nth for nth, varied in enumerate(self._varied)}
        return tuple(sorted(found, key=lambda each: (-found[each], place[each]))[:_ASK_FIRST])
