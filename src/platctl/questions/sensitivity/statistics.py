"""Quantiles and correlations of samples."""

import math
from collections.abc import Sequence
from operator import mul


def quantile(in_order: Sequence[int], percent: int) -> int:
    """The smallest value that at least this percentage of the values don't exceed."""
    return in_order[max(0, -(-percent * len(in_order) // 100) - 1)]


def centred(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value, minus the mean; equal values share their mean rank. Integers keep sums exact."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0] * len(values)
    start = 0
    while start < len(order):
        end, value = start + 1, values[order[start]]
        while end < len(order) and values[order[end]] == value:
            end += 1
        for nth in order[start:end]:
            result[nth] = start + end - len(order)
        start = end
    return result


def squares(ranks: Sequence[int]) -> int:
    """The sum of the squares of centred ranks."""
    return sum(map(mul, ranks, ranks))


def correlation(one: Sequence[int], other: Sequence[int], sizes: int) -> float:
    """Spearman's rank correlation of centred ranks; `sizes` is the product of the sums of their squares."""
    return sum(map(mul, one, other)) / math.sqrt(sizes) if sizes else 0.0
