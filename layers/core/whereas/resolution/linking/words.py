"""Words of names by what a difference in them means; ``words.json`` lists them.

``telling`` words (Holdings, Trust, Fund) and ``place`` words tell bodies of one family apart. ``soft`` ones may be left out. ``generic``
ones say what a body does. ``known`` are further words of the language: two of them that differ in a letter are no misprint, such as "Solar"
and "Polar".
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10}


@cache
def _listed(kind: str) -> frozenset[str]:
    lists = json.loads(resources.files(__package__).joinpath("words.json").read_text(encoding="utf-8"))
    return frozenset(lists[kind])


def number_of(word: str) -> int | None:
    """Return the number that a word is, in digits or Roman numerals up to 39; None for other words."""
    if word.isdecimal():
        return int(word)
    if not _ROMAN.fullmatch(word):
        return None
    values = [_VALUES[letter] for letter in word]
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))


def tells_apart(word: str) -> bool:
    """Say whether names that differ in this word name different bodies, however alike they look."""
    return word in _listed("telling") or word in _listed("place") or number_of(word) is not None or len(word) == 1


def is_soft(word: str) -> bool:
    """Say whether a name may have or lack this word and mean the same body."""
    return word in _listed("soft")


def is_known(word: str) -> bool:
    """Say whether this is a word of the language, which is not likely the misprint of another."""
    return any(word in _listed(kind) for kind in ("telling", "place", "generic", "known"))


def is_generic(word: str) -> bool:
    """Say whether the word says what a body does or where, not which body it is."""
    return any(word in _listed(kind) for kind in ("telling", "place", "generic", "soft"))
