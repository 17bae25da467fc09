"""Words of two names set against each other: which are the same, which are spelled alike, which stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from whereas.resolution.linking.profiles import folded
from whereas.resolution.linking.words import is_generic, is_known, number_of, tells_apart

MIN_TYPO_LETTERS: Final = 5
"""Words shorter than this differ by a letter too easily to be misprints of each other."""
MIN_ABBREVIATED: Final = 3

SAME, CONFUSED, PLURAL, TYPO, SHORT = "same word", "letters that OCR confuses", "plural", "misprint", "abbreviation"
COSTS: Final[dict[str, float]] = {SAME: 0.0, CONFUSED: 0.03, PLURAL: 0.1, TYPO: 0.07, SHORT: 0.1}


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the words of two names meet.

    Attributes:
        pairs: the two words and how they meet, a key of ``COSTS``.
        left, right: words that meet none of the other name.
    """

    pairs: tuple[tuple[str, str, str], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


def align(left: Sequence[str], right: Sequence[str]) -> Alignment:
    """Set words against each other, equal ones first, then the cheapest likeness; each word meets one at most."""
    rest_left, rest_right = list(left), list(right)
    pairs: list[tuple[str, str, str]] = []
    for word in left:
        if word in rest_right:
            pairs.append((word, word, SAME))
            rest_left.remove(word)
            rest_right.remove(word)
    alike = [(COSTS[how], a, b, how) for a in rest_left for b in rest_right if (how := likeness(a, b))]
    for _, a, b, how in sorted(alike):
        if a in rest_left and b in rest_right:
            pairs.append((a, b, how))
            rest_left.remove(a)
            rest_right.remove(b)
    return Alignment(tuple(pairs), tuple(rest_left), tuple(rest_right))


def likeness(one: str, other: str) -> str | None:
    """Say how two words may be spellings of one, a key of ``COSTS``; None where they are not."""
    if one == other or (number_of(one) is not None and number_of(one) == number_of(other)):
        return SAME
    if number_of(one) is not None or number_of(other) is not None:
        return None
    if folded(one) == folded(other) and len(one) > 2:
        return CONFUSED
    if tells_apart(one) or tells_apart(other):
        return _misprint(one, other) if not (is_known(one) and is_known(other)) else None
    if one + "S" == other or other + "S" == one or _ies(one) == _ies(other):
        return PLURAL
    if _abbreviates(one, other) or _abbreviates(other, one):
        return SHORT
    return _misprint(one, other)


def _ies(word: str) -> str:
    return word[:-3] + "Y" if word.endswith("IES") else word


def _abbreviates(short: str, long: str) -> bool:
    """Say whether a word is cut from a generic one: "Tech" from "Technologies"."""
    apart = is_known(short) and not (is_generic(short) and is_generic(long))
    return len(short) >= MIN_ABBREVIATED and len(long) >= len(short) + 3 and long.startswith(short) and is_known(long) and not apart


def _misprint(one: str, other: str) -> str | None:
    shorter = min(len(one), len(other))
    if shorter < MIN_TYPO_LETTERS or (is_known(one) and is_known(other)):
        return None
    if any(letter.isdigit() for letter in one + other):
        return None
    allowed = 2 if shorter >= 9 else 1
    # Folding may tear a slip apart ("arn", "anr"), so the letters as they stand count too.
    distance = min(OSA.distance(a, b, score_cutoff=allowed) for a, b in ((one, other), (folded(one), folded(other))))
    # What is misread or mistyped is seldom the first letter; another first letter is more often another name.
    return TYPO if distance <= allowed and folded(one)[0] == folded(other)[0] else None
