"""How long: the term, its renewal, the notice that stops a renewal, and the day of expiry where the text names one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whereas.resolution.candidates import Candidate
from whereas.resolution.durations import find_periods
from whereas.resolution.marginals import Marginals, blend
from whereas.resolution.view import View, rx

_RENEW = rx(r"\b(?:automatic(?:ally)?|successive|renew(?:s|ed|al|als|able|ing)?|extend(?:s|ed)?|additional (?:terms?|periods?))\b")
_RENEW_STRONG = rx(r"\b(?:automatically|successive|renew(?:s|ed|al|als|able)?)\b")
_NOTICE = rx(r"\b(?:notice|notif(?:y|ies|ied|ication)|advis\w+ in writing|written)\b")
_NOT_RENEW = rx(
    r"\b(?:non-?renew\w*|not (?:to )?(?:be )?(?:renew|extend)\w*|intent(?:ion)? (?:not )?to|elects? not|unless|not wish|"
    r"terminat\w+|prior to|before|preceding|in advance)\b"
)
_TERM = rx(
    r"\b(?:term of this|term (?:shall|will|is|hereof)|initial term|\"term\"|this agreement (?:shall|will|is|has|and)\b|"
    r"(?:remain|continue)s?(?: in)? (?:full )?(?:force|effect)|in effect|expires?|shall terminate|"
    r"will terminate|period of|obligations? (?:hereunder|under|of|shall|set)|survive|commenc\w+|effective)\b"
)
_TERM_STRONG = rx(
    r"\b(?:(?:the )?(?:initial )?term (?:of (?:this|the) agreement|hereof|of the \w+|shall|will|is)|initial term|"
    r"this (?:letter )?(?:agreement|contract|lease|license)(?:,? [^.;]{0,80})? (?:shall|will) (?:be (?:effective|valid|in)|"
    r"remain|continue|expire|terminate|commence|have|last|become)|"
    r"remain in (?:full )?(?:force|effect)|continue in (?:full )?(?:force|effect)|shall (?:terminate|expire|continue|last|"
    r"survive)|will (?:terminate|expire)|terminates|expires)\b"
)
_TERM_SUBJECT = rx(
    r"(?:\b(?:(?:initial |primary |contract )?term of (?:this|the|your|his|her) (?:\w+ ){0,3}(?:agreement|contract|lease|"
    r"license|letter|franchise|appointment|engagement|employment|undertaking)|"
    r"(?:initial|primary|base) term|term hereof|duration of this \w+)|\"(?:initial )?term\"|\bterm:|\bterm (?:shall|will|is)\b|"
    r"\bterm(?: and termination)?\.)[^.;]{0,200}$"
)
_AGREEMENT_SUBJECT = rx(
    r"\b(?:this|the|such) (?:\w+ ){0,3}(?:agreement|contract|lease|license|letter|nda|undertaking|"
    r"venture)\b[^.;]{0,130}\b(?:terminat(?:e|es)|expires?|remains?|continues?|effective|"
    r"in effect|in force|commences?|valid|lasts?|begins?|have no)\b[^.;]{0,130}$"
)
_OBLIGATIONS = rx(
    r"\b(?:obligations?|covenants?|undertakings?|restrictions?|duty|duties|provisions|rights|agree[sd]?|terms of this|"
    r"bound)\b[^.;]{0,160}\b(?:terminat(?:e|es)|expires?|remains?|continues?|"
    r"surviv\w+|bind|period of|bound|in effect|in force)\b[^.;]{0,120}$"
)
_SURVIVAL = rx(
    r"\bsurviv\w+|\b(?:confidentiality|non-?disclosure|secrecy) obligations?\b|\bobligations? of confidentiality\b|\bduty to "
    r"protect\b|\bafter (?:the )?terminat\w+\b"
)
_AGAINST = rx(
    r"\b(?:non-?solicit\w*|non-?competit\w*|solicit|hire|employ(?:ee)?s?|standstill|stand still|warrant\w*|invoice|pay(?:ment|"
    r"able|s)?|salary|cure|breach|default|insurance|records|audit|interest|"
    r"option|royalt\w+|written notice|prior notice|notice of termination|terminate this agreement|without cause|arbitrat\w+|"
    r"approv\w+|calendar quarter|report|vest\w*|stock)\b"
)
_AS_NOTICE = rx(r"'? ?(?:prior |advance )?(?:written )?notice|'? ?(?:prior|advance|before|in advance)\b")
_FROM_START = rx(
    r"\s{0,3}(?:,? (?:from|after|following|of|commencing|beginning|starting) (?:and )?(?:after )?(?:on |from |with |as of "
    r")?(?:the )?(?:date (?:hereof|of this|of the|first|set|that|above|written)|effective|"
    r"execution|commencement|date$|such effective|signing|closing|hereof)|,? hereof|,? from and after the date|,? unless|,? "
    r"(?:\(the \"|thereafter))"
)
_FROM_LATER = rx(
    r",? (?:from|after|following|of|past)(?: and after)? (?:the )?(?:(?:date|first date|last date|day) (?:of|on which|that) "
    r")?(?:any |such |its |the |his |her |my |your |last |each )*"
    r"(?:disclos\w*|receipt|terminat\w*|expir\w*|company|employ\w*|designee|separation|return|cessation|date company|executive|"
    r"employee|\w+ ceases)"
)
_PERIOD_BEFORE = rx(r"\b(?:period of|term of|for|until|(?:expire|terminate|end)s?|expire on|earlier of|later of)\b[^.;]{0,40}$")
_CALLED_TERM = rx(r"[^.;()]{0,25}\((?:such \w+ |collectively,? )?(?:the )?\"(?:Initial |Primary |Contract )?(?:Term|Period)\"")
_TERM_OF = rx(r"\b(?:term) of(?: at least)?\s{0,3}$")
_DURING_TERM = rx(
    r"\bduring (?:the |its |such )?(?:\w+ )?(?:term|employment|engagement)\b[^.;]{0,80}\b(?:and|or)\b[^.;]{0,40}$|\bfor the "
    r"term of this agreement and\b[^.;]{0,30}$"
)
_HEADING = rx(r"\b(?:term|duration|period|renewal|expiration)\b")
_PERPETUAL = rx(r"\b(?:perpetual(?:ly)?|in perpetuity|indefinite(?:ly)?|unlimited (?:period|term|duration)|no fixed (?:term|expiration))\b")
_UNTIL = rx(
    r"\buntil (?:it is )?(?:(?:earlier )?terminated|termination|cancel+ed)\b|\bunless (?:and until )?(?:earlier |sooner "
    r")?(?:terminated|cancel+ed)\b"
)
_EXPIRY = rx(
    r"\b(?:expir(?:e|es|ing|ation)(?: date)?|terminat(?:e|es|ing|ion)(?: date)?|until|through(?: and including)?|end(?:s|"
    r"ing)?(?: date)?|up to|to)\b(?:[^.;]{0,45}?\b(?:on|at|of|is|as of|date))?\s{0,3}[:,]?\s{0,3}(?:midnight,? |the close of "
    r"business )?(?:on )?(?:the )?$"
)


_BEGINS = rx(r"\b(?:commenc\w+|begin\w*|start\w*|launch\w*|effective)\b[^.;]{0,30}$")
_REPORTING = rx(r"\b(?:calendar year|fiscal year|quarter|contract year|minimum|transition)\b[^.;]{0,120}$")
_ENDS_LABEL = rx(r"\b(?:termination|expiration|expiry|end) date\s{0,2}:?\s{0,3}$|\b(?:contract|agreement) period\b[^.;]{0,60}$")


@dataclass(frozen=True, slots=True)
class TermChoice:
    """A duration or date in the role of term, renewal, notice or expiry, with blended and rule scores."""

    found: Candidate
    score: float
    rule_score: float
    rule: str


def _heading_at(view: View, position: int) -> str:
    section = view.section_at(position)
    return section.heading or "" if section else ""


def _window(view: View, found: Candidate) -> tuple[str, str]:
    start, end = view.sentence(found.start, reach=700)
    return view.shadow[start : found.start], view.shadow[found.end : end]


def _subject(before: str) -> float:
    """Who lasts that long: the term itself, the agreement, or only its obligations."""
    if _TERM_SUBJECT.search(before):
        return 0.5
    if _AGREEMENT_SUBJECT.search(before):
        return 0.45
    return 0.3 if _OBLIGATIONS.search(before) else 0.05


def term_rule(view: View, found: Candidate) -> float:
    """The rules' score of a duration as the term of the agreement."""
    before, after = _window(view, found)
    score = _subject(before[-320:])
    score += 0.1 * bool(_PERIOD_BEFORE.search(before[-70:]))
    score += 0.1 * bool(_HEADING.search(_heading_at(view, found.start)))
    if _FROM_LATER.match(view.shadow, found.end, found.end + 90):
        score -= 0.2
    elif _FROM_START.match(view.shadow, found.end, found.end + 80):
        score += 0.2
    if _CALLED_TERM.match(view.shadow, found.end, found.end + 60):
        score += 0.2
    elif _TERM_OF.search(before[-40:]):
        score += 0.15
    if _DURING_TERM.search(before[-120:]):
        score -= 0.5
    elif _SURVIVAL.search(before[-160:]):
        score -= 0.1
    if _RENEW_STRONG.search(before[-120:]) or _RENEW_STRONG.match(after.lstrip()[:12]):
        score -= 0.3
    if _AGAINST.search(before[-110:]) or _AS_NOTICE.match(after):
        score -= 0.3
    if str(found.value)[-1] in "DW":
        score -= 0.25
    if found.rule.startswith("period"):
        score -= 0.25
    return max(0.0, min(0.95, score))


def renewal_rule(view: View, found: Candidate) -> float:
    """The rules' score of a duration as the length of one renewal."""
    before, after = _window(view, found)
    score = 0.0
    if _RENEW_STRONG.search(before[-160:]):
        score += 0.45
    elif _RENEW.search(before[-160:]):
        score += 0.25
    score += 0.2 * bool(re.search(r"\b(?:successive|additional|automatically)\b[^.;]{0,50}$", before, re.I))
    score += 0.1 * bool(re.match(r"\s{0,3}(?:each\s+)?(?:terms?|periods?|renewal|extension|increments?|intervals?)\b", after, re.I))
    if _AGAINST.search(before[-60:]) or re.match(r"[^.;]{0,25}\b(?:notice|prior|before)\b", after, re.I):
        score -= 0.45
    if str(found.value).endswith("D"):
        score -= 0.3
    return max(0.0, min(0.95, score))


def notice_rule(view: View, found: Candidate) -> float:
    """The rules' score of a duration as the notice that stops a renewal."""
    before, after = _window(view, found)
    around = before[-400:] + " " + after[:250]
    score = 0.0
    if not _RENEW_STRONG.search(around):
        return 0.0
    score += 0.3
    score += 0.2 * bool(_NOTICE.search(around))
    score += 0.2 * bool(_NOT_RENEW.search(around))
    score += 0.15 * bool(re.match(r"[^.;]{0,25}\b(?:prior|before|notice|in\s+advance|preceding)\b", after, re.I))
    score += 0.08 * bool(
        re.search(r"(?:at\s+least|not\s+less\s+than|no\s+later\s+than|no\s+less\s+than|within|minimum\s+of)\s+[^.;]{0,12}$", before, re.I)
    )
    if re.search(r"\b(?:breach|default|cure|without\s+cause|for\s+convenience|insolven)\b", before[-120:], re.I):
        score -= 0.3
    if str(found.value).endswith("Y"):
        score -= 0.25
    return max(0.0, min(0.95, score))


def expiry_rule(view: View, found: Candidate, *, term_near: bool) -> float:
    """The rules' score of a date as the day on which the agreement expires."""
    before, after = _window(view, found)
    if _BEGINS.search(before[-45:]) or _REPORTING.search(before[-140:]):
        return 0.0
    score = 0.0
    if _EXPIRY.search(before[-110:]):
        score += 0.4
    if _ENDS_LABEL.search(before[-60:]):
        score += 0.25
    score += 0.25 * bool(_TERM_STRONG.search(before) or re.search(r"\b(?:initial\s+)?term\b", before[-250:], re.I))
    score += 0.12 * bool(_HEADING.search(_heading_at(view, found.start))) + 0.08 * term_near
    if _AGAINST.search(before[-120:]):
        score -= 0.2
    if found.precision != "day":
        score -= 0.2
    return max(0.0, min(0.95, score)) if score >= 0.4 else 0.0


def _rank(
    view: View, found: Sequence[Candidate], marginals: Marginals, role: str, name: str, rules: dict[int, float], weight: float
) -> list[TermChoice]:
    choices = []
    for candidate in found:
        rule = rules[candidate.start]
        model = marginals.probability(role, candidate.start, candidate.end) if marginals.present else None
        choices.append(TermChoice(candidate, blend(rule, model, weight=weight), rule, name))
    return sorted(choices, key=lambda c: (-c.score, c.found.start))


def _with_periods(view: View, durations: Sequence[Candidate]) -> list[Candidate]:
    """Durations, and the numberless ones ("an additional year") of sentences that speak of renewal or of an anniversary."""
    spans = sorted(
        {
            view.sentence(m.start(), reach=500)
            for m in rx(r"\b(?:renew\w*|anniversary|successive|year to year|month to month)\b").finditer(view.shadow)
        }
    )
    taken = {n for d in durations for n in range(d.start, d.end)}
    extra = [p for start, end in spans for p in find_periods(view, start, end) if not taken.intersection(range(p.start, p.end))]
    unique = {(c.start, c.end): c for c in (*durations, *extra)}
    return sorted(unique.values(), key=lambda c: c.start)


def rank_terms(view: View, durations: Sequence[Candidate], marginals: Marginals, *, weight: float) -> dict[str, list[TermChoice]]:
    """Return candidates for "term", "renewal" and "notice", each best first."""
    found = _with_periods(view, durations)
    ranked = {}
    for key, role, rule in (
        ("term", "TERM", term_rule),
        ("renewal", "RENEWAL_TERM", renewal_rule),
        ("notice", "NOTICE_PERIOD", notice_rule),
    ):
        rules = {c.start: rule(view, c) for c in found}
        ranked[key] = _rank(view, found, marginals, role, key, rules, weight)
    return ranked


def rank_expiry(view: View, dates: Sequence[Candidate], marginals: Marginals, *, weight: float) -> list[TermChoice]:
    """Return the dates as days of expiry, best first."""
    rules = {d.start: expiry_rule(view, d, term_near=False) for d in dates}
    return _rank(view, dates, marginals, "EXPIRATION_DATE", "expiry", rules, weight)


def open_ended(view: View) -> Candidate | None:
    """Return the phrase that makes the term perpetual or run until terminated (``kind`` says which), or None.

    Only sentences about the term or the agreement itself count: "a perpetual licence" makes no contract perpetual.
    """
    for pattern, kind in ((_PERPETUAL, "perpetual"), (_UNTIL, "until_terminated")):
        for match in pattern.finditer(view.shadow):
            start, end = view.sentence(match.start(), reach=400)
            before = view.shadow[start : match.start()]
            about = _TERM_STRONG.search(before) or (_HEADING.search(_heading_at(view, start)) and _TERM.search(before))
            licence = re.search(
                r"\b(?:licen[sc]e|grant|right|royalty|confidential\w*|surviv\w+)\b",
                view.shadow[max(start, match.start() - 120) : min(end, match.end() + 40)],
                re.I,
            )
            if about and not licence and re.search(r"\bagreement|term\b", before, re.I):
                return Candidate("TERM", match.start(), match.end(), None, f"term-{kind.replace('_', '-')}", 0.6, kind=kind)
    return None
