"""Reading order: columns whose lines the text layer runs together, and signature blocks that stand side by side.

Most files draw one column after the other, and their order is kept. Where a line holds both sides of a gutter, the lines
of that region are cut there: left side first, then the right side. Tables are left as rows: their cells are short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Literal

from whereas.reading.pages.blocks import mend_blocks
from whereas.reading.pages.lines import Box, Line, line_box
from whereas.reading.pages.parties import are_parties

Trust = Literal["always", "mostly", "never"]

# A gutter is at least this wide (in line heights) and crossed by the gaps of this many lines.
_GUTTER_HEIGHTS = 1.0
_MIN_ROWS = 5
# Running text has more words a side than a table's cells.
_MIN_WORDS_A_SIDE = 4
# Of the rows of a region in which both columns go on, so many have both; the wrapped cells of a table leave one side empty.
_MIN_BOTH = 0.6
# Lines of running text that hold figures; more are cells.
_MAX_FIGURES = 0.7
# A column's share of the page's width at least.
_MIN_COLUMN = 0.2
# A gutter is narrow; the space between a table's columns is what is left over.
_MAX_GUTTER_SHARE = 0.1
# A gutter is wider than the spaces within its lines by this factor; those of a justified line may all be wide, and lie in a row by chance.
_MIN_GUTTER_SPACES = 1.8
# Of lines that go upwards on the page, in a text layer that is out of order altogether.
_MAX_UPWARD_SHARE = 0.25
# A region ends at white space this high: what stands below it is a footer or another matter.
_MAX_SKIP_HEIGHTS = 7.0
# After blocks side by side, a line of one side alone goes on with its block where it is this close, in heights.
_NEXT_HEIGHTS = 1.2


def reading_order(lines: Sequence[Line], *, width: float, trust: Trust = "mostly") -> list[Line]:
    """Return the lines of a page in the order in which a person reads them; words are kept, each once.

    Args:
        lines: in the order of the text layer, none empty.
        width: of the page, in points.
        trust: in the order given. ``always``: it comes from an analysis of the layout. ``mostly``: it is the file's own, sorted by
            place where it jumps about. ``never``: parts of the page were drawn later than what they stand beside.
    """
    rows = [_Row.of(line) for line in (mend_blocks(lines) if trust == "always" else _downward(lines, always=trust == "never"))]
    result: list[Line] = []
    at = 0
    while at < len(rows):
        gutter, end = _region(rows, at, width=width)
        if gutter is None:
            result.append(rows[at].line)
            at += 1
            continue
        left, right = _cut(rows[at:end], gutter)
        result.extend(left)
        # What is right of one gutter may hold another.
        result.extend(reading_order(right, width=width, trust="always"))
        at = end
    return result


@dataclass(frozen=True, slots=True)
class _Row:
    """A line with its box and its wide gaps, as (from, to) in points."""

    line: Line
    box: Box
    gaps: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, line: Line) -> _Row:
        """Measure a line."""
        box = line_box(line)
        wide = _GUTTER_HEIGHTS * 0.7 * (box[3] - box[1])
        gaps = [(left.box[2], right.box[0]) for left, right in pairwise(line) if right.box[0] - left.box[2] >= wide]
        if gaps:
            # The line's own height may be that of one tall sign; the letters' is the median.
            wide = _GUTTER_HEIGHTS * median(token.box[3] - token.box[1] for token in line)
        return cls(line, box, tuple(gap for gap in gaps if gap[1] - gap[0] >= wide))


def _downward(lines: Sequence[Line], *, always: bool) -> list[Line]:
    """Sort by position where the file's own order jumps about; an order with few jumps is columns or footers, and is kept."""
    boxes = [line_box(line) for line in lines]
    upward = sum(_is_above(below, above) for above, below in pairwise(boxes))
    if len(lines) < 2 or (not always and upward <= _MAX_UPWARD_SHARE * len(lines)):
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


def _region(rows: Sequence[_Row], start: int, *, width: float) -> tuple[float | None, int]:
    """Return the gutter of the region that opens at ``start`` and the region's end, or (None, start)."""
    for low, high in rows[start].gaps:
        region = _follow(rows, start, low, high)
        if region is None:
            continue
        gutter, end, both = region
        inside = rows[start:end]
        if _is_prose(inside, gutter, both, width):
            return gutter, end
        if are_parties(_sides(inside, gutter)):
            return gutter, start + _end_of_blocks(inside, gutter)
    return None, start


def _follow(rows: Sequence[_Row], start: int, low: float, high: float) -> tuple[float, int, int] | None:
    """Follow a gap down the page while it stays open: (x of the gutter, end of region, lines with both sides)."""
    end = start
    both = 0
    for index in range(start, len(rows)):
        box = rows[index].box
        if index > start and box[1] - rows[index - 1].box[3] > _MAX_SKIP_HEIGHTS * (box[3] - box[1]):
            break
        crossing = next((gap for gap in rows[index].gaps if gap[0] < high and gap[1] > low), None)
        if crossing is not None:
            low, high = max(low, crossing[0]), min(high, crossing[1])
            both += 1
        elif not (box[2] <= high or box[0] >= low):
            break
        end = index + 1
    # One-sided lines below the last full one still belong to a column.
    return ((low + high) / 2, end, both) if both >= 2 else None


def _cut(rows: Sequence[_Row], gutter: float) -> tuple[list[Line], list[Line]]:
    left = [[token for token in row.line if token.box[0] < gutter] for row in rows]
    right = [[token for token in row.line if token.box[0] >= gutter] for row in rows]
    return [line for line in left if line], [line for line in right if line]


def _is_prose(rows: Sequence[_Row], gutter: float, both: int, width: float) -> bool:
    if both < _MIN_ROWS or not 0.25 * width < gutter < 0.75 * width:
        return False
    left, right = _cut(rows, gutter)
    crossed = [(row, high - low) for row in rows for low, high in row.gaps if low <= gutter <= high]
    widths = [across for _, across in crossed]
    if not left or not right or not widths or median(across / _space_of(row.line) for row, across in crossed) < _MIN_GUTTER_SPACES:
        return False
    last = max(at for at, row in enumerate(rows) if any(low <= gutter <= high for low, high in row.gaps))
    if both < _MIN_BOTH * (last + 1) or median(widths) > _MAX_GUTTER_SHARE * width or _are_figures(right):
        return False
    sides = [(median(map(len, side)), median(box[2] - box[0] for box in map(line_box, side))) for side in (left, right)]
    return all(words >= _MIN_WORDS_A_SIDE and span > _MIN_COLUMN * width for words, span in sides)


def _are_figures(lines: Sequence[Line]) -> bool:
    """Whether most lines hold figures, as cells of amounts and quantities do."""
    figures = sum(any(character.isdigit() for token in line for character in token.text) for line in lines)
    return figures > _MAX_FIGURES * len(lines)


def _space_of(line: Line) -> float:
    """Return the usual width between the words of a line."""
    return max(0.1, median(after.box[0] - before.box[2] for before, after in pairwise(line)))


def _end_of_blocks(rows: Sequence[_Row], gutter: float) -> int:
    """Return how many rows belong to blocks side by side: up to the last with both, and what follows closely on one side."""
    end = max(at for at, row in enumerate(rows) if row.box[0] < gutter < row.box[2]) + 1
    while end < len(rows) and rows[end].box[1] - rows[end - 1].box[3] < _NEXT_HEIGHTS * (rows[end].box[3] - rows[end].box[1]):
        end += 1
    return end


def _sides(rows: Sequence[_Row], gutter: float) -> list[tuple[Line, Line]]:
    """Return both parts of each row that has words on both sides."""
    parts = [
        ([token for token in row.line if token.box[0] < gutter], [token for token in row.line if token.box[0] >= gutter]) for row in rows
    ]
    return [(left, right) for left, right in parts if left and right]
