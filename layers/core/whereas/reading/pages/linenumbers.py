"""Line numbers in the margin, as pleadings and drafts have them (1 to 28 on every page, or every fifth line): no part of the text.

They are told from the numbers of clauses by having no mark, standing left of everything else, and counting lines: their distance
down the page goes with their value. One page alone may be a table; two pages are needed, or a page full of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from whereas.reading.pages.layout import PlacedLine, place
from whereas.reading.pages.lines import overlap_y
from whereas.types import PageText, Warning, Word

_FIGURES = re.compile(r"\d{1,4}(?=\s|$)")
# Numbers on every line, and on every fifth: how many a page must have; how many make a document of one page.
_MIN_EVERY = 8
_MIN_FIFTH = 3
_MIN_PAGES = 2
_MIN_ALONE = 15
_STEPS = (1, 2, 5, 10)
# Of the lines between the first number and the last, so many have one where every line is numbered.
_MIN_COVERED = 0.7
# A number's distance from where its value puts it, in line pitches.
_MAX_OFF = 0.45
# Numbers of one margin begin or end this close to one another, in points; what OCR reads into them is so short.
_ALIGNED = 4.0
_MAX_SPECK = 3
# Running text between them: words a line, and the share of lines that are rows of a table.
_MIN_WORDS = 4
_MAX_ROWS = 0.3


@dataclass(frozen=True, slots=True)
class _Margin:
    """The numbers of one page: how many, of which each is so much more than the last; the strip in points in which they stand."""

    count: int
    step: int
    left: float
    right: float


def without_line_numbers(
    pages: Sequence[PageText], lines: Sequence[Sequence[PlacedLine]]
) -> tuple[list[Sequence[PlacedLine]], tuple[Warning, ...]]:
    """Return the lines of each page without the numbers of its lines, and the warning that counts these.

    Args:
        pages: all pages of the document.
        lines: the lines of each page.
    """
    margins = [_margin(page, page_lines) for page, page_lines in zip(pages, lines, strict=True)]
    found = [margin for margin in margins if margin]
    if not (len(found) >= _MIN_PAGES or any(margin.count >= _MIN_ALONE for margin in found)):
        return list(lines), ()
    kept: list[Sequence[PlacedLine]] = []
    dropped = 0
    for page, page_lines, own in zip(pages, lines, margins, strict=True):
        margin = own or _borrowed(found, page, page_lines)
        if margin is None:
            kept.append(page_lines)
            continue
        stripped = [_stripped(page, line, margin) for line in page_lines]
        dropped += sum(new is not old for new, old in zip(stripped, page_lines, strict=True))
        kept.append([line for line in stripped if line])
    return kept, (Warning("running_lines_dropped", f"{dropped} line numbers were left out."),)


def _margin(page: PageText, lines: Sequence[PlacedLine]) -> _Margin | None:
    """Return the margin of numbers of a page, None where it has none."""
    numbered = [line for line in lines if _FIGURES.match(line.text)]
    if len(numbered) < _MIN_FIFTH or not page.words:
        return None
    # A page turned on its side has its lines' boxes in another frame than its words'.
    numbers = [
        (line, words[0]) for line in numbered if (words := _words_of(page, line)) and words[0].box and words[0].box[0] == line.box[0]
    ]
    numbers = [(line, word) for line, word in numbers if word.text.isdecimal()]
    numbers = _aligned(numbers)
    if len(numbers) < _MIN_FIFTH:
        return None
    numbers.sort(key=lambda number: number[0].box[1])
    values = [int(word.text) for _, word in numbers]
    steps = [after - before for before, after in pairwise(values)]
    step = max(_STEPS, key=steps.count)
    counting = _counting(numbers, step)
    if len(counting) < (_MIN_EVERY if step < _MIN_FIFTH else _MIN_FIFTH):
        return None
    boxes = [word.box for _, word in counting if word.box]
    margin = _Margin(len(counting), step, min(box[0] for box in boxes), max(box[2] for box in boxes))
    return margin if _beside_text(page, lines, counting, margin) else None


def _borrowed(found: Sequence[_Margin], page: PageText, lines: Sequence[PlacedLine]) -> _Margin | None:
    """Return another page's margin for a page of which OCR read few numbers, where all that stands in it are such numbers."""
    margin = found[0]
    if margin.step < _MIN_FIFTH:
        return None
    words = [word for line in lines for word in _words_of(page, line)[:1] if word.box and word.box[0] < margin.right]
    return margin if all(word.text.isdecimal() and not int(word.text) % margin.step for word in words) else None


def _aligned(numbers: Sequence[tuple[PlacedLine, Word]]) -> list[tuple[PlacedLine, Word]]:
    """Return those that begin, or those that end, in one line down the page: whichever are more."""
    best: list[tuple[PlacedLine, Word]] = []
    for edge in (0, 2):
        places = [word.box[edge] for _, word in numbers if word.box]
        if places:
            usual = median(places)
            best = max(best, [one for one in numbers if one[1].box and abs(one[1].box[edge] - usual) <= _ALIGNED], key=len)
    return best


def _counting(numbers: Sequence[tuple[PlacedLine, Word]], step: int) -> list[tuple[PlacedLine, Word]]:
    """Return the numbers that stand where their value puts them, by those of their neighbours that count on."""
    placed = [(int(word.text), (word.box[1] + word.box[3]) / 2, line, word) for line, word in numbers if word.box]
    pitches = [(low - high) / (after - before) for (before, high, *_), (after, low, *_) in pairwise(placed) if after - before == step]
    if not pitches or (pitch := median(pitches)) <= 0:
        return []
    kept: list[tuple[PlacedLine, Word]] = []
    last: tuple[int, float] | None = None
    for value, y, line, word in placed:
        # White space between paragraphs is not counted: a number may stand lower than its value says, hardly higher.
        if last is None or (value - last[0] > 0 and (y - last[1]) / pitch - (value - last[0]) > -_MAX_OFF * max(1, step)):
            last = (value, y)
            kept.append((line, word))
    return kept


def _beside_text(page: PageText, lines: Sequence[PlacedLine], counting: Sequence[tuple[PlacedLine, Word]], margin: _Margin) -> bool:
    """Whether the numbers stand left of running text that they count, and not in a table."""
    top, bottom = counting[0][0].box[1], counting[-1][0].box[3]
    rests = [rest for line in lines if top <= line.box[1] <= bottom and (rest := _stripped(page, line, margin))]
    if len(rests) < margin.step * (len(counting) - 1) * _MIN_COVERED or any(rest.box[0] < margin.right for rest in rests):
        return False
    if median(len(rest.text.split()) for rest in rests) < _MIN_WORDS or sum(rest.is_row for rest in rests) > _MAX_ROWS * len(rests):
        return False
    if margin.step > 1:
        return True
    covered = sum(any(overlap_y(word.box, rest.box) > 0 for _, word in counting if word.box) for rest in rests)
    return covered >= _MIN_COVERED * len(rests)


def _stripped(page: PageText, line: PlacedLine, margin: _Margin) -> PlacedLine | None:
    """Return a line without the number before it; None where it is nothing else."""
    words = _words_of(page, line)
    count = 0
    for word in words:
        if word.box is None or not (margin.left - _ALIGNED <= word.box[0] and word.box[2] <= margin.right + _ALIGNED):
            break
        if not (word.text.isdecimal() or (page.source == "ocr" and len(word.text) <= _MAX_SPECK)):
            break
        count += 1
    if not count:
        return line
    if count == len(words):
        return None
    return place(page, words[count:], words[count].start, page.text[words[count].start : line.end], gap=line.after_gap)


def _words_of(page: PageText, line: PlacedLine) -> Sequence[Word]:
    low = bisect_left(page.words, line.start, key=lambda word: word.start)
    return page.words[low : bisect_left(page.words, line.end, lo=low, key=lambda word: word.start)]
