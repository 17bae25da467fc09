"""What words are judged against: English, and the document's own words with how often and how surely they were read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from whereas.types import PageText, Repair

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Regular endings and beginnings under which a word of the list is still that word.
_ENDINGS = (
    ("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("or", ""),
    ("or", "e"),
)  # fmt: skip
_HISSING = ("ses", "xes", "zes", "ches", "shes", "oes")
BEGINNINGS = ("un", "non", "re", "in", "sub", "pre", "mis", "over", "inter", "co")
# Answers kept: the words of some hundred contracts.
_KEPT = 50_000
# Readings of a word surer than this tell how it is spelt.
_SURE = 0.88
_UNRATED = 0.9


@dataclass(frozen=True, slots=True)
class Reading:
    """One word of a page as read: its letters without the marks around them."""

    text: str
    start: int
    end: int
    confidence: float


@cache
def english() -> frozenset[str]:
    """Return the listed English words, in lower case."""
    words: list[str] = []
    word = ""
    for line in files(__package__).joinpath("english.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            word = word[: int(line[0], 36)] + line[1:]
            words.append(word)
    return frozenset(words)


@lru_cache(maxsize=_KEPT)
def is_listed(word: str) -> bool:
    """Return whether ``word``, in lower case, is listed or a plain form of a listed one: what a repair may make."""
    words = english()
    if word in words:
        return True
    stems = (
        word[: -len(ending)] + instead
        for ending, instead in _ENDINGS
        if word.endswith(ending) and (ending != "es" or word.endswith(_HISSING)) and ending not in {"er", "or"}
    )
    return any(len(stem) > 3 and stem in words for stem in stems)


@lru_cache(maxsize=_KEPT)
def is_english(word: str) -> bool:
    """Return whether ``word``, in lower case, is listed or might be made of a listed one: no repair touches it.

    Possessives count as their noun.
    """
    word = re.sub(r"['’]s?$", "", word)
    words = english()
    if word in words:
        return True
    stems = {word[: -len(ending)] + instead for ending, instead in _ENDINGS if word.endswith(ending)} | {word}
    stems |= {stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]}
    stems |= {stem[len(start) :].lstrip("-") for stem in tuple(stems) for start in BEGINNINGS if stem.startswith(start)}
    return any(len(stem) > 2 and stem in words for stem in stems)


class DocumentWords:
    """The words of a document, in lower case, each with its readings. Built when first asked: a clean text layer never asks."""

    def __init__(self, pages: Sequence[PageText]) -> None:
        self._pages = pages

    @cached_property
    def _counts(self) -> dict[str, tuple[int, int]]:
        """Readings and sure readings of each word."""
        counts: dict[str, tuple[int, int]] = {}
        for page in self._pages:
            for reading in readings(page):
                word = reading.text.casefold()
                number, sure = counts.get(word, (0, 0))
                counts[word] = (number + 1, sure + (reading.confidence >= _SURE))
        return counts

    def count(self, word: str) -> int:
        """Return how often a word was read."""
        return self._counts.get(word.casefold(), (0, 0))[0]

    def sure_count(self, word: str) -> int:
        """Return how often a word was read surely."""
        return self._counts.get(word.casefold(), (0, 0))[1]

    @cached_property
    def _spellings(self) -> dict[str, Counter[str]]:
        spellings: dict[str, Counter[str]] = {}
        for page in self._pages:
            for reading in readings(page):
                if reading.confidence >= _SURE:
                    spellings.setdefault(reading.text.casefold(), Counter())[reading.text] += 1
        return spellings

    def spelling(self, word: str) -> str:
        """Return how a word that was surely read is mostly spelt, with its capitals."""
        return self._spellings[word.casefold()].most_common(1)[0][0]

    def sure_words(self, least: int) -> Iterator[str]:
        """Yield the words with at least so many sure readings, in the order in which they were first read."""
        return (word for word, (_, sure) in self._counts.items() if sure >= least)


def readings(page: PageText) -> Iterator[Reading]:
    """Yield the words of a page, with the OCR engine's confidence or what stands for it where there is none."""
    if page.source == "ocr" and page.words:
        for word in page.words:
            confidence = _UNRATED if word.confidence is None else word.confidence
            for match in WORD.finditer(word.text):
                yield Reading(match[0], word.start + match.start(), word.start + match.end(), confidence)
    else:
        for match in WORD.finditer(page.text):
            yield Reading(match[0], match.start(), match.end(), _UNRATED)


def replaced(page: PageText, kind: str, start: int, end: int, after: str) -> Repair:
    """Return the repair that replaces ``page.text[start:end]``."""
    return Repair(page.number, kind, start, end, page.text[start:end], after)
