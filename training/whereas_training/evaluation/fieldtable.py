"""Precision, recall and F1 of each field as a table of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_HEAD = ("field", "contracts", "values", "precision", "recall", "F1", "95 % interval")


def lines(title: str, row: Mapping[str, Any]) -> Iterator[str]:
    """Yield the table of one set, or of sets that were pooled.

    Args:
        title: what is measured.
        row: ``documents``, ``seen``, ``fields``, ``micro`` and ``macro``, as in ``documents.document_scores``.
    """
    yield f"{title}: {row['documents']} documents, {SEEN[row['seen']]}"
    cells = [_HEAD, *(_cells(name, one) for name, one in row["fields"].items()), _cells("micro", row["micro"])]
    cells.append(("macro", "", "", "", "", f"{row['macro']['f1']:.3f}", _interval(row["macro"])))
    widths = [max(len(line[i]) for line in cells) for i in range(len(_HEAD))]
    for name, *numbers in cells:
        yield "  " + "  ".join([name.ljust(widths[0]), *(n.rjust(w) for n, w in zip(numbers, widths[1:], strict=True))])


SEEN = {"yes": "seen in training", "no": "not seen in training", "some": "partly seen in training"}
"""What is said of a set, by its ``seen``."""


def _cells(name: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    shares = (f"{row[share]:.3f}" for share in ("precision", "recall", "f1"))
    return (name, str(row.get("documents", "")), str(row["gold"]), *shares, _interval(row))


def _interval(row: Mapping[str, Any]) -> str:
    return "–".join(f"{bound:.3f}" for bound in row["interval"]) if row.get("interval") else ""
