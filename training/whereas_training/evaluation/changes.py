"""What became of each field since the run before: F1 then and now, and the documents that are newly right or newly wrong.

``regression`` compares two models in one run; this compares two runs, of whatever changed between them: rules, reading, model.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from whereas_training.evaluation import bootstrap

Row = Mapping[str, Any]


class NoRunError(ValueError):
    """What should be an earlier run is none; the message names the file and what to do."""


def read_run(path: Path) -> dict[str, Any] | None:
    """Return the run that an ``evaluation.json`` holds; None where there is none.

    Raises:
        NoRunError: the file holds no evaluation.
    """
    if not path.exists():
        return None
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as exc:
        raise NoRunError(f"{path}: expected an evaluation as JSON; delete it or name another run") from exc
    if not isinstance(run, dict) or "documents" not in run or "model" not in run:
        raise NoRunError(f"{path}: expected an evaluation, found JSON without model and documents; delete it or name another run")
    return run


def changes(run: Row, before: Row) -> dict[str, Any]:
    """Return the changes of the sets of documents that both runs hold, each on the documents that both have scored.

    Returns:
        ``previous`` (model and rules of the run before) and ``sets``: by set ``documents``, ``fields`` (``baseline``, ``candidate`` and the
        95 % interval of the ``difference`` of F1), ``newly_right`` and ``newly_wrong`` ([document, field, what differs from the gold]).
    """
    old = before["documents"]
    return {
        "previous": before["model"],
        "sets": {name: _changes(row, old[name]) for name, row in run["documents"].items() if name in old},
    }


def _changes(new: Row, old: Row) -> dict[str, Any]:
    fields = [field for field in new["counts"] if field in old["counts"]]
    shared = [d for d in dict.fromkeys(d for field in fields for d in new["counts"][field]) if all(d in old["counts"][f] for f in fields)]
    result: dict[str, Any] = {"documents": len(shared), "fields": {}, "newly_right": [], "newly_wrong": []}
    if not shared:
        return result
    for field in fields:
        now, then = (np.array([row["counts"][field][d] for d in shared], dtype=np.int64) for row in (new, old))
        result["fields"][field] = bootstrap.difference(now, then)
        for document, was, is_now in zip(shared, then[:, 1:].sum(1), now[:, 1:].sum(1), strict=True):
            if was and not is_now:
                result["newly_right"].append([document, field, _differs(old, document, field)])
            elif is_now and not was:
                result["newly_wrong"].append([document, field, _differs(new, document, field)])
    return result


def _differs(row: Row, document: str, field: str) -> str:
    """Return how a field differed from the gold, as '-expected +found'."""
    for error in row["errors"]:
        if (error["document"], error["field"]) == (document, field):
            return " ".join([*(f"-{value}" for value in error["missed"]), *(f"+{given['value']}" for given in error["spurious"])])
    return ""


def lines(found: Row) -> Iterator[str]:
    """Yield the changes for the terminal and the file ``changes.txt``."""
    model = found["previous"]
    yield f"Since the run before ({model['name']} {model['version']}, rules {model['rules']}):"
    if not found["sets"]:
        yield "  no set of documents was measured both times"
    for name, row in found["sets"].items():
        yield f"{name}, {row['documents']} documents scored both times"
        moved = {field: f for field, f in row["fields"].items() if f["baseline"] != f["candidate"]}
        for field, f in moved.items():
            low, high = f["difference"]
            delta = f["candidate"] - f["baseline"]
            yield f"  {field:<22} F1 {f['baseline']:.3f} → {f['candidate']:.3f}  {delta:+.3f}  [{low:+.3f}, {high:+.3f}]"
        if not moved:
            yield "  no field's F1 changed"
        for kind in ("newly_right", "newly_wrong"):
            yield f"  {kind.replace('_', ' ')}: {len(row[kind])}"
            yield from (f"    {document}  {field}: {what}" for document, field, what in row[kind])
