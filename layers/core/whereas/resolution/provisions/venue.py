"""Courts and seats of arbitration: where disputes go, never whose law governs them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from whereas.resolution.facts import Locate, evidence
from whereas.resolution.forms.windows import find_from
from whereas.resolution.provisions.placephrases import PlacePhrase, find_place_phrases
from whereas.resolution.view import View, rx
from whereas.types import Fact

_CUE = rx(r"\b(?:courts?|venue|forum|jurisdictions?|tribunals?|arbitrat(?:ion|ions|or|ors|ed|e|ors?)|mediation|litigated)\b")
_CUE_STEMS = ("court", "venue", "forum", "jurisdiction", "tribunal", "arbitrat", "mediation", "litigated")
# The word that a place hangs on: the last of them before the place says what kind of venue it is.
_ANCHOR = rx(
    r"\b(?:(?P<court>courts?|jurisdiction|litigat\w{1,5}|tribunals?)|(?P<arbitration>arbitrat\w{1,6}|AAA|JAMS|ICC|CIETAC|HKIAC|SIAC|LCIA)|(?P<none>mediat\w{1,5})|"
    r"(?P<place>venue|forum|seat|place|hearings?|proceedings?|situs))\b(?!-)"
)
_REACH = 170  # characters before a place in which its word stands
_AROUND = 700  # characters either way in which the rest of the sentence is looked at
_FLOOR = 0.55
_ARBITRATES = rx(r"\barbitrat\w{1,6}\b")
_COURT_AFTER = rx(
    r"(?:'s)?,? (?:\(?(?:state|federal|superior|supreme|district|circuit|high|and|or|commercial|provincial|civil|county|city|"
    r"appellate) ?\)? ?){0,5}courts?\b"
)
_DISPUTE = rx(
    r"\b(?:jurisdiction|venue|forum|litigat\w{1,5}|brought|bring|commenced?|instituted?|actions?|suits?|proceedings?|disputes?|claims?|"
    r"controvers(?:y|ies)|submit|resolved|adjudicated|settled|heard|tried)\b"
)
_BINDS = rx(
    r"\b(?:exclusive(?:ly)?|submits?|consents?|attorn|agrees?|venue|shall (?:be|have|lie|take)|will (?:be|have|lie|take)|must|"
    r"may be (?:brought|instituted|litigated|enforced))\b"
)
# Places of these are no forum: law, incorporation, addresses, offices, who sits where.
_OTHER_PLACE = rx(
    r"\b(?:laws?|statutes|legislation|code|organi[sz]ed|incorporated|existing|corporation|company|partnership|resid\w{2,6}|offices?|"
    r"business|territor(?:y|ies)|licensed|qualified|enacted|act|rules|authorities|bank\w{0,6}|citizen|agent|admitted|"
    r"government|pending|holds|finds|determine[sd]?|rendered|executed|accepted|signed|delivered)\b"
)
_NEGATED_AFTER = rx(r"(?: \w+){0,2} (?:shall|will|do(?:es)?) (?:not have|have no) (?:\w+ ){0,2}jurisdiction\b")
_ARBITRATED_AFTER = rx(r"(?: \([\w.]{2,20}\))?,? (?:by|through) (?:[\w-]+ ){0,4}arbitrat")
_NEGATED_BEFORE = rx(r"\b(?:other than|not in|outside(?: of)?|except(?: in)?|excluding)(?: the)?(?: [\w,]+){0,4} ?\Z")
# "the London Court of International Arbitration", "Hong Kong International Arbitration Centre": who administers, not where.
_INSTITUTION_AFTER = rx(
    r" (?:Court of (?:International )?Arbitration|(?:Regional |International )?(?:Commercial )?Arbitration (?:Centre|Center|Commission|"
    r"Association|Act|Rules|Law|Ordinance)|International (?:Arbitration|Economic)|Chamber of|Chamber|Arbitration|Mediation|Dispute)\b"
)
_FEDERAL_AFTER = rx(r" (?:Federal |Bankruptcy )?(?:District|Bankruptcy|Supreme|Circuit|Patent|Copyright|Court|Code)\b")
_JUST_BEFORE = rx(r"\b(?:in|at|of|be|is|:) ?(?:the )?\Z")
_NAMED = rx(r"\b(?:exclusive|venue|seat|place of|jurisdiction)\b")
_HEADING = rx(r"\b(?:jurisdiction|venue|forum|arbitration|disputes?|governing|applicable law|choice of)\b")


@dataclass(frozen=True, slots=True)
class _Found:
    phrase: PlacePhrase
    kind: str
    score: float


def _kind(view: View, phrase: PlacePhrase, sentence: tuple[int, int]) -> str | None:
    """Return what the place is the venue of, by the word that it hangs on; None where it hangs on none."""
    if _COURT_AFTER.match(view.shadow, phrase.end):
        return "court"
    if _ARBITRATED_AFTER.match(view.shadow, phrase.end):
        return "arbitration"
    anchors = list(_ANCHOR.finditer(view.shadow, max(sentence[0], phrase.start - _REACH), phrase.start))
    if not anchors or anchors[-1].lastgroup == "none":
        return None
    named = [a for a in anchors if a.lastgroup in {"court", "arbitration"}]
    whole = view.shadow[sentence[0] : phrase.end + 80]
    if named and (named[-1] is anchors[-1] or phrase.start - named[-1].end() < 90):
        return str(named[-1].lastgroup)
    lately = view.shadow[max(0, sentence[0] - 250) : sentence[1]]
    arbitrates = _ARBITRATES.search(lately) and not re.search(r"\bcourts?\b", whole, re.I)
    if arbitrates:
        return "arbitration"
    return "court" if anchors[-1].group(0).lower() in {"venue", "forum", "situs", "place"} and _DISPUTE.search(whole) else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def _is_elsewhere(view: View, phrase: PlacePhrase, sentence: tuple[int, int]) -> bool:
    """Say whether the place belongs to something else in the sentence, or is named as no venue."""
    before = view.shadow[max(sentence[0], phrase.start - 75) : phrase.start]
    after = _INSTITUTION_AFTER.match(view.shadow, phrase.end)
    federal = phrase.code == "US" and _FEDERAL_AFTER.match(view.shadow, phrase.end)
    court = _COURT_AFTER.match(view.shadow, phrase.end) or _ARBITRATED_AFTER.match(view.shadow, phrase.end)
    other = not court and _last(_OTHER_PLACE, before) > _last(_ANCHOR, before)
    laws = re.search(r"\blaws? (?:of|in) (?:the )?(?:State of |Commonwealth of |Province of )?$", before, re.I)
    negated = _NEGATED_BEFORE.search(before[-50:]) or _NEGATED_AFTER.match(view.shadow, phrase.end, phrase.end + 80)
    return bool(after or federal or other or laws or negated)


def _score(view: View, phrase: PlacePhrase, kind: str, sentence: tuple[int, int]) -> float:
    text = view.shadow[sentence[0] : sentence[1]]
    section = view.section_at(phrase.start)
    headed = bool(section and section.heading and _HEADING.search(section.heading))
    near = bool(_JUST_BEFORE.search(view.shadow, max(0, phrase.start - 20), phrase.start))
    score = 0.35 + 0.25 * bool(_BINDS.search(text)) + 0.1 * headed + 0.15 * near
    score += 0.1 * bool(_NAMED.search(text))
    if kind == "court" and not _DISPUTE.search(text):
        score -= 0.4
    if phrase.code == "US":
        score -= 0.15
    return min(0.95, score)


def _stretches(view: View) -> list[tuple[int, int]]:
    """Return the sentences that speak of courts or arbitration, sorted; parts of one very long sentence are one stretch, read once."""
    found: list[tuple[int, int]] = []
    for cue in find_from(view, _CUE, *_CUE_STEMS):
        start, end = view.sentence(cue.start(), reach=_AROUND)
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _candidates(view: View) -> Iterator[_Found]:
    for start, end in _stretches(view):
        for phrase in find_place_phrases(view, start, end):
            near = (max(start, phrase.start - _AROUND), min(end, phrase.end + _AROUND))
            kind = _kind(view, phrase, near)
            if kind and not _is_elsewhere(view, phrase, near):
                yield _Found(phrase, kind, _score(view, phrase, kind, near))


def _holds(outer: str, inner: str) -> bool:
    return "-" not in outer and inner.startswith(f"{outer}-")


def find_venues(view: View, locate: Locate) -> tuple[Fact, ...]:
    """Return the places of courts (``kind`` "court") and of arbitration ("arbitration"), likeliest first.

    Each state or country comes once a kind, with the phrase that names it most fully among the likeliest; a country whose state is a
    venue of the same kind is left out ("the federal courts of the United States located in Oregon").
    """
    best: dict[tuple[str, str], _Found] = {}
    for found in _candidates(view):
        key = (found.kind, found.phrase.code)
        rival = best.get(key)
        rank = (found.score, found.phrase.end - found.phrase.start)
        if found.score >= _FLOOR and (not rival or rank > (rival.score, rival.phrase.end - rival.phrase.start)):
            best[key] = found
    kept = [f for (kind, code), f in best.items() if not any(k == kind and _holds(code, c) for k, c in best)]
    kept.sort(key=lambda f: (-f.score, f.phrase.start))
    return tuple(
        Fact(
            value=f.phrase.name,
            text=view.text[f.phrase.start : f.phrase.end],
            evidence=(evidence(f.phrase.start, f.phrase.end, locate),),
            score=round(f.score, 4),
            source=f"rule:venue-{f.kind}",
            kind=f.kind,
            code=f.phrase.code,
        )
        for f in kept
    )
