"""How likely two names mean one body, with the reason; conservative: a doubt costs the link, for a false one joins strangers' contracts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from whereas.resolution.linking.alignment import COSTS, SAME, Alignment, align
from whereas.resolution.linking.profiles import Profile, folded, initials, profile_of
from whereas.resolution.linking.words import is_soft, tells_apart

LINK: Final = 0.85
"""From here on two names are taken for one body's; tuned on the first half of tests/unit/resolution/data/name_pairs.csv."""
CANDIDATE: Final = 0.7
"""From here on they are worth a look."""

_ACRONYM: Final = 0.86
_REORDERED: Final = 0.04
_LEFT_OUT: Final = 0.03
_MIDDLE_INITIAL: Final = 0.08


@dataclass(frozen=True, slots=True)
class Similarity:
    """A score in 0..1 and what it rests on, in words."""

    score: float
    reason: str


def similarity(one: str, other: str) -> Similarity:
    """Compare two names as they are written; the order of the two does not matter."""
    a, b = sorted((profile_of(one), profile_of(other)), key=lambda profile: (profile.key, sorted(profile.forms)))
    if not a.words or not b.words:
        return Similarity(0.0, "no words")
    if a.forms and b.forms and not a.forms & b.forms:
        return Similarity(0.3, f"legal forms differ: {', '.join(sorted(a.forms))} and {', '.join(sorted(b.forms))}")
    if a.key == b.key:
        return Similarity(1.0, "same name")
    if "".join(a.words) == "".join(b.words):
        return Similarity(0.97, "same letters")
    if _is_acronym(a, b) or _is_acronym(b, a):
        return Similarity(_ACRONYM, "acronym")
    return _of_words(a, b)


def _is_acronym(short: Profile, long: Profile) -> bool:
    return (
        len(short.words) == 1
        and 3 <= len(short.key) <= 6
        and len(long.words) >= 3
        and short.key in {initials(long.words), "".join(word[0] for word in long.words)}
    )


def _of_words(a: Profile, b: Profile) -> Similarity:
    met = align(a.words, b.words)
    alone = [word for word in (*met.left, *met.right) if not is_soft(word)]
    ratio = fuzz.token_sort_ratio(" ".join(map(folded, a.words)), " ".join(map(folded, b.words))) / 100
    if alone and not _are_middle_initials(a, b, met):
        if "".join(map(folded, a.words)) == "".join(map(folded, b.words)):
            return Similarity(0.94, "same letters as OCR confuses them")
        telling = [word for word in alone if tells_apart(word)]
        reason = f"told apart by {', '.join(sorted(telling))}" if telling else "other words"
        return Similarity(min(ratio, 0.4 if telling else 0.65), reason)
    cost = sum(COSTS[how] for _, _, how in met.pairs) + (_MIDDLE_INITIAL if alone else 0.0)
    cost += _LEFT_OUT * (len(met.left) + len(met.right) - len(alone))
    reordered = _reordered(a, b, met)
    cost += _REORDERED * reordered
    if not any(how == SAME or len(one) > 1 for one, _, how in met.pairs):
        return Similarity(min(ratio, 0.4), "no word in common")
    hows = sorted({how for _, _, how in met.pairs} - {SAME})
    notes = [*hows, *(["other order"] if reordered else []), *(["words left out"] if met.left or met.right else [])]
    return Similarity(round(max(0.0, 0.99 - cost), 4), ", ".join(notes) or "same words")


def _are_middle_initials(a: Profile, b: Profile, met: Alignment) -> bool:
    """Say whether two persons' names differ only in initials that one of them lacks."""
    one_sided = not met.left or not met.right
    single = all(len(word) == 1 for word in (*met.left, *met.right))
    return a.is_person and b.is_person and one_sided and single and len(met.pairs) >= 2


def _reordered(a: Profile, b: Profile, met: Alignment) -> bool:
    order = [(a.words.index(one), b.words.index(other)) for one, other, _ in met.pairs]
    return [second for _, second in sorted(order)] != sorted(second for _, second in order)
