"""Documents from file to facts under one artefact, and their scores by the scorers of a folder."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from whereas_training import cuad
from whereas_training.evaluation import bootstrap, facts, fieldtable
from whereas_training.evaluation.scorers import CuadScorer, KleisterScorer, load
from whereas_training.evaluation.serving import WORKERS, Processed, process_all
from whereas_training.evaluation.slices import ocr_band, tertiles
from whereas_training.evaluation.sources import SEEN, SETS, Source, read_set


def document_scores(
    model_dir: Path | None, *, data: Path, scorers: Path, cache: Path | None, sets: Sequence[str] = SETS, limit: int | None = None,
    workers: int = WORKERS,
) -> dict[str, Any]:  # fmt: skip
    """Return the report of each set of documents; see ``facts.report``.

    Args:
        model_dir: the artefact; None for the rules alone.
        data: the data folder.
        scorers: folder with ``cuad.py`` and ``kleister.py``.
        cache: where texts and recognitions are kept; None to keep nothing.
        sets: which of ``sources.SETS`` and ``sources.SEEN``; those that the data folder lacks are left out.
        limit: only so many documents a set.
        workers: processes.

    Raises:
        ImportError: the scorers are not in their folder.
    """
    of_cuad, of_kleister = load(scorers)
    result: dict[str, Any] = {}
    for name in sets:
        sources = read_set(name, data)[:limit]
        if not sources:
            print(f"{name}: not in {data}", flush=True)
            continue
        started = time.perf_counter()
        processed = list(process_all(sources, model_dir, cache=cache, workers=workers))
        scorer = of_cuad if name.startswith("cuad") else of_kleister
        row = {**score(sources, processed, scorer), "seen": "yes" if name in SEEN else "no"}
        result[name] = {**row, "seconds": round(time.perf_counter() - started, 1)}
        print(*fieldtable.lines(name, row), sep="\n", flush=True)
    return result


def pooled(sets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the scores of all CUAD contracts where dev and train were measured from the same kind of file, by name of the pool.

    For fields that few contracts have: of renewals and notices dev alone holds too few to tell a change from chance.
    """
    result: dict[str, Any] = {}
    for kind in ("pdf", "text"):
        parts = [sets[name] for name in (f"cuad-dev-{kind}", f"cuad-train-{kind}") if name in sets]
        if len(parts) == 2:
            fields = list(parts[0]["counts"])
            counts = [[row for part in parts for row in part["counts"][field].values()] for field in fields]
            scored = facts.scores(np.array(counts, dtype=np.int64), fields)
            result[f"cuad-all-{kind}"] = {"documents": sum(part["documents"] for part in parts), "seen": "some", **scored}
    return result


def score(sources: Sequence[Source], processed: Sequence[Processed], scorer: CuadScorer | KleisterScorer) -> dict[str, Any]:
    """Return the report of one set: ``facts.report``, what was refused, and what the gold itself allows."""
    lengths = tertiles([len(p.text) for p in processed])
    documents = []
    for source, p, length in zip(sources, processed, lengths, strict=True):
        reading = source.reading or ocr_band(p.pages, p.ocr_pages, p.confidence)
        slices = {"contract type": source.contract_type, "reading": reading, "length": length}
        gold, given = scorer.gold(source.gold), scorer.given(p.contract)
        documents.append(facts.Document(source.document, gold, given, p.contract, p.text, slices))
    found = facts.report(documents, scorer)
    found["refused"] = dict(Counter(p.reason for p in processed if p.reason))
    found["reachable"] = {field: facts.reachable(documents, field) for field in scorer.fields if field.startswith("part")}
    if isinstance(scorer, CuadScorer):
        found["oracle"] = oracle(documents, sources, scorer)
    return found


def oracle(documents: Sequence[facts.Document], sources: Sequence[Source], scorer: CuadScorer) -> dict[str, Any]:
    """Return what the lawyers' own answers score when they are given in the record's shape: how noisy gold and comparison are."""
    own = [
        facts.Document(d.document, d.gold, scorer.oracle(s.gold, [n for n, _ in cuad.parse_parties(s.gold.get("parties", ""))]), {}, "", {})
        for d, s in zip(documents, sources, strict=True)
    ]
    counts = facts.count(own, scorer.fields)
    fields = {field: bootstrap.score(counts[i]) for i, field in enumerate(scorer.fields)}
    return {"fields": fields, "macro": bootstrap.macro(counts)}
