"""An evaluation as one HTML page that needs no other file: plots are embedded."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from whereas_training.evaluation.fieldtable import SEEN
from whereas_training.evaluation.tables import changes, fact_errors, regression, scores, slices, span_errors, table

TEMPLATE = Path(__file__).with_name("page.html")
_SPANS = {
    "model": (
        "Hand-labelled pages: the model alone",
        "Its own mention types, in the text as the chain reads it. The release is held to this.",
    ),
    "product": ("Hand-labelled pages: the product", "The mention layer of the public record: model and rules merged, all labelled types."),
    "general": ("General English: GUM dev", "Types that people annotated; the model should not have unlearned them."),
}
_CONFUSION = "Labelled types against found ones; bounds may differ on the diagonal. Colour: share of the row."
_RELIABILITY = "How often spans or values of a score are right: ten bins of equally many."


def render(result: Mapping[str, Any], images: Mapping[str, Path]) -> str:
    """Return the page.

    Args:
        result: of ``run.evaluate_model``.
        images: the plots by name, of ``plots.draw_all``.
    """
    model = result["model"]
    body = [_release(result), *(_note(f"Not measured: {text}.") for text in result["skipped"])]
    if result.get("regression"):
        body.append(_regression(result["regression"]))
    if result.get("changes"):
        body.append(_changes(result["changes"]))
    spans = {**{name: row for name, row in result["pages"].items() if isinstance(row, Mapping)}, "general": result["general"]}
    for name, row in spans.items():
        if row:
            body.append(_spans(name, row, images, unread=result["pages"].get("unread", 0) if name in {"model", "product"} else 0))
    for layer, row in result["windows"].items():
        body.append(f"<h2>Windows of CUAD dev: {escape(layer)}s</h2>{_note('Labelled by evidence and rules.')}{scores(row)}")
    body += [_documents(name, row, images) for name, row in result["documents"].items()]
    for name, row in result["pooled"].items():
        note = f"{row['documents']} documents, {SEEN[row['seen']]}."
        body.append(f"<h2>Facts of documents: {escape(name)}</h2>{_note(note)}{scores(row, kinds=False)}")
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(f"Evaluation of {model['name']} {model['version']}"),
        model=escape(
            f"SHA-256 {model['sha256']}, rules {model['rules']}, took {result['seconds']} s. Intervals: 95 %, 1,000 draws of documents."
        ),
        body="\n".join(body),
    )


def _release(result: Mapping[str, Any]) -> str:
    row = result["release"]
    if row["met"] is None:
        return _note(
            f"The release criterion, a mention micro F1 of {row['required']} on the hand-labelled pages, was not measured in full."
        )
    word, style = ("met", "good") if row["met"] else ("missed", "bad")
    figure = f"mention micro F1 {row['mention_micro_f1']:.3f} on the hand-labelled pages, {row['required']} needed"
    return f'<p>Release criterion <b class="{style}">{word}</b>: {figure}.</p>'


def _spans(name: str, row: Mapping[str, Any], images: Mapping[str, Path], *, unread: int) -> str:
    title, note = _SPANS[name]
    left_out = f" {unread} labelled spans stand in lines that cleanup leaves out and are not counted." if unread else ""
    parts = [f"<h2>{title}</h2>", _note(f"{note} {row['passages']} pages of {row['documents']} documents.{left_out}"), scores(row)]
    parts.append(_figures(images, {f"f1-{name}": "", f"reliability-{name}": _RELIABILITY, f"confusion-{name}": _CONFUSION}))
    parts += [slices(row["slices"]), _calibration(row["calibration"]), _fold(f"{len(row['errors'])} errors", span_errors(row["errors"]))]
    return "\n".join(parts)


def _calibration(row: Mapping[str, Any]) -> str:
    rows = [[f"{r['low']:.3f}–{r['high']:.3f}", f"{r['score']:.3f}", f"{r['right']:.3f}", r["spans"]] for r in row["table"]]
    return _fold(f"Reliability: expected calibration error {row['ece']:.3f}", table(("scores", "mean", "share right", "number"), rows))


def _documents(name: str, row: Mapping[str, Any], images: Mapping[str, Path]) -> str:
    notes = [f"{row['documents']} documents, {SEEN[row['seen']]}, {row['seconds']} s."]
    if row["refused"]:
        notes.append("Refused by the chain: " + ", ".join(f"{n} {reason}" for reason, n in row["refused"].items()) + ".")
    notes += [f"{r['in_text']} of {r['gold']} {field} values stand in the text that was read." for field, r in row["reachable"].items()]
    if "oracle" in row:
        low = {field: r["f1"] for field, r in row["oracle"]["fields"].items() if r["f1"] < 1}
        told = ", ".join(f"{field} {value:.3f}" for field, value in low.items()) or "all fields 1"
        notes.append(f"The lawyers' own answers, given in the record's shape, score macro {row['oracle']['macro']['f1']:.3f} ({told}).")
    parts = [f"<h2>Facts of documents: {escape(name)}</h2>", _note(" ".join(notes)), scores(row, kinds=False)]
    parts.append(_figures(images, {f"facts-{name}": "", f"reliability-{name}": _RELIABILITY}))
    parts += [slices(row["slices"]), _calibration(row["calibration"])]
    parts.append(_fold(f"{len(row['errors'])} differences from the gold", fact_errors(row["errors"])))
    return "\n".join(parts)


def _regression(row: Mapping[str, Any]) -> str:
    base = row["baseline"] or {}
    told = "; ".join(
        f"{row[kind]['lost']} of {row[kind]['right']} right {kind} are lost ({row[kind]['rate']:.1%}), {row[kind]['gained']} gained"
        for kind in ("spans", "facts")
    )
    note = f"Against {base.get('name')} {base.get('version')} on the same documents: {told}."
    return f"<h2>Regression</h2>{_note(note)}{regression(row['sets'])}"


def _changes(row: Mapping[str, Any]) -> str:
    previous = row["previous"]
    note = (
        f"Since the run before, of {previous['name']} {previous['version']} with rules {previous['rules']}, on documents scored both times."
    )
    return f"<h2>Changes</h2>{_note(note)}{changes(row['sets'])}"


def _figures(images: Mapping[str, Path], wanted: Mapping[str, str]) -> str:
    return "".join(_figure(images[name], caption) for name, caption in wanted.items() if name in images)


def _figure(path: Path, caption: str) -> str:
    data = base64.b64encode(path.read_bytes()).decode()
    return f'<figure><img alt="{escape(path.stem)}" src="data:image/png;base64,{data}"><figcaption>{escape(caption)}</figcaption></figure>'


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _fold(title: str, content: str | Iterable[str] | Sequence[str]) -> str:
    return f'<details><summary>{escape(title)}</summary><div class="scroll">{"".join(content)}</div></details>'
