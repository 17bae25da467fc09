"""Where a contract begins: its title, the sentence that names the parties, and where that sentence ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whereas.resolution.view import View, rx

# How far the list of parties is looked for, cover page and table of contents included, and how long it may be, in characters.
_REACH = 14_000
_LENGTH = 5_000
_FLOOR = 1.75
_BETWEEN = rx(
    r"\b(?:by(?: and)? between|by(?: and)? among(?:st)?|between|among(?:st)?)\b(?: and "
    r"(?:between|among))?\s{0,3}:?"
)
_PARTIES_HEAD = rx(
    r"(?:\n|\A)\s{0,4}(?:\d{1,2}\.? |\(?[A-Z]\) )?(?:THE |CONTRACTING )?PARTIES\b(?: TO THIS (?:AGREEMENT|DEED))?\s{0,3}:?\s{0,3}\n", re.I
)
_OPENING = rx(
    r"\b(?:agreement|contract|amendment|addendum|deed|lease|licen[sc]e|memorandum|indenture|letter|mou|statement of work|order|"
    r"made|entered|dated|effective|executed)\b"
)
_END = rx(
    r"\bWHEREAS\b|\bRECITALS?\b|\bW ?I ?T ?N ?E ?S ?S ?E ?T ?H\b|\bNOW,? THEREFORE\b|\n\s{0,4}BACKGROUND\b|\bPRELIMINARY "
    r"STATEMENTS?\b|\n\s{0,4}INTRODUCTION\b|"
    r"\b(?:it is )?(?:hereby )?agreed as follows\b|\bhereby agrees?\b|\bagrees? as follows\b|\bThe parties (?:hereby |hereto |"
    r"mutually )?agree\b|\bIN CONSIDERATION\b|"
    r"\n\s{0,4}(?:ARTICLE|SECTION) (?:I|1|ONE)\b|\n\s{0,4}1\.?\s{1,4}[A-Z]|\n\s{0,4}(?:DEFINITIONS|PREAMBLE|Background|Recitals)\b",
    0,
)
_LETTER = rx(r"\b(?:Ladies and Gentlemen|Gentlemen|Dear [A-Z][^\n:,]{1,40})\s{0,2}[:,]", 0)
_END_ANY = rx(r"\b(?:hereby|mutually|do|hereto) agree\b|\bagree as follows\b|\bwitnesseth\b|\bwhereas\b[,:]?")


@dataclass(frozen=True, slots=True)
class Preamble:
    """The stretch that names the parties: [start, end), the list of parties beginning at ``anchor``."""

    start: int
    anchor: int
    end: int
    score: float


def _end_after(view: View, position: int) -> int:
    limit = min(len(view.text), position + _LENGTH)
    ends = [m.start() for pattern in (_END, _END_ANY) if (m := pattern.search(view.shadow, position + 12, limit))]
    return min(ends, default=limit)


def _score(view: View, start: int, anchor: int, word: str) -> float:
    """How likely parties are named after ``anchor``: an opening before it, definitions and forms after it, early in the text."""
    before, after = view.shadow[max(start, anchor - 500) : anchor], view.shadow[anchor : anchor + 700]
    score = 0.0
    if _OPENING.search(before):
        score += 1.0
    if re.search(r"\bthis\b|\bthe\b.{0,60}\bagreement\b", before, re.I | re.S):
        score += 0.4
    score += 0.5 * ("by and" in " ".join(word.split()) or "by between" in word)
    score += min(1.2, 0.6 * len(re.findall(r"\(\s{0,2}(?:the|hereinafter|hereafter|each|\")", after, re.I)))
    score += 0.5 * bool(
        re.search(r",\s{1,4}an?\s{1,4}(?:\w+\s+){0,5}(?:corporation|company|partnership|individual|bank|association)", after, re.I)
    )
    score += 0.4 * bool(re.match(r"\s{0,6}(?:\(?[a-z1]\)\s*)?[A-Z0-9]", after))
    # A letter's parties are its sender and who it greets; "between" belongs to a paper that it recites.
    score -= 2.0 * bool(_LETTER.search(view.shadow, 0, anchor) and not re.search(r"\bthis\b", before, re.I))
    score -= 1.5 * bool(re.match(r"\s{0,6}(?:the\s+)?(?:parties|us|you|any|its|each|such|and|them|our|your|one)\b", after, re.I))
    if re.search(r"(?:\b(?:inc|corp|ltd|llc|limited|corporation|company|l\.?p|plc|gmbh|s\.a|n\.v|ag)\b)", after[:250], re.I):
        score += 0.4
    elif not re.search(r"\(\s{0,2}(?:the|hereinafter|\")", after[:400], re.I):
        score -= 0.5
    return score - 1.5 * anchor / _REACH


def find_preamble(view: View) -> Preamble | None:
    """Return the stretch that names the parties, or None where the text (a letter, a form) has none."""
    best: Preamble | None = None
    for match in _BETWEEN.finditer(view.shadow, 0, min(len(view.text), _REACH)):
        start, _ = view.sentence(match.start(), reach=700)
        score = _score(view, start, match.end(), match.group(0).lower())
        if score >= _FLOOR and (best is None or score > best.score + 0.01):
            best = Preamble(start, match.end(), _end_after(view, match.end()), score)
    head = _PARTIES_HEAD.search(view.shadow, 0, min(len(view.text), _REACH))
    if head and (best is None or best.score < 1.8):
        best = Preamble(head.start(), head.end(), _end_after(view, head.end()), 1.8)
    return best
