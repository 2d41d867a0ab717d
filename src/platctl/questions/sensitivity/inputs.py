"""The inputs of scores that vary, and how far."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from platctl.model.ref import Ref
from platctl.ranking.inputs import Input
from platctl.ranking.ordering import Ranking


def triangular(chance: float, low: float, likely: float, high: float) -> float:
    """The value below which a triangular distribution has this share: the inverse of its distribution function.

    Source: Johnson, Kotz, Balakrishnan 1995, Continuous univariate distributions 2, 26.9.
    """
    if high <= low:
        return likely
    if chance * (high - low) < likely - low:
        return low + math.sqrt(chance * (high - low) * (likely - low))
    return high - math.sqrt((1 - chance) * (high - low) * (high - likely))


class UncertainInput(NamedTuple):
    """An input that varies: its initiative (None: the weight of a criterion), its criterion and its range."""

    ref: Ref | None
    column: int
    low: float
    likely: float
    high: float


def uncertain_inputs(
    ranking: Ranking, inputs: Mapping[Ref, Sequence[Input]], spread: float | None
) -> Iterator[UncertainInput]:
    """All inputs that vary, sorted by initiative and criterion; the weights last."""
    for ref in sorted(inputs):
        for column, each in enumerate(inputs[ref]):
            scale = ranking.method.criterion(each.name).scale
            if each.value is not None and (ends := _ends(each.value, each.low, each.high, spread, scale)):
                yield UncertainInput(ref, column, *ends)
    if spread:
        for column, criterion in enumerate(ranking.method.summed):
            if ends := _ends(criterion.weight, None, None, spread):
                yield UncertainInput(None, column, *ends)


def _ends(
    likely: float, low: float | None, high: float | None, spread: float | None, scale: Sequence[float] = ()
) -> tuple[float, float, float] | None:
    """Low, likely and high of an input that varies; None if it is fixed. Assumed ranges stay within the scale."""
    if low is None and high is None:
        width = abs(likely) * (spread or 0.0)
        low, high = likely - width, likely + width
        if scale:
            low, high = max(low, min(scale[0], likely)), min(high, max(scale[1], likely))
    ends = sorted((likely if low is None else low, likely, likely if high is None else high))
    return (ends[0], ends[1], ends[2]) if ends[0] < ends[2] else None
