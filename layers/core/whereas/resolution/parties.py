"""Who the parties are: candidates from the preamble, the signature block and the model; context and the model choose."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whereas.resolution.definitions import ROLE_WORDS
from whereas.resolution.marginals import Marginals
from whereas.resolution.names import has_legal_form, is_legal_form, kind_of, normalise_name
from whereas.resolution.namespans import name_ends
from whereas.resolution.preamble import Preamble
from whereas.resolution.view import View, rx
from whereas.types import Mention

_ENUMERATOR = r"(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s{0,3}|\d{1,2}\.\s{1,3}|[-•]\s{0,2})?"
_STARTS = rx(
    r"(?:\band\b|&|;|\n|:|\bAND\b|\bbetween\b|\bamong\b)\s{0,4}(?:and )?(?:\(?(?:i|ii|iii|iv|v|[a-e]|[1-9])[).] ?)?(?:the "
    r"(?=[A-Z]))?(?:M(?:r|s|rs)\. )?"
)
_DESCRIBED = re.compile(
    r"\s{0,3},?\s{0,3}(?:\([^()]{0,40}\)\s{0,3},?\s{0,2})?(?:an?|the|"
    r"AN?)\s{1,3}(?:[\w.,'&()/-]{1,25}\s{1,3}){0,12}?(?:corporation|compan(?:y|ies)|partnership|individual|person|resident|"
    r"association|trust|bank|institution|university|entity|organi[sz]ation|L\.?L\.?C|proprietorship|agency|authority|society|"
    r"foundation|venture|subsidiary|affiliate|"
    r"citizen|body|limited|member|unit|fund|firm|division)\b",
    re.I,
)
_DEFINED_AFTER = re.compile(
    r"\s{0,3},?\s{0,3}(?:[^\n()]{0,40})?\(\s{0,2}(?:(?:the|hereinafter|hereafter|herein|collectively|referred|\"|together|each|"
    r"as|\w+\s{1,2}or\s{1,2})|[A-Z][\w-]{2,25}\s{0,2}\))",
    re.I,
)
_GOES_ON = re.compile(
    r"\s{0,3},?\s{0,3}\(?(?:having|with|whose|located|incorporated|organi[sz]ed|acting|on\s+behalf|by\s+and\s+through|residing|"
    r"together|as\s+|registered|doing\s+business|d/b/a|dba|formerly|"
    r"f/k/a|a/k/a|individually|and\s+its|for\s+itself|at\s+\d|of\s+\d|hereinafter|hereafter|through|its\s|including)",
    re.I,
)
_STOPS = re.compile(r"\s{0,3}(?:[.;:]|\n|,?\s{0,3}and\b|,?\s{0,3}AND\b|$|\))")
_NO_NAME = re.compile(
    r"(?:the\s+)?(?:part(?:y|ies)|agreement|company|companies|state|united states(?: of america)?|u\.s\.a?\.?|exhibit|section|"
    r"article|schedule|whereas|witnesseth|"
    r"effective date|recitals?|between|and|among|date|page|confidential(?: treatment)?(?: requested)?|source|execution (?:copy|"
    r"version)|amendment|address|notices?|"
    r"board(?: of directors)?|securities and exchange commission|commission|sec|congress|none|n/a|attention|subsidiar(?:y|ies)|"
    r"affiliates?|representatives|.{0,60}\bagreement)\.?",
    re.I,
)
_BEFORE_FOREIGN = re.compile(
    r"(?:\bof|\bin|\bat|\bunder|\bthe laws of the state of|\bits|\bby its|\bpartner|\bmember|\bmanager|\bsubsidiary of|\bowned "
    r"by|\bfrom)\s{1,3}$",
    re.I,
)
_ORG_LINE = re.compile(
    r"(?:^|\n)\s{0,3}(?:FOR\s|For\s|THE\s(?=[A-Z]+:))?([^\n]{2,90}?)\s{0,3}[:,]?\s{0,3}(?=\n|\s{2,}By\b|\s{1,3}By:|\s{1,3}/s/)"
)


@dataclass(frozen=True)
class PartyCandidate:
    """A name that may be a party's; ``rule`` is the rules' score, ``model`` the model's, both in 0..1."""

    start: int
    end: int
    name: str
    rule: float
    model: float | None
    origin: str
    score: float = 0.0
    keys: tuple[str, ...] = field(default=())


def _context(view: View, start: int, end: int, *, lead: float, limit: int) -> float:
    """The rules' score of a name by what stands before (``lead``) and after it."""
    name = view.shadow[start:end]
    score = lead
    if _DEFINED_AFTER.match(view.shadow, end, min(limit + 40, end + 120)) or _DESCRIBED.match(view.shadow, end, min(limit + 40, end + 260)):
        score += 0.3
    elif _GOES_ON.match(view.shadow, end, end + 60):
        score += 0.2
    elif _STOPS.match(view.shadow, end, end + 12):
        score += 0.1
    if has_legal_form(name):
        score += 0.15
    elif len(name.split()) == 1 and len(name) < 4:
        score -= 0.2
    return min(score, 0.97)


def _acceptable(name: str) -> bool:
    words = name.split()
    if not words or _NO_NAME.fullmatch(name) or len(name) < 2 or len(name) > 120:
        return False
    if all(is_legal_form(w) for w in words) or not any(c.isalpha() for c in name):
        return False
    return not (name.lower() in ROLE_WORDS or (len(words) == 2 and words[0].lower() == "the" and words[1].lower() in ROLE_WORDS))


def from_preamble(view: View, preamble: Preamble) -> list[tuple[int, int, float]]:
    """Return (start, end, score) of the names that stand where the preamble lists its parties."""
    starts = {preamble.anchor: 0.5}
    for match in _STARTS.finditer(view.shadow, preamble.anchor, preamble.end):
        mark = match.group(0).strip().lower()
        starts.setdefault(match.end(), 0.3 if mark.startswith("and") or "&" in mark else 0.25 if mark.startswith(";") else 0.15)
    found: list[tuple[int, int, float]] = []
    for start, lead in sorted(starts.items()):
        start = _skip(view, start, preamble.end)
        for rank, end in enumerate(name_ends(view, start, preamble.end)):
            if _acceptable(view.shadow[start:end]):
                found.append((start, end, _context(view, start, end, lead=lead, limit=preamble.end) - 0.08 * rank))
    return found


def _skip(view: View, start: int, limit: int) -> int:
    match = re.compile(rf"[\s:\"]{{0,6}}(?:and\s{{1,3}})?{_ENUMERATOR}(?:the\s{{1,3}}(?=[A-Z]))?(?:M(?:r|s|rs)\.\s{{1,3}})?", re.I).match(
        view.shadow, start, limit
    )
    return match.end() if match else start


def from_signature_lines(view: View, region: int | None, anchors: list[int]) -> list[tuple[int, int, float]]:
    """Return (start, end, score) of the company names on the lines above each signature."""
    found = []
    for anchor in anchors:
        if region is not None and anchor < region:
            continue
        low = max(0, anchor - 220)
        for match in _ORG_LINE.finditer(view.shadow, low, anchor + 4):
            start = _skip(view, match.start(1), match.end(1))
            ends = name_ends(view, start, match.end(1))
            if not ends or not _acceptable(view.shadow[start : ends[-1]]):
                continue
            text = view.shadow[start : ends[-1]]
            if has_legal_form(text):
                found.append((start, ends[-1], 0.5))
    return found


def from_model(view: View, mentions: tuple[Mention, ...], marginals: Marginals) -> list[tuple[int, int]]:
    """Return the model's PARTY spans, each drawn to the whole name: its legal form in, clauses after it out."""
    spans = [(m.start, m.end) for m in mentions if m.layer == "role" and m.type == "PARTY"]
    spans += [(start, end) for start, end, _ in marginals.runs("PARTY", floor=0.3)]
    found = []
    for start, end in spans:
        start = _skip(view, start, end)
        ends = name_ends(view, start, min(len(view.text), end + 60))
        if ends:
            close = min(ends, key=lambda e: (abs(e - end), e))
            if _acceptable(view.shadow[start:close]):
                found.append((start, close))
    return found


def _signed_names(view: View, region: int | None) -> str:
    start = region if region is not None else int(len(view.text) * 0.8)
    return " " + normalise_name(view.text[start : start + 6000]) + " "


def rank_parties(
    view: View,
    *,
    preamble: Preamble | None,
    region: int | None,
    anchors: list[int],
    mentions: tuple[Mention, ...],
    marginals: Marginals,
    weight: float,
    floor: float,
) -> list[PartyCandidate]:
    """Return the parties, best span of each name, in text order.

    Args:
        view: the document.
        preamble: the stretch that names the parties, if any.
        region: where the signing begins, if known.
        anchors: offsets of the signatures.
        mentions: the model's mentions.
        marginals: the model's role probabilities.
        weight: the model's share in the final score.
        floor: the score below which a name is no party.
    """
    proposals: dict[tuple[int, int], tuple[float, str]] = {}
    for start, end, score in from_preamble(view, preamble) if preamble else []:
        proposals[start, end] = max(proposals.get((start, end), (0.0, "")), (score, "party-preamble"))
    for start, end, score in from_signature_lines(view, region, anchors):
        proposals[start, end] = max(
            proposals.get((start, end), (0.0, "")), (score if preamble is None else score - 0.25, "party-signature")
        )
    for start, end in from_model(view, mentions, marginals):
        proposals.setdefault((start, end), (0.15, "party-context"))
    signed = _signed_names(view, region)
    ranked: list[PartyCandidate] = []
    for (start, end), (rule, origin) in proposals.items():
        name = view.text[start:end]
        key = normalise_name(name)
        if len(key) > 3 and f" {key} " in signed and origin != "party-signature":
            rule = min(0.98, rule + 0.12)
        if _BEFORE_FOREIGN.search(view.shadow[max(0, start - 30) : start]) and origin == "party-preamble":
            rule -= 0.25
        model = marginals.probability("PARTY", start, end) if marginals.present else None
        score = rule if model is None else weight * model + (1 - weight) * rule
        ranked.append(
            PartyCandidate(start, end, " ".join(name.split()), max(0.0, rule), model, origin, score=max(0.0, min(1.0, score)), keys=(key,))
        )
    return _choose(ranked, floor)


def _choose(ranked: list[PartyCandidate], floor: float) -> list[PartyCandidate]:
    chosen: list[PartyCandidate] = []
    for candidate in sorted(ranked, key=lambda c: (-c.score, -(c.end - c.start), c.start)):
        if candidate.score < floor:
            continue
        if any(candidate.start < c.end and c.start < candidate.end for c in chosen):
            continue
        if any(_same(candidate, c) for c in chosen):
            continue
        chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _same(one: PartyCandidate, other: PartyCandidate) -> bool:
    a, b = one.keys[0], other.keys[0]
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return True
    return (f" {a} " in f" {b} " or f" {b} " in f" {a} ") and min(len(a), len(b)) >= 4 and kind_of(one.name) == kind_of(other.name)
