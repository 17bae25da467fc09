"""The document's title: the heading above the preamble that says what kind of paper it is."""

from __future__ import annotations

import re

from whereas.resolution.candidates import Candidate
from whereas.resolution.view import View

_KIND = re.compile(
    r"\b(?:agreement|contract|lease|addendum|amendment|deed|indenture|memorandum|licen[cs]e|mou|terms(?:\s+and\s+conditions)?|"
    r"statement\s+of\s+work|charter|"
    r"undertaking|guarant(?:y|ee)|note|mortgage|assignment|letter\s+of\s+intent|bylaws|articles|plan|order|policy|settlement|"
    r"release|warrant|schedule)\b",
    re.I,
)
_STRONG = re.compile(r"\b(?:agreement|contract|lease|deed|indenture|addendum|amendment)\b", re.I)
_INLINE = re.compile(
    r"\b(?:this|THIS)\s{1,3}((?:[A-Z][\w&,'()/-]{0,25}\s{1,3}(?:(?:and|of|for|to|And|Of|&)\s{1,3})?){0,9}(?:Agreement|"
    r"AGREEMENT|Contract|CONTRACT|Lease|LEASE|Deed|DEED|Amendment|AMENDMENT|Addendum|ADDENDUM))\b"
)
_NOISE = re.compile(
    r"(?:exhibit|ex-|execution\s+(?:copy|version)|page|source|table\s+of\s+contents|confidential(?:\s+treatment.*)?|draft|\d)[^a-z]{0,12}",
    re.I,
)
_NUMBERED = re.compile(r"\s{1,6}\(?(?:Contract|Agreement|Reference|Ref|Document|CONTRACT|AGREEMENT)\.?\s{1,3}(?:No|Number|NO|#)\b.*")
_LEAD = re.compile(r"^\s*(?:(?:EX|EXHIBIT|Exhibit)[-\s]?[\w.()\s]{0,12}?\d+\s+)?(?:\d{1,2}\s+)?(?:[\w.()-]{3,25}\.(?:htm|html|txt|pdf)\s+)")


def _lines(view: View, limit: int) -> list[tuple[int, int]]:
    return [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", view.shadow[:limit])]


def _heading_like(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 18 or len(text) > 140 or text.rstrip()[-1:] in ".;":
        return False
    capitals = sum(
        w[0].isupper() or not w[0].isalpha() or w.lower() in {"of", "and", "for", "the", "to", "in", "&", "or", "by"} for w in words
    )
    return capitals / len(words) > 0.85


def find_title(view: View, *, preamble_start: int | None) -> Candidate | None:
    """Return the title, lines of one heading joined; from "This … Agreement" where no heading says it; else None."""
    limit = min(len(view.text), (preamble_start + 40) if preamble_start else 6000)
    lines = _lines(view, max(limit, min(len(view.text), 600)))
    best: Candidate | None = None
    for number, (start, end) in enumerate(lines[:120]):
        lead = _LEAD.match(view.shadow[start:end])
        start += lead.end() if lead else 0
        tail = _NUMBERED.search(view.shadow, start, end)
        end = tail.start() if tail and tail.start() > start else end
        text = view.shadow[start:end].strip()
        if not _heading_like(text) or not _KIND.search(text) or _NOISE.fullmatch(text):
            continue
        score = 0.55 + 0.25 * bool(_STRONG.search(text)) + 0.12 * text.isupper() - 0.004 * number
        if best is None or score > best.score:
            left = start + len(view.shadow[start:end]) - len(view.shadow[start:end].lstrip())
            best = _joined(view, lines, number, left, left + len(text), min(score, 0.95))
    if best:
        return best
    match = _INLINE.search(view.shadow, 0, min(len(view.text), 8000))
    if match:
        return Candidate("TITLE", match.start(1), match.end(1), " ".join(match.group(1).split()), "title-inline", 0.6)
    return None


def _joined(view: View, lines: list[tuple[int, int]], number: int, start: int, end: int, score: float) -> Candidate:
    """Draw in the line above that the heading goes on from ("AMENDMENT NO. 2 TO" / "SUPPLY AGREEMENT")."""
    if number:
        above_start, above_end = lines[number - 1]
        above = view.shadow[above_start:above_end].strip()
        if (
            above.isupper()
            and view.shadow[start:end].isupper()
            and _heading_like(above)
            and not _NOISE.match(above)
            and start - above_end < 4
            and len(above.split()) <= 8
        ):
            start = above_start + len(view.shadow[above_start:above_end]) - len(view.shadow[above_start:above_end].lstrip())
    return Candidate("TITLE", start, end, " ".join(view.text[start:end].split()), "title-heading", score)
