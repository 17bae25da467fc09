"""Pages as lines with places: what cleanup decides on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from whereas.reading.lines import Box, union
from whereas.types import PageText


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One line of a page: ``page.text[start:end] == text``, no white space at its ends.

    ``box`` is in points; where the format has no layout its unit is characters: x0 the indent, x1 where the line ends,
    y the line's number. ``first_word`` is the width of the first word, ``height`` that of the letters, in the same unit.
    ``after_gap`` says that an empty line or a wide gap stands before it.
    """

    page: int
    start: int
    end: int
    text: str
    box: Box
    first_word: float
    height: float
    after_gap: bool


def lines_of(page: PageText) -> list[PlacedLine]:
    """Return the lines of a page that hold more than white space, in order."""
    starts = [word.start for word in page.words]
    lines: list[PlacedLine] = []
    gap = False
    at = 0
    for row, raw in enumerate(page.text.split("\n")):
        text = raw.strip()
        if text:
            start = at + raw.index(text)
            lines.append(_place(page, starts, start, text, row, start - at, gap))
            gap = False
        else:
            gap = True
        at += len(raw) + 1
    return lines


def _place(page: PageText, starts: Sequence[int], start: int, text: str, row: int, indent: int, gap: bool) -> PlacedLine:
    end = start + len(text)
    words = page.words[bisect_left(starts, start) : bisect_left(starts, end)]
    boxes = [word.box for word in words if word.box is not None]
    if boxes:
        box = union(boxes)
        heights = sorted(item[3] - item[1] for item in boxes)
        first, height = boxes[0][2] - boxes[0][0], heights[len(heights) // 2]
    else:
        box = (float(indent), float(row), float(indent + len(text)), float(row + 1))
        first, height = float(len(text.split(maxsplit=1)[0])), 1.0
    return PlacedLine(page.number, start, end, text, box, first, height, gap)
