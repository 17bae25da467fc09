"""Where an entity's text begins and ends: without white space, quotes and punctuation that belong to the sentence."""

from __future__ import annotations

import re

_PAIRS = {")": "(", "]": "[", "}": "{"}
_OPEN = frozenset(_PAIRS.values())
_LEADING = frozenset(",;:.!?)]}»”’*•·|–—-_=/\\")
_TRAILING = frozenset(",;:!?([{«“‘*•·|–—-_=/\\")
_QUOTES = frozenset("\"'“”‘’„«»`")
# Words that end in a full stop wherever they stand: legal forms, titles, generations.
_ABBREVIATION = re.compile(
    r"(?:^|[\s,(])(?:inc|corp|ltd|co|cos|bros|pty|pte|esq|jr|sr|dr|mr|mrs|ms|st|no|bhd|sdn|cv|plc|llc|lp|llp|intl|[a-z])$", re.I
)
_LEGAL_FORM = re.compile(r"[\s,](?:inc|corp|ltd|co|llc|lp|llp|bros)$", re.I)
_ARTICLE = re.compile(r"the\s{1,8}(?=\S)", re.I)
_DOTTED = re.compile(r"\w\.\s?\w{1,3}$")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink ``[start, end)`` of ``text`` until it begins and ends with a character of the entity itself.

    A bracket stays where its partner is inside, a final full stop where an abbreviation needs it ("Inc.", "U.S.A.").

    Returns:
        The new bounds; equal where nothing is left.
    """
    while start < end:
        inner = text[start:end]
        if inner[0].isspace() or inner[0] in _LEADING or inner[0] in _QUOTES or (inner[0] in _OPEN and not _closed(inner)):
            start += 1
        elif inner[-1].isspace() or inner[-1] in _TRAILING or inner[-1] in _QUOTES or _stray_end(inner):
            end -= 1
        else:
            break
    return start, end


def skip_article(text: str, start: int, end: int) -> int:
    """Return ``start``, moved past a leading article: it belongs to no name ("the Securities Act", "THE OAK FUND")."""
    match = _ARTICLE.match(text, start, end)
    return match.end() if match and match.end() < end else start


def take_stop(text: str, start: int, end: int) -> int:
    """Return ``end``, moved past the full stop of a legal form that ends the span ("Inc" of "Inc.")."""
    return end + 1 if text[end : end + 1] == "." and _LEGAL_FORM.search(text[start:end]) else end


def _closed(inner: str) -> bool:
    """Say whether the bracket that opens ``inner`` is closed in it."""
    close = next(c for c, o in _PAIRS.items() if o == inner[0])
    return close in inner


def _stray_end(inner: str) -> bool:
    last = inner[-1]
    if last in _PAIRS:
        return inner.count(last) > inner.count(_PAIRS[last])
    if last == ".":
        word = inner[:-1]
        return not (_ABBREVIATION.search(word) or _DOTTED.search(word))
    return False
