"""The agreement date and the effective date: which of the document's dates, by cue phrases, place and the model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whereas.resolution.candidates import Candidate
from whereas.resolution.marginals import Marginals, blend
from whereas.resolution.preamble import Preamble
from whereas.resolution.signatures import Signature
from whereas.resolution.view import View, rx

_MADE = rx(
    r"\b(?:dated|made|entered(?: into)?|executed|signed|concluded|agreement date|date of (?:this )?agreement|date)(?: and "
    r"(?:is |made |entered into |executed )?effective)?"
    r"\b(?:[^.;]{0,60}?\b(?:as of|on|of|this|the|in|from)){0,2}\s{0,3}[:,]?\s{0,3}(?:the )?(?:day and year )?$"
)
_THIS = re.compile(r"\b(?:this|THIS)\b|\bAGREEMENT\b[^.;]{0,40}\Z")
_OTHER_NAMED = rx(
    r",?\s{0,3}(?:\((?!this)[^()\"]{0,40}\"[^\"]{1,40}(?:Agreement|Plan|Lease|Contract|NDA|Letter|License|Order)\"|,? (?:by "
    r"and )?(?:between|among) (?:the|such|such|said) )"
)
_AS_OF = rx(r"\b(?:as of|on|this|of)\s{0,3}(?:the )?(?:date of )?$")
_EFFECTIVE_BEFORE = rx(r"\b(?:effective|effect|commenc(?:e|es|ed|ing)|commencement date|begin(?:s|ning)?)\b[^.;]{0,50}$")
_EFFECTIVE_STRONG = rx(
    r"\beffective(?: date)?(?: of this agreement)?,?(?: is| as| as of| on| from| this| the| shall be| means| date| "
    r"of)*\s{0,3}[\"]?[):,]?\s{0,3}(?:the )?$"
)
_DEFINED_BEFORE = rx(r"\beffective date\b[^.;]{0,50}\b(?:means?|is|shall be|will be|shall mean|:|being|of)\b[^.;]{0,60}$")
_TERM_BEGINS = rx(
    r"\b(?:term\b|this agreement|agreement (?:shall|will)|joint venture|services)\b[^.;]{0,120}\b(?:commenc\w+|begin\w*|"
    r"start\w*|come into force|take effect|become effective|effective)"
    r"(?: on| as of| from| as from| and effective| the|,){0,3}\s{0,3}$"
)
_LAST_SIGNED = rx(
    r"\beffective\b[^.;]{0,40}\b(?:last|latest|later|final)\b[^.;]{0,30}\b(?:signature|signatory|signing|signed|signs|"
    r"execution|executed|party to sign|dates? (?:set forth|below))\b"
)
_TERMINATES = rx(r"\bterminat\w+\b[^.;]{0,50}$")
_NAMED_AFTER = rx(
    r"[\s,]{0,3}\(?[^().;\"]{0,50}\"\s{0,2}(?:Effective|Commencement|Start) Date|[\s,]{0,3}\((?:the )?(?:Effective|Commencement) Date"
)
_NAMED_OTHER = rx(r"[\s,]{0,3}\([^().;\"]{0,40}\"\s{0,2}(?:Execution|Signing|Agreement|Contract) Date")
_ANOTHER_PAPER = rx(
    r"\b(?:that certain|original|prior|previous|existing|amended|amends?|amendment to|pursuant to|under|certain|supersedes?|"
    r"certificate|registration|filed|incorporated|patent|issued)\b[^.;]{0,120}$"
)
_SEC_LINE = rx(r"\b(?:Source|Filed|10-[KQ]|8-K|S-1|S-4|20-F|6-K|424B\d?|10SB\w*|10QSB|Form)\b[^\n]{0,60}$")
_OWN_LINE = re.compile(r"(?:^|\n)[ \t]{0,8}(?:Date[d]?:?\s{0,3}(?:as of\s{1,3})?)?$", re.I)
_EXPIRY_BEFORE = rx(r"\b(?:expir\w+|terminat\w+|until|through|end(?:s|ing)?|later than|no later|by)\b[^.;]{0,40}$")


@dataclass(frozen=True, slots=True)
class DateChoice:
    """A date with its blended score and the rule's own."""

    date: Candidate
    score: float
    rule_score: float
    rule: str


def _position(view: View, date: Candidate, preamble: Preamble | None) -> float:
    if preamble and preamble.start - 150 <= date.start < preamble.end:
        return 0.35 if date.start < preamble.anchor + 600 else 0.15
    if date.start < 1500 and _OWN_LINE.search(view.shadow[max(0, date.start - 40) : date.start]):
        return 0.3
    return 0.1 if date.start < 3000 else 0.0


def agreement_rule(view: View, date: Candidate, *, preamble: Preamble | None, first: bool) -> float:
    """The rules' score of ``date`` as the day the agreement bears."""
    before = view.shadow[max(0, date.start - 160) : date.start]
    score = _position(view, date, preamble) + 0.08 * first
    if _SEC_LINE.search(before[-80:]):
        return 0.0
    if _MADE.search(before):
        score += 0.35
    elif _AS_OF.search(before[-30:]):
        score += 0.2
    if preamble is None and date.start < 2500:
        score += 0.15
    if _ANOTHER_PAPER.search(before) and not (preamble and abs(date.start - preamble.anchor) < 200):
        score -= 0.35
    if _OTHER_NAMED.match(view.shadow, date.end, date.end + 110) and not _THIS.search(before):
        score -= 0.4
    if _EXPIRY_BEFORE.search(before[-60:]):
        score -= 0.3
    if _NAMED_OTHER.match(view.shadow, date.end):
        score += 0.15
    if date.precision != "day":
        score -= 0.25
    return max(0.0, min(0.97, score))


def effective_rule(view: View, date: Candidate, *, preamble: Preamble | None) -> float:
    """The rules' score of ``date`` as the day on which the agreement takes effect."""
    before = view.shadow[max(0, date.start - 120) : date.start]
    if _SEC_LINE.search(before[-80:]):
        return 0.0
    score = 0.6 * _position(view, date, preamble)
    if _NAMED_AFTER.match(view.shadow, date.end, date.end + 90):
        score += 0.65
    elif _EFFECTIVE_STRONG.search(before[-70:]) or _DEFINED_BEFORE.search(before):
        score += 0.6
    elif _TERM_BEGINS.search(view.shadow[max(0, date.start - 200) : date.start]):
        score += 0.52
    elif _EFFECTIVE_BEFORE.search(before[-70:]):
        score += 0.3
    if _EXPIRY_BEFORE.search(before[-40:]):
        score -= 0.3
    listed = preamble and preamble.start - 150 <= date.start < preamble.anchor + 400
    if not listed and (
        _ANOTHER_PAPER.search(before[-90:]) or _TERMINATES.search(before[-90:]) or _OTHER_NAMED.match(view.shadow, date.end, date.end + 110)
    ):
        score -= 0.4
    if date.precision != "day":
        score -= 0.25
    return max(0.0, min(0.97, score))


def rank_agreement_dates(
    view: View,
    dates: Sequence[Candidate],
    marginals: Marginals,
    *,
    preamble: Preamble | None,
    signatures: Sequence[Signature],
    weight: float,
) -> list[DateChoice]:
    """Return the dates as agreement dates, best first. Where nothing else is dated, the last signature makes the agreement."""
    signed = {s.date.start: str(s.date.value) for s in signatures if s.date}
    last = max(signed.values(), default="")
    choices = []
    for number, date in enumerate(dates):
        rule = agreement_rule(view, date, preamble=preamble, first=number == 0)
        name = "agreement-date"
        if date.start in signed and not (preamble and date.start < preamble.end):
            rule, name = (0.45 if date.value == last else 0.25), "signature-date"
        model = marginals.probability("AGREEMENT_DATE", date.start, date.end) if marginals.present else None
        choices.append(DateChoice(date, blend(rule, model, weight=weight), rule, name))
    return sorted(choices, key=lambda c: (-c.score, c.date.start))


def last_signed(view: View, signatures: Sequence[Signature]) -> DateChoice | None:
    """Return the last signature's date where the text makes the agreement effective by it ("the date of last signature")."""
    match = _LAST_SIGNED.search(view.shadow)
    dated = [s.date for s in signatures if s.date]
    if not match or not dated:
        return None
    return DateChoice(max(dated, key=lambda d: str(d.value)), 0.75, 0.75, "last-signature")


def rank_effective_dates(
    view: View, dates: Sequence[Candidate], marginals: Marginals, *, preamble: Preamble | None, weight: float
) -> list[DateChoice]:
    """Return the dates as effective dates, best first."""
    choices = []
    for date in dates:
        rule = effective_rule(view, date, preamble=preamble)
        model = marginals.probability("EFFECTIVE_DATE", date.start, date.end) if marginals.present else None
        choices.append(DateChoice(date, blend(rule, model, weight=weight), rule, "effective-date"))
    return sorted(choices, key=lambda c: (-c.score, c.date.start))
