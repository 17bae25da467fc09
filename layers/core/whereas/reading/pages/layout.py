"""Pages as lines with places: what cleanup decides on."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from whereas.reading.pages.lines import Box, union
from whereas.reading.pages.turning import quarters_of, turn_back
from whereas.reading.pages.writing import is_visible
from whereas.types import PageText, Word

# Cells of a row are this many letter heights apart: justified text is never that loose.
_CELL_HEIGHTS = 1.9
_WIDE_SPACE = re.compile(r" {3,}|\t+")
# The number of a clause, behind which a wide space is an indent.
_MARKER = re.compile(r"^[-–'‘.]?\s?(?:\(?\w{1,5}[.)]|\d{1,2}(?:\.\d{1,3})+\.?|[•●▪◦·\-–*]|(?:Section|Article|Clause)\s+\S+)\s+")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One line of a page: ``page.text[start:end] == text``, no white space at its ends.

    ``box`` is in points; where the format has no layout its unit is characters: x0 the indent, x1 where the line ends,
    y the line's number. ``first_word`` is the width of the first word, ``height`` that of the letters, in the same unit.
    ``after_gap`` says that an empty line or a wide gap stands before it, ``is_row`` that wide spaces part it into cells,
    ``opens_page`` that a page of the original ended before it.
    """

    page: int
    start: int
    end: int
    text: str
    box: Box
    first_word: float
    height: float
    after_gap: bool
    is_row: bool = False
    opens_page: bool = False


def lines_of(page: PageText) -> list[PlacedLine]:
    """Return the lines of a page that hold more than white space, in order."""
    words = _upright(page)
    starts = [word.start for word in words]
    lines: list[PlacedLine] = []
    gap = False
    at = 0
    for row, raw in enumerate(page.text.split("\n")):
        text = raw.strip()
        if is_visible(text):
            start = at + raw.index(text)
            here = words[bisect_left(starts, start) : bisect_left(starts, start + len(text))]
            lines.append(place(page, here, start, text, row=row, indent=start - at, gap=gap))
            gap = False
        else:
            gap = True
        at += len(raw) + 1
    return lines


def _upright(page: PageText) -> Sequence[Word]:
    """Return a page's words with boxes in the frame in which its text stands upright."""
    quarters = quarters_of((word.text, word.box) for word in page.words if word.box is not None)
    if not quarters or page.width is None or page.height is None:
        return page.words
    width, height = page.width, page.height
    return [
        word if word.box is None else replace(word, box=turn_back(word.box, quarters, width=width, height=height)) for word in page.words
    ]


def place(page: PageText, words: Sequence[Word], start: int, text: str, *, gap: bool, row: int = 0, indent: int = 0) -> PlacedLine:
    """Return a line with its place.

    Args:
        page: that it stands on.
        words: of the line, upright; empty where the format has no layout.
        start: of the line in the page's text.
        text: of the line, no white space at its ends.
        gap: whether an empty line or a wide gap stands before it.
        row: number of the line where the format has no layout.
        indent: characters before it where the format has no layout.
    """
    end = start + len(text)
    boxes = [word.box for word in words if word.box is not None]
    if boxes:
        box = union(boxes)
        heights = sorted(item[3] - item[1] for item in boxes)
        first, height = boxes[0][2] - boxes[0][0], heights[len(heights) // 2]
        is_row = _has_cells(text, boxes, height)
    else:
        box = (float(indent), float(row), float(indent + len(text)), float(row + 1))
        first, height = float(len(text.split(maxsplit=1)[0])), 1.0
        is_row = len(_WIDE_SPACE.split(_MARKER.sub("", text))) > 1
    return PlacedLine(page.number, start, end, text, box, first, height, gap, is_row)


def _has_cells(text: str, boxes: Sequence[Box], height: float) -> bool:
    marker = _MARKER.match(text)
    first = len(marker[0].split()) if marker else 0
    return any(right[0] - left[2] > _CELL_HEIGHTS * height for left, right in pairwise(boxes[first:]))
