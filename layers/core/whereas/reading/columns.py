"""Reading order: columns whose lines the text layer runs together, and signature blocks that stand side by side.

Most files draw one column after the other, and their order is kept. Where a line holds both sides of a gutter, the lines
of that region are cut there: left side first, then the right side. Tables are left as rows: their cells are short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from whereas.reading.lines import Box, Line, line_box

# A gutter is at least this wide (in line heights) and crossed by the gaps of this many lines.
_GUTTER_HEIGHTS = 1.0
_MIN_ROWS = 5
# Running text has more words a side than a table's cells.
_MIN_WORDS_A_SIDE = 4
# A gutter is narrow; the space between a table's columns is what is left over.
_MAX_GUTTER_SHARE = 0.1
# Of lines that go upwards on the page, in a text layer that is out of order altogether.
_MAX_UPWARD_SHARE = 0.25
_SIGNATURE_LABEL = re.compile(
    r"^(?:by|name|title|date|its|signature|print(?:ed)?|address|attention|attn|tel|fax|e-?mail)\b\s*:?", re.IGNORECASE
)
_MIN_SIGNATURE_ROWS = 2
# A region ends at white space this high: what stands below it is a footer or another matter.
_MAX_SKIP_HEIGHTS = 5.0


def reading_order(lines: Sequence[Line], *, width: float, keep_jumps: bool = False) -> list[Line]:
    """Return the lines of a page in the order in which a person reads them; words are kept, each once.

    Args:
        lines: in the order of the text layer, none empty.
        width: of the page, in points.
        keep_jumps: the order comes from an analysis of the layout and is not to be sorted, however it jumps.
    """
    ordered = list(lines) if keep_jumps else _downward(lines)
    result: list[Line] = []
    at = 0
    while at < len(ordered):
        gutter, end = _region(ordered, at, width=width)
        if gutter is None:
            result.append(ordered[at])
            at += 1
            continue
        left, right = _cut(ordered[at:end], gutter)
        result.extend(left)
        result.extend(right)
        at = end
    return result


def _downward(lines: Sequence[Line]) -> list[Line]:
    """Sort by position where the file's own order jumps about; an order with few jumps is columns or footers, and is kept."""
    boxes = [line_box(line) for line in lines]
    upward = sum(_is_above(below, above) for above, below in pairwise(boxes))
    if len(lines) < 2 or upward <= _MAX_UPWARD_SHARE * len(lines):
        return list(lines)
    rows = sorted(zip(boxes, lines, strict=True), key=lambda pair: ((pair[0][1] + pair[0][3]) / 2, pair[0][0]))
    merged: list[tuple[Box, Line]] = []
    for box, line in rows:
        if merged and _same_row(merged[-1][0], box):
            row = sorted([*merged[-1][1], *line], key=lambda token: token.box[0])
            merged[-1] = (line_box(row), row)
        else:
            merged.append((box, list(line)))
    return [line for _, line in merged]


def _is_above(box: Box, other: Box) -> bool:
    return box[3] < other[1] + 0.2 * (other[3] - other[1])


def _same_row(one: Box, other: Box) -> bool:
    return abs((one[1] + one[3]) - (other[1] + other[3])) / 2 < 0.35 * min(one[3] - one[1], other[3] - other[1])


def _gaps(line: Line) -> list[tuple[float, float]]:
    """Return the wide gaps between the words of a line, as (from, to) in points."""
    height = median(token.box[3] - token.box[1] for token in line)
    return [(left.box[2], right.box[0]) for left, right in pairwise(line) if right.box[0] - left.box[2] >= _GUTTER_HEIGHTS * height]


def _region(lines: Sequence[Line], start: int, *, width: float) -> tuple[float | None, int]:
    """Return the gutter of the region that opens at ``start`` and the region's end, or (None, start)."""
    for low, high in _gaps(lines[start]):
        region = _follow(lines, start, low, high)
        if region is None:
            continue
        gutter, end, rows = region
        if _is_prose(lines[start:end], gutter, rows, width) or _is_signatures(lines[start:end], gutter):
            return gutter, end
    return None, start


def _follow(lines: Sequence[Line], start: int, low: float, high: float) -> tuple[float, int, int] | None:
    """Follow a gap down the page while it stays open: (x of the gutter, end of region, lines with both sides)."""
    end = start
    both = 0
    last_both = start
    for index in range(start, len(lines)):
        line = lines[index]
        crossing = [gap for gap in _gaps(line) if gap[0] < high and gap[1] > low]
        box = line_box(line)
        if index > start and box[1] - line_box(lines[index - 1])[3] > _MAX_SKIP_HEIGHTS * (box[3] - box[1]):
            break
        if crossing:
            low, high = max(low, crossing[0][0]), min(high, crossing[0][1])
            both += 1
            last_both = index
        elif not (box[2] <= high or box[0] >= low):
            break
        end = index + 1
    # One-sided lines below the last full row still belong to a column; a left-aligned paragraph below a signature block does not matter.
    return ((low + high) / 2, end, both) if both >= 2 and last_both > start else None


def _cut(lines: Sequence[Line], gutter: float) -> tuple[list[Line], list[Line]]:
    left = [[token for token in line if token.box[0] < gutter] for line in lines]
    right = [[token for token in line if token.box[0] >= gutter] for line in lines]
    return [line for line in left if line], [line for line in right if line]


def _is_prose(lines: Sequence[Line], gutter: float, rows: int, width: float) -> bool:
    if rows < _MIN_ROWS or not 0.25 * width < gutter < 0.75 * width:
        return False
    left, right = _cut(lines, gutter)
    if not left or not right:
        return False
    words = min(median(map(len, left)), median(map(len, right)))
    spans = [(box[2] - box[0]) for side in (left, right) for box in map(line_box, side)]
    narrow = median(_width_at(line, gutter) for line in lines if _width_at(line, gutter) > 0) <= _MAX_GUTTER_SHARE * width
    return narrow and words >= _MIN_WORDS_A_SIDE and median(spans) > 0.25 * width


def _width_at(line: Line, gutter: float) -> float:
    """Width of a line's gap at the gutter; 0 where the line is on one side of it."""
    return next((high - low for low, high in _gaps(line) if low <= gutter <= high), 0.0)


def _is_signatures(lines: Sequence[Line], gutter: float) -> bool:
    """Two blocks side by side: a label such as "By:" opens both sides of at least two lines."""
    rows = 0
    for line in lines:
        left, right = _cut([line], gutter)
        if left and right and _SIGNATURE_LABEL.match(left[0][0].text) and _SIGNATURE_LABEL.match(right[0][0].text):
            rows += 1
    return rows >= _MIN_SIGNATURE_ROWS
