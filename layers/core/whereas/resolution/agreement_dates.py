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
    r"\b(?:dated|made|entered(?: into)?|executed|signed|concluded|agreement date|date of (?:this )?agreement|"
    r"date)\b(?:[^.;]{0,60}?\b(?:as of|on|of|this|the|in|from)){0,2}\s{0,3}[:,]?\s{0,3}(?:the )?(?:day and year )?$"
)
_AS_OF = rx(r"\b(?:as of|on|this|of)\s{0,3}(?:the )?(?:date of )?$")
_EFFECTIVE_BEFORE = rx(r"\b(?:effective|effect|commenc(?:e|es|ed|ing)|commencement date|begin(?:s|ning)?)\b[^.;]{0,50}$")
_EFFECTIVE_STRONG = rx(
    r"\beffective(?: date)?(?: of this agreement)?,?(?: is| as| as of| on| from| this| the| shall be| means| date| "
    r"of)*\s{0,3}[\"]?[):,]?\s{0,3}(?:the )?$"
)
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
    elif _EFFECTIVE_STRONG.search(before[-70:]):
        score += 0.6
    elif _EFFECTIVE_BEFORE.search(before[-70:]):
        score += 0.3
    if _EXPIRY_BEFORE.search(before[-40:]):
        score -= 0.3
    if _ANOTHER_PAPER.search(before[-90:]) and not preamble:
        score -= 0.2
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
    """Return the dates as agreement dates, best first. A date by a signature counts a little where nothing else is dated."""
    signed = {s.date.start for s in signatures if s.date}
    choices = []
    for number, date in enumerate(dates):
        rule = agreement_rule(view, date, preamble=preamble, first=number == 0)
        name = "agreement-date"
        if date.start in signed and rule < 0.35:
            rule, name = 0.35, "signature-date"
        model = marginals.probability("AGREEMENT_DATE", date.start, date.end) if marginals.present else None
        choices.append(DateChoice(date, blend(rule, model, weight=weight), rule, name))
    return sorted(choices, key=lambda c: (-c.score, c.date.start))


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
