"""What a new model loses against the one before it on the same documents, from the evaluations of both.

The regression rate is the share of what the baseline has right that the candidate has wrong: an F1 that stays can hide as many new
errors as it mends (Yan et al. 2021, arXiv 2011.09161, call these negative flips).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from whereas_training.evaluation import bootstrap

SHOWN = 200
"""Lost values listed a set."""


def compare(candidate: Mapping[str, Any], baseline: Mapping[str, Any]) -> dict[str, Any]:
    """Return the regression of each set that both evaluations hold; sets on other documents are compared on those they share.

    Returns:
        ``sets``, each with F1 of both, the 95 % interval of the ``difference``, ``right`` of the baseline, ``lost``, ``gained`` and the
        ``rate``, and the ``values`` lost; ``spans`` and ``facts`` sum them up.
    """
    old = dict(_sets(baseline))
    sets = {name: _compare(new, old[name]) for name, new in _sets(candidate) if name in old}
    return {
        "baseline": baseline.get("model"), "sets": sets,
        "spans": _sum([row for name, row in sets.items() if not name.startswith("documents")]),
        "facts": _sum([row for name, row in sets.items() if name.startswith("documents")]),
    }  # fmt: skip


def _sets(evaluation: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each set of an evaluation that can be compared, by a name for the reader."""
    for part in ("pages", "windows", "documents"):
        for name, row in (evaluation.get(part) or {}).items():
            if isinstance(row, Mapping) and "right" in row and "counts" in row:
                yield f"{part}: {name}", row
    if "right" in (evaluation.get("general") or {}):
        yield "general", evaluation["general"]


def _by_document(counts: Mapping[str, Any]) -> dict[str, list[int]]:
    """Return right, wrong and missed by document, whether they are kept by field or not."""
    if counts and isinstance(next(iter(counts.values())), Mapping):
        documents = dict.fromkeys(d for field in counts.values() for d in field)
        return {d: np.sum([field[d] for field in counts.values()], axis=0).tolist() for d in documents}
    return dict(counts)


def _compare(new: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    ours, theirs = _by_document(new["counts"]), _by_document(old["counts"])
    shared = [document for document in ours if document in theirs]
    if not shared:
        return {"documents": 0, **_rate(0, 0, 0)}
    right, before = (Counter(tuple(key) for key in row["right"] if key[0] in set(shared)) for row in (new, old))
    lost = before - right
    rows = (np.array([counts[d] for d in shared], dtype=np.int64).reshape(-1, 3) for counts in (ours, theirs))
    return {
        "documents": len(shared), **bootstrap.difference(*rows),
        **_rate(before.total(), lost.total(), (right - before).total()),
        "values": [list(key) for key in sorted(lost.elements())[:SHOWN]],
    }  # fmt: skip


def _rate(right: int, lost: int, gained: int) -> dict[str, Any]:
    return {"right": right, "lost": lost, "gained": gained, "rate": round(lost / max(right, 1), 4)}


def _sum(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return _rate(*(sum(int(row[name]) for row in rows) for name in ("right", "lost", "gained")))
