"""Calibrated scores: from the quantized model's spans on the dev windows to the label schema's calibration and thresholds.

Runs after ``quantize`` and before ``evaluate`` and ``publish``. Writes ``calibration`` and ``thresholds`` into
``label_schema.json`` and what speaks for them into ``calibration.json``, which the model card quotes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from whereas.recognition.decode import log_softmax
from whereas.recognition.schema import LabelSchema, load_schema, parse_schema
from whereas.recognition.tokenizer import WordPieces
from whereas_training import calibration_fit as fit
from whereas_training.evaluate import Logits, onnx_predictor
from whereas_training.judging import Judged, documents_of, find_spans, first_tokens, judge
from whereas_training.pages import CALIBRATION_SOURCE
from whereas_training.windows import Window, labelled_groups, load

TEMPERATURES = np.round(np.arange(0.5, 3.01, 0.05), 2)


@dataclass(slots=True)
class Spans:
    """One layer's predicted spans, parallel lists, and the (document, type) of gold spans that none matches."""

    types: list[str] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    missed: list[tuple[int, str]] = field(default_factory=list)

    def scored(self, kind: str | None = None) -> fit.Scored:
        """Return the spans of one type, or all, as arrays."""
        rows = np.flatnonzero([kind in (None, t) for t in self.types])
        documents = np.array(self.documents, dtype=np.int64)
        return fit.Scored(np.array(self.scores, dtype=np.float64)[rows], np.array(self.right, dtype=bool)[rows], documents[rows])


def add_spans(spans: Spans, judged: Judged, document: int) -> None:
    """Add a window's judged spans to ``spans``."""
    for verdict, found in ((True, judged.right), (False, judged.wrong)):
        for span in found:
            spans.types.append(span.type)
            spans.scores.append(span.score)
            spans.right.append(verdict)
            spans.documents.append(document)
    spans.missed += [(document, kind) for kind in judged.missed]


def token_losses(logits: Logits, masks: npt.NDArray[np.int64]) -> fit.Floats:
    """Return one window's summed negative log-likelihood of the allowed labels at each of ``TEMPERATURES``.

    Args:
        logits: float32, shape (tokens, labels of the group).
        masks: int64, shape (tokens,); see ``labels.token_masks``.
    """
    allowed = (masks[:, None] >> np.arange(logits.shape[1])) & 1 > 0
    told = ~allowed.all(axis=1)
    rows, allowed = logits[told].astype(np.float64), allowed[told]
    sums = [-np.log(np.maximum((np.exp(log_softmax(rows / t)) * allowed).sum(1), 1e-12)).sum() for t in TEMPERATURES]
    return np.array(sums)


def calibrate(out: Path) -> None:
    """Fit what the chosen quantized model's scores mean, and store it.

    Roles are fitted on the dev windows, mentions on pages of the same contracts that were read for this (``pages-calibration.npz``; not
    those that models are measured on), in a run without them on votes and general English.

    Raises:
        ModelContractError: model, schema and tokenizer in ``out`` do not fit together.
        OSError: the model was not quantized, or the data not built.
    """
    from whereas_training import export  # needs onnx and torch, which the tests' environment lacks

    schema, pieces = load_schema(out), WordPieces.load(out / "tokenizer.json")
    predict = onnx_predictor(out / export.CHOSEN / "model_quantized.onnx", schema, pieces)
    names = ("dev", "pages-calibration") if (out / "data" / "pages-calibration.npz").exists() else ("dev", "general-dev")
    windows = [window for name in names for window in load(out / "data" / f"{name}.npz")]
    report = fit_all(windows, [predict(window) for window in windows], schema, pieces)
    store(report, out / "label_schema.json")
    (out / "calibration.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({layer: [r["chosen"], r["ece_before"], r["ece_after"]] for layer, r in report["layers"].items()}), flush=True)


def fit_all(windows: Sequence[Window], predicted: Sequence[Logits], schema: LabelSchema, pieces: WordPieces) -> dict[str, Any]:
    """Return what ``calibration.json`` holds: ``layers`` (fits, their figures, reliability) and ``thresholds`` by type."""
    report: dict[str, Any] = {"method": _METHOD, "layers": {}, "thresholds": {}}
    groups, documents = labelled_groups(schema, windows), documents_of(windows)
    read = any(w.source == CALIBRATION_SOURCE for w in windows)
    asked = {layer: [_asks(window, layer, read=read) for window in windows] for layer in dict.fromkeys(g.layer for g in groups)}
    for layer, ask in asked.items():
        spans, losses, tokens = Spans(), dict[int, fit.Floats](), 0
        for window, logits, document in (row for row, yes in zip(zip(windows, predicted, documents, strict=True), ask, strict=True) if yes):
            for group in (g for g in groups if g.layer == layer):
                masks = window.masks_of(group)
                found = find_spans(logits, first_tokens(window, pieces), group=group, schema=schema)
                add_spans(spans, judge(found, masks, group=group, schema=schema), document)
                if layer == "role":
                    losses[document] = losses.get(document, 0) + token_losses(logits[:, group.columns], masks)
                    tokens += len(masks)
        row, line = _layer(spans)
        if losses:
            row["tokens"] = fit.choose_temperature(np.stack(list(losses.values())), TEMPERATURES, tokens=tokens)
        report["layers"][layer] = row
        for name in sorted(set(spans.types) | {kind for _, kind in spans.missed}):
            data = spans.scored(name)
            calibrated = fit.Scored(line(data.scores), data.right, data.documents)
            missed = [document for document, kind in spans.missed if kind == name]
            report["thresholds"][name] = asdict(fit.choose_threshold(calibrated, missed))
    return report


def _asks(window: Window, layer: str, *, read: bool) -> bool:
    """Say whether a window has answers for a layer: contracts for roles; for mentions the pages that were read, where some were."""
    if layer == "role":
        return window.source == "cuad-dev"
    return window.source == CALIBRATION_SOURCE or not read


_METHOD = (
    "per layer, the simplest of none, temperature and Platt scaling within a standard error of the best held-out likelihood; "
    f"{fit.FOLDS} folds of whole documents; ECE over {fit.BINS} bins of equal size; a threshold only where F1 on held-out documents "
    f"gains in 95 % of {fit.DRAWS} draws of documents"
)


def _layer(spans: Spans) -> tuple[dict[str, Any], fit.Line]:
    data = spans.scored()
    chosen, figures = fit.choose_method(data)
    line = fit.METHODS[chosen](data.scores, data.right)
    assert isinstance(line, fit.Line)
    served = fit.Line(round(line.slope, 4), round(line.intercept, 4))
    row = {
        "spans": len(data.scores), "right": int(data.right.sum()), "documents": len(np.unique(data.documents)), "chosen": chosen,
        "slope": served.slope, "intercept": served.intercept, "ece_before": figures["none"]["ece"], "ece_after": figures[chosen]["ece"],
        "candidates": figures, "reliability": _reliability(served(data.scores), data.right),
    }  # fmt: skip
    return row, served


def _reliability(probabilities: fit.Floats, right: fit.Bools) -> list[dict[str, float]]:
    order = np.argsort(probabilities, kind="stable")
    bins = [part for part in np.array_split(order, fit.BINS) if len(part)]
    return [{"score": round(float(probabilities[b].mean()), 3), "right": round(float(right[b].mean()), 3), "spans": len(b)} for b in bins]


def store(report: dict[str, Any], path: Path) -> None:
    """Write the report's calibration and thresholds into a label schema, over those it has, and check that serving accepts it.

    Raises:
        ModelContractError: the report's values are out of range.
    """
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["calibration"] = {
        layer: {"slope": row["slope"], "intercept": row["intercept"]}
        | ({"token_temperature": row["tokens"]["temperature"]} if "tokens" in row else {})
        for layer, row in report["layers"].items()
    }
    schema["thresholds"] = {name: row["value"] for name, row in report["thresholds"].items() if row["value"]}
    parse_schema(schema)
    path.write_text(json.dumps(schema, indent=1) + "\n", encoding="utf-8")
