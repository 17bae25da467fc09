"""From a span of the cleaned text back to the page and the boxes where it was read, and how surely."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from whereas.reading.pages.lines import Box, overlap_y, union
from whereas.types import CleanedText, PageText, Piece, Word

_SAME_LINE = 0.5


def boxes_of(cleaned: CleanedText, pages: Sequence[PageText], start: int, end: int) -> tuple[int | None, tuple[Box, ...]]:
    """Return the page of a span and one box a line of it.

    Args:
        cleaned: the document's text.
        pages: its pages, in order.
        start: of the span in the cleaned text.
        end: of the span, exclusive.

    Returns:
        (page, boxes): the page on which the span begins, and its boxes there, in points; a span over a page break is
        boxed on its first page. (None, ()) for formats without layout and for text that cleanup inserted.
    """
    spans = _source_spans(cleaned.pieces, start, end)
    if not spans:
        return None, ()
    number = spans[0][0]
    at = bisect_left(pages, number, key=attrgetter("number"))
    if at == len(pages) or pages[at].number != number or not pages[at].words:
        return None, ()
    words: list[Word] = []
    for page, low, high in spans:
        if page == number:
            words.extend(word for word in _words_in(pages[at].words, low, high) if not words or word.start > words[-1].start)
    return number, tuple(_by_line(words))


def confidence_of(cleaned: CleanedText, pages: Sequence[PageText], start: int, end: int) -> float | None:
    """Return the mean confidence, by letter, of the words that a span was recognised from; None where none was.

    Args:
        cleaned: the document's text.
        pages: its pages, in order.
        start: of the span in the cleaned text.
        end: of the span, exclusive.
    """
    letters, sure = 0, 0.0
    for number, low, high in _source_spans(cleaned.pieces, start, end):
        at = bisect_left(pages, number, key=attrgetter("number"))
        if at == len(pages) or pages[at].number != number:
            continue
        for word in _words_in(pages[at].words, low, high):
            if word.confidence is not None:
                letters += len(word.text)
                sure += len(word.text) * word.confidence
    return round(sure / letters, 3) if letters else None


def page_of(cleaned: CleanedText, position: int) -> int | None:
    """Return the page of one character of the cleaned text; None for text that cleanup inserted."""
    at = bisect_right(cleaned.pieces, position, key=attrgetter("start")) - 1
    return cleaned.pieces[at].page if at >= 0 and position < cleaned.pieces[at].end else None


def _source_spans(pieces: Sequence[Piece], start: int, end: int) -> list[tuple[int, int, int]]:
    """Return the (page, start, end) of the source that a span was read from."""
    spans = []
    for piece in pieces[max(0, bisect_right(pieces, start, key=attrgetter("start")) - 1) :]:
        if piece.start >= end:
            break
        if piece.page is None or piece.end <= start:
            continue
        low, high = piece.source_start, piece.source_end
        if piece.end - piece.start == high - low:
            low, high = low + max(0, start - piece.start), high - max(0, piece.end - end)
        spans.append((piece.page, low, high))
    return spans


def _words_in(words: Sequence[Word], low: int, high: int) -> Sequence[Word]:
    return words[bisect_right(words, low, key=attrgetter("end")) : bisect_left(words, high, key=attrgetter("start"))]


def _by_line(words: Sequence[Word]) -> list[Box]:
    boxes: list[Box] = []
    for word in words:
        if word.box is None:
            continue
        # A word to the right at the same height goes on the line; one further left or lower begins another.
        if boxes and overlap_y(boxes[-1], word.box) >= _SAME_LINE and word.box[0] >= boxes[-1][0]:
            boxes[-1] = union([boxes[-1], word.box])
        else:
            boxes.append(word.box)
    return boxes
