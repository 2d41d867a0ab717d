"""Ratings of an initiative in a criterion: declared values, or votes."""

import statistics
from dataclasses import replace
from functools import cached_property
from typing import Final

from platctl.model.entity.initiative import Initiative
from platctl.model.entity.rating import Rating
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion
from platctl.ranking.ballots import Cast, Casts, casts, folded
from platctl.ranking.inputs import Input, Origin
from platctl.ranking.kano import ANSWERS, kano
from platctl.record import record

KANO: Final = "kano"


@record(slots=False)
class Said:
    """Looks up ratings: declared values take precedence over votes."""

    model: Model

    @cached_property
    def votes(self) -> Casts:
        """All votes, in initiatives and on ballots."""
        return casts(self.model)

    def votes_on(self, ref: Ref, criterion: Criterion) -> list[Cast]:
        """The votes that count."""
        return [each for each in self.votes.get((ref, criterion.id), ()) if each.counts(criterion)]

    def of(self, initiative: Initiative, criterion: Criterion) -> Input | None:
        """The rating of an initiative in a criterion."""
        return self._written(initiative, criterion) or self._voted(initiative, criterion)

    def _written(self, initiative: Initiative, criterion: Criterion) -> Input | None:
        rating = initiative.scores.get(criterion.id)
        if rating is None:
            return None
        number = number_of(rating, criterion)
        return Input(
            criterion.id,
            criterion.label,
            number,
            Origin.WRITTEN,
            number,
            word=rating.word,
            unit=criterion.unit,
            low=rating.low,
            high=rating.high,
            span=self.model.at(initiative.ref, ("scores", criterion.id)),
        )

    def _voted(self, initiative: Initiative, criterion: Criterion) -> Input | None:
        """The median of the votes that count; for words, the most frequent one."""
        votes = self.votes_on(initiative.ref, criterion)
        if criterion.id == KANO and not votes:
            return self._kano(initiative, criterion)
        if not votes:
            return None
        base = Input(
            criterion.id,
            criterion.label,
            None,
            Origin.VOTES,
            unit=criterion.unit,
            span=self.model.at(votes[0].source, votes[0].route[:1]),
            note=f"median of {len(votes)} vote{'' if len(votes) == 1 else 's'}",
        )
        numbers = [number for each in votes if (number := number_of(each.rating, criterion)) is not None]
        if not numbers:
            words = sorted(each.rating.word for each in votes if each.rating.word)
            return replace(base, word=_most_said(words))
        median = statistics.median(numbers)
        return replace(base, value=median, used=median, low=min(numbers), high=max(numbers))

    def _kano(self, initiative: Initiative, criterion: Criterion) -> Input | None:
        """The Kano class from the two answers of each vote."""
        halves = [criterion.changed({"id": f"{KANO}_{side}"}) for side in ("functional", "dysfunctional")]
        votes = (self.votes_on(initiative.ref, half) for half in halves)
        have, lack = ({folded(each.by): each.rating for each in cast} for cast in votes)
        pairs = [(have[by].word or "", lack[by].word or "") for by in have if by in lack]
        try:
            found = kano(pairs)
        except ValueError:
            note = f"answers must be one of {', '.join(ANSWERS)}"
            return Input(criterion.id, criterion.label, None, Origin.MISSING, note=note)
        if found is None:
            return None
        better, worse = found.satisfaction, found.dissatisfaction
        effect = "" if better is None else f"; satisfaction {better:.2f} with it, {worse:.2f} without it"
        span = self.model.at(initiative.ref, ("votes",))
        note = f"most frequent in {len(pairs)} vote{'' if len(pairs) == 1 else 's'}{effect}"
        return Input(criterion.id, criterion.label, None, Origin.VOTES, word=found.word, span=span, note=note)


def number_of(rating: Rating, criterion: Criterion) -> float | None:
    """The number that a rating counts as: its own, or that of its word; None for a word without one."""
    if rating.word is None:
        return rating.likely
    words = {word.casefold(): number for word, number in criterion.words.items()}
    return words.get(rating.word.casefold())


def _most_said(words: list[str]) -> str | None:
    return max(words, key=lambda word: (words.count(word), [-ord(letter) for letter in word])) if words else None
