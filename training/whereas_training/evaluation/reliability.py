"""How far scores are probabilities: share of right spans by score, and the expected calibration error."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from whereas_training.calibration_fit import BINS, calibration_error


def reliability(scores: Sequence[float], right: Sequence[bool]) -> dict[str, Any]:
    """Return the expected calibration error and the table behind it.

    Args:
        scores: of found spans, 0..1.
        right: whether each is.

    Returns:
        ``ece`` over bins of equally many spans (Nguyen and O'Connor 2015, arXiv 1508.05154), ``spans``, and ``table`` with each bin's
        bounds ``low`` and ``high``, mean ``score``, share ``right`` and number of ``spans``.
    """
    p, hit = np.asarray(scores, dtype=np.float64), np.asarray(right, dtype=bool)
    order = np.argsort(p, kind="stable")
    bins = [part for part in np.array_split(order, BINS) if len(part)]
    table = [
        {
            "low": round(float(p[b].min()), 4), "high": round(float(p[b].max()), 4), "score": round(float(p[b].mean()), 4),
            "right": round(float(hit[b].mean()), 4), "spans": len(b),
        }
        for b in bins
    ]  # fmt: skip
    return {"ece": round(calibration_error(p, hit), 4), "spans": len(p), "table": table}
