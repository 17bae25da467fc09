"""One artefact evaluated on everything at hand, beside another one if asked, as JSON, HTML and plots."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whereas.recognition.artefact import load_card, sha256_of
from whereas.resolution import RULES_VERSION
from whereas_training import general
from whereas_training.evaluation import changes, fieldtable, gold, plots, regression, report
from whereas_training.evaluation.documents import document_scores, pooled
from whereas_training.evaluation.errorfiles import write_errors
from whereas_training.evaluation.pages import evaluate_pages
from whereas_training.evaluation.passages import evaluate_passages
from whereas_training.evaluation.serving import WORKERS
from whereas_training.evaluation.sources import SETS, rows
from whereas_training.evaluation.windows import evaluate_windows

SCHEMA_VERSION = "1.0"
REQUIRED = 0.85
"""Micro F1 of the model's own mention types on the hand-labelled pages that a release needs."""
RESULT, BASELINE, PAGE, CHANGES = "evaluation.json", "served.json", "evaluation.html", "changes.txt"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is measured; see ``evaluate_model``. ``labelled_for`` is the artefact that the windows were made for."""

    data: Path
    scorers: Path | None
    cache: Path
    limit: int | None
    sets: tuple[str, ...]
    windows: Path | None
    labels: Path
    workers: int
    labelled_for: Path


def evaluate_model(
    model_dir: Path, *, data: Path, scorers: Path | None, out: Path, baseline: Path | None = None, previous: Path | None = None,
    cache: Path, limit: int | None = None, sets: Sequence[str] = SETS, windows: Path | None = None, labels: Path = gold.LABELS,
    workers: int = WORKERS,
) -> dict[str, Any]:  # fmt: skip
    """Evaluate an artefact and write ``evaluation.json``, ``evaluation.html``, the plots and the errors of each set as text.

    With a baseline also its ``served.json``; where there is a run before, ``changes.txt`` says what became better and worse since then.

    Args:
        model_dir: the artefact.
        data: the data folder, with ``cuad``, ``general`` and ``kleister-nda``; what it lacks is left out and named in ``skipped``.
        scorers: folder with the document-level scorers; None leaves documents out.
        out: where results go.
        baseline: an artefact to compare with on the same documents.
        previous: folder of the run to compare with; None for the one that ``out`` holds, if any.
        cache: where cleaned texts and recognitions are kept between runs.
        limit: only so many pages, passages and documents a set: for a glance.
        sets: which sets of documents; see ``sources.SETS`` and ``sources.SEEN``.
        windows: ``dev.npz`` of the data step, for roles; None or a missing file leaves it out.
        labels: the hand-labelled pages.
        workers: processes for documents.

    Returns:
        What ``evaluation.json`` holds.

    Raises:
        ModelContractError: an artefact is broken.
        LabelError: the labelled pages do not fit their texts.
        ImportError: the scorers are not in their folder, or matplotlib is not installed.
        NoRunError: what lies in the place of the run before is none, or ``previous`` holds none.
    """
    out.mkdir(parents=True, exist_ok=True)
    before = changes.read_run((previous or out) / RESULT)
    if previous is not None and before is None:
        raise changes.NoRunError(f"{previous}: expected the results of a run, found no {RESULT}; name the --out folder of one")
    plan = _Plan(data, scorers, cache, limit, tuple(sets), windows, labels, workers, labelled_for=model_dir)
    result = _measure(model_dir, plan)
    (out / BASELINE).unlink(missing_ok=True)  # of a run with another model: the gate would compare with it
    if baseline is not None:
        served = _measure(baseline, plan)
        _write(out / BASELINE, served)
        result["regression"] = regression.compare(result, served)
    _note_changes(result, before, out)
    _write(out / RESULT, result)
    write_errors(result["documents"], out)
    images = plots.draw_all(result, out)
    (out / PAGE).write_text(report.render(result, images), encoding="utf-8")
    return result


def _note_changes(result: dict[str, Any], before: dict[str, Any] | None, out: Path) -> None:
    """Tell what changed since the run before, on the terminal, in the result and in a file; a file of an earlier comparison goes."""
    (out / CHANGES).unlink(missing_ok=True)
    if before is None or not result["documents"]:
        return
    result["changes"] = changes.changes(result, before)
    told = "\n".join(changes.lines(result["changes"]))
    (out / CHANGES).write_text(told + "\n", encoding="utf-8")
    print(told, flush=True)


def _write(path: Path, result: dict[str, Any]) -> None:
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _measure(model_dir: Path, plan: _Plan) -> dict[str, Any]:
    started = time.perf_counter()
    card = load_card(model_dir)
    result: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "model": {"name": card.name, "version": card.version, "sha256": card.sha256, "rules": RULES_VERSION},
        "limit": plan.limit, "data": {}, "skipped": [], "pages": {}, "general": {}, "windows": {}, "documents": {}, "pooled": {},
    }  # fmt: skip
    for part in (_pages, _general, _windows, _documents):
        part(result, model_dir, plan)
    result["release"] = release(result)
    result["seconds"] = round(time.perf_counter() - started, 1)
    return result


def _pages(result: dict[str, Any], model_dir: Path, plan: _Plan) -> None:
    contracts = plan.data / "cuad" / "contracts.jsonl"
    if not (plan.labels.exists() and contracts.exists()):
        result["skipped"].append(f"hand-labelled pages: {plan.labels.name} or CUAD is not there")
        return
    titles = {row["id"]: row["title"] for row in rows(contracts)}
    pages = gold.read_pages(plan.labels, plan.data / "cuad" / "text", limit=plan.limit)
    result["pages"] = evaluate_pages(pages, model_dir, titles=titles, cache=plan.cache)
    result["data"][plan.labels.name] = sha256_of(plan.labels)
    print(f"hand-labelled pages: {len(pages)}, micro F1 {result['pages']['model']['micro']['f1']:.3f}", flush=True)


def _general(result: dict[str, Any], model_dir: Path, plan: _Plan) -> None:
    passages = plan.data / "general" / f"{general.DEV}.jsonl"
    if not passages.exists():
        result["skipped"].append(f"general English: {passages.name} is not there")
        return
    result["general"] = evaluate_passages(passages, model_dir, limit=plan.limit)
    result["data"][passages.name] = sha256_of(passages)
    print(f"{general.DEV}: micro F1 {result['general']['micro']['f1']:.3f}", flush=True)


def _windows(result: dict[str, Any], model_dir: Path, plan: _Plan) -> None:
    if plan.windows is None or not plan.windows.exists():
        result["skipped"].append("windows of CUAD dev: the data step's dev.npz is not there")
        return
    result["windows"] = evaluate_windows(plan.windows, model_dir, labelled_for=plan.labelled_for)
    result["data"][plan.windows.name] = sha256_of(plan.windows)
    print(f"windows of CUAD dev: { ({layer: row['micro']['f1'] for layer, row in result['windows'].items()}) }", flush=True)


def _documents(result: dict[str, Any], model_dir: Path, plan: _Plan) -> None:
    if plan.scorers is None or not plan.sets:
        result["skipped"].append("documents: no folder with scorers was given")
        return
    result["documents"] = document_scores(
        model_dir, data=plan.data, scorers=plan.scorers, cache=plan.cache, sets=plan.sets, limit=plan.limit, workers=plan.workers
    )
    result["pooled"] = pooled(result["documents"])
    for name, row in result["pooled"].items():
        print(*fieldtable.lines(name, row), sep="\n", flush=True)


def release(result: dict[str, Any]) -> dict[str, Any]:
    """Return whether the hand-labelled pages bear a release; ``met`` is None where they were not scored in full."""
    micro = result["pages"].get("model", {}).get("micro", {}).get("f1")
    met = None if micro is None or result["limit"] else micro >= REQUIRED
    return {"mention_micro_f1": micro, "required": REQUIRED, "met": met}
