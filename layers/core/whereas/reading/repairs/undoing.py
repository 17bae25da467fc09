"""From the cleaned text back to what stood on the pages: every repair undone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from whereas.types import CleanedText, Piece, Repair


def as_read(cleaned: CleanedText, start: int, end: int) -> dict[int, list[tuple[int, str]]]:
    """Return what the pages hold where a span of the cleaned text was read.

    Args:
        cleaned: the document's text with its map and log.
        start: of the span in the cleaned text.
        end: of the span, exclusive.

    Returns:
        By page, stretches (source start, text) in the order of the text, so that ``page.text[at : at + len(text)] == text``.
        A repair that the span touches is undone whole. What was taken away between two characters of the span is in it, what
        cleanup inserted is not.
    """
    changed = _by_source(cleaned.repairs)
    stretches: dict[int, list[tuple[int, str]]] = {}
    first = max(0, bisect_right(cleaned.pieces, start, key=attrgetter("start")) - 1)
    last = bisect_left(cleaned.pieces, end, key=attrgetter("start"))
    for piece in cleaned.pieces[first:last]:
        if piece.page is not None and piece.end > start:
            at, text = _undone(cleaned, piece, changed.get(piece.page, []), max(start, piece.start), min(end, piece.end))
            _append(stretches.setdefault(piece.page, []), at, text, changed.get(piece.page, []))
    return stretches


def before_repairs(cleaned: CleanedText, start: int, end: int) -> str | None:
    """Return a span as its pages hold it, an empty line between stretches; None where all its words were read as they stand."""
    stretches = [text for page in as_read(cleaned, start, end).values() for _, text in page]
    read = "\n\n".join(stretches)
    return read if stretches and read.split() != cleaned.text[start:end].split() else None


def _by_source(repairs: tuple[Repair, ...]) -> dict[int, list[Repair]]:
    pages: dict[int, list[Repair]] = {}
    for repair in repairs:
        pages.setdefault(repair.page, []).append(repair)
    for page in pages.values():
        page.sort(key=attrgetter("start"))
    return pages


def _undone(cleaned: CleanedText, piece: Piece, repairs: list[Repair], start: int, end: int) -> tuple[int, str]:
    """Return the source of ``[start, end)`` of a piece, grown to whole repairs."""
    length = piece.end - piece.start
    if length != piece.source_end - piece.source_start:
        repair = repairs[bisect_left(repairs, piece.source_start, key=attrgetter("start"))]
        return repair.start, repair.before
    shift = piece.source_start - piece.start
    low, high = start + shift, end + shift
    near = repairs[bisect_right(repairs, low, key=attrgetter("end")) : bisect_left(repairs, high, key=attrgetter("start"))]
    within = [repair for repair in near if repair.end > repair.start]
    if within:
        low, high = min(low, within[0].start), max(high, within[-1].end)
    characters = list(cleaned.text[low - shift : high - shift])
    for wrap in cleaned.wraps[bisect_left(cleaned.wraps, low - shift) : bisect_left(cleaned.wraps, high - shift)]:
        characters[wrap - low + shift] = "\n"
    for repair in within:
        characters[repair.start - low : repair.end - low] = repair.before
    return low, "".join(characters)


def _append(stretches: list[tuple[int, str]], at: int, text: str, repairs: list[Repair]) -> None:
    """Add a stretch to a page's; one that goes on where the last one ended, or after what was taken away there, lengthens it."""
    if stretches:
        begun, before = stretches[-1]
        reached = begun + len(before)
        gone = ""
        for repair in repairs[bisect_left(repairs, reached, key=attrgetter("start")) : bisect_left(repairs, at, key=attrgetter("start"))]:
            if repair.start == reached + len(gone) and not repair.after:
                gone += repair.before
        if reached + len(gone) == at:
            stretches[-1] = (begun, before + gone + text)
            return
    stretches.append((at, text))
