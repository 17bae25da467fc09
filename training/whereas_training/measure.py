"""Scores of fp32 and of every quantization scheme on the dev windows, written to ``metrics.json``."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from whereas.recognition.schema import load_schema
from whereas.recognition.tokenizer import WordPieces

from whereas_training import export
from whereas_training.dataset import load
from whereas_training.evaluate import changed_labels, evaluate, onnx_predictor

WHY = (
    "Why uint8 weights: on x86 without VNNI, int8 weights times uint8 activations are summed in 16 bits and can saturate (ONNX Runtime's\n"
    "quantization guide), and Lambda does not promise VNNI. Seven-bit weights (`reduce_range`) avoid that at the price of precision;\n"
    "uint8 weights avoid it without one. The table has all three, measured on one machine with VNNI while other work ran. The\n"
    " classifier layer stays fp32: it is 0.07 % of the weights."
)


def measure(out: Path, schema_dir: Path) -> None:
    """Evaluate ``out/onnx`` and each quantized variant; needs ``dev.npz`` and ``general-dev.npz`` in ``out/data``."""
    schema = load_schema(schema_dir)
    pieces = WordPieces.load(schema_dir / "tokenizer.json")
    sets = {"cuad-dev": load(out / "data" / "dev.npz"), "gum-dev": load(out / "data" / "general-dev.npz")}
    paths = {"fp32": out / "onnx" / "model.onnx", **{s.name: out / s.name / "model_quantized.onnx" for s in export.SCHEMES}}
    reference = onnx_predictor(paths["fp32"], schema, pieces)
    variants: dict[str, Any] = {}
    for name, path in paths.items():
        predict = onnx_predictor(path, schema, pieces)
        began = time.perf_counter()
        row: dict[str, Any] = {data: evaluate(windows, predict, schema, pieces) for data, windows in sets.items()}
        seconds = time.perf_counter() - began
        row["tokens_per_s"] = round(sum(len(w.input_ids) for windows in sets.values() for w in windows) / seconds)
        row["mb"] = round(path.stat().st_size / 1e6, 1)
        if name != "fp32":
            row["changed"] = changed_labels(sets["cuad-dev"], reference, predict, schema)
        variants[name] = row
        print(
            name,
            json.dumps({d: {layer: how["viterbi"]["micro"]["f1"] for layer, how in row[d].items()} for d in sets}),
            row.get("changed"),
            flush=True,
        )
    metrics = {"served": {d: variants[export.CHOSEN][d] for d in sets}, "variants": variants, "why": WHY}
    (out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", encoding="utf-8")
