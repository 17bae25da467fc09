"""Scores of fp32 and of every quantization scheme on the dev windows, written to ``metrics.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from whereas.recognition.schema import load_schema
from whereas.recognition.tokenizer import WordPieces
from whereas_training import export
from whereas_training.evaluate import Logits, changed_labels, evaluate, onnx_predictor
from whereas_training.saturation import measure_saturation
from whereas_training.windows import Window, load

PLAIN_WINDOWS = 80
"""Dev windows without evidence that are scored besides all of those with it: they hold the chances for false alarms."""
SATURATION_WINDOWS = 6
"""Windows run in slow integer arithmetic: about half a minute each."""


def choose(windows: list[Window]) -> list[Window]:
    """Return all windows that open a contract or hold a sure role, and the first few of the others."""
    telling = [w for w in windows if w.opening or bool(np.any(w.roles & 1 == 0))]
    chosen = {id(w) for w in telling}
    return telling + [w for w in windows if id(w) not in chosen][:PLAIN_WINDOWS]


def measure(out: Path, schema_dir: Path) -> None:
    """Evaluate ``out/onnx`` and each quantized variant; needs ``dev.npz``, ``pages-dev.npz`` and ``general-dev.npz`` in ``out/data``."""
    schema = load_schema(schema_dir)
    pieces = WordPieces.load(schema_dir / "tokenizer.json")
    sets = {
        "cuad-dev": choose(load(out / "data" / "dev.npz")), "cuad-pages": load(out / "data" / "pages-dev.npz"),
        "gum-dev": load(out / "data" / "general-dev.npz"),
    }  # fmt: skip
    paths = {"fp32": out / "onnx" / "model.onnx", **{s.name: out / s.name / "model_quantized.onnx" for s in export.SCHEMES}}
    reference: list[Logits] = []
    variants: dict[str, Any] = {}
    for name, path in paths.items():
        predict = onnx_predictor(path, schema, pieces)
        logits = {data: [predict(w) for w in windows] for data, windows in sets.items()}
        row: dict[str, Any] = {data: evaluate(windows, logits[data], schema, pieces) for data, windows in sets.items()}
        row["mb"] = round(path.stat().st_size / 1e6, 1)
        reference = reference or logits["cuad-dev"]
        if name != "fp32":
            row["changed"] = changed_labels(reference, logits["cuad-dev"], schema)
        variants[name] = row
        micro = {data: {layer: how["viterbi"]["micro"]["f1"] for layer, how in row[data].items()} for data in sets}
        print(name, json.dumps(micro), row.get("changed"), flush=True)
    metrics = {
        "served": {data: variants[export.CHOSEN][data] for data in sets},
        "variants": variants,
        "saturation": measure_saturation(out / "checkpoint", sets["cuad-dev"][:SATURATION_WINDOWS]),
    }
    (out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
