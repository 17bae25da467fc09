"""Where defined terms stand again: one pass over the words that begin like a term, the longest term first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from whereas.resolution.definitions.drafts import TermDraft
from whereas.resolution.parties.names import is_legal_form
from whereas.resolution.view import View

_WORD = re.compile(r"[^\W_](?:[\w&/-]|'(?=[^\W_]{2})|\.(?=\w))*")
_INNER = frozenset("_&/-'.")
_GAP = re.compile(r"[ ]{1,4}\n?[ ]{0,4}|\n[ ]{0,4}")
_BEFORE = re.compile(r"([A-Z][\w&.'-]{1,30}),?[ ]\Z")
_FREE = frozenset([
    "the", "this", "each", "any", "such", "neither", "either", "if", "when", "where", "no", "all", "both", "and", "or", "of", "to",
    "by", "for", "a", "an", "in", "on", "as", "other",
])  # fmt: skip


def find_uses(view: View, drafts: Sequence[TermDraft], *, parties: Mapping[str, str]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return for each term the (start, end) where it stands after its definition, in the same capitals, plural and singular alike.

    A word inside a longer defined term is not counted, nor is "Company" in "Motor Company" or "Agreement" in "Loan Agreement". Terms
    without a capital have no uses: the text does not tell them from ordinary words. Party terms are also found in passages that are
    all in capitals.

    Args:
        view: the contract.
        drafts: its terms, once each.
        parties: canonical ids of the terms that name a party.
    """
    known = _variants(drafts, parties)
    firsts: dict[str, list[tuple[str, ...]]] = {}
    for words in known:
        firsts.setdefault(words[0], []).append(words)
    for listed in firsts.values():
        listed.sort(key=len, reverse=True)
    common = {d.term for d in drafts if d.kind == "agreement" or is_legal_form(d.term)}
    places: dict[str, list[tuple[int, int]]] = {}
    done = 0
    for word in _words_like(view, firsts):
        candidates = firsts.get(_bare(word.group(0)))
        if not candidates or word.start() < done:
            continue
        for words in candidates:
            end = _end(view, word, words)
            if end is not None:
                if not (len(words) == 1 and words[0] in common and _named_before(view, word.start())):
                    places.setdefault(known[words], []).append((word.start(), end))
                done = end
                break
    ends = {d.term: d.close for d in drafts}
    return {term: tuple(p for p in found if p[0] >= ends[term]) for term, found in places.items()}


def _words_like(view: View, firsts: Iterable[str]) -> Iterator[re.Match[str]]:
    """Yield the words of the text, in order, that begin like one of ``firsts``: all words would be fifty times as many."""
    done = 0
    for at in view.phrase_starts(*firsts):
        if at < done:
            continue
        # What stands before may be the head of the same word: "Seller" in "Co-Seller". No character is gone back over twice.
        back = at
        while back > done and (view.shadow[back - 1].isalnum() or view.shadow[back - 1] in _INNER):
            back -= 1
        for word in _WORD.finditer(view.shadow, back):
            done = word.end()
            if word.start() == at:
                yield word
            if done > at:
                break


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _variants(drafts: Iterable[TermDraft], parties: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """Map the words of each term to the term, then its plural and singular where no other term has them."""
    exact: dict[tuple[str, ...], str] = {}
    other: dict[tuple[str, ...], str] = {}
    for draft in drafts:
        if draft.term == draft.term.lower():
            continue
        words = _words(draft.term)
        if not words:
            continue
        exact.setdefault(words, draft.term)
        last = words[-1]
        for changed in _numbers(last):
            other.setdefault((*words[:-1], changed), draft.term)
        if draft.term in parties and len(draft.term) > 3:
            other.setdefault(tuple(w.upper() for w in words), draft.term)
    return {**other, **exact}


def _words(term: str) -> tuple[str, ...]:
    term = re.sub(r"\((?:s|es|ies)\)", "", term.replace("’", "'"))
    return tuple(m.group(0) for m in _WORD.finditer(term))


def _numbers(word: str) -> list[str]:
    if not word[0].isupper() or len(word) < 3:
        return []
    if word == word.upper():
        return [word + "s"]
    if word.endswith("ies"):
        return [word[:-3] + "y"]
    if word.endswith(("sses", "xes", "ches")):
        return [word[:-2]]
    if word.endswith("s") and not word.endswith("ss"):
        return [word[:-1]]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word[:-1] + "ies"]
    return [word + ("es" if word.endswith(("ss", "x", "ch")) else "s")]


def _end(view: View, first: re.Match[str], words: tuple[str, ...]) -> int | None:
    """Return where ``words`` end that begin with the word ``first``, a closing "'s" left out; None where others stand there."""
    word = first
    for number, wanted in enumerate(words):
        if number:
            gap = _GAP.match(view.shadow, word.end())
            following = _WORD.match(view.shadow, gap.end()) if gap else None
            if following is None:
                return None
            word = following
        found = word.group(0)
        if found != wanted and (number < len(words) - 1 or _bare(found) != wanted):
            return None
    return word.start() + len(_bare(word.group(0)))


def _named_before(view: View, start: int) -> bool:
    before = _BEFORE.search(view.shadow[max(0, start - 34) : start])
    return bool(before) and before is not None and before.group(1).lower() not in _FREE
