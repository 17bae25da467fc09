"""What a layout analysis took apart: tables read column by column, and columns read past the heading that crosses them.

Tesseract finds blocks and reads one after the other. A block of figures beside the names they belong to is a table's column: its
cells go back into their rows. A block that stands above a line already read, in the same column, was to be read before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from whereas.reading.pages.lines import Box, Line, line_box, overlap_y

_BESIDE = 0.5
# Of a block's lines, so many stand in a row with a line read before, and so many hold figures; a cell is so short.
_MIN_IN_ROWS = 0.75
_MIN_FIGURES = 0.6
_MAX_CELL_WORDS = 3
_MIN_CELLS = 3
# What addresses and signature blocks have beside one another is no table.
_LABELLED = re.compile(r"(?:by|name|title|date|its|dated|address|attn|attention|tel|phone|fax|e-?mail)\b", re.IGNORECASE)


def mend_blocks(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a recognised page with its tables in rows and each line after those above it; words are kept, each once."""
    boxes = [line_box(line) for line in lines]
    if not any(_goes_up(above, below) for above, below in pairwise(boxes)):
        return list(lines)
    return _in_rows(_downward(lines, boxes))


def _goes_up(above: Box, below: Box) -> bool:
    return below[3] < above[1] + 0.2 * (above[3] - above[1])


def _downward(lines: Sequence[Line], boxes: Sequence[Box]) -> list[Line]:
    """Put each line before the first one that stands below it and reaches over it."""
    placed: list[tuple[Box, Line]] = []
    for box, line in zip(boxes, lines, strict=True):
        at = next((at for at, (other, _) in enumerate(placed) if _goes_up(other, box) and _covers(other, box)), len(placed))
        placed.insert(at, (box, line))
    return [line for _, line in placed]


def _covers(wide: Box, box: Box) -> bool:
    return min(wide[2], box[2]) - max(wide[0], box[0]) > 0.5 * (box[2] - box[0])


def _in_rows(lines: Sequence[Line]) -> list[Line]:
    result: list[Line] = []
    for block in _blocks(lines):
        rows = _rows_of(block, result) if _is_column_of_cells(block) else None
        if rows is None:
            result.extend(list(line) for line in block)
            continue
        for line, at in reversed(list(zip(block, rows, strict=True))):
            if overlap_y(line_box(result[at]), line_box(line)) >= _BESIDE:
                result[at].extend(line)
            else:
                result.insert(at + 1, list(line))
    return result


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    last: Box | None = None
    for line in lines:
        box = line_box(line)
        if last is None or _goes_up(last, box):
            blocks.append([])
        blocks[-1].append(line)
        last = box
    return blocks


def _is_column_of_cells(block: Sequence[Line]) -> bool:
    if len(block) < _MIN_CELLS or median(len(line) for line in block) > _MAX_CELL_WORDS:
        return False
    figures = sum(any(character.isdigit() for token in line for character in token.text) for line in block)
    return figures >= _MIN_FIGURES * len(block) and not any(_LABELLED.match(line[0].text) for line in block)


def _rows_of(block: Sequence[Line], before: Sequence[Line]) -> list[int] | None:
    """Return for each cell the line in whose row it stands, else the one above; None where the block is no column of a table."""
    boxes = [line_box(line) for line in before]
    rows: list[int] = []
    found = 0
    for line in block:
        box = line_box(line)
        left = [at for at, other in enumerate(boxes) if other[2] <= box[0] and overlap_y(other, box) >= _BESIDE]
        found += bool(left)
        if not left:
            left = [at for at, other in enumerate(boxes) if other[2] <= box[0] and other[3] <= box[3]]
        if not left:
            return None
        rows.append(max(left, key=lambda at: (boxes[at][3] > box[1], boxes[at][2])) if found else left[-1])
    return rows if found >= _MIN_IN_ROWS * len(block) and rows == sorted(rows) else None
