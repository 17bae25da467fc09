"""What a model, and the product around it, find on the hand-labelled pages.

A page is read in its contract, as serving reads it: the whole text is cleaned, cut into windows and recognised, and what lies in the
page is brought back to the offsets of the labelled text. Spans across the page's edge count on neither side. What cleanup leaves out
(running heads, page numbers) is no question to the product; ``unread`` says how many labelled spans that were.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

from whereas.types import CleanedText, MediaType, Piece
from whereas_training.evaluation import spans
from whereas_training.evaluation.gold import TYPES, Page
from whereas_training.evaluation.matching import Span
from whereas_training.evaluation.serving import recognize, recognizer, resolved
from whereas_training.evaluation.slices import contract_type, tertiles
from whereas_training.evaluation.texts import read


@dataclass(frozen=True, slots=True)
class Found:
    """What the model alone and the product found in one contract, in offsets of its labelled text; ``pieces`` say what of it was read."""

    model: tuple[Span, ...]
    product: tuple[Span, ...]
    pieces: tuple[Piece, ...]


def evaluate_pages(pages: Sequence[Page], model_dir: Path, *, titles: dict[str, str], cache: Path | None) -> dict[str, Any]:
    """Return ``model`` (its own types) and ``product`` (all labelled types), a report of ``spans.report`` each, ``unread``, ``pages``.

    Args:
        pages: the labelled pages.
        model_dir: the artefact.
        titles: of the contracts, for those whose type the labels do not say.
        cache: where texts and recognitions are kept.
    """
    schema = recognizer(model_dir).schema
    own = tuple(t for group in schema.groups if group.layer == "mention" for t in group.types if t in TYPES)
    texts = {page.contract: page.text for page in pages}
    found = {contract: find(text, model_dir, cache=cache) for contract, text in texts.items()}
    slices = _slices(pages, titles)
    read_gold = [tuple(s for s in page.spans if is_read(found[page.contract].pieces, s)) for page in pages]
    result: dict[str, Any] = {}
    for name, types in (("model", own), ("product", TYPES)):
        passages = [
            spans.Passage(page.contract, page.text, gold, inside(page, getattr(found[page.contract], name)), slices=group)
            for page, gold, group in zip(pages, read_gold, slices, strict=True)
        ]
        result[name] = spans.report(passages, types)
    return {**result, "unread": sum(len(p.spans) - len(g) for p, g in zip(pages, read_gold, strict=True)), "pages": len(pages)}


def _slices(pages: Sequence[Page], titles: dict[str, str]) -> list[dict[str, str]]:
    lengths = tertiles([len(page.text) for page in pages])
    return [
        {"page": p.kind, "contract type": p.contract_type or contract_type(titles.get(p.contract, "")), "length of contract": length}
        for p, length in zip(pages, lengths, strict=True)
    ]


def find(text: str, model_dir: Path, *, cache: Path | None) -> Found:
    """Return what is found in a contract's text.

    Raises:
        ValueError: the chain refuses the text.
    """
    cleaned = read(text.encode(), MediaType.TEXT, cache=cache).cleaned
    if cleaned is None:
        raise ValueError("a labelled contract is refused by the chain: take its pages out of the labels")
    found = recognize(cleaned.text, model_dir, cache=cache)
    model = [Span(m.start, m.end, m.type, m.score, m.source) for m in found.mentions if m.layer == "mention"]
    entities = [e for e in resolved(cleaned, found).entities if e.layer == "mention"]
    product = [Span(e.start, e.end, e.type, e.score, e.source) for e in entities]
    return Found(to_source(cleaned, model), to_source(cleaned, product), cleaned.pieces)


def to_source(cleaned: CleanedText, found: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans of a cleaned text in the offsets of the one page that it was read from; those on inserted text are dropped."""
    result = []
    for span in found:
        start, end = _source(cleaned.pieces, span.start, first=True), _source(cleaned.pieces, span.end - 1, first=False)
        if start is not None and end is not None and start < end:
            result.append(Span(start, end, span.type, span.score, span.source))
    return tuple(result)


def _source(pieces: Sequence[Piece], position: int, *, first: bool) -> int | None:
    """Return where the character at ``position`` begins in the source, or where it ends."""
    at = bisect_right(pieces, position, key=attrgetter("start")) - 1
    if at < 0 or pieces[at].page is None:
        return None
    piece = pieces[at]
    if piece.end - piece.start == piece.source_end - piece.source_start:
        return piece.source_start + position - piece.start + (0 if first else 1)
    return piece.source_start if first else piece.source_end


def is_read(pieces: Sequence[Piece], span: Span) -> bool:
    """Say whether the first and the last character of a span of the source are in the cleaned text."""
    ranges = [(p.source_start, p.source_end) for p in pieces if p.page is not None]
    return all(any(low <= at < high for low, high in ranges) for at in (span.start, span.end - 1))


def inside(page: Page, found: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans that lie in a page whole."""
    return tuple(s for s in found if page.start <= s.start and s.end <= page.end)
