"""Where party names may stand: the sentence that lists them, definitions early in the text, signature blocks, the model."""

from __future__ import annotations

import re
from dataclasses import dataclass

from whereas.resolution.definitions import ROLE_WORDS
from whereas.resolution.marginals import Marginals
from whereas.resolution.names import has_legal_form, is_legal_form, kind_of
from whereas.resolution.namespans import name_ends
from whereas.resolution.places import find_places
from whereas.resolution.preamble import Preamble
from whereas.resolution.signatures import Signature
from whereas.resolution.view import View
from whereas.types import Mention

_RUN_START = re.compile(r"(?<![\w&'./@-])(?:[A-Z0-9À-Þ]|[a-z]{1,3}[A-Z0-9]|[a-z]-[a-z]|[a-z][\w-]{2,20}\.(?:com|net|org)\b)")
_LEAD_IN = re.compile(
    r"(?:(?P<and>\band\b[\s,]{1,3}|\bAND\b[\s,:]{1,3}|&\s{1,3})|(?P<semi>[;:]\s{1,4}|[;:]\s{0,3}and\s{1,3})|"
    r"(?P<after>[),\"]\s{1,3})|(?P<line>\n\s{0,4}))"
    r"(?:\(?(?:[ivx]{1,4}|[A-Ha-h]|\d{1,2})[).]\s{0,3})?(?:the\s{1,3})?(?:M(?:r|s|rs)\.\s{1,3})?\Z"
)
_ENUMERATED = re.compile(r"(?:^|[\s,;:])\(?(?:[ivx]{1,4}|[A-Ha-h]|\d{1,2})[).]\s{0,3}(?:the\s{1,3})?\Z")
_FOREIGN = re.compile(
    r"(?:\bof|\bin|\bat|\bunder|\bits|\bby its|\bpartner,?|\bmember,?|\bmanager,?|\bsubsidiary of|\bowned by|\bfrom|\bas|\bon|"
    r"\bto|\bto as|\bSource:.{0,5})\s{1,3}(?:the\s{1,3})?\Z",
    re.I,
)
_DESCRIBED = re.compile(
    r"\s{0,3},?\s{0,3}(?:\([^()]{0,40}\)\s{0,3},?\s{0,2})?(?:an?|the|"
    r"AN?)\s{1,3}(?:[\w.,'&()/-]{1,25}\s{1,3}){0,12}?(?:corporation|compan(?:y|ies)|partnership|individual|person|"
    r"resident|association|trust|bank|institution|university|entity|organi[sz]ation|L\.?L\.?C|proprietorship|agency|authority|"
    r"society|foundation|venture|subsidiary|affiliate|"
    r"citizen|body|limited|member|unit|fund|firm|division)\b",
    re.I,
)
_DEFINED_AFTER = re.compile(
    r"\s{0,3},?\s{0,3}(?:[^\n()]{0,40})?\(\s{0,2}(?:(?:the|hereinafter|hereafter|herein|collectively|referred|\"|together|each|"
    r"as|\w+\s{1,2}or\s{1,2})|[A-Z][\w-]{2,25}\s{0,2}\))",
    re.I,
)
_DEFINED_NEXT = re.compile(
    r"(?:,?\s{1,3}(?:and\s{1,3}|including\s{1,3})?(?:any\s{1,3}of\s{1,3})?its\s{1,3}[^()\n]{0,90})?\s{0,3},?\s{0,3}(?:\((?:formerly|f/k/a|d/b/a)[^()]{0,60}\)\s{0,2})?\(\s{0,2}(?:(?:together|collectively|hereinafter|hereafter|herein|referred|acting)[^()\"]{0,60})?(?:the\s{1,2}|\"|as\s|(?-i:[A-Z]{3,20})\s?\))",
    re.I,
)
_GOES_ON = re.compile(
    r"\s{0,3},?\s{0,3}\(?(?:having|with|whose|located|incorporated|organi[sz]ed|acting|on\s+behalf|by\s+and\s+through|residing|"
    r"together|as\s+|registered|doing\s+business|d/b/a|dba|"
    r"formerly|f/k/a|a/k/a|individually|each\s|both\s|and\s+its|for\s+itself|at\s+\d|of\s+\d|hereinafter|hereafter|through|"
    r"its\s|including|\d{2,5}\s[A-Z])",
    re.I,
)
_STOPS = re.compile(r"\s{0,3}(?:[.;:]|\n|,?\s{0,3}and\b|,?\s{0,3}AND\b|\Z|\))")
_NO_NAME = re.compile(
    r"(?:the\s+)?(?:part(?:y|ies)|agreement|company|companies|state|united states(?: of america)?|u\.s\.a?\.?|exhibit|section|"
    r"article|schedule|whereas|witnesseth|"
    r"effective date|recitals?|between|and|among|date|page|confidential(?: treatment)?(?: requested)?|source|execution (?:copy|"
    r"version)|amendment|address|notices?|"
    r"board(?: of directors)?|(?:securities )?(?:and )?exchange commission|commission|sec|congress|none|n/a|attention|"
    r"subsidiar(?:y|ies)|affiliates?|representatives|undersigned|"
    r"background|ladies|gentlemen|ladies and gentlemen|dear .{0,40}|re|very truly yours|sincerely|transaction|evaluation "
    r"material|confidential information|"
    r".{0,60}\bagreement|(?:state|city|county|commonwealth|province) of .{0,30}|.{0,40}\b(?:street|avenue|road|suite|floor|"
    r"boulevard|drive)\b.{0,20}|"
    r"(?:first|second|third|other|receiving|disclosing|indemnified|undersigned) part(?:y|ies)|.{0,30}\b(?:officer|president|"
    r"director|chairman|counsel|manager|secretary)s?|\d[\d\s.,/-]*)[.,]?",
    re.I,
)
_ORG_LINE = re.compile(
    r"(?:^|\n)\s{0,3}(?:FOR\s|For\s)?([^\n]{2,90}?)\s{0,3}[:,]?\s{0,3}(?=\n|\s{2,}By\b|\s{1,3}By:|\s{1,3}BY:|\s{1,3}/s/)"
)
_LABELLED = re.compile(
    r"(?:^|\n|[.;)]\s{1,4}|\d\s)(?:The\s)?(?:Party\s[A-D1-4]|(?:Contract(?:ing)?\s)?Part(?:y|ies)|Licens(?:or|ee)|Buyer|Seller|"
    r"Purchaser|Supplier|Customer|Client|Vendor|Lessor|"
    r"Lessee|Landlord|Tenant|Lender|Borrower|Company|Consultant|Contractor|Distributor|Employer|Employee|Franchis(?:or|ee)|"
    r"Shipper|Carrier|Covenanter)"
    r"(?:\s?\([^()\n]{1,30}\)|/[\w-]{3,12})?\s{0,2}:\s{0,4}",
    re.I,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|you)\s{1,3}(?:hereby\s{1,3}|also\s{1,3}|further\s{1,3})?(?:agree|acknowledge|understand)\b|"
    r"\bmy\s{1,3}(?:employment|service)\b",
    re.I,
)
_OWN_NAME = re.compile(
    r"\b(?:EMPLOYEE|EXECUTIVE|CONSULTANT|PARTICIPANT|INDIVIDUAL(?:LY)?|(?:SECOND|FIRST) PARTY|AGREED|ACCEPTED|ACKNOWLEDGED|"
    r"DIRECTOR|GRANTEE|RECIPIENT)\b",
    re.I,
)
_OFFICIAL = re.compile(
    r"[\s,]{0,4}(?:(?:Its\s)?(?:President|Chief|CEO|CFO|Director|Vice|VP|SVP|EVP|Chairman|Manager|Managing|Officer|General|"
    r"Secretary|Treasurer|Title|Executive\s(?:Vice|Director)|Senior|Authorized)\b)",
    re.I,
)
_WITNESS = re.compile(r"\b(?:witness|attest|notary|by)\b[^\n]{0,6}\s*\Z", re.I)
_POSTAL = re.compile(r"\d{4,}\Z|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\A\d{1,5}\s[A-Z]")
_STATE_NEXT = re.compile(r",?\s{1,3}(?:[A-Z]{2}\.?,?\s{1,3}\d{5}|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,?\s{1,3}\d{5}|[A-Z]{2},)")
_EARLY = 5000


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that may be a party's, with the rules' score in 0..1 and where it was found."""

    start: int
    end: int
    score: float
    origin: str


def acceptable(name: str) -> bool:
    """Say whether the words could name a party at all: not "the Parties", a bare role, an address line, a legal form alone."""
    words = name.split()
    if not words or len(name) < 2 or len(name) > 120 or _NO_NAME.fullmatch(name):
        return False
    if all(is_legal_form(w) for w in words) or sum(c.isalpha() for c in name) < 2:
        return False
    return not (name.lower() in ROLE_WORDS or (len(words) == 2 and words[0].lower() == "the" and words[1].lower() in ROLE_WORDS))


def _after(view: View, end: int, limit: int, *, formed: bool) -> float:
    """What stands after a name: a definition or a descriptor speaks for a party, a full stop a little."""
    if _DEFINED_NEXT.match(view.shadow, end, min(limit + 40, end + 200)) or _DESCRIBED.match(view.shadow, end, min(limit + 40, end + 260)):
        return 0.3
    if formed and _DEFINED_AFTER.match(view.shadow, end, min(limit + 40, end + 120)):
        return 0.3
    if _GOES_ON.match(view.shadow, end, end + 60):
        return 0.2
    return 0.1 if _STOPS.match(view.shadow, end, end + 12) else 0.0


def _form(name: str) -> float:
    if has_legal_form(name):
        return 0.15
    return -0.2 if len(name.split()) == 1 and len(name) < 4 else 0.0


def _before(view: View, start: int, anchor: int) -> float:
    """What stands before a name in the list of parties."""
    if not view.shadow[anchor:start].strip(' \n:"(1aiA).') or view.shadow[anchor:start].strip().lower() in {"the", "mr.", "ms.", "dr."}:
        return 0.5
    before = view.shadow[max(anchor, start - 24) : start]
    if _ENUMERATED.search(before):
        return 0.25
    lead = _LEAD_IN.search(before)
    if lead:
        return 0.32 if lead.group("and") or lead.group("semi") else 0.15 if lead.group("line") else 0.05
    return -0.3 if _FOREIGN.search(before) else -0.1


def _placed(view: View, start: int, end: int) -> float:
    """A penalty for words that are a place or a line of an address: "San Mateo" before ", CA 94404", "Ontario M5C 3B5"."""
    name = view.shadow[start:end]
    if has_legal_form(name):
        return 0.0
    if _POSTAL.search(name) or _STATE_NEXT.match(view.shadow, end, end + 40):
        return 0.5
    places = find_places(view, start, end)
    return 0.5 if any(p.start == start and p.end == end for p in places) else 0.0


def from_preamble(view: View, preamble: Preamble) -> list[Proposal]:
    """Return the names that stand where the contract lists its parties."""
    found: list[Proposal] = []
    at = preamble.anchor
    while (match := _RUN_START.search(view.shadow, at, preamble.end)) is not None:
        start = match.start()
        ends = name_ends(view, start, preamble.end)
        lead = _before(view, start, preamble.anchor)
        for rank, end in enumerate(ends):
            name = view.shadow[start:end]
            if acceptable(name):
                score = (
                    min(0.97, lead - _placed(view, start, end) + _after(view, end, preamble.end, formed=has_legal_form(name)) + _form(name))
                    - 0.08 * rank
                )
                if score > 0.1:
                    found.append(Proposal(start, end, score, "party-preamble"))
        # Past the shortest reading, so that the right part of "A and B" is looked at on its own.
        at = max(min(ends, default=start), start + 1)
        if not ends:
            at = _word_end(view, start)
    return found


def _word_end(view: View, start: int) -> int:
    match = re.compile(r"\w+").match(view.shadow, start)
    return match.end() if match else start + 1


def from_definitions(view: View) -> list[Proposal]:
    """Return the names early in the text that a definition or a descriptor follows: papers that list no parties."""
    found: list[Proposal] = []
    limit = min(len(view.text), _EARLY)
    at = 0
    while (match := _RUN_START.search(view.shadow, at, limit)) is not None:
        start = match.start()
        ends = name_ends(view, start, limit)
        at = max(ends, default=_word_end(view, start))
        for end in ends[-1:]:
            name = view.shadow[start:end]
            defined = _DEFINED_NEXT.match(view.shadow, end, end + 140)
            described = has_legal_form(name) and _DESCRIBED.match(view.shadow, end, end + 160)
            if (defined or described) and acceptable(name) and (has_legal_form(name) or described or kind_of(name) == "person"):
                found.append(Proposal(start, end, 0.3 + 0.1 * bool(defined) + _form(name), "party-definition"))
    return found


def from_labels(view: View) -> list[Proposal]:
    """Return the names that a form labels: "Party A: Acme Ltd.", "Seller: …"."""
    found = []
    for match in _LABELLED.finditer(view.shadow, 0, min(len(view.text), _EARLY)):
        ends = name_ends(view, match.end(), match.end() + 120)
        if ends and acceptable(view.shadow[match.end() : ends[-1]]):
            found.append(Proposal(match.end(), ends[-1], 0.42 + _form(view.shadow[match.end() : ends[-1]]), "party-label"))
    return found


def from_signatures(view: View, signatures: tuple[Signature, ...], region: int | None) -> list[Proposal]:
    """Return the company names on the lines above each signature, and the persons who sign in their own name."""
    found: list[Proposal] = []
    first_person = bool(_FIRST_PERSON.search(view.shadow, 0, min(len(view.text), _EARLY)))
    for signature in signatures:
        if region is not None and signature.anchor < region:
            continue
        company = _company_above(view, signature.anchor)
        if company:
            found.append(company)
        elif signature.name_span and not signature.title:
            start, end = signature.name_span
            own = _OWN_NAME.search(view.shadow, max(0, signature.anchor - 90), signature.anchor)
            early = view.shadow.lower().find(view.shadow[start:end].lower(), 0, 4000) >= 0
            official = _OFFICIAL.match(view.shadow, end, end + 60) or _WITNESS.search(
                view.shadow, max(0, signature.anchor - 40), signature.anchor
            )
            if not official and (own or early or first_person):
                found.append(Proposal(start, end, 0.54, "party-signature"))
    return found


def _company_above(view: View, anchor: int) -> Proposal | None:
    lines = list(_ORG_LINE.finditer(view.shadow, max(0, anchor - 160), anchor + 4))
    for line in reversed(lines[-3:]):
        colon = view.shadow.rfind(":", line.start(1), line.end(1))
        found = _company(view, colon + 2 if colon >= 0 else line.start(1), line.end(1))
        if found:
            return found
    for match in _RUN_START.finditer(view.shadow, max(0, anchor - 90), anchor):
        found = _company(view, match.start(), anchor)
        if found and found.end >= anchor - 4 and found.score >= 0.5:
            return found
    return None


def _company(view: View, start: int, end: int) -> Proposal | None:
    ends = name_ends(view, start, end)
    if not ends or not acceptable(view.shadow[start : ends[-1]]):
        return None
    name = view.shadow[start : ends[-1]]
    whole = ends[-1] >= end - 2
    if not has_legal_form(name) and not (whole and kind_of(name) == "organization" and name.isupper() and len(name.split()) > 1):
        return None
    return Proposal(start, ends[-1], 0.5 if has_legal_form(name) else 0.38, "party-signature")


def from_model(view: View, mentions: tuple[Mention, ...], marginals: Marginals) -> list[Proposal]:
    """Return the model's PARTY spans, each drawn to the whole name: its legal form in, clauses after it out."""
    spans = [(m.start, m.end) for m in mentions if m.layer == "role" and m.type == "PARTY"]
    spans += [(start, end) for start, end, _ in marginals.runs("PARTY", floor=0.3)]
    found = []
    for start, end in sorted(set(spans)):
        first = _RUN_START.search(view.shadow, start, end)
        ends = name_ends(view, first.start(), min(len(view.text), end + 60)) if first else []
        if first and ends:
            close = min(ends, key=lambda e: (abs(e - end), e))
            if acceptable(view.shadow[first.start() : close]):
                found.append(Proposal(first.start(), close, 0.15, "party-context"))
    return found
