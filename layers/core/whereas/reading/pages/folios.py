"""Page numbers ("- 3 -", "Page 3 of 12", "iv", "A-2"): at the edge of a page, and where a page of the original ended within one.

Files printed from web pages carry the page numbers of the paper that was filed in the middle of their own pages. Those are told by
counting one by one, a page's worth of lines apart; a number at the left margin may be a clause's and stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from whereas.reading.pages.layout import PlacedLine
from whereas.types import PageText, Warning

Place = tuple[int, int]
"""Page and start of a line."""

# OCR reads a lone 1 as a stroke.
_NUMBER = re.compile(
    r"[\s\-–—_|~\[\]()]*(?P<page>page|pg\.?|p\.)?\s*(?P<part>[A-Z]{1,2}-)?(?P<number>\d{1,4}|[ivxlc]{1,7}|[|Il])"
    r"\s*(?:(?:of|/)\s*(?P<of>\d{1,4}|[|Il]))?[\s\-–—_|~\[\]().]*",
    re.IGNORECASE,
)
# Within a page: nothing that a clause's number could look like, and its decoration.
_WITHIN = re.compile(r"(?P<open>[-–—~] ?)?(?P<page>[Pp](?:age|AGE) )?(?P<number>\d{1,3}|[ivxl]{1,6})(?: of \d{1,3})?(?(open) ?[-–—~])")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# Lines from one number to the next, and how many must count on.
_MIN_APART = 12
_MAX_APART = 200
_MIN_CHAIN = 3
# Where a lone figure's middle is, between the page's margins.
_MIN_MIDDLE = 0.3
_MIN_REPEATS = 3
_MIN_SHARE = 0.5
_MAX_LENGTH = 160
_MAX_BESIDE = 3


def is_folio(line: str) -> bool:
    """Return whether a line says that it is a page's number: "Page 3", "3 of 9"."""
    match = _NUMBER.fullmatch(line)
    return match is not None and bool(match["of"] or (match["page"] and match["number"].isdecimal()))


def folio_value(line: str) -> int | None:
    """Return the number of a line that may be a page's number and nothing else, None for any other line."""
    match = _NUMBER.fullmatch(line)
    return None if match is None else _value(match["number"])


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in {"|", "I", "l"}:
        return 1
    values = [_ROMAN[letter] for letter in text.lower()]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


@dataclass(frozen=True, slots=True)
class _Found:
    """A line that may be a page's number, the ``at``-th of the document."""

    at: int
    value: int
    line: PlacedLine


def without_folios(pages: Sequence[PageText], lines: list[list[PlacedLine]]) -> tuple[list[list[PlacedLine]], tuple[Warning, ...]]:
    """Return each page's lines without the page numbers that stand within the text, and the warning that counts them.

    A line that comes again beside these numbers is a running line: its first copy stays. The line below is marked as the first of a
    page, so that a sentence goes on over it.

    Args:
        pages: all pages of the document.
        lines: the lines of each page.
    """
    if not any(page.words for page in pages):
        return lines, ()
    flat = list(chain.from_iterable(lines))
    numbers = _chained(_candidates(pages, lines))
    dropped = numbers | _beside(flat, numbers)
    if not dropped:
        return lines, ()
    kept: list[list[PlacedLine]] = []
    at = 0
    ended = False
    for page_lines in lines:
        rest = []
        for line in page_lines:
            if at in dropped:
                ended = True
            else:
                rest.append(replace(line, after_gap=True, opens_page=True) if ended else line)
                ended = False
            at += 1
        kept.append(rest)
    detail = f"{len(numbers)} page numbers within the text and {len(dropped) - len(numbers)} lines beside them were left out."
    return kept, (Warning("running_lines_dropped", detail),)


def _candidates(pages: Sequence[PageText], lines: Sequence[Sequence[PlacedLine]]) -> Iterable[_Found]:
    at = 0
    for page, page_lines in zip(pages, lines, strict=True):
        left = min((line.box[0] for line in page_lines), default=0.0)
        right = max((line.box[2] for line in page_lines), default=0.0)
        for line in page_lines:
            match = _WITHIN.fullmatch(line.text) if page.words and len(line.text) < _MIN_APART + _MIN_CHAIN else None
            if match:
                middle = ((line.box[0] + line.box[2]) / 2 - left) / max(1.0, right - left)
                if match["open"] or match["page"] or middle >= _MIN_MIDDLE:
                    yield _Found(at, _value(match["number"]), line)
            at += 1


def _chained(candidates: Iterable[_Found]) -> frozenset[int]:
    """Return the lines of numbers that count on from one to the next, a page apart; two countings may run side by side."""
    found = list(candidates)
    length = [1] * len(found)
    onward: list[int | None] = [None] * len(found)
    for one in range(len(found) - 1, -1, -1):
        for other in range(one + 1, len(found)):
            apart = found[other].at - found[one].at
            if apart > _MAX_APART:
                break
            if apart >= _MIN_APART and found[other].value == found[one].value + 1:
                onward[one], length[one] = other, length[other] + 1
                break
    members: set[int] = set()
    for one, long in enumerate(length):
        if long >= _MIN_CHAIN:
            step: int | None = one
            while step is not None and found[step].at not in members:
                members.add(found[step].at)
                step = onward[step]
    return frozenset(members)


def _beside(flat: Sequence[PlacedLine], numbers: frozenset[int]) -> set[int]:
    """Return the copies of lines that come again above or below the numbers, and further out; first copies are left."""
    enough = max(_MIN_REPEATS, _MIN_SHARE * len(numbers))
    found: set[int] = set()
    for side in (-1, 1):
        reached = sorted(numbers)
        for _ in range(_MAX_BESIDE):
            copies: defaultdict[str, list[int]] = defaultdict(list)
            for other in (at + side for at in reached):
                if 0 <= other < len(flat) and other not in numbers and len(flat[other].text) <= _MAX_LENGTH:
                    copies["".join(flat[other].text.split())].append(other)
            again = [places for places in copies.values() if len(places) >= enough]
            found |= {at for places in again for at in places[1:]}
            reached = list(chain.from_iterable(again))
    return found


def counted(edges: Sequence[Sequence[PlacedLine]]) -> set[Place]:
    """Return which of the lines at the pages' edges are page numbers: said so ("Page 3 of 9"), or counting on from page to page.

    Args:
        edges: of each page, the lines at its top and bottom.
    """
    found: set[Place] = set()
    counting: list[tuple[int, int, PlacedLine]] = []
    for index, page in enumerate(edges):
        for line in page:
            value = folio_value(line.text)
            if value is None:
                continue
            if is_folio(line.text):
                found.add((line.page, line.start))
                continue
            counting.append((index, value, line))
    for one, other in pairwise(counting):
        # Neighbours that agree on how far the printed number is from the page's own.
        if 0 < other[0] - one[0] <= 2 and other[1] - one[1] == other[0] - one[0]:
            found |= {(one[2].page, one[2].start), (other[2].page, other[2].start)}
    return found
