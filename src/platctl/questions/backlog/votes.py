"""Where people disagree: how far apart their votes are, and who has not voted."""

import math
import statistics
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from platctl.graph.graph import Graph
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, ScoringModel
from platctl.questions.backlog.votes_report import CastVote, Dispute, DisputeReport, VoteSpread
from platctl.ranking.ballots import Cast, folded
from platctl.ranking.criteria import Criteria
from platctl.ranking.ratings import number_of
from platctl.record import record

TALK_FROM: Final = 0.5
"""The disagreement from which votes need discussion: they are half as far apart as they can be."""


def disputes(
    model: Model, state: str, method: ScoringModel, today: Date | None = None, only: frozenset[Ref] | None = None
) -> DisputeReport:
    """All votes on open work, the largest disagreement first. `only` limits what is shown, not what is compared."""
    votes = _Votes(Criteria(Graph(model), today), method)
    found = [votes.dispute(ref, name) for ref, name in votes.open if only is None or ref in only]
    found.sort(key=lambda each: (-_disagreement(each), each.initiative.ref, each.criterion))
    return DisputeReport(state, method.label, TALK_FROM, tuple(found))


@record(slots=False)
class _Votes:
    """The votes on open work, with the criteria of a scoring model."""

    criteria: Criteria
    method: ScoringModel

    @cached_property
    def open(self) -> Mapping[tuple[Ref, str], Sequence[Cast]]:
        return {
            key: each
            for key, each in sorted(self.criteria.said.votes.items())
            if key[0] in self.criteria.plan.open_work
        }

    @cached_property
    def _by_criterion(self) -> Mapping[str, list[Cast]]:
        """By criterion: all votes that count."""
        found: dict[str, list[Cast]] = {}
        for (_, name), cast in self.open.items():
            criterion = self.method.criterion(name)
            found.setdefault(name, []).extend(each for each in cast if each.counts(criterion))
        return found

    def dispute(self, ref: Ref, name: str) -> Dispute:
        """The votes on one initiative in one criterion."""
        criterion, cast = self.method.criterion(name), self.open[ref, name]
        counted = tuple(self._vote(each, criterion) for each in cast if each.counts(criterion))
        numbers = [each.number for each in counted if each.number is not None]
        spread = _spread(numbers, self._scale(criterion)) if numbers and len(numbers) == len(counted) else None
        there = {folded(each.by) for each in cast}
        others = {folded(each.by): each.by for each in self._by_criterion[name] if folded(each.by) not in there}
        return Dispute(
            initiative=named(self.criteria.model, ref),
            criterion=name,
            label=criterion.label,
            votes=tuple(sorted(counted, key=_lowest_first)),
            uncounted=tuple(self._vote(each, criterion) for each in cast if not each.counts(criterion)),
            silent=tuple(others[each] for each in sorted(others)),
            spread=spread,
            needs_talk=spread is not None and spread.disagreement >= TALK_FROM,
        )

    def _vote(self, cast: Cast, criterion: Criterion) -> CastVote:
        number, span = self._number(cast, criterion), self.criteria.model.at(cast.source, cast.route)
        return CastVote(cast.by, cast.role, number, cast.rating.text, span)

    def _number(self, cast: Cast, criterion: Criterion) -> float | None:
        """The number of a vote; for a class, its place from the end."""
        word, classes = cast.rating.word, [each.casefold() for each in self.method.classes]
        if word is not None and criterion.id in self.method.names and word.casefold() in classes:
            return float(len(classes) - classes.index(word.casefold()))
        return number_of(cast.rating, criterion)

    def _scale(self, criterion: Criterion) -> tuple[float, float]:
        """The lowest and the highest possible vote, or else the lowest and the highest given."""
        if criterion.scale:
            return criterion.scale[0], criterion.scale[1]
        if self.method.classes and criterion.id in self.method.names:
            return 1.0, float(len(self.method.classes))
        found = (self._number(each, criterion) for each in self._by_criterion[criterion.id])
        numbers = [*criterion.words.values(), *(each for each in found if each is not None)]
        return min(numbers), max(numbers)


def _spread(numbers: list[float], scale: tuple[float, float]) -> VoteSpread:
    lowest, highest = min(numbers), max(numbers)
    quartiles = statistics.quantiles(numbers, n=4, method="inclusive") if len(numbers) > 1 else [lowest] * 3
    mean = math.fsum(numbers) / len(numbers)
    deviation = math.sqrt(math.fsum((each - mean) ** 2 for each in numbers) / len(numbers))
    half = (max(scale[1], highest) - min(scale[0], lowest)) / 2
    disagreement = min(deviation / half, 1.0) if half > 0 else 0.0
    return VoteSpread(statistics.median(numbers), lowest, highest, quartiles[2] - quartiles[0], scale, disagreement)


def _lowest_first(vote: CastVote) -> tuple[float, str, str]:
    return (vote.number if vote.number is not None else math.inf, vote.text, vote.by)


def _disagreement(dispute: Dispute) -> float:
    """For sorting: disputes without a measure come last."""
    return dispute.spread.disagreement if dispute.spread else -1.0
