"""Kano's classes of customer expectations, from pairs of answers.

Sources: Kano et al. 1984; the evaluation table and the coefficients as in Sauerwein et al. 1996.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from platctl.record import record

ANSWERS: Final = ("like", "expect", "neutral", "tolerate", "dislike")
"""To "if we had it" (functional) and to "if we did not have it" (dysfunctional)."""
MUST, ONE, ATTRACTIVE = "must-be", "one-dimensional", "attractive"
INDIFFERENT, REVERSE, QUESTIONABLE = "indifferent", "reverse", "questionable"
_ORDER = (MUST, ONE, ATTRACTIVE, INDIFFERENT, REVERSE, QUESTIONABLE)
"""If classes are equally frequent, the first one counts."""


def classified(functional: str, dysfunctional: str) -> str:
    """The class of one pair of answers. Raises ValueError for an unknown answer."""
    have, lack = (ANSWERS.index(answer.casefold()) for answer in (functional, dysfunctional))
    if (have == 0 and lack == 0) or (have == 4 and lack == 4):
        return QUESTIONABLE
    if have == 0:
        return ONE if lack == 4 else ATTRACTIVE
    if lack == 0 or have == 4:
        return REVERSE
    return MUST if lack == 4 else INDIFFERENT


@record
class Kano:
    """The frequency of each class."""

    counts: tuple[tuple[str, float], ...]

    @property
    def word(self) -> str:
        """The most frequent class."""
        return max(self.counts, key=lambda each: (each[1], -_ORDER.index(each[0])))[0]

    @property
    def satisfaction(self) -> float | None:
        """How much having it satisfies, 0 to 1: (A + O) / (A + O + M + I). None without such answers."""
        return self._share(ATTRACTIVE, ONE)

    @property
    def dissatisfaction(self) -> float | None:
        """How much lacking it dissatisfies, 0 to -1: -(O + M) / (A + O + M + I). None without such answers."""
        share = self._share(ONE, MUST)
        return None if share is None else -share

    def _share(self, *classes: str) -> float | None:
        number = dict(self.counts)
        whole = sum(number.get(each, 0) for each in (ATTRACTIVE, ONE, MUST, INDIFFERENT))
        return sum(number.get(each, 0) for each in classes) / whole if whole else None


def kano(answers: Iterable[tuple[str, str]]) -> Kano | None:
    """The classes of pairs of answers; None without any. Raises ValueError for an unknown answer."""
    counts = Counter(classified(*pair) for pair in answers)
    return Kano(tuple((each, float(counts[each])) for each in _ORDER if counts[each])) if counts else None
