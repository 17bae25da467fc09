"""How two neighbouring lines belong together: one sentence, one word, two lines or two paragraphs.

A line that has no room for the next line's first word was wrapped there; one that has room was ended on purpose. Lines of
titles, addresses and signature blocks end short of the margin and keep their break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from whereas.reading.pages.layout import PlacedLine
from whereas.reading.pages.lines import overlap_y
from whereas.reading.wordlists import word_set

# Lines of the same column around a line tell where its margin is; of many the third longest, so that one overlong line does not.
_NEIGHBOURS = 12
_MARGIN_RANK = 3
_MANY = 8
# Blocks of few lines side by side (addresses, signatures) do not show where their margin is: it may be so many heights further right.
_UNSEEN = 3.0
_FEW = 3
# A line of fewer words at the foot of a page is a heading or a label as soon as the end of a sentence.
_SENTENCE_WORDS = 5
_TERMINAL = re.compile(r"[.;:!?][\"'”’)\]]*$")
_OPEN_LIST = re.compile(r"(?:[.;:,]|\b(?:and|or))[\"'”’)\]]*$")
_MARKER = re.compile(r"(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(?:\.\d{1,3})+\.?|[•●▪◦·\-–*])(?:\s|$)")
_HEADING = re.compile(
    r"(?:ARTICLE|Article|SECTION|Section|SCHEDULE|Schedule|EXHIBIT|Exhibit|ANNEX|Annex|APPENDIX|Appendix)\s+[\dIVXLA-Z][\dIVXLA-Z.\-]*\b"
)
_LABEL = re.compile(
    r"(?:by|name|title|its|date|signature|signed|print(?:ed)? name|address|attn|attention|tel(?:ephone)?|phone|fax|e-?mail)\s*:",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){4,}|…{2,})\s*\S{0,8}$")
_HYPHEN = re.compile(r"(?<=[^\W_])[-\u2010\u00ad]$")
_LEFT_WORD = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_RIGHT_WORD = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# First halves that English spells with a hyphen before a whole word.
_KEPT = word_set("""
    non self third well full half part long short cross ex all so on off day year month one two three four five six arm arms follow
    start sub-total read write first second high low key right left good due then know
""")


class Join(Enum):
    """What stands between two lines of the cleaned text."""

    PARAGRAPH = "\n\n"
    LINE = "\n"
    SPACE = " "
    HYPHEN_KEPT = ""
    HYPHEN_DROPPED = "-"


class Vocabulary:
    """The words of the document itself, against which a word broken at a line end is judged."""

    def __init__(self, lines: Iterable[PlacedLine]) -> None:
        self._words: set[str] = set()
        broken = False
        for line in lines:
            words = [word.casefold() for word in _WORD.findall(line.text)]
            ends_broken = bool(_HYPHEN.search(line.text))
            self._words.update(words[1 if broken else 0 : len(words) - 1 if ends_broken else len(words)])
            broken = ends_broken

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Return whether ``left-right`` is spelt with its hyphen, by the document's own use, then by its parts."""
        left, right = left.casefold(), right.casefold()
        if f"{left}-{right}" in self._words:
            return True
        if left + right in self._words:
            return False
        return left in _KEPT or (len(left) > 2 and len(right) > 2 and left in self._words and right in self._words)


def margins(lines: Sequence[PlacedLine]) -> list[float]:
    """Return for each line of a page the right margin of its column."""
    in_columns = _in_columns(lines)
    result = []
    for index, line in enumerate(lines):
        near = range(max(0, index - _NEIGHBOURS), min(len(lines), index + _NEIGHBOURS + 1))
        alike = [lines[other] for other in near if in_columns[other] == in_columns[index] and _shares_column(line, lines[other])]
        ends = sorted((other.box[2] for other in alike), reverse=True)
        margin = max(line.box[2], ends[_MARGIN_RANK - 1 if len(ends) >= _MANY else 0])
        result.append(margin + _UNSEEN * line.height if in_columns[index] and _FEW <= len(ends) < _MANY else margin)
    return result


def _in_columns(lines: Sequence[PlacedLine]) -> list[bool]:
    """Whether each line has another one beside it, or lies within the width of such a line next to it in order."""
    beside = [False] * len(lines)
    by_top = sorted(range(len(lines)), key=lambda index: lines[index].box[1])
    for rank, index in enumerate(by_top):
        for other in by_top[rank + 1 :]:
            if lines[other].box[1] >= lines[index].box[3]:
                break
            if _is_beside(lines[index], lines[other]):
                beside[index] = beside[other] = True
    if not any(beside):
        return beside
    spread = list(beside)
    downward = [(index, index - 1) for index in range(1, len(lines))]
    upward = [(index, index + 1) for index in range(len(lines) - 2, -1, -1)]
    for index, neighbour in downward + upward:
        if spread[neighbour] and not spread[index] and _lies_within(lines[index], lines[neighbour]):
            spread[index] = True
    return spread


def _is_beside(line: PlacedLine, other: PlacedLine) -> bool:
    apart = line.box[2] <= other.box[0] or other.box[2] <= line.box[0]
    return apart and overlap_y(line.box, other.box) > 0.5


def _lies_within(line: PlacedLine, column: PlacedLine) -> bool:
    slack = 2 * line.height
    return line.box[0] >= column.box[0] - slack and line.box[2] <= column.box[2] + slack


def _shares_column(line: PlacedLine, other: PlacedLine) -> bool:
    shared = min(line.box[2], other.box[2]) - max(line.box[0], other.box[0])
    return shared > 0.5 * min(line.box[2] - line.box[0], other.box[2] - other.box[0])


def join(above: PlacedLine, below: PlacedLine, *, margin: float, vocabulary: Vocabulary) -> Join:
    """Return what stands between two lines of a text with layout.

    Args:
        above: a line.
        below: the line that follows it in reading order, perhaps on another column or page.
        margin: right margin of ``above``'s column.
        vocabulary: the document's words.
    """
    full = _is_full(above, below, margin)
    jumps = above.page != below.page or below.opens_page or below.box[3] <= above.box[1]
    apart = below.after_gap or jumps
    if _HYPHEN.search(above.text) and below.text[0].isalnum() and (full or not apart) and not _LABEL.match(below.text):
        return _mend(above, below, vocabulary)
    if _stands_alone(above, below):
        return Join.PARAGRAPH if apart else Join.LINE
    open_sentence = not _TERMINAL.search(above.text)
    goes_on = below.text[0].islower() and open_sentence
    if apart:
        return Join.SPACE if _runs_on(above, below, full=full, goes_on=goes_on, jumps=jumps) else Join.PARAGRAPH
    if _is_new_item(above, below, open_sentence=open_sentence):
        return Join.LINE
    if full or (goes_on and above.box[2] - above.box[0] > 0.6 * (margin - above.box[0]) and above.box[2] > 0.75 * margin):
        return Join.SPACE
    return Join.LINE


def _runs_on(above: PlacedLine, below: PlacedLine, *, full: bool, goes_on: bool, jumps: bool) -> bool:
    """Whether a sentence goes on across a gap, or from one column or page to the next."""
    if goes_on:
        return full or (jumps and above.text[-1] in ",(")
    if not jumps or not full or _TERMINAL.search(above.text) or len(above.text.split()) < _SENTENCE_WORDS:
        return False
    is_item = _MARKER.match(below.text) and _OPEN_LIST.search(above.text)
    return not is_item and not _HEADING.match(below.text) and not below.text.isupper() and not above.text.isupper()


def _is_full(above: PlacedLine, below: PlacedLine, margin: float) -> bool:
    """Whether the first word of ``below`` would have stuck out of ``above``'s column."""
    return above.box[2] + 0.25 * above.height + below.first_word > margin - 0.1 * above.height


def _stands_alone(above: PlacedLine, below: PlacedLine) -> bool:
    if _LABEL.match(below.text) or _LABEL.match(above.text) or _LEADERS.search(above.text) or above.is_row or below.is_row:
        return True
    # Letters a third larger or smaller are a heading and its text, or a footnote.
    return not 0.72 < below.height / max(above.height, 0.1) < 1.4


def _is_new_item(above: PlacedLine, below: PlacedLine, *, open_sentence: bool) -> bool:
    if _MARKER.match(below.text) and _OPEN_LIST.search(above.text):
        return True
    if _HEADING.match(below.text) and not open_sentence:
        return True
    # A first line set in further than the one above it opens a paragraph, where the sentence above is over.
    return not open_sentence and below.box[0] > above.box[0] + 0.9 * above.height


def _mend(above: PlacedLine, below: PlacedLine, vocabulary: Vocabulary) -> Join:
    if above.text[-1] == "\u00ad":
        return Join.HYPHEN_DROPPED
    left, right = _LEFT_WORD.search(above.text), _RIGHT_WORD.match(below.text)
    if left is None or right is None or not below.text[0].islower():
        return Join.HYPHEN_KEPT
    return Join.HYPHEN_KEPT if vocabulary.keeps_hyphen(left[1], right[0]) else Join.HYPHEN_DROPPED
