"""What the gate and the card take from ``whereas_training.evaluation``: the one place here that knows where it keeps its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whereas_training.gate import Compared

SPANS = "pages: model"
"""The comparison whose spans count in the regression rate: hand-labelled, and not yet measured by the gate itself."""
_MEASURED = ("windows: ", "general")
"""Comparisons that the gate makes itself, under the schemas of the files that it publishes."""
_KEPT = ("f1", "interval", "gold")


def compared_evaluations(evaluation: Mapping[str, Any] | None, *, candidate: str, baseline: str) -> tuple[list[Compared], list[str]]:
    """Return the comparisons on hand-labelled pages and on whole documents that an evaluation holds, and notes on what it lacks.

    Facts of documents count for F1 alone: rules have their share in each, so a lost one is no lost span.

    Args:
        evaluation: what ``evaluation.json`` holds; None where nothing was evaluated.
        candidate: SHA-256 of the new model; an evaluation of another one proves nothing.
        baseline: SHA-256 of the served model.
    """
    if evaluation is None:
        return [], ["The hand-labelled pages and whole documents were not evaluated."]
    regression = evaluation.get("regression") or {}
    for what, found, expected in (("new", evaluation.get("model"), candidate), ("served", regression.get("baseline"), baseline)):
        if (found or {}).get("sha256") != expected:
            return [], [f"The evaluation of hand-labelled pages and documents is not of the {what} model: left out."]
    compared = []
    for name, row in regression["sets"].items():
        if not row["documents"] or name.startswith(_MEASURED):
            continue
        counts = {key: int(row[key]) for key in ("right", "lost", "gained")} if name == SPANS else {}
        low, high = row["difference"]
        compared.append(Compared(name, row["baseline"], row["candidate"], (low, high), **counts))
    notes = [] if any(c.name == SPANS for c in compared) else ["The hand-labelled pages were not evaluated under both models."]
    return compared, notes


def summary(evaluation: Mapping[str, Any] | None, *, candidate: str) -> dict[str, Any] | None:
    """Return the figures of an evaluation that the card keeps, None where there is none of this model.

    ``rules`` names the rules that facts were found with; ``sets`` holds F1, interval and number of gold values a set and field or type.
    """
    if evaluation is None or (evaluation.get("model") or {}).get("sha256") != candidate:
        return None
    sets = {}
    for part in ("pages", "documents"):
        for name, row in (evaluation.get(part) or {}).items():
            if isinstance(row, Mapping) and "micro" in row:
                rows = {"micro": row["micro"], "macro": row.get("macro", {}), **row.get("types", {}), **row.get("fields", {})}
                sets[f"{part}: {name}"] = {key: {k: r[k] for k in _KEPT if k in r} for key, r in rows.items() if "f1" in r}
    return {
        "rules": evaluation["model"].get("rules"), "release": evaluation.get("release"),
        "skipped": evaluation.get("skipped", []), "limit": evaluation.get("limit"), "sets": sets,
    }  # fmt: skip
