"""What a model finds in the windows of CUAD's dev contracts that the data step labelled by rules and evidence: roles above all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whereas.errors import ModelContractError
from whereas.recognition.artefact import MODEL_FILE, TOKENIZER_FILE, sha256_of
from whereas.recognition.schema import load_schema
from whereas.recognition.tokenizer import WordPieces
from whereas_training import comparison
from whereas_training.judging import documents_of
from whereas_training.windows import load

LAYERS = ("mention", "role")


def evaluate_windows(path: Path, model_dir: Path, *, labelled_for: Path) -> dict[str, Any]:
    """Return for each layer ``micro``, ``types``, ``right`` and ``counts``, much as ``spans.report`` has them.

    Args:
        path: ``dev.npz``.
        model_dir: the artefact.
        labelled_for: the artefact whose label schema and tokenizer the windows were made with.

    Raises:
        ModelContractError: an artefact is broken, or the two do not cut words alike.
    """
    schema, gold, pieces = load_schema(model_dir), load_schema(labelled_for), WordPieces.load(labelled_for / TOKENIZER_FILE)
    if sha256_of(model_dir / TOKENIZER_FILE) != sha256_of(labelled_for / TOKENIZER_FILE):
        raise ModelContractError("the artefacts have different tokenizers: windows of tokens cannot be compared, leave them out")
    windows = load(path)
    predicted = comparison.predict(model_dir / MODEL_FILE, schema, pieces, windows)
    measured = comparison.measure(predicted, windows, schema=schema, gold=gold, pieces=pieces)
    rows = comparison.scores(measured)
    numbers = documents_of(windows)
    order, document = sorted(set(numbers)), [f"contract {number}" for number in numbers]
    result: dict[str, Any] = {}
    for layer in LAYERS:
        counts = measured.counts.get(layer)
        if counts is None:
            continue
        kinds = dict.fromkeys(t for group in gold.groups if group.layer == layer for k in group.types for t in gold.public_types(k))
        result[layer] = {
            "micro": rows[layer], "types": {kind: rows[kind] for kind in kinds if kind in rows},
            "right": sorted([document[at], at, first, end, kind] for at, its, first, end, kind in measured.sure if its == layer),
            "counts": {f"contract {number}": row for number, row in zip(order, counts.tolist(), strict=True)},
        }  # fmt: skip
    return result
