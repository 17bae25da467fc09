"""Short forms and the words before a bracket that they stand for, after Schwartz and Hearst.

"A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003), 451-462.
The letters of the short form are found from right to left in the words before the bracket, the first letter at a word's start; the
long form has at most min(n + 5, 2n) words for n characters. Contracts made three conditions necessary: a short form has two capitals or
more, half of its letters, for contracts put roles in brackets too; three letters of five begin a word, for among the names of streets
and towns before a bracket almost any letters can be found; and words whose initials spell the whole short form go before all else.
"""

from __future__ import annotations

import re

from whereas.resolution.parties.names import is_legal_form
from whereas.resolution.view import View

_ROMAN = re.compile(r"[IVXLC]+|\d+[A-Za-z]?|[A-Z]\.?\d*|\d.*")
_NO_FIRST = frozenset(["by", "of", "the", "at", "in", "and", "for", "to", "a", "an", "with", "is", "or", "as", "on"])
_WORD = re.compile(r"\S+")


def is_short_form(text: str) -> bool:
    """Say whether a text can be a short form: two to ten characters, two words at most, two capitals or more among its letters."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    fits = 2 <= len(text) <= 10 and len(text.split()) <= 2 and text[0].isalnum()
    return fits and capitals >= 2 and 2 * capitals >= len(letters) and not _ROMAN.fullmatch(text)


def long_form(short: str, long: str) -> int | None:
    """Return where in ``long`` the long form of ``short`` begins, after figure 1 of the paper; None where the letters do not fit."""
    at = len(long) - 1
    initials = letters = 0
    last = -1
    for s in range(len(short) - 1, -1, -1):
        wanted = short[s].lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and (long[at].lower() != wanted or (s == 0 and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        last = max(last, at)
        letters += 1
        initials += at == 0 or not long[at - 1].isalnum()
        at -= 1
    if initials < 0.6 * letters or (initials < letters and any(c.isspace() for c in long[last:].rstrip())):
        return None
    start = max(long.rfind(" ", 0, at + 1), long.rfind("\n", 0, at + 1)) + 1
    found = long[start:]
    words = found.split()
    return None if len(found) <= len(short) or short in words or words[0].lower() in _NO_FIRST else start


def _spelled(short: str, long: str) -> int | None:
    """Return where the words begin whose initials are the letters of ``short``, small words between them passed over."""
    letters = [c.lower() for c in short if c.isalnum()]
    for word in reversed(list(_WORD.finditer(long))):
        first = word.group(0)[0].lower()
        if first == letters[-1]:
            letters.pop()
            if not letters:
                return None if word.group(0).lower() in _NO_FIRST else word.start()
        elif word.group(0).lower() not in _NO_FIRST:
            return None
    return None


def before_bracket(view: View, short: str, bracket: int) -> tuple[int, int] | None:
    """Return the long form that ends before ``bracket``; it is within one paragraph and one sentence part."""
    most = min(len(short) + 5, 2 * len(short))
    floor = max(0, bracket - 160)
    window = view.shadow[floor:bracket]
    cut = max(window.rfind("\n\n"), window.rfind(";"), window.rfind("("), window.rfind(")"), window.rfind('"'))
    words = [m.start() for m in _WORD.finditer(window, cut + 1)][-most:]
    if not words:
        return None
    text = window[words[0] :].rstrip(" ,\n")
    for tried in (text, _without_form(text)):
        start = _spelled(short, tried)
        start = long_form(short, tried) if start is None else start
        if start is not None:
            return floor + words[0] + start, floor + words[0] + len(text)
    return None


def _without_form(text: str) -> str:
    """Return the text without a legal form behind its last comma."""
    name, _, form = text.rpartition(",")
    return name if name and is_legal_form(form) else text
