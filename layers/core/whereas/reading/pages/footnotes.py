"""Footnotes: the lines at a page's foot in smaller letters that begin with a mark. A sentence that runs over the page goes on past them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from whereas.reading.pages.layout import PlacedLine

# A mark is a small figure, a star or a dagger; a figure with a point is a clause's number. OCR reads raised figures as other marks.
_MARK = re.compile(r"(?:\(?\d{1,2}\)?(?![\d.,:/%-])|[*†‡§¶]{1,3}|\[\d{1,2}\]|[a-z]\))\s*[\"“'‘(]?[^\W_]")
_MISREAD = re.compile(r"[’'‘?!\"“”°™®]\s*[^\W_]")
# Letters of a footnote against those of the page's text; OCR's boxes are as high as the letters that a line happens to have.
_SMALLER = 0.88
_MAX_SHARE = 0.5
# Lines so long are text, and say how high its letters are.
_TEXT_LENGTH = 40


def footnotes_of(lines: Sequence[PlacedLine], *, recognized: bool) -> int:
    """Return how many of a page's last lines are footnotes.

    Args:
        lines: of the page, in reading order.
        recognized: whether OCR read them.
    """
    heights = [line.height for line in lines if len(line.text) >= _TEXT_LENGTH]
    if not heights:
        return 0
    usual = median(heights)
    count = 0
    for line in reversed(lines):
        if line.height > _SMALLER * usual:
            break
        count += 1
    while count and not _begins(lines[len(lines) - count], recognized=recognized):
        count -= 1
    if not count or count > _MAX_SHARE * len(lines):
        return 0
    text, notes = lines[: len(lines) - count], lines[len(lines) - count :]
    foot = max(line.box[3] for line in text)
    return count if all(line.box[3] > foot for line in notes) else 0


def _begins(line: PlacedLine, *, recognized: bool) -> bool:
    return not line.is_row and bool(_MARK.match(line.text) or (recognized and _MISREAD.match(line.text)))
