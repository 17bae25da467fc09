"""Pages of training contracts that were labelled by reading: there what was read stands in place of the vote.

Labels are kept stand-off (``training/labels/cuad-train-pages.jsonl``), as those that models are measured on, which are other contracts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from whereas_training.evaluation.gold import Page, read_pages
from whereas_training.labels import FORMS, MENTIONS, Span, all_labels, token_masks

LABELS = Path(__file__).resolve().parents[1] / "labels" / "cuad-train-pages.jsonl"

CALIBRATION = LABELS.with_name("cuad-calibration-pages.jsonl")
CALIBRATION_SOURCE = "cuad-pages-calibration"
"""What windows of the pages that serve calibration name as their source."""


def pages_of(folder: Path, labels: Path = LABELS) -> dict[str, list[Page]]:
    """Return the labelled pages of each contract of the ``cuad`` folder that has some.

    Raises:
        LabelError: the labels do not fit the texts.
    """
    found: dict[str, list[Page]] = {}
    for page in read_pages(labels, folder / "text"):
        found.setdefault(page.contract, []).append(page)
    return found


def read_spans(pages: Iterable[Page]) -> list[Span]:
    """Return what was read in pages, of the types that the model knows, as sure spans; places inside addresses are among them."""
    return [Span(s.start, s.end, (s.type,)) for page in pages for s in page.spans if s.type in MENTIONS]


def settle(mentions: Sequence[Span], pages: Sequence[Page]) -> list[Span]:
    """Replace a contract's spans that lie in pages by what was read there; one across a page's edge becomes unsure."""
    if not pages:
        return list(mentions)
    kept = []
    for span in mentions:
        touched = [p for p in pages if span.start < p.end and span.end > p.start]
        if not touched:
            kept.append(span)
        elif not all(p.start <= span.start and span.end <= p.end for p in touched):
            kept.append(Span(span.start, span.end, span.types, outside=True))
    return [*read_spans(pages), *kept]


def share_read(start: int, end: int, pages: Iterable[Page]) -> float:
    """Return which share of the characters ``[start, end)`` lies in pages, 0..1."""
    return sum(max(0, min(end, p.end) - max(start, p.start)) for p in pages) / max(end - start, 1)


def form_masks(offsets: npt.NDArray[np.int64], pages: Sequence[Page]) -> npt.NDArray[np.int64]:
    """Return the masks of the group ``FORMS``, shape (tokens,), of tokens of a contract: what was read in pages, all labels elsewhere.

    Args:
        offsets: int64, shape (tokens, 2), characters of the contract's text.
        pages: those of the contract.
    """
    spans = [Span(s.start, s.end, (s.type,)) for page in pages for s in page.spans if s.type in FORMS]
    masks = token_masks(offsets, spans, FORMS)
    unread = ~np.any([(offsets[:, 0] >= p.start) & (offsets[:, 1] <= p.end) for p in pages], axis=0)
    masks[unread] = all_labels(FORMS)
    return masks
