"""Two artefacts on the same windows: F1 with intervals, the paired difference, and the spans that only one of them gets right.

Intervals are percentile bootstrap over documents (Efron and Tibshirani 1993), as spans of one contract are no independent draws; the
difference uses the same draws for both (Koehn 2004).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whereas.recognition.schema import LabelSchema
from whereas.recognition.tokenizer import WordPieces
from whereas_training.evaluate import Logits, onnx_predictor
from whereas_training.gate import Compared
from whereas_training.judging import documents_of, find_spans, first_tokens, judge, served
from whereas_training.windows import Window, labelled_groups

DRAWS = 1000
SURE = tuple[int, str, int, int, str]
"""Window, layer, first token, end token, type."""


@dataclass(slots=True)
class Measured:
    """One artefact's result: ``counts`` by name (a layer or a type), int64 of shape (documents, 3): right, wrong, missed.

    ``sure`` are the right spans whose gold is beyond doubt.
    """

    counts: dict[str, npt.NDArray[np.int64]] = field(default_factory=dict)
    sure: set[SURE] = field(default_factory=set)

    def row(self, name: str, documents: int) -> npt.NDArray[np.int64]:
        """Return the counts of a layer or type, zeros at first."""
        return self.counts.setdefault(name, np.zeros((documents, 3), dtype=np.int64))


def predict(model: Path, schema: LabelSchema, pieces: WordPieces, windows: Sequence[Window]) -> list[Logits]:
    """Return the logits of every window.

    Raises:
        ModelContractError: the model does not fit its schema.
    """
    run = onnx_predictor(model, schema, pieces)
    return [run(window) for window in windows]


def measure(
    predicted: Sequence[Logits], windows: Sequence[Window], *, schema: LabelSchema, gold: LabelSchema, pieces: WordPieces
) -> Measured:
    """Judge a model's spans, calibrated and cut by thresholds as served.

    Args:
        predicted: logits of each window.
        windows: masks made with ``gold``; roles of general passages are not judged.
        schema: the model's own.
        gold: what the windows' masks mean.
        pieces: tells where words begin.
    """
    result = Measured()
    numbers, targets = documents_of(windows), labelled_groups(gold, windows)
    index = {number: i for i, number in enumerate(sorted(set(numbers)))}
    for at, (window, logits, number) in enumerate(zip(windows, predicted, numbers, strict=True)):
        firsts = first_tokens(window, pieces)
        for target in targets:
            if target.layer == "role" and number < 0:
                continue
            found = [
                span
                for group in schema.groups
                if group.layer == target.layer and set(group.types) & set(target.types)
                for span in served(find_spans(logits, firsts, group=group, schema=schema), layer=group.layer, schema=schema)
            ]
            masks = window.masks_of(target)
            judged = judge(found, masks, group=target, schema=gold)
            outcomes = [*((s.type, 0) for s in judged.right), *((s.type, 1) for s in judged.wrong), *((kind, 2) for kind in judged.missed)]
            for kind, column in outcomes:
                for name in (target.layer, kind):
                    result.row(name, len(index))[index[number], column] += 1
            result.sure |= {(at, target.layer, s.first, s.end, s.type) for s in judged.sure}
    return result


def _f1(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return F1 of counts of shape (…, 3)."""
    return np.asarray(2 * counts[..., 0] / np.maximum(2 * counts[..., 0] + counts[..., 1] + counts[..., 2], 1))


def _draws(documents: int, *, seed: int = 7) -> npt.NDArray[np.int64]:
    return np.random.default_rng(seed).multinomial(documents, np.full(documents, 1 / documents), size=DRAWS)


def _interval(values: npt.NDArray[np.float64]) -> list[float]:
    return [round(float(v), 4) for v in np.quantile(values, (0.025, 0.975))]


def scores(measured: Measured) -> dict[str, dict[str, float | int | list[float]]]:
    """Return, for each layer and type, precision, recall, F1, its 95 % interval and the number of gold spans."""
    result: dict[str, dict[str, float | int | list[float]]] = {}
    for name, counts in sorted(measured.counts.items()):
        tp, fp, fn = (int(n) for n in counts.sum(0))
        result[name] = {
            "precision": round(tp / max(tp + fp, 1), 4),
            "recall": round(tp / max(tp + fn, 1), 4),
            "f1": round(float(_f1(counts.sum(0))), 4),
            "interval": _interval(_f1(_draws(len(counts)) @ counts)), "gold": tp + fn,
        }  # fmt: skip
    return result


def compare(name: str, candidate: Measured, baseline: Measured) -> list[Compared]:
    """Return one comparison a layer that both were judged on, over the same documents.

    Args:
        name: of the set of windows, for the reader.
        candidate: the new artefact's result.
        baseline: the served artefact's.
    """
    found = []
    for layer in ("mention", "role"):
        if layer not in candidate.counts and layer not in baseline.counts:
            continue
        documents = len(next(m.counts[layer] for m in (candidate, baseline) if layer in m.counts))
        new, old = candidate.row(layer, documents), baseline.row(layer, documents)
        draws = _draws(documents)
        right = {span for span in baseline.sure if span[1] == layer}
        found.append(
            Compared(
                name=f"{name}, {layer}s", baseline=round(float(_f1(old.sum(0))), 4), candidate=round(float(_f1(new.sum(0))), 4),
                difference=tuple(_interval(_f1(draws @ new) - _f1(draws @ old))), right=len(right), lost=len(right - candidate.sure),
                gained=len({span for span in candidate.sure if span[1] == layer} - right),
            )
        )  # fmt: skip
    return found


def weakest(rows: Mapping[str, Mapping[str, object]], *, below: float = 0.7, fewest: int = 10) -> list[str]:
    """Return a sentence for each type whose F1 is low, lowest first; types with few gold spans are named as unmeasured."""
    types = {name: row for name, row in rows.items() if name.isupper()}
    low = sorted(
        (n for n, r in types.items() if int(str(r["gold"])) >= fewest and float(str(r["f1"])) < below), key=lambda n: str(types[n]["f1"])
    )
    few = sorted(n for n, r in types.items() if int(str(r["gold"])) < fewest)
    sentences = [f"{n}: F1 {types[n]['f1']}, 95 % interval {types[n]['interval']}, on {types[n]['gold']} dev spans." for n in low]
    return sentences + ([f"Fewer than {fewest} dev spans, so hardly measured: {', '.join(few)}."] if few else [])
