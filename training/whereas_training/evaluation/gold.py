"""The hand-labelled pages of CUAD contracts: stand-off labels by ``docs/labels.md``, held to the text that they were made on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from whereas_training.evaluation.matching import Span

LABELS = Path(__file__).resolve().parents[2] / "labels" / "cuad-pages.jsonl"
TYPES = (
    "PERSON", "ORGANIZATION", "LOCATION", "ADDRESS", "DATE", "DURATION", "MONEY", "PERCENT", "LAW", "CLAUSE_REF", "EMAIL", "PHONE",
    "URL", "ID_NUMBER", "QUANTITY",
)  # fmt: skip


class LabelError(ValueError):
    """The labels do not fit their texts or contradict themselves; the message says which page and how."""


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled stretch ``[start, end)`` of a contract's text; the spans' offsets count in the whole text."""

    contract: str
    start: int
    end: int
    kind: str
    contract_type: str | None
    text: str
    spans: tuple[Span, ...]


def read_pages(path: Path, texts: Path, *, limit: int | None = None) -> list[Page]:
    """Return the labelled pages, sorted by contract and start.

    Args:
        path: the labels, one JSON object a line.
        texts: folder with ``<contract>.txt``.
        limit: only so many pages.

    Raises:
        LabelError: a text has another hash than its labels say, or a span is outside of its page, of no known type, empty, twice there,
            or overlaps one that it may not.
        OSError: a file is missing.
    """
    pages = []
    for line in path.read_text(encoding="utf-8").splitlines()[:limit]:
        if not line.strip():
            continue
        row = json.loads(line)
        data = (texts / f"{row['contract']}.txt").read_bytes()
        if hashlib.sha256(data).hexdigest() != row["text_sha256"]:
            raise LabelError(f"{row['contract']}: the text is not the one that was labelled (SHA-256 differs); use CUAD v1's text")
        spans = tuple(sorted(Span(s, e, kind) for s, e, kind in row["spans"]))
        page = Page(row["contract"], row["start"], row["end"], row["kind"], row.get("contract_type"), data.decode(), spans)
        _check(page)
        pages.append(page)
    return sorted(pages, key=lambda p: (p.contract, p.start))


def _check(page: Page) -> None:
    where = f"{page.contract} [{page.start}, {page.end})"
    if not 0 <= page.start < page.end <= len(page.text):
        raise LabelError(f"{where}: not a stretch of a text of {len(page.text)} characters")
    twice = [key for key, times in Counter(s.key for s in page.spans).items() if times > 1]
    if twice:
        raise LabelError(f"{where}: labelled twice: {twice[0]}")
    for span in page.spans:
        if span.type not in TYPES:
            raise LabelError(f"{where}: {span.type} is none of {', '.join(TYPES)}")
        if not page.start <= span.start < span.end <= page.end:
            raise LabelError(f"{where}: [{span.start}, {span.end}) is not inside the page")
    for one, other in zip(page.spans, page.spans[1:], strict=False):
        if other.start < one.end and not _nested(one, other):
            raise LabelError(f"{where}: {one.key} and {other.key} overlap")


def _nested(one: Span, other: Span) -> bool:
    """Say whether one of two overlapping spans is a place inside an address, the only overlap that the guideline knows."""
    outer, inner = (one, other) if one.type == "ADDRESS" else (other, one)
    return outer.type == "ADDRESS" and inner.type == "LOCATION" and outer.start <= inner.start and inner.end <= outer.end
