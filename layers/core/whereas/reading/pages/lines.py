r"""From placed words to the text of a page: lines, their order, the breaks between them.

A line break is ``\\n``; a wider gap than the page's usual leading is an empty line. What joins wrapped lines to
sentences is ``cleanup``: here every line of the page stays a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

from whereas.types import Word

Box = tuple[float, float, float, float]

# A line pitch this many times the page's median opens a paragraph.
_PARAGRAPH_PITCH = 1.35
# Shares of the smaller height by which boxes overlap to stand on one line.
_SAME_LINE = 0.4
_BESIDE = 0.5
# A hanging indent is half an inch, rarely more; numbers come with a speck of dust at times.
_LABEL_REACH = 72.0
_LABEL_TOKENS = 2
# The number of a table's row stands at half its height, lines below the first one.
_ROW_HEIGHTS = 4.0
_LABEL = re.compile(r"[-–'‘.]?\(?(?:\d{1,2}(?:\.\d{1,3}){0,3}|[a-zA-Z]|[ivx]{1,5})[.)]?")

# The mark of a footnote: its height against that of the word before it.
_FIGURES = re.compile(r"\d{1,2}[.,;:]?")
_MARK_HEIGHT = 0.8


@dataclass(frozen=True, slots=True)
class Token:
    """A word before it has offsets: its text, its box in points (origin top left), the OCR engine's confidence in 0..1."""

    text: str
    box: Box
    confidence: float | None = None


Line = list[Token]


def union(boxes: Sequence[Box]) -> Box:
    """Return the smallest box that holds all ``boxes``."""
    x0, y0, x1, y1 = boxes[0]
    for left, top, right, bottom in boxes:
        # Comparisons in place of min and max: this runs for every word of every page.
        if left < x0:
            x0 = left
        if top < y0:
            y0 = top
        if right > x1:
            x1 = right
        if bottom > y1:
            y1 = bottom
    return (x0, y0, x1, y1)


def line_box(line: Line) -> Box:
    """Return the box of a line."""
    return union([token.box for token in line])


def overlap_y(one: Box, other: Box) -> float:
    """Return the vertical overlap of two boxes as a share of the smaller height; negative where they are apart."""
    smaller = min(one[3] - one[1], other[3] - other[1])
    return (min(one[3], other[3]) - max(one[1], other[1])) / smaller if smaller > 0 else 0.0


def merge_baselines(lines: Sequence[Line]) -> list[Line]:
    """Put right the lines of a text layer by where their words stand.

    A superscript or a font change breaks a line in two: it is joined where the next part goes on to the right at the same
    height, and a fragment that touches the word before it (``9`` + ``th``) becomes part of that word. Fields of a form come
    as one line: it is cut where a word stands below the one before it.
    """
    merged: list[Line] = []
    for part in chain.from_iterable(map(_split, lines)):
        if merged and _continues(merged[-1], part):
            _append(merged[-1], part)
        else:
            merged.append(part)
    return merged


def _split(line: Line) -> list[Line]:
    parts = [line[:1]]
    for left, right in pairwise(line):
        if right.box[0] < left.box[2] and overlap_y(left.box, right.box) < 0:
            parts.append([])
        parts[-1].append(right)
    return parts


def _continues(left: Line, right: Line) -> bool:
    last, first = left[-1].box, right[0].box
    height = max(last[3] - last[1], first[3] - first[1])
    return overlap_y(last, first) >= _SAME_LINE and -0.3 * height <= first[0] - last[2] <= 1.5 * height


def _append(left: Line, right: Line) -> None:
    last, first = left[-1], right[0]
    touches = first.box[0] - last.box[2] < 0.12 * (first.box[3] - first.box[1])
    if touches and not _is_mark(first, behind=last):
        left[-1] = Token(last.text + first.text, union([last.box, first.box]), last.confidence)
        left.extend(right[1:])
    else:
        left.extend(right)


def _is_mark(token: Token, *, behind: Token) -> bool:
    """Whether a small raised figure behind a word is a footnote's mark; behind a figure it is a power or an ordinal."""
    raised = behind.box[3] - token.box[3] > 0.1 * (behind.box[3] - behind.box[1])
    small = token.box[3] - token.box[1] < _MARK_HEIGHT * (behind.box[3] - behind.box[1])
    return raised and small and _FIGURES.fullmatch(token.text) is not None and not behind.text[-1].isdecimal()


def attach_labels(lines: Sequence[Line]) -> list[Line]:
    """Put clause numbers that were read as lines of their own ("5.1" in a hanging indent) before the lines that they stand beside."""
    rest = [list(line) for line in lines]
    following = dict(zip(map(id, rest), rest[1:], strict=False))
    for label in [line for line in rest if len(line) <= _LABEL_TOKENS and _LABEL.fullmatch("".join(token.text for token in line))]:
        beside = [line for line in rest if line is not label and _stands_beside(label, line)]
        if beside and not _precedes(label, following.get(id(label)), beside):
            nearest = min(beside, key=lambda line: line[0].box[0])
            nearest[:0] = label
            rest = [line for line in rest if line is not label]
    return rest


def _precedes(label: Line, line: Line | None, beside: Sequence[Line]) -> bool:
    """Whether a label is read just before the first line of its text though it stands beside a later one, halfway down a table's row."""
    if line is None or any(line is other for other in beside):
        return False
    box, first = line_box(label), line_box(line)
    return 0 <= first[0] - box[2] <= _LABEL_REACH and 0 < box[1] - first[1] <= _ROW_HEIGHTS * (box[3] - box[1])


def _stands_beside(label: Line, line: Line) -> bool:
    box, first = line_box(label), line[0].box
    return overlap_y(box, first) >= _BESIDE and 0 <= first[0] - box[2] <= _LABEL_REACH


def compose(lines: Sequence[Line]) -> tuple[str, tuple[Word, ...]]:
    """Return the text of a page and its words with offsets into that text.

    Args:
        lines: in reading order, none empty.
    """
    boxes = [line_box(line) for line in lines]
    usual = _usual_pitch(boxes)
    parts: list[str] = []
    words: list[Word] = []
    at = 0
    for index, line in enumerate(lines):
        if index:
            separator = "\n\n" if _opens_paragraph(boxes[index - 1], boxes[index], usual) else "\n"
            parts.append(separator)
            at += len(separator)
        for place, token in enumerate(line):
            if place:
                parts.append(" ")
                at += 1
            words.append(Word(token.text, at, at + len(token.text), token.box, token.confidence))
            parts.append(token.text)
            at += len(token.text)
    return "".join(parts), tuple(words)


def _usual_pitch(boxes: Sequence[Box]) -> float:
    """Median distance of the bottoms of neighbouring lines, in points."""
    pitches = [below[3] - above[3] for above, below in pairwise(boxes)]
    downward = [pitch for pitch in pitches if pitch > 0.5]
    return median(downward) if downward else 0.0


def _opens_paragraph(above: Box, below: Box, usual: float) -> bool:
    pitch = below[3] - above[3]
    height = below[3] - below[1]
    # On a page of a few far-apart lines the median itself is a paragraph's distance; 2.4 heights is more than double spacing.
    return pitch > _PARAGRAPH_PITCH * usual + 0.5 or pitch > 2.4 * height
