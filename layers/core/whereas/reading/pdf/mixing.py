"""Pages that are part text and part picture of text: the layer's words stay, OCR adds what it reads elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whereas.reading.pages.columns import reading_order
from whereas.reading.pages.lines import Box, Line, Token, compose
from whereas.reading.pages.turning import turn_back, turn_on
from whereas.types import PageText, Word

# A word's box ends at its letters, and OCR places it a little otherwise.
_MARGIN_POINTS = 2.0


def add_recognised(layer: PageText, read: PageText, *, quarters: int = 0) -> PageText:
    """Return a page with the words of its text layer and, where that has none, those that OCR read.

    Args:
        layer: the page by its text layer.
        read: the same page as recognised from its picture.
        quarters: by which the layer's text is turned clockwise.

    Returns:
        The page as ``read`` describes it, the layer's words without a confidence; the layer itself, ``picture_without_text``,
        where OCR has nothing to add.
    """
    width, height = layer.width or 0.0, layer.height or 0.0
    own = [[replace(token, box=turn_back(token.box, quarters, width=width, height=height)) for token in line] for line in _lines(layer)]
    boxes = [token.box for line in own for token in line]
    added = []
    for line in _lines(read):
        upright = [replace(token, box=turn_back(token.box, quarters, width=width, height=height)) for token in line]
        if kept := [token for token in upright if not _is_covered(token.box, boxes)]:
            added.append(kept)
    if not added:
        unread = tuple(warning for warning in read.warnings if warning.code == "unsupported_language")
        return replace(layer, reason="picture_without_text", warnings=(*layer.warnings, *unread))
    ordered = reading_order([*own, *added], width=height if quarters % 2 else width, trust="never")
    text, words = compose(ordered)
    words = tuple(replace(word, box=turn_on(word.box, quarters, width=width, height=height)) for word in words if word.box)
    letters = [(len(token.text), token.confidence or 0.0) for line in added for token in line]
    confidence = sum(length * sure for length, sure in letters) / sum(length for length, _ in letters)
    return replace(read, text=text, words=words, confidence=round(confidence, 3), warnings=(*layer.warnings, *read.warnings))


def _lines(page: PageText) -> list[Line]:
    """Return the words of a page as the lines that its text has."""
    lines: list[Line] = []
    before: Word | None = None
    for word in page.words:
        if word.box is None:
            continue
        if before is None or "\n" in page.text[before.end : word.start]:
            lines.append([])
        lines[-1].append(Token(word.text, word.box, word.confidence))
        before = word
    return lines


def _is_covered(box: Box, others: Sequence[Box]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    margin = _MARGIN_POINTS
    return any(left - margin <= x <= right + margin and top - margin <= y <= bottom + margin for left, top, right, bottom in others)
