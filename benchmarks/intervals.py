"""Bootstrap intervals of ratios of sums: error rates, F1 and ratios of speeds are all of that shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

DRAWS = 2000
COVERAGE = 0.95


class Estimate(NamedTuple):
    """A value with the ends of its interval."""

    value: float
    low: float
    high: float


def ratio(numerators: Sequence[float], denominators: Sequence[float]) -> Estimate:
    """Return ``sum(numerators) / sum(denominators)`` with its percentile interval (Efron 1979) over the pairs.

    Args:
        numerators: one a unit that is drawn anew: a page, a batch, a document.
        denominators: as many; their sum is not 0.
    """
    above, below = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    drawn = np.random.default_rng(11).integers(0, len(above), (DRAWS, len(above)))
    totals = below[drawn].sum(axis=1)
    ratios = above[drawn].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.quantile(ratios, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return Estimate(round(float(above.sum() / below.sum()), 4), round(float(low), 4), round(float(high), 4))
