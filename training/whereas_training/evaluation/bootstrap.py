"""Scores of counts, and their intervals by percentile bootstrap over documents (Efron and Tibshirani 1993).

Values of one contract are no independent draws, so whole documents are drawn. NumPy alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DRAWS = 1000
LEVEL = 0.95


def f1(counts: Counts) -> Floats:
    """Return F1 of counts of shape (…, 3): right, wrong, missed; NaN where there is nothing to find and nothing was found.

    A draw of documents without a single value of a rare field says nothing about it; taken as 0 it would stretch every interval to 0.
    """
    total = 2 * counts[..., 0] + counts[..., 1] + counts[..., 2]
    return np.where(total > 0, 2 * counts[..., 0] / np.maximum(total, 1), np.nan)


def draw(documents: int, *, seed: int = 7) -> Counts:
    """Return how often each document is drawn: int64, shape (``DRAWS``, documents); the same for the same number of documents."""
    return np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), size=DRAWS)


def interval(values: Floats) -> list[float]:
    """Return the bounds between which ``LEVEL`` of the values lie, NaN left out; both 0 where there is none."""
    told = values[~np.isnan(values)]
    return [round(float(v), 4) for v in np.quantile(told, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))] if len(told) else [0.0, 0.0]


def score(counts: Counts, draws: Counts | None = None) -> dict[str, Any]:
    """Return precision, recall, F1 with its interval and the numbers behind them.

    Args:
        counts: int64, shape (documents, 3): right, wrong, missed.
        draws: of ``draw`` for that number of documents; None for no interval.
    """
    tp, fp, fn = (int(n) for n in counts.sum(0)) if len(counts) else (0, 0, 0)
    row: dict[str, Any] = {
        "precision": round(tp / max(tp + fp, 1), 4),
        "recall": round(tp / max(tp + fn, 1), 4),
        "f1": round(2 * tp / max(2 * tp + fp + fn, 1), 4),
        "right": tp, "wrong": fp, "missed": fn, "gold": tp + fn,
    }  # fmt: skip
    if draws is not None and len(counts) > 1:
        row["interval"] = interval(f1(draws @ counts))
    return row


def macro(counts: Counts, draws: Counts | None = None) -> dict[str, Any]:
    """Return the mean F1 of fields or types, of those that have gold or were given, with its interval.

    Args:
        counts: int64, shape (fields, documents, 3).
        draws: as in ``score``.
    """
    used = counts[counts.sum(axis=(1, 2)) > 0]
    if not len(used):
        return {"f1": 0.0, "of": 0}
    row: dict[str, Any] = {"f1": round(float(f1(used.sum(1)).mean()), 4), "of": len(used)}
    if draws is not None and used.shape[1] > 1:
        drawn = np.stack([f1(draws @ field) for field in used])
        told = ~np.isnan(drawn)
        row["interval"] = interval(np.where(told, drawn, 0).sum(0) / np.maximum(told.sum(0), 1))
    return row


def difference(new: Counts, old: Counts) -> dict[str, Any]:
    """Return F1 of two models on the same documents and the interval of new minus old, on the same draws (Koehn 2004).

    Args:
        new: int64, shape (documents, 3).
        old: the same documents in the same order.
    """
    draws = draw(len(new))
    return {
        "baseline": score(old)["f1"],
        "candidate": score(new)["f1"],
        "difference": interval(f1(draws @ new) - f1(draws @ old)),
    }
