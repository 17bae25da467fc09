"""How far a definition goes: to the end of its sentence, its list or its paragraph, and never into the next definition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whereas.resolution.view import View

_LONGEST = 6000
_STOP = re.compile(r"[.][\"')\]]{0,2}(\s{1,6})(?=[A-Z(\"'\d])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Inc|Ltd|No|Nos|Co|Corp|Sec|Art|Dr|Mr|Ms|Mrs|St|Jr|Sr|vs|v|e\.g|i\.e|etc|al|Messrs|Bros|Ave|Blvd|Ste|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Za-z])\Z"
)
# U+037E looks like a semicolon and stands for it in the text layers of some PDFs.
_ENDS = frozenset([".", ";", "\u037e", ":", ""])
_LISTS_ON = re.compile(r"(?:[:;\u037e,]|\b(?:and|or|and/or))\s{0,3}\Z", re.I)
_ITEM = re.compile(r"\s{0,6}\(?([a-zA-Z]|[ivxIVX]{1,5}|\d{1,2})[.)]")
_SMALL = re.compile(r"[\s-]{0,60}[a-z]")
_TRAILING = re.compile(r"(?:\s{1,6}(?:and|or))?[\s.;\u037e,:]{0,8}\Z")
_GOES_ON = re.compile(
    r"(?:For\s{1,3}the\s{1,3}avoidance\s{1,3}of|For\s{1,3}(?:the\s{1,3})?purposes?\s{1,3}of\s{1,3}(?:this|the\s{1,3}foregoing)|"
    r"Such\s{1,3}term|It\s{1,3}(?:shall|also|includes)|"
    r"This\s{1,3}(?:definition|term)|The\s{1,3}(?:term|foregoing|definition)|Without\s{1,3}limiting|"
    r"Notwithstanding\s{1,3}the\s{1,3}foregoing|In\s{1,3}(?:addition|the\s{1,3}case))\b"
)
_PAGE = re.compile(r"\s{0,6}(?:Source:|\d{1,4}\s{0,6}\n\n|-\s?\d{1,4}\s?-)")


def meaning_end(view: View, term: str, start: int, limit: int, *, anchor: int) -> int:
    """Return where a definition ends, its closing full stop left out.

    Args:
        view: the contract.
        term: the term; a sentence that begins with it goes on with the definition.
        start: where the meaning starts, behind the verb.
        limit: where the next definition or section starts.
        anchor: where this definition starts; with "(d)" there, "(e)" is the next paragraph of the contract and no part of this list.
    """
    limit = min(limit, start + _LONGEST, len(view.text))
    limit = _whole_sentences(view, start, limit)
    label = _ITEM.match(view.shadow, anchor)
    end = _list_end(view, start, _sentence_end(view, term, start, limit), limit, _following(label.group(1)) if label else "")
    return end - len(_TRAILING.search(view.shadow[start:end][-24:]).group(0)) if end > start else end  # type: ignore[union-attr]


def _whole_sentences(view: View, start: int, limit: int) -> int:
    """Cut back to the last full stop where ``limit`` is in mid-sentence: the next definition is an aside in the sentence after."""
    if limit >= len(view.text) or view.shadow[start:limit].rstrip(" \n\"')")[-1:] in _ENDS:
        return limit
    stops = list(full_stops(view, max(start, limit - 1000), limit))
    return stops[-1] if stops else limit


def full_stops(view: View, start: int, end: int) -> Iterator[int]:
    """Yield where a new sentence begins in [start, end); "Inc. The", "No. 5" and "J. Smith" begin none."""
    for stop in _STOP.finditer(view.shadow, start, end):
        if not _ABBREVIATED.search(view.shadow[max(start, stop.start() - 12) : stop.start()]):
            yield stop.end()


def _sentence_end(view: View, term: str, start: int, limit: int) -> int:
    paragraph = view.shadow.find("\n\n", start + 1, limit)
    limit = paragraph if paragraph >= 0 else limit
    for following in full_stops(view, start, limit):
        if not view.shadow.startswith(term, following) and not _GOES_ON.match(view.shadow, following):
            return following
    return limit


def _following(label: str) -> str:
    return str(int(label) + 1) if label.isdigit() else chr(ord(label[0]) + 1) if len(label) == 1 else ""


def _list_end(view: View, start: int, end: int, limit: int, successor: str) -> int:
    """Follow a definition over blank lines while its list or its sentence goes on; ``successor`` labels what stands behind it."""
    listed = False
    while end < limit and view.shadow.startswith("\n\n", end):
        following = end + 2
        page = _PAGE.match(view.shadow, following)
        if page:
            after = view.shadow.find("\n\n", following, limit)
            following = after + 2 if after >= 0 else limit
        on = bool(_LISTS_ON.search(view.shadow[max(start, end - 12) : end]))
        label = _ITEM.match(view.shadow, following)
        item = label is not None and label.group(1) != successor
        listed = listed or (on and item)
        broken = bool(_SMALL.match(view.shadow, following)) and view.shadow[end - 1] not in ".:;"
        if following >= limit or not ((on and item) or (on and listed) or broken):
            break
        paragraph = view.shadow.find("\n\n", following, limit)
        end = paragraph if paragraph >= 0 else limit
    return end
