"""Scores: a scoring model applied to each initiative, with all its inputs."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property

from platctl.model.entity.metric import Direction
from platctl.model.language.formula import UndefinedError
from platctl.model.ref import Ref
from platctl.model.settings.scoring import Criterion, Normalise, ScoringModel
from platctl.ranking.criteria import Criteria
from platctl.ranking.inputs import Input, Score
from platctl.record import record


@record(slots=False)
class Scoring:
    """Applies a model to the given work. Criteria normalised by their maximum use the maximum of this work."""

    model: ScoringModel
    criteria: Criteria
    work: tuple[Ref, ...]

    @cached_property
    def _asked(self) -> tuple[Criterion, ...]:
        return tuple(self.model.criterion(name) for name in self.model.names)

    @cached_property
    def raw(self) -> Mapping[Ref, tuple[Input, ...]]:
        """By initiative: its criteria, not normalised."""
        return {ref: tuple(self.criteria.of(ref, each) for each in self._asked) for ref in self.work}

    @cached_property
    def inputs(self) -> Mapping[Ref, tuple[Input, ...]]:
        """By initiative: its criteria, ready for the formula."""
        return self.normalised(self.raw)

    def normalised(self, raw: Mapping[Ref, tuple[Input, ...]]) -> Mapping[Ref, tuple[Input, ...]]:
        """The criteria of some work, ready for the formula: normalised among this work."""
        spans = tuple(span_of(each, (row[nth].value for row in raw.values())) for nth, each in enumerate(self._asked))
        return {
            ref: tuple(
                _share(found, criterion, span)
                for found, criterion, span in zip(inputs, self._asked, spans, strict=True)
            )
            for ref, inputs in raw.items()
        }

    def score(self, ref: Ref) -> Score:
        """The score of an initiative."""
        inputs = self.inputs[ref]
        if self.model.classes:
            return self._classified(inputs)
        missing = tuple(each.name for each in inputs if each.used is None)
        if missing:
            return Score(None, inputs, missing=missing, undefined=self._odd_word(inputs))
        return scored(self.model, inputs)

    def _odd_word(self, inputs: tuple[Input, ...]) -> str:
        """A message about the first word without a number; "" if there is none."""
        for found, criterion in zip(inputs, self._asked, strict=True):
            if found.used is None and found.word:
                words = f"one of {', '.join(criterion.words)}" if criterion.words else "a number"
                return f"`{found.word}` is not {words}"
        return ""

    def _classified(self, inputs: tuple[Input, ...]) -> Score:
        """The place of the class, counted from the end: the best of n classes counts n."""
        (found,) = inputs
        word = found.word
        classes = [each.casefold() for each in self.model.classes]
        if word is None:
            return Score(None, inputs, missing=(found.name,))
        if word.casefold() not in classes:
            return Score(None, inputs, word=word, undefined=f"`{word}` is not one of {', '.join(self.model.classes)}")
        return Score(float(len(classes) - classes.index(word.casefold())), inputs, word=word)


def scored(model: ScoringModel, inputs: tuple[Input, ...]) -> Score:
    """The score for inputs that are all known."""
    values = {each.name: each.used for each in inputs if each.used is not None}
    try:
        gain = model.value_formula.value(values) + 0.0  # and no -0
        if model.size_formula is None:
            return Score(gain, inputs)
        work = model.size_formula.value(values)
        if work <= 0:
            return Score(None, inputs, undefined=f"`{model.size}` is {work:g}, but must be greater than 0")
        return Score(gain / work, inputs, gain, work)
    except UndefinedError as error:
        return Score(None, inputs, undefined=str(error))


def span_of(criterion: Criterion, values: Iterable[float | None]) -> tuple[float, float] | None:
    """The values of a criterion that count as 0 and as 1 among these; None if it is not normalised."""
    if criterion.normalise is Normalise.NONE:
        return None
    if criterion.normalise is Normalise.SCALE and criterion.scale:
        return criterion.scale[0], criterion.scale[1]
    numbers = list(criterion.words.values()) or [value for value in values if value is not None]
    low = 0.0 if criterion.normalise is Normalise.MAXIMUM else min(numbers, default=0.0)
    return low, max(numbers, default=0.0)


def share_of(value: float, criterion: Criterion, span: tuple[float, float]) -> float:
    """The number from 0 to 1 that a value of a normalised criterion counts as."""
    low, high = span
    share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.0
    return 1 - share if criterion.direction is Direction.DOWN else share


def _share(found: Input, criterion: Criterion, span: tuple[float, float] | None) -> Input:
    if span is None or found.value is None:
        return found
    return replace(found, used=share_of(found.value, criterion, span))
