"""The law that governs: of a state or country, never its courts, nor the state in which a party is incorporated."""

from __future__ import annotations

import re

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.places import find_places
from whereas.resolution.forms.windows import find_from
from whereas.resolution.marginals import Marginals
from whereas.resolution.tuning import GOVERNING_LAW, blend
from whereas.resolution.view import View, rx

_CUE = rx(
    r"\b(?:govern(?:ed|ing|s)?|constru(?:ed|ction)|interpret(?:ed|ation)?|enforced|subject to|pursuant to|in accordance with|"
    r"under|applicable) (?:and \w+ |[\w, ]{0,60})?"
    r"\blaws?\b|\b(?:governing|applicable|choice of) law\b|\blaws? of [^.;]{2,80}?\b(?:govern|appl(?:y|ies)|control)|\bjurisdiction\b"
)
_CUE_STEMS = (
    "govern", "constru", "interpret", "enforced", "subject", "pursuant", "in", "under", "applicable", "choice", "law", "jurisdiction",
)  # fmt: skip
_LAWS_OF = rx(
    r"\b(?:laws?|statutes|legislation)(?: in force)?(?: and regulations)?(?: applicable)?,? (?:of|in|from) ?(?:the "
    r")?(?:(?:internal |substantive )?laws of )?(?:the )?(?:State|Commonwealth|Province|Republic|Kingdom|District|country)?(?: "
    r"of)?(?: the)?\s{0,3}$"
)
_PLACE_LAW = re.compile(r"\s{0,3}(?:state\s{1,3})?laws?\b", re.I)
_GOVERNED = rx(r"\b(?:govern(?:ed|ing|s)|constru(?:ed|ction)|interpret(?:ed|ation)?)\b")
# "The law of Germany applies", "the laws of Japan shall govern": the verb comes after the place.
_APPLIES = rx(
    r",? (?:(?:shall|will|is to|are to) (?:exclusively |solely )?(?:apply|govern|control|prevail)|applies|governs|controls|is applicable)\b"
)
_COURTS = rx(r"\b(?:courts?|venue|jurisdiction|arbitrat\w+|located|county|city|sitting|judicial)\b[^.;]{0,60}$")
_INCORPORATED = rx(
    r"\b(?:organi[sz]ed|incorporated|existing|formed|established|corporation|company|domiciled|registered|qualified|duly)\b[^.;]{0,60}$"
)
_AND = rx(r"[\s,]{0,4}(?:and|or|&)?\s{0,3}(?:of\s+|the\s+|federal\s+|laws?\s+|State\s+|Commonwealth\s+|both\s+){0,8}")
_AND_STATE = rx(r",? and (?:of )?(?:the )?(?:laws of )?(?:the )?(?:State|Commonwealth) of (?:the )?")
_BREAK = rx(r"\.\s|\b(?:not|without|courts?|jurisdiction|arbitrat\w{1,6}|principles|conflicts?)\b")
_HEADING = rx(r"\b(?:governing|applicable|choice of) law\b|\blaw and jurisdiction\b|\blaw\b")


def _rule_score(view: View, place: Candidate, sentence: tuple[int, int]) -> float:
    before = view.shadow[sentence[0] : place.start]
    near = before[-110:]
    laws_of = bool(_LAWS_OF.search(near))
    applies = laws_of and bool(_APPLIES.match(view.shadow, place.end, place.end + 60))
    governed = applies or bool(_GOVERNED.search(before))
    headed = bool(_HEADING.search(view.heading_at(place.start) or "")) or bool(
        _HEADING.search(view.shadow[max(0, sentence[0] - 60) : sentence[0] + 40])
    )
    place_law = bool(_PLACE_LAW.match(view.shadow, place.end, place.end + 20))
    score = 0.1 + 0.4 * governed + 0.15 * headed + 0.3 * (laws_of or place_law)
    if _INCORPORATED.search(near) and not governed:
        score -= 0.5
    if _COURTS.search(near[-70:]) and not laws_of:
        score -= 0.35
    if place.code == "US" and not (governed and laws_of):
        score -= 0.2
    return max(0.0, min(0.97, score))


def _sentences(view: View, marginals: Marginals) -> list[tuple[int, int]]:
    spans = {view.sentence(m.start(), reach=900) for m in find_from(view, _CUE, *_CUE_STEMS)}
    spans |= {view.sentence(start, reach=900) for start, _, _ in marginals.runs("GOVERNING_LAW", floor=0.25)}
    return sorted(spans)


def find_governing_law(view: View, marginals: Marginals) -> list[tuple[Candidate, float, float]]:
    """Return (place, score, rule score) of the laws chosen, best first; [] where the text chooses none.

    A second law is kept only where the same sentence governs by both ("the laws of England and of Scotland"); a country
    that merely holds the chosen state ("Ontario and the federal laws of Canada") is no second law.
    """
    scored: list[tuple[Candidate, float, float]] = []
    for sentence in _sentences(view, marginals):
        for place in find_places(view, *sentence):
            rule = _rule_score(view, place, sentence)
            model = marginals.probability("GOVERNING_LAW", place.start, place.end) if marginals.present else None
            scored.append((place, blend(rule, model, GOVERNING_LAW), rule))
    best: dict[str, tuple[Candidate, float, float]] = {}
    for entry in scored:
        code = entry[0].code or ""
        if code not in best or entry[1] > best[code][1]:
            best[code] = entry
    ranked = sorted(best.values(), key=lambda e: (-e[1], e[0].start))
    floor = GOVERNING_LAW.floor_for(model=marginals.present)
    return [e for e in ranked if e[1] >= floor]


def same_clause(view: View, first: Candidate, other: Candidate) -> bool:
    """Say whether both places are governed by in one breath: no more than "and the laws of the State of" between them.

    So are two whose clauses follow each other in a sentence ("…, except Section 4, which is governed by the laws of Ohio"), and a
    federation with its state where it is named first ("the United States and the State of Ohio"); named after, it only holds it.
    """
    low, high = sorted((first, other), key=lambda c: c.start)
    between = view.shadow[low.end : high.start]
    if _within(low, high) or _within(high, low):
        return low.code == "US" and bool(_AND_STATE.fullmatch(between))
    if len(between) < 60 and _AND.fullmatch(between):
        return True
    own_verb = len(between) < 260 and _GOVERNED.search(between) and _LAWS_OF.search(between)
    return bool(own_verb and not _BREAK.search(between))


def _within(outer: Candidate, inner: Candidate) -> bool:
    return (outer.code or "") == (inner.code or "").split("-")[0]
