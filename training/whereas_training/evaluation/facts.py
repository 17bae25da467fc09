"""Scores of the facts of whole documents: by field, with intervals, in slices, and each error as a line of a diff."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from whereas_training.evaluation import bootstrap
from whereas_training.evaluation.reliability import reliability
from whereas_training.evaluation.scorers import Scorer, Values, fragments

AROUND = 60
"""Characters shown on each side of a wrong value's evidence."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document's answers: what was wanted and given by field, the record's ``contract`` and the text its evidence counts in.

    ``slices`` says which group it is of, by name of the grouping.
    """

    document: str
    gold: Values
    given: Values
    contract: Mapping[str, Any]
    text: str
    slices: Mapping[str, str]


def count(documents: Sequence[Document], fields: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return right, wrong and missed values: int64, shape (fields, documents, 3); zeros where the gold cannot be compared."""
    counts = np.zeros((len(fields), len(documents), 3), dtype=np.int64)
    for i, field in enumerate(fields):
        for j, document in enumerate(documents):
            gold, given = document.gold.get(field), document.given.get(field) or Counter()
            if gold is not None:
                right = (gold & given).total()
                counts[i, j] = right, given.total() - right, gold.total() - right
    return counts


def report(documents: Sequence[Document], scorer: Scorer) -> dict[str, Any]:
    """Return all that is said of a set of documents.

    Args:
        documents: of one set.
        scorer: its fields, and what names a wrong value's fact.

    Returns:
        ``fields``, ``micro``, ``macro``, ``slices``; ``calibration`` of the facts' scores; ``errors``; ``right`` ([document, field, value])
        and ``counts`` (right, wrong, missed by field and document) for a comparison with another model.
    """
    fields = scorer.fields
    counts = count(documents, fields)
    judged = [pair for document in documents for pair in verdicts(document, scorer)]
    return {
        "documents": len(documents),
        **scores(counts, fields),
        "slices": _slices(documents, fields, counts),
        "calibration": reliability([score for score, _ in judged], [right for _, right in judged]),
        "errors": [error for document in documents for error in errors(document, scorer)],
        "right": [[d.document, field, value] for d in documents for field in fields for value in _right(d, field)],
        "counts": {field: {d.document: counts[i, j].tolist() for j, d in enumerate(documents)} for i, field in enumerate(fields)},
    }


def scores(counts: npt.NDArray[np.int64], fields: Sequence[str]) -> dict[str, Any]:
    """Return ``fields``, ``micro`` and ``macro`` of counts of shape (fields, documents, 3)."""
    draws = bootstrap.draw(counts.shape[1]) if counts.shape[1] else None
    return {
        "fields": {field: {**bootstrap.score(counts[i], draws), "documents": _with_gold(counts[i])} for i, field in enumerate(fields)},
        "micro": bootstrap.score(counts.sum(0), draws),
        "macro": bootstrap.macro(counts, draws),
    }


def _with_gold(counts: npt.NDArray[np.int64]) -> int:
    """Return how many documents have a gold value that can be compared; ``counts`` has shape (documents, 3)."""
    return int((counts[:, 0] + counts[:, 2] > 0).sum())


def _right(document: Document, field: str) -> list[str]:
    gold, given = document.gold.get(field), document.given.get(field)
    return sorted((gold & given).elements()) if gold and given else []


def _slices(documents: Sequence[Document], fields: Sequence[str], counts: npt.NDArray[np.int64]) -> dict[str, Any]:
    """Return micro and macro F1 of each group, by grouping; those with one group alone say nothing."""
    result: dict[str, Any] = {}
    for grouping in dict.fromkeys(name for d in documents for name in d.slices):
        groups: dict[str, list[int]] = {}
        for j, document in enumerate(documents):
            groups.setdefault(document.slices.get(grouping, "unknown"), []).append(j)
        if len(groups) > 1:
            result[grouping] = {name: _group(counts[:, rows], fields) for name, rows in sorted(groups.items())}
    return result


def _group(counts: npt.NDArray[np.int64], fields: Sequence[str]) -> dict[str, Any]:
    found = scores(counts, fields)
    by_field = {field: row["f1"] for field, row in found["fields"].items() if row["gold"]}
    return {"documents": counts.shape[1], "micro": found["micro"], "macro": found["macro"], "fields": by_field}


def errors(document: Document, scorer: Scorer) -> list[dict[str, Any]]:
    """Return one entry a field whose values differ from the gold: ``missed`` values, ``spurious`` ones with score and evidence."""
    found = []
    for field in scorer.fields:
        gold, given = document.gold.get(field), document.given.get(field) or Counter()
        if gold is None or gold == given:
            continue
        found.append(
            {
                "document": document.document, "field": field, "expected": sorted(gold.elements()),
                "right": sorted((gold & given).elements()), "missed": sorted((gold - given).elements()),
                "spurious": [{"value": value, **_origin(document, field, value, scorer.given)} for value in sorted(given - gold)],
            }
        )  # fmt: skip
    return found


def verdicts(document: Document, scorer: Scorer) -> Iterator[tuple[float, bool]]:
    """Yield the score of each fact that gave a value, and whether that is right."""
    for field in scorer.fields:
        gold = document.gold.get(field)
        if gold is None:
            continue
        for value in document.given.get(field) or ():
            score = _origin(document, field, value, scorer.given).get("score")
            if score is not None:
                yield float(score), value in gold


def _origin(document: Document, field: str, value: str, given: Callable[[Mapping[str, Any]], Values]) -> dict[str, Any]:
    """Return score, source and evidence of the fact that gave a value; empty where none alone gives it."""
    for alone, fact in fragments(document.contract):
        if value in (given(alone).get(field) or ()):
            places = [[e["start"], e["end"]] for e in fact.get("evidence") or ()]
            return {
                "text": fact.get("text") or fact.get("name"), "score": fact.get("score"), "source": fact.get("source"),
                "rule": fact.get("rule"), "derivation": fact.get("derivation"), "evidence": places,
                "context": _context(document.text, places),
            }  # fmt: skip
    return {}


def _context(text: str, places: Sequence[Sequence[int]]) -> str:
    if not places:
        return ""
    start, end = places[0]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return re.sub(r"\s+", " ", f"{before}⟦{text[start:end]}⟧{after}").strip()


def reachable(documents: Sequence[Document], field: str) -> dict[str, float | int]:
    """Return how many gold values of a field stand in the text that was read, letters and digits compared: the recall's ceiling."""
    values = [(value, d.text) for d in documents for value in (d.gold.get(field) or Counter()).elements()]
    there = sum(_bare(value) in _bare(text) for value, text in values)
    return {"gold": len(values), "in_text": there, "share": round(there / max(len(values), 1), 4)}


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.replace("&", "and")).upper()
