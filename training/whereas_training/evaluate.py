"""Span scores of a model on windows whose labels are allowed sets, by argmax and by serving's own Viterbi.

Spans are compared in public types. A predicted span counts as right if a gold span has its bounds and type; as neither
where all of it may be of that type or of none, as nobody annotated it; else as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whereas.recognition.decode import best_path, log_softmax, path_spans, word_scores
from whereas.recognition.schema import Group, LabelSchema
from whereas.recognition.session import Session
from whereas.recognition.tokenizer import WordPieces
from whereas_training.windows import Window, labelled_groups

Logits = npt.NDArray[np.float32]
Predict = Callable[[Window], Logits]


def onnx_predictor(path: Path, schema: LabelSchema, pieces: WordPieces) -> Predict:
    """Return what runs a window through serving's session: float32 logits, shape (tokens, labels)."""
    session = Session.load(path, width=schema.width)

    def predict(window: Window) -> Logits:
        ids = np.concatenate(([pieces.cls_id], window.input_ids, [pieces.sep_id])).astype(np.int64)
        types = np.concatenate(([0], window.token_type_ids, [0])).astype(np.int64)
        return session.logits(ids, types)[1:-1]

    return predict


def gold_spans(masks: npt.NDArray[np.int64], types: Sequence[str]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield (first, end, allowed types) of the sure spans of a mask array; see ``labels.token_masks``."""
    begins = sum(1 << (2 * i + 1) for i in range(len(types)))
    for first in np.flatnonzero((masks & begins > 0) & (masks & ~begins == 0)):
        mask, end = int(masks[first]), int(first) + 1
        while end < len(masks) and masks[end] == mask << 1:
            end += 1
        yield int(first), end, frozenset(t for i, t in enumerate(types) if mask >> (2 * i + 1) & 1)


def greedy_spans(scores: Logits) -> list[tuple[int, int, int]]:
    """Return the spans of token-wise argmax, the usual repair: an I that follows no label of its type begins a span."""
    path = scores.argmax(axis=1)
    spans: list[tuple[int, int, int]] = []
    for i, column in enumerate(path):
        kind = (int(column) - 1) // 2
        if column % 2 == 1 or (column and (not spans or spans[-1][1] != i or spans[-1][2] != kind)):
            spans.append((i, i + 1, kind))
        elif column:
            spans[-1] = (spans[-1][0], i + 1, kind)
    return spans


def _viterbi_spans(scores: Logits, firsts: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    ends = np.append(firsts[1:], len(scores))
    return [(int(firsts[a]), int(ends[b - 1]), k) for a, b, k in path_spans(best_path(word_scores(scores, firsts)))]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated span in public types: ``sure`` ones it has, ``possible`` ones it may have."""

    first: int
    end: int
    sure: frozenset[str]
    possible: frozenset[str]


def public_gold(masks: npt.NDArray[np.int64], types: Sequence[str], schema: LabelSchema) -> list[Gold]:
    """Return the sure spans in public types; where two types exclude each other (a person or an organisation), both are possible."""
    gold = []
    for first, end, kinds in gold_spans(masks, types):
        expanded = [frozenset(schema.public_types(kind)) for kind in kinds]
        gold.append(Gold(first, end, frozenset.intersection(*expanded), frozenset.union(*expanded)))
    return gold


def count_spans(
    counts: Counter[str], masks: npt.NDArray[np.int64], spans: list[tuple[int, int, int]], *, group: Group, schema: LabelSchema
) -> None:
    """Add a window's right ("tp"), wrong ("fp") and missed ("fn") spans to ``counts``, by public type."""
    gold = {(g.first, g.end): g for g in public_gold(masks, group.types, schema)}
    found: dict[tuple[int, int], set[str]] = {}
    for first, end, kind in spans:
        unsure = bool(np.all((masks[first:end] >> (2 * kind + 1)) & 3) and np.all(masks[first:end] & 1))
        truth = gold.get((first, end))
        for name in schema.public_types(group.types[kind]):
            if truth and (name in truth.sure or (not truth.sure and name in truth.possible)):
                found.setdefault((first, end), set()).add(name)
                counts[f"tp {name}"] += 1
            elif not unsure and not (truth and name in truth.possible):
                counts[f"fp {name}"] += 1
    for place, truth in gold.items():
        hit = found.get(place, set())
        missed = truth.sure - hit if truth.sure else ({min(truth.possible)} if not hit else set())
        for name in missed:
            counts[f"fn {name}"] += 1


def scores_of(counts: Counter[str], types: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return precision, recall, F1 and gold count a type, and ``micro`` over all."""
    result = {}
    for name, group in [*((t, (t,)) for t in types), ("micro", tuple(types))]:
        tp, fp, fn = (sum(counts[f"{what} {t}"] for t in group) for what in ("tp", "fp", "fn"))
        precision, recall = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
        result[name] = {"precision": round(precision, 4), "recall": round(recall, 4),
                        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4), "gold": tp + fn}  # fmt: skip
    return result


def evaluate(
    windows: Sequence[Window], predicted: Sequence[Logits], schema: LabelSchema, pieces: WordPieces
) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Return scores by layer and decoding ("argmax", "viterbi") of the logits of each window."""
    groups = labelled_groups(schema, windows)
    counts = {(g.layer, how): Counter[str]() for g in groups for how in ("argmax", "viterbi")}
    for window, logits in zip(windows, predicted, strict=True):
        firsts = np.flatnonzero([i == 0 or not pieces.piece(int(t)).startswith("##") for i, t in enumerate(window.input_ids)]).astype(
            np.int64
        )
        for group in groups:
            masks = window.masks_of(group)
            scores = log_softmax(logits[:, group.columns])
            count_spans(counts[group.layer, "argmax"], masks, greedy_spans(scores), group=group, schema=schema)
            count_spans(counts[group.layer, "viterbi"], masks, _viterbi_spans(scores, firsts), group=group, schema=schema)
    public: dict[str, tuple[str, ...]] = {}
    for group in groups:
        kinds = (name for kind in group.types for name in schema.public_types(kind))
        public[group.layer] = tuple(dict.fromkeys([*public.get(group.layer, ()), *kinds]))
    return {layer: {how: scores_of(counts[layer, how], types) for how in ("argmax", "viterbi")} for layer, types in public.items()}


def changed_labels(reference: Sequence[Logits], other: Sequence[Logits], schema: LabelSchema) -> dict[str, float]:
    """Return, a layer, the share of tokens with an entity label in ``reference`` whose argmax label differs in ``other``."""
    changed, entities = Counter[str](), Counter[str]()
    for a, b in zip(reference, other, strict=True):
        for group in schema.groups:
            x, y = a[:, group.columns].argmax(1), b[:, group.columns].argmax(1)
            entities[group.layer] += int((x > 0).sum())
            changed[group.layer] += int(((x > 0) & (x != y)).sum())
    return {layer: round(changed[layer] / max(entities[layer], 1), 4) for layer in entities}
