"""Scores of spans: by type, with intervals, the kinds of errors, the confusion matrix, slices, calibration, and each error in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whereas_training.evaluation import bootstrap
from whereas_training.evaluation.matching import Matched, Span, match
from whereas_training.evaluation.reliability import reliability

AROUND = 40
"""Characters shown on each side of an error."""
MISSED, SPURIOUS = "missed", "spurious"


@dataclass(frozen=True, slots=True)
class Passage:
    """One labelled stretch of text and what was found in it.

    Attributes:
        document: whose text it is: the unit that bootstrap draws.
        text: what the spans' offsets count in.
        gold: spans that must be found.
        found: the model's.
        optional: see ``matching.match``.
        slices: the group it is of, by name of the grouping.
    """

    document: str
    text: str
    gold: tuple[Span, ...]
    found: tuple[Span, ...]
    optional: tuple[Span, ...] = ()
    slices: Mapping[str, str] | None = None


def report(passages: Sequence[Passage], types: Sequence[str]) -> dict[str, Any]:
    """Return all that is said of one model on one set of passages.

    Args:
        passages: of one set.
        types: the types that are scored; spans of others are left out on both sides.

    Returns:
        ``types``, ``micro``, ``macro``, ``confusion``, ``slices``, ``calibration``, ``errors``, and for a comparison with another model
        ``right`` ([document, start, end, type]) and ``counts`` (right, wrong, missed by document).
    """
    kept = [_of_types(p, types) for p in passages]
    matched = [match(p.gold, p.found, optional=p.optional) for p in kept]
    documents = list(dict.fromkeys(p.document for p in kept))
    counts = count(kept, matched, types, documents)
    draws = bootstrap.draw(len(documents)) if documents else None
    kinds = [_kinds(matched, (kind,)) for kind in types]
    judged = [(f.score, right) for m in matched for f, right in _verdicts(m)]
    return {
        "passages": len(kept), "documents": len(documents),
        "types": {t: {**bootstrap.score(counts[i], draws), "errors": kinds[i]} for i, t in enumerate(types) if counts[i].any()},
        "micro": {**bootstrap.score(counts.sum(0), draws), "errors": _kinds(matched, types)},
        "macro": bootstrap.macro(counts, draws),
        "confusion": confusion(matched, types),
        "slices": _slices(kept, matched, types),
        "calibration": reliability([s for s, _ in judged], [r for _, r in judged]),
        "errors": [e for p, m in zip(kept, matched, strict=True) for e in errors(p, m)],
        "right": [[p.document, *found.key] for p, m in zip(kept, matched, strict=True) for _, found in m.right],
        "counts": {document: counts.sum(0)[j].tolist() for j, document in enumerate(documents)},
    }  # fmt: skip


def _of_types(passage: Passage, types: Sequence[str]) -> Passage:
    gold, found, optional = (tuple(s for s in spans if s.type in types) for spans in (passage.gold, passage.found, passage.optional))
    return Passage(passage.document, passage.text, gold, found, optional, passage.slices)


def count(passages: Sequence[Passage], matched: Sequence[Matched], types: Sequence[str], documents: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return right, wrong and missed spans: int64, shape (types, documents, 3); strictly, so that a wrong bound is both of the latter."""
    counts = np.zeros((len(types), len(documents), 3), dtype=np.int64)
    row, column = {t: i for i, t in enumerate(types)}, {d: j for j, d in enumerate(documents)}
    for passage, m in zip(passages, matched, strict=True):
        at = column[passage.document]
        for found, right in _verdicts(m):
            counts[row[found.type], at, 0 if right else 1] += 1
        for gold in (*m.missed, *(g for g, _ in (*m.boundary, *m.type))):
            counts[row[gold.type], at, 2] += 1
    return counts


def _verdicts(m: Matched) -> Iterator[tuple[Span, bool]]:
    """Yield each found span that can be judged with whether it is right."""
    yield from ((found, True) for _, found in m.right)
    yield from ((found, False) for _, found in (*m.boundary, *m.type))
    yield from ((found, False) for found in m.spurious)


def _kinds(matched: Sequence[Matched], types: Sequence[str]) -> dict[str, int]:
    """Return how often each kind of error happened, by the gold span's type, spurious ones by their own."""
    return {
        "boundary": sum(g.type in types for m in matched for g, _ in m.boundary),
        "type": sum(g.type in types for m in matched for g, _ in m.type),
        MISSED: sum(g.type in types for m in matched for g in m.missed),
        SPURIOUS: sum(f.type in types for m in matched for f in m.spurious),
    }


def confusion(matched: Sequence[Matched], types: Sequence[str]) -> dict[str, Any]:
    """Return gold types (rows, ``spurious`` last) against found types (columns, ``missed`` last); bounds may differ on the diagonal."""
    rows, columns = [*types, SPURIOUS], [*types, MISSED]
    cells: Counter[tuple[str, str]] = Counter()
    for m in matched:
        cells.update((g.type, f.type) for g, f in (*m.right, *m.boundary, *m.type))
        cells.update((g.type, MISSED) for g in m.missed)
        cells.update((SPURIOUS, f.type) for f in m.spurious)
    used = [t for t in types if any(t in pair for pair in cells)]
    rows, columns = [*used, SPURIOUS], [*used, MISSED]
    return {"rows": rows, "columns": columns, "cells": [[cells[r, c] for c in columns] for r in rows]}


def _slices(passages: Sequence[Passage], matched: Sequence[Matched], types: Sequence[str]) -> dict[str, Any]:
    """Return micro and macro F1 of each group, by grouping; those with one group alone say nothing."""
    result: dict[str, Any] = {}
    for grouping in dict.fromkeys(name for p in passages for name in p.slices or {}):
        groups: dict[str, list[int]] = {}
        for i, passage in enumerate(passages):
            groups.setdefault((passage.slices or {}).get(grouping, "unknown"), []).append(i)
        if len(groups) < 2:
            continue
        result[grouping] = {}
        for name, rows in sorted(groups.items()):
            some, outcome = [passages[i] for i in rows], [matched[i] for i in rows]
            documents = list(dict.fromkeys(p.document for p in some))
            counts = count(some, outcome, types, documents)
            draws = bootstrap.draw(len(documents))
            result[grouping][name] = {
                "passages": len(rows), "documents": len(documents), "micro": bootstrap.score(counts.sum(0), draws),
                "macro": bootstrap.macro(counts, draws),
            }  # fmt: skip
    return result


def errors(passage: Passage, m: Matched) -> list[dict[str, Any]]:
    """Return one entry an error, by place: its kind, the gold span, the found one with its score, and the text around."""
    pairs: list[tuple[str, Span | None, Span | None]] = [("boundary", g, f) for g, f in m.boundary]
    pairs += [("type", g, f) for g, f in m.type]
    pairs += [(MISSED, g, None) for g in m.missed]
    pairs += [(SPURIOUS, None, f) for f in m.spurious]
    found = []
    for kind, gold, other in pairs:
        spans = [s for s in (gold, other) if s]
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        around = f"{passage.text[max(0, start - AROUND) : start]}⟦{passage.text[start:end]}⟧{passage.text[end : end + AROUND]}"
        found.append(
            {
                "document": passage.document, "kind": kind, "gold": _words(passage.text, gold), "found": _words(passage.text, other),
                "score": other.score if other else None, "source": other.source if other else None, "start": start, "end": end,
                "context": re.sub(r"\s+", " ", around),
            }
        )  # fmt: skip
    return sorted(found, key=lambda e: (int(str(e["start"])), str(e["kind"])))


def _words(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"type": span.type, "start": span.start, "end": span.end, "text": text[span.start : span.end]} if span else None
