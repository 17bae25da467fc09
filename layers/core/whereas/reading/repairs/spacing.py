"""Broken spacing: letter-spaced words ("A G R E E M E N T"), dates and amounts that fell apart ("J une 1 , 2 0 1 9"), words cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from whereas.reading.repairs.dates import find_broken_dates
from whereas.reading.repairs.vocabulary import DocumentWords, is_english, is_listed, replaced
from whereas.types import PageText, Repair

_SPACED_LETTERS = re.compile(r"(?<![^\s(\"“‘'])(?:[A-Z] ){4,60}[A-Z](?![^\s:;.,)\"”’'])")
_SIGNS = ("$", "€", "£", "USD ", "EUR ", "GBP ")
_AMOUNT = re.compile(r"(?:[$€£] ?|(?<!\w)(?:USD|EUR|GBP) )(?P<figure>\d{1,3}(?: ?, ?\d{3}){1,4}(?: ?\. ?\d\d)?)(?![\d,]| ?[,.]\d)")
_SPACED_AMOUNT = re.compile(r"(?:[$€£] ?|(?<!\w)(?:USD|EUR|GBP) )(?P<figure>(?:\d ){1,12}\d)(?! ?\d)")
_CAPITAL = re.compile(r"(?<![\w.'’&/-])(?P<whole>(?P<first>[B-HJ-Z]) (?P<rest>[a-z]{2,20}))(?![\w'’-])")
_POSSESSIVE = re.compile(r"(?<=[a-z])['’](?P<space> )s(?= [a-z(])")
_SHORTEST = 2


def find_spacing(page: PageText, words: DocumentWords) -> Iterator[Repair]:
    """Yield the repairs of spaces that stand within a word, a date or an amount.

    Args:
        page: as read, from an image or not.
        words: of the whole document.
    """
    yield from _letters(page)
    yield from find_broken_dates(page)
    yield from _amounts(page)
    yield from _capitals(page, words)
    for match in _POSSESSIVE.finditer(page.text):
        yield replaced(page, "split_word", match.start(), match.end(), match[0].replace(" ", ""))


def _letters(page: PageText) -> Iterator[Repair]:
    for match in _SPACED_LETTERS.finditer(page.text):
        parted = _parted(match[0].replace(" ", ""))
        if parted is not None:
            yield replaced(page, "letter_spacing", match.start(), match.end(), parted)


def _amounts(page: PageText) -> Iterator[Repair]:
    if not any(sign in page.text for sign in _SIGNS):
        return
    for pattern in (_AMOUNT, _SPACED_AMOUNT):
        for match in pattern.finditer(page.text):
            if " " in match["figure"]:
                yield replaced(page, "amount_spacing", *match.span("figure"), match["figure"].replace(" ", ""))


def _capitals(page: PageText, words: DocumentWords) -> Iterator[Repair]:
    """Yield the words whose capital stands apart: "C ompany". The rest must be no word, the whole one."""
    for match in _CAPITAL.finditer(page.text):
        rest, whole = match["rest"], match["first"] + match["rest"]
        if is_english(rest):
            continue
        if is_listed(whole.casefold()) or (words.sure_count(whole) > 1 and words.sure_count(whole) > words.count(rest)):
            yield replaced(page, "split_word", *match.span("whole"), whole)


def _parted(letters: str) -> str | None:
    """Return letters as the fewest English words that they spell; None where there are none, or two ways."""
    low = letters.casefold()
    # By where a word ends: the fewest words up to there, and where the last one begins; None where two ways are as short.
    best: list[tuple[int, int | None] | None] = [(0, None)]
    for end in range(1, len(low) + 1):
        ways = [
            (found[0] + 1, start)
            for start in range(max(0, end - 20), end - _SHORTEST + 1)
            if (found := best[start]) is not None and is_listed(low[start:end])
        ]
        fewest = min(ways, default=None)
        best.append(fewest)
    if best[-1] is None:
        return None
    cuts = [len(low)]
    while cuts[-1]:
        way = best[cuts[-1]]
        if way is None or way[1] is None:
            return None
        cuts.append(way[1])
    cuts.reverse()
    return " ".join(letters[start:end] for start, end in pairwise(cuts))
