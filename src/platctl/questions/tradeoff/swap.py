"""What would have to change for two initiatives to swap places: the smallest change of one number."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import Final

from platctl.model.named import named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, ScoringModel
from platctl.questions.tradeoff.report import Flip
from platctl.ranking.inputs import Input
from platctl.ranking.scoring import Scoring, scored
from platctl.record import record

REACH: Final = 10
"""A number without a scale is varied up to this many times the largest number in use."""

_EVEN = 64
_STOPS = (*(nth / _EVEN for nth in range(1, _EVEN)), *(1 - 0.5**nth for nth in range(7, 31)), 1.0)
_HALVINGS = 60

Rows = Mapping[Ref, tuple[Input, ...]]


@record(slots=False)
class Swap:
    """Looks for changes that put `second`, whose score is lower, above `first`. Both have all inputs of the model.

    The changes are exact if the score is monotonic in the input. Otherwise they are the nearest found at 88 steps on
    the way to the end of the scale.
    """

    scoring: Scoring
    first: Ref
    second: Ref

    @property
    def method(self) -> ScoringModel:
        return self.scoring.model

    @cached_property
    def flips(self) -> tuple[Flip, ...]:
        """One for each input and weight, the smallest relative change first, those without one last."""
        found = self._of_classes() if self.method.classes else chain(self._of_inputs(), self._of_weights())
        return tuple(sorted(found, key=_smallest_first))

    def _of_inputs(self) -> Iterator[Flip]:
        for ref in (self.first, self.second):
            for nth, found in enumerate(self.scoring.raw[ref]):
                if found.value is not None:
                    yield self._of_input(ref, nth, found, found.value)

    def _of_input(self, ref: Ref, nth: int, found: Input, was: float) -> Flip:
        low, high = self._range(nth, was)

        def swaps(value: float) -> bool:
            return self._swaps(self.method, self._changed(ref, nth, value))

        to = _nearest(swaps, was, low, high)
        change = None if to is None else to - was
        relative = change / abs(was) if change is not None and was else None
        whose = named(self.scoring.criteria.model, ref)
        return Flip(whose, found.name, found.label, found.unit, was, to, change, relative, low, high)

    def _range(self, nth: int, was: float) -> tuple[float, float]:
        """The range of the number: its scale, or from 0 to ten times the largest one in use."""
        criterion = self._criterion(nth)
        numbers = list(criterion.words.values())
        if criterion.scale:
            low, high = criterion.scale
        elif numbers:
            low, high = min(numbers), max(numbers)
        else:
            known = [value for row in self.scoring.raw.values() if (value := row[nth].value) is not None]
            high = REACH * max(map(abs, known)) or 1.0
            low = -high if min(known) < 0 else 0.0
        return min(low, was), max(high, was)

    def _criterion(self, nth: int) -> Criterion:
        return self.method.criterion(self.method.names[nth])

    def _changed(self, ref: Ref, nth: int, value: float) -> Rows:
        row = self._rows[ref]
        changed = replace(row[nth], value=value, used=value)
        return {**self._rows, ref: (*row[:nth], changed, *row[nth + 1 :])}

    @cached_property
    def _rows(self) -> Rows:
        """The pair, and the others that determine which numbers count as 0 and 1."""
        raw, pair = self.scoring.raw, (self.first, self.second)
        kept = dict.fromkeys(pair)
        for nth in range(len(self.method.names)):
            others = [(value, ref) for ref, row in raw.items() if (value := row[nth].value) is not None]
            others = [each for each in others if each[1] not in pair]
            kept.update(dict.fromkeys(ref for _, ref in (min(others), max(others))) if others else {})
        return {ref: raw[ref] for ref in kept}

    def _swaps(self, method: ScoringModel, rows: Rows) -> bool:
        """Whether the second one then has the higher score; False if one of them has no score."""
        inputs = self.scoring.normalised(rows)
        ahead, behind = scored(method, inputs[self.first]).value, scored(method, inputs[self.second]).value
        return ahead is not None and behind is not None and behind > ahead

    def _of_weights(self) -> Iterator[Flip]:
        high = REACH * max((each.weight for each in self.method.summed), default=0.0) or 1.0
        for criterion in self.method.summed:

            def swaps(weight: float, name: str = criterion.id) -> bool:
                return self._swaps(_weighted(self.method, name, weight), self._rows)

            was = criterion.weight
            to = _nearest(swaps, was, 0.0, high)
            change = None if to is None else to - was
            relative = change / was if change is not None and was else None
            yield Flip(None, criterion.id, criterion.label, None, was, to, change, relative, 0.0, high)

    def _of_classes(self) -> Iterator[Flip]:
        """The first one moved to a class below the second, or the second to a class above the first."""
        places = {ref: self.scoring.score(ref).value for ref in (self.first, self.second)}
        ahead, behind = (int(value or 0) for value in places.values())
        for ref, was, to in ((self.first, ahead, behind - 1), (self.second, behind, ahead + 1)):
            (found,) = self.scoring.raw[ref]
            most = len(self.method.classes)
            new = to if 1 <= to <= most else None
            change = None if new is None else float(new - was)
            yield Flip(
                named(self.scoring.criteria.model, ref),
                found.name,
                found.label,
                None,
                was,
                new,
                change,
                change / was if change is not None else None,
                1.0,
                most,
                self.method.classes[most - was],
                self.method.classes[most - new] if new else None,
            )


def _smallest_first(flip: Flip) -> tuple[bool, bool, float]:
    """Changes that exist first, then those with a known relative size.

    Changes that differ only by rounding errors keep the order of the criteria.
    """
    size = abs(flip.change or 0.0) if flip.relative is None else abs(flip.relative)
    return (flip.to is None, flip.relative is None, round(size, 9))


def _weighted(method: ScoringModel, name: str, weight: float) -> ScoringModel:
    """The weighted sum with another weight."""
    criteria = (each.changed({"weight": weight}) if each.id == name else each for each in method.criteria)
    return ScoringModel(id=method.id, criteria=tuple(criteria), size=method.size)


def _nearest(holds: Callable[[float], bool], start: float, low: float, high: float) -> float | None:
    """The nearest number found for which the condition holds; it does not hold at `start`."""
    found = [to for end in (low, high) if (to := _first(holds, start, end)) is not None]
    return min(found, key=lambda to: abs(to - start), default=None)


def _first(holds: Callable[[float], bool], start: float, end: float) -> float | None:
    before = start
    for share in _STOPS if start != end else ():
        stop = end if share == 1.0 else start + (end - start) * share
        if holds(stop):
            return _halved(holds, before, stop)
        before = stop
    return None


def _halved(holds: Callable[[float], bool], no: float, yes: float) -> float:
    """The number just past the point where the condition begins to hold, found by bisection."""
    for _ in range(_HALVINGS):
        middle = no + (yes - no) / 2
        if middle in (no, yes):
            break
        no, yes = (no, middle) if holds(middle) else (middle, yes)
    return yes
