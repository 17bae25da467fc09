"""Pages whose text does not run from left to right as displayed: a landscape table on an upright sheet, a page scanned upside down.

Lines are put together in the frame in which the text stands upright; boxes are stored in the page's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from whereas.reading.pages.lines import Box, overlap_y

# A word of so many letters is wider than high, whatever its letters.
_LONG_WORD = 4
_TALL = 1.5


def quarters_of(words: Iterable[tuple[str, Box]]) -> int:
    """Return by how many quarters clockwise the text of a page is turned: 0, 1 (it reads downwards), 2 or 3 (upwards).

    Args:
        words: text and box of each word, in reading order.
    """
    boxes = []
    tall = wide = 0
    for text, box in words:
        boxes.append(box)
        if len(text) >= _LONG_WORD:
            is_tall = box[3] - box[1] > _TALL * (box[2] - box[0])
            tall += is_tall
            wide += not is_tall
    if tall > wide:
        downward = sum(1 if below[1] > above[1] else -1 for above, below in pairwise(boxes) if _in_column(above, below))
        return 1 if downward >= 0 else 3
    onward = sum(1 if right[0] > left[0] else -1 for left, right in pairwise(boxes) if overlap_y(left, right) > 0.5)
    return 0 if onward >= 0 else 2


def turn_back(box: Box, quarters: int, *, width: float, height: float) -> Box:
    """Return a box in the frame in which text turned by ``quarters`` stands upright.

    Args:
        box: on the page as displayed.
        quarters: of the text, clockwise.
        width: of the page as displayed.
        height: of the page as displayed.
    """
    x0, y0, x1, y1 = box
    if quarters == 1:
        return (y0, width - x1, y1, width - x0)
    if quarters == 2:
        return (width - x1, height - y1, width - x0, height - y0)
    if quarters == 3:
        return (height - y1, x0, height - y0, x1)
    return box


def turn_on(box: Box, quarters: int, *, width: float, height: float) -> Box:
    """Undo ``turn_back``; ``width`` and ``height`` are still those of the page as displayed."""
    across, down = (height, width) if quarters % 2 else (width, height)
    x0, y0, x1, y1 = turn_back(box, (4 - quarters) % 4, width=across, height=down)
    return (round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))


def _in_column(one: Box, other: Box) -> bool:
    narrower = min(one[2] - one[0], other[2] - other[0])
    return min(one[2], other[2]) - max(one[0], other[0]) > 0.5 * narrower
