"""Put an artefact into the model layer, past the gate: model, tokenizer, label schema, cards, and a line in the registry.

Everything is made and loaded once, the way serving does, in a folder of its own; the model layer changes last, or not at all.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from whereas.recognition.artefact import CARD_FILE, MODEL_FILE, SCHEMA_FILE, TOKENIZER_FILE, load_card, sha256_of
from whereas.recognition.recognizer import Recognizer
from whereas.recognition.schema import LabelSchema, load_schema
from whereas.recognition.tokenizer import WordPieces
from whereas.types import ModelCard
from whereas_training import comparison
from whereas_training.card import LICENCES, NAME, known_failures, readable
from whereas_training.evaluations import SPANS, compared_evaluations, summary
from whereas_training.gate import Compared, Decision, GateRefusedError, decide, precedence
from whereas_training.lineage import lineage
from whereas_training.windows import Window, load

FILES = (MODEL_FILE, TOKENIZER_FILE, SCHEMA_FILE)
READABLE, REGISTRY = "MODEL_CARD.md", "versions.jsonl"
VOTED = "cuad-dev, mentions"
"""The comparison whose gold is a vote: of use where nobody read pages."""
SETS = {"cuad-dev": "dev.npz", "gum-dev": "general-dev.npz"}


def publish(out: Path, target: Path, *, version: str, note: str = "", force_reason: str | None = None) -> None:
    """Publish what ``quantize``, ``calibrate`` and ``evaluate`` left in ``out``.

    Args:
        out: the run's folder.
        target: the model layer; the artefact in it is what the gate compares with.
        version: semantic, higher than the one in ``target``.
        note: what the card must say of this very run.
        force_reason: publish although the gate refuses; lands in the card and in the registry.

    Raises:
        GateRefusedError: the gate refuses and no reason was given; ``target`` is as it was.
        ModelContractError: the files do not fit together, or those in ``target`` are not what their card says.
        ValueError: the version is not semantic, or the reason blank.
    """
    from whereas_training import export  # needs onnx and torch, which the tests' environment lacks

    precedence(version)
    if force_reason is not None and not force_reason.strip():
        raise ValueError("a forced model needs a reason that its card can quote")
    served = load_card(target) if (target / CARD_FILE).exists() else None
    with TemporaryDirectory(dir=out, prefix="publish-") as folder:
        stage = Path(folder)
        stage_artefact(out, stage, version=version)
        schema, windows = load_schema(stage), {name: load(out / "data" / file) for name, file in SETS.items()}
        measured = {name: _measure(stage, rows, gold=schema) for name, rows in windows.items()}
        decision = _decide(out, stage, target, measured, windows, version=version, served=served)
        if decision.refusals and force_reason is None:
            raise GateRefusedError(decision.refusals)
        card = {
            "name": NAME.format(**network(out)), "network": network(out), "version": version, "label_schema": schema.version,
            "format": {"onnx": "dynamic int8, per channel", "opset": export.OPSET, "weights": export.CHOSEN},
            "sha256": {name: sha256_of(stage / name) for name in FILES},
            "sizes": {name: (stage / name).stat().st_size for name in FILES},
            "licences": LICENCES, "data": _json(out / "data" / "data.json"),
            "training": {"note": note, "lineage": lineage(out, previous=f"the published {served.version}" if served else None)},
            "scores": {name: comparison.scores(m) for name, m in measured.items()},
            "calibration": _json(out / "calibration.json"), "metrics": _json(out / "metrics.json") or {},
            "gate": decision.as_dict(baseline=_named(served), forced=force_reason),
        }  # fmt: skip
        card["evaluation"] = summary(_json(out / "evaluation" / "evaluation.json"), candidate=card["sha256"][MODEL_FILE])
        card["known_failures"] = known_failures(card["scores"])
        card["metrics"].pop("served", None)  # as measured before calibration, without thresholds: ``scores`` says what is served
        (stage / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        (stage / READABLE).write_text(readable(card, schema), encoding="utf-8")
        Recognizer.load(stage)
        target.mkdir(parents=True, exist_ok=True)
        for name in (*FILES, CARD_FILE, READABLE):
            shutil.copy(stage / name, target / name)
    with (target / REGISTRY).open("a", encoding="utf-8") as registry:
        registry.write(json.dumps(registry_row(card)) + "\n")


def stage_artefact(out: Path, folder: Path, *, version: str) -> None:
    """Write a run's model, tokenizer and label schema into ``folder`` with a card that has just what loading needs: for evaluation.

    Raises:
        OSError: the run did not export, or did not quantize.
    """
    from whereas_training import export

    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(out / export.CHOSEN / "model_quantized.onnx", folder / MODEL_FILE)
    for name in (TOKENIZER_FILE, SCHEMA_FILE):
        shutil.copy(out / name, folder / name)
    hashes = {name: sha256_of(folder / name) for name in FILES}
    card = {"name": NAME.format(**network(out)), "version": version, "label_schema": load_schema(folder).version, "sha256": hashes}
    (folder / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def network(out: Path) -> dict[str, int]:
    """Return the number of layers and of parameters of a run's fp32 network."""
    config = _json(out / "checkpoint" / "config.json")
    with (out / "checkpoint" / "model.safetensors").open("rb") as file:  # its header: https://github.com/huggingface/safetensors#format
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    shapes = [row["shape"] for name, row in header.items() if name != "__metadata__"]
    return {"layers": int(config["num_hidden_layers"]), "parameters": sum(math.prod(shape) for shape in shapes)}


def registry_row(card: dict[str, Any]) -> dict[str, Any]:
    """Return a card's line in the registry: version, hash, day, main figures, and what the gate said."""
    gate, scores = card["gate"], card["scores"]
    return {
        "version": card["version"], "sha256": card["sha256"][MODEL_FILE], "published": datetime.now(UTC).date().isoformat(),
        "f1": {f"{name} {layer}": rows[layer]["f1"] for name, rows in scores.items() for layer in ("mention", "role") if layer in rows},
        "regression": gate["regression"]["share"], "accepted": gate["accepted"], "forced": gate["forced"],
    }  # fmt: skip


def _decide(out: Path, stage: Path, target: Path, measured: dict[str, comparison.Measured], windows: dict[str, list[Window]],
            *, version: str, served: ModelCard | None) -> Decision:  # fmt: skip
    if served is None:
        return decide([], version=version, baseline_version=None)
    compared: list[Compared] = []
    notes = []
    if sha256_of(stage / TOKENIZER_FILE) == served.tokenizer_sha256:
        gold = load_schema(stage)
        for name, rows in windows.items():
            compared += comparison.compare(name, measured[name], _measure(target, rows, gold=gold))
    else:
        notes.append(f"The tokenizer is not that of {served.version}: windows of tokens cannot be compared.")
    evaluation = _json(out / "evaluation" / "evaluation.json")
    pages, missing = compared_evaluations(evaluation, candidate=sha256_of(stage / MODEL_FILE), baseline=served.sha256)
    if any(row.name == SPANS for row in pages):
        compared = [row for row in compared if row.name != VOTED]
        notes.append("Mentions of contracts are compared on the pages that were read, not on votes.")
    return decide([*compared, *pages], version=version, baseline_version=served.version, notes=[*notes, *missing])


def _measure(folder: Path, windows: Sequence[Window], *, gold: LabelSchema) -> comparison.Measured:
    schema, pieces = load_schema(folder), WordPieces.load(folder / TOKENIZER_FILE)
    predicted = comparison.predict(folder / MODEL_FILE, schema, pieces, windows)
    return comparison.measure(predicted, windows, schema=schema, gold=gold, pieces=pieces)


def _named(card: ModelCard | None) -> dict[str, str] | None:
    return {"version": card.version, "sha256": card.sha256} if card else None


def _json(path: Path) -> Any:
    """Return a file's JSON, None where a run did not write it."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
