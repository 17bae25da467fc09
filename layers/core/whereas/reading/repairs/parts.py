"""Words that ran together ("ofthe") and words that were cut in two ("reas onable"), told by the words beside them."""

from __future__ import annotations

import re

from whereas.reading.repairs.vocabulary import BEGINNINGS, DocumentWords, is_english, is_listed
from whereas.reading.wordlists import word_set

# Words that stand before or behind another one where two ran together.
_LINKS = word_set("it of the to in and is was by for or be as at any such on with from this that its not all")
_BEFORE = re.compile(r"(?<![^\W_])(?P<word>[^\W\d_]{1,20}) \Z")
_AFTER = re.compile(r" (?P<word>[^\W\d_]{1,20})(?![^\W_])")
_REACH = 22
_SHORTEST = 5
_SHORTEST_WHOLE = 6
_SURE_READINGS = 2


def joined(text: str, start: int, end: int, words: DocumentWords) -> str | None:
    """Return ``text[start:end]`` as the two words that ran together there, or None.

    One of them is a word that joins others, the document has the other one elsewhere, and there is one way to part them.
    """
    core = text[start:end]
    if len(core) < _SHORTEST or not (core.isalpha() and core.islower()) or words.count(core) > _SURE_READINGS:
        return None
    ways = []
    for cut in range(2, len(core) - 1):
        parts = (core[:cut], core[cut:])
        if any(part in _LINKS for part in parts) and all(part in _LINKS or _is_whole(part, words) for part in parts):
            ways.append(" ".join(parts))
    return ways[0] if len(ways) == 1 and not _has_fragment_beside(text, start, end) else None


def _is_whole(part: str, words: DocumentWords) -> bool:
    return len(part) > 3 and words.sure_count(part) > 0 and is_listed(part)


def _has_fragment_beside(text: str, start: int, end: int) -> bool:
    """Whether the word before or behind is none: then a word was cut, and nothing ran together."""
    beside = (_BEFORE.search(text[max(0, start - _REACH) : start]), _AFTER.match(text, end))
    return any(match is not None and match["word"].islower() and not is_english(match["word"]) for match in beside)


def rejoined(text: str, start: int, end: int, words: DocumentWords) -> tuple[int, int, str] | None:
    """Return (start, end, word) where ``text[start:end]``, no word itself, makes one with the word before or behind it; or None."""
    core = text[start:end]
    if not core.isalpha() or core.casefold() in BEGINNINGS:
        return None
    found = []
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    if before is not None and core.islower() and before["word"].casefold() not in BEGINNINGS:
        found.append((start - len(before["word"]) - 1, end, before["word"] + core))
    after = _AFTER.match(text, end)
    if after is not None and after["word"].islower() and after["word"] not in _LINKS:
        found.append((start, after.end(), core + after["word"]))
    whole = [way for way in found if len(way[2]) >= _SHORTEST_WHOLE and _is_known(way[2], words)]
    return whole[0] if len(whole) == 1 else None


def _is_known(word: str, words: DocumentWords) -> bool:
    return is_listed(word.casefold()) or words.sure_count(word) >= _SURE_READINGS
