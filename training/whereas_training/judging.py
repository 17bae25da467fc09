"""Spans found in a window, decoded and scored as serving does, judged against allowed sets by public type.

Right is a span with the bounds and type of a gold span; nobody can judge one that may be of its type or of none all along; any other is
wrong. Model and gold may have different label schemas, so a model published earlier is judged on today's labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from whereas.recognition.decode import best_path, log_softmax, path_spans, type_probabilities, word_scores
from whereas.recognition.schema import Group, LabelSchema
from whereas.recognition.tokenizer import WordPieces
from whereas_training.evaluate import Logits, public_gold
from whereas_training.windows import Window

GENERAL_PASSAGES = 10
"""General passages that count as one document: the file names none, and neighbours are of one text."""


@dataclass(frozen=True, slots=True)
class Found:
    """A predicted span: tokens ``[first, end)``, public type, raw score in 0..1."""

    first: int
    end: int
    type: str
    score: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A window's spans of one layer: ``sure`` are those of ``right`` whose gold span has that type beyond doubt; ``missed`` are types."""

    right: tuple[Found, ...]
    wrong: tuple[Found, ...]
    sure: tuple[Found, ...]
    missed: tuple[str, ...]


def first_tokens(window: Window, pieces: WordPieces) -> npt.NDArray[np.int64]:
    """Return int64, shape (words,): each word's first token."""
    continues = [i > 0 and pieces.piece(int(t)).startswith("##") for i, t in enumerate(window.input_ids)]
    return np.flatnonzero(~np.array(continues, dtype=bool)).astype(np.int64)


def documents_of(windows: Sequence[Window]) -> list[int]:
    """Return a document number a window: contracts begin with an opening window, general passages go by tens, below 0."""
    numbers, contract = [], 0
    for i, window in enumerate(windows):
        contract += window.opening
        numbers.append(contract if window.source.startswith("cuad") else -1 - i // GENERAL_PASSAGES)
    return numbers


def find_spans(logits: Logits, firsts: npt.NDArray[np.int64], *, group: Group, schema: LabelSchema) -> list[Found]:
    """Decode one group's spans.

    Args:
        logits: float32, shape (tokens, labels of all groups).
        firsts: see ``first_tokens``.
        group: the group, of ``schema``.
        schema: of the model that gave the logits.
    """
    log_probs = log_softmax(logits[:, group.columns])
    names, marginals = type_probabilities(np.exp(log_probs), group, schema)
    ends = np.append(firsts[1:], len(log_probs))
    found = []
    for a, b, kind in path_spans(best_path(word_scores(log_probs, firsts))):
        first, end = int(firsts[a]), int(ends[b - 1])
        for name in schema.public_types(group.types[kind]):
            found.append(Found(first, end, name, float(marginals[first:end, names.index(name)].mean())))
    return found


def served(found: Sequence[Found], *, layer: str, schema: LabelSchema) -> list[Found]:
    """Return the spans that serving keeps: those whose calibrated score reaches their type's threshold."""
    calibration = schema.calibration_of(layer)
    return [f for f in found if round(calibration.apply(f.score), 4) >= schema.thresholds.get(f.type, 0.0)]


def judge(found: Sequence[Found], masks: npt.NDArray[np.int64], *, group: Group, schema: LabelSchema) -> Judged:
    """Judge a window's spans of one layer.

    Args:
        found: of one model.
        masks: int64, shape (tokens,): allowed labels; see ``labels.token_masks``.
        group: the layer's group of the schema that the masks were made with.
        schema: that schema.
    """
    gold = {(g.first, g.end): g for g in public_gold(masks, group.types, schema)}
    hits: dict[tuple[int, int], set[str]] = {}
    right, wrong, sure = [], [], []
    for span in found:
        truth = gold.get((span.first, span.end))
        if truth and span.type in (truth.sure or truth.possible):
            right.append(span)
            hits.setdefault((span.first, span.end), set()).add(span.type)
            if span.type in truth.sure:
                sure.append(span)
        elif not (truth and span.type in truth.possible) and not _open(span, masks, group=group, schema=schema):
            wrong.append(span)
    missed: list[str] = []
    for place, truth in gold.items():
        hit = hits.get(place, set())
        missed += sorted(truth.sure - hit) if truth.sure else [] if hit else [min(truth.possible)]
    return Judged(tuple(right), tuple(wrong), tuple(sure), tuple(missed))


def _open(span: Found, masks: npt.NDArray[np.int64], *, group: Group, schema: LabelSchema) -> bool:
    """Say whether all tokens of a span may be of its type, and all may be of none."""
    bits = sum(6 << 2 * i for i, kind in enumerate(group.types) if span.type in schema.public_types(kind))
    inside = masks[span.first : span.end]
    return bool(np.all(inside & bits) and np.all(inside & 1))
