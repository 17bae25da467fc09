"""What a date of a contract is the date of, by the words around it."""

from __future__ import annotations

import re
from typing import Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.provisions import datecues
from whereas.resolution.provisions.terms import expiry_rule
from whereas.resolution.view import View, rx, small_rx

_PAPER = (
    r"(?:agreement|contract|lease|licen[sc]e|plan|indenture|letter|note|deed|undertaking|memorandum|addendum|statement of work|"
    r"guarant(?:y|ee)|mortgage|nda|warrant|will|trust|resolution|order|schedule|prospectus|consent)"
)
_AMENDMENT = r"(?:amendment|(?<!prospectus.)supplement(?! agreement)|modification|restatement|side letter|addendum)"
_DATED: Final = rx(
    r"\b(?:dated?|made|entered into|executed|signed|effective|concluded)(?:,? (?:and|or) "
    r"(?:entered into|made|executed|effective|delivered))?(?: (?:as )?(?:of|on|the|this|by|at)){0,3} ?\Z"
)
_OTHER_PAPER: Final = rx(rf"\b(?!this )(?:\w+) (?:[\w&'-]+ ){{0,3}}{_PAPER}\b(?! date\b)[^.;]{{0,110}}\Z")
_AMENDED_BY: Final = rx(rf"\b{_AMENDMENT}\b(?! and restated)[^.;]{{0,90}}\Z")
_AMENDS: Final = rx(
    rf"\b{_AMENDMENT}\b[^.;]{{0,30}} (?:to|of) (?:the|that|a|an|its|our|your) [^.;]{{0,90}}{_PAPER}(?:,? ?\([^()]{{1,60}}\))?,?"
    r"(?: (?:between|among) [^.;]{1,60})? (?:dated|effective|entered into|made)\b[^.;]{0,25}\Z"
)
_THIS_PAPER: Final = rx(
    rf"\b(?:this|the present) (?:[\w&'-]+ ){{0,6}}(?:{_PAPER}|{_AMENDMENT})\b"
    r"(?:(?!\b(?:certain|pursuant|amends?|amended by)\b)[^.;]){0,120}\Z"
)

_ABBREVIATION: Final = re.compile(r"\bNo\.\s?")
_RENEWS: Final = small_rx(r"\brenew(?:al|s|ed)?\b[^.;]{0,70}\Z")
_NOTICE_BY: Final = small_rx(
    r"\b(?:notice|notif\w+)\b[^.;]{0,90}\b(?:by|before|prior to|no(?:t)? later than|on or before)(?: the)? ?\Z|"
    r"\b(?:by|before|no later than|on or before) ?\Z"
)
_NOTICE: Final = small_rx(r"\b(?:notice|notif(?:y|ies|ication))\b")
_TERMINATES: Final = small_rx(
    r"\bterminat(?:e[sd]?|ion|ing)\b(?: date)?(?:,? (?:effective|is|shall be|on|as|of|date|means|at|midnight|from)){0,4}[:\" ]{0,4}\Z"
)
_SIGNED: Final = small_rx(r"(?:\bdated?|\bsigned(?: on)?|/s/[^\n]{1,60}) ?[:,]? ?\Z")
_PAYS: Final = small_rx(r"\b(?:pay(?:s|able|ment|ments|ing)?|paid|invoic\w+|instal+ments?|due|remit\w*|royalt\w+|rent|fees?|deposit)\b")
_DELIVERS: Final = small_rx(
    r"\b(?:deliver\w*|ship(?:s|ped|ment|ments)?|install(?:ation|ed)?|completion|milestone|commission(?:ed|ing)|hand(?:ed)? over)\b"
)
_ENDS: Final = small_rx(r"\b(?:expir\w+|end|last day)\b")
_TERM_ENDS: Final = small_rx(
    r"\b(?:this (?:\w+ ){0,2}agreement|(?:initial )?term)\b[^.;]{0,110}\b(?:for|until|expires?|terminates?|ends?|continue)\b[^.;]{0,40}\Z"
)
_BY: Final = small_rx(r"\b(?:by|before|within|on or before|no later than|prior to|until) ?\Z")
_FILED: Final = small_rx(r"\b(?:Source|Filed|10-[KQ]\w*|8-K|S-1|S-4|20-F|6-K|N-2|424B\d?)\b[^\n]{0,60}\Z")


def kind_of_date(view: View, date: Candidate, *, signing: int | None = None) -> str | None:
    """Return what ``date`` is by the words around it ("effective", "amendment", "payment", …), None where they do not say.

    "other" is a day that is none of the contract's, such as that of a filing. ``signing`` is where the signature block begins.
    """
    start, end = view.sentence(date.start, reach=400)
    before, after = view.lower[start : date.start], view.lower[date.end : min(end, date.end + 90)]
    if _FILED.search(before[-90:]):
        return "other"
    if datecues.NAMED_AFTER.match(view.lower, date.end, date.end + 90):
        return "effective"
    recital = _recited(_ABBREVIATION.sub("No ", view.shadow[max(0, date.start - 200) : date.start].rsplit("\n\n", 1)[-1]))
    if recital:
        return recital
    if signing is not None and date.start > signing and _SIGNED.search(before[-80:]):
        return "signature"
    if datecues.EFFECTIVE_STRONG.search(before[-70:]) or datecues.DEFINED_BEFORE.search(before[-120:]):
        return "effective"
    if _NOTICE_BY.search(before[-130:]) and _NOTICE.search(before[-200:] + after):
        return "notice_deadline"
    if _TERMINATES.search(before[-70:]) and not _NOTICE.search(before[-90:]):
        return "expiration" if expiry_rule(view, date) >= 0.4 else "termination"
    if expiry_rule(view, date) >= 0.6:
        return "expiration"
    if _RENEWS.search(before[-90:]):
        return "renewal"
    return _performance(before[-130:], after[:60] if _BY.search(before[-40:]) else "")


def kind_of_deadline(view: View, start: int, end: int) -> str | None:
    """Return what the day is on which a phrase [start, end) such as "thirty days after the Effective Date" falls."""
    first, last = view.sentence(start, reach=300)
    before, after = view.lower[first:start], view.lower[end : min(last, end + 90)]
    if _NOTICE.search(before[-140:]) and _ENDS.search(view.lower, start, end):
        return "notice_deadline"
    if _TERM_ENDS.search(before[-140:]):
        return "expiration"
    return _performance(before[-130:], after[:90])


def _recited(before: str) -> str | None:
    """Return "amendment" or "prior_agreement" where the date is that of a paper which the sentence cites, else None."""
    if not _DATED.search(before[-60:]):
        return None
    # "Amendment 1 to the Lease dated May 1, 2014": the day is the lease's.
    if _AMENDS.search(before):
        return "prior_agreement"
    if _THIS_PAPER.search(before[-160:]):
        return None
    if _AMENDED_BY.search(before[-120:]):
        return "amendment"
    return "prior_agreement" if _OTHER_PAPER.search(before[-160:]) else None


def _performance(before: str, after: str) -> str | None:
    """Return "payment" or "delivery", whichever word stands nearer, else None."""
    found = [(m.start(), kind) for pattern, kind in ((_PAYS, "payment"), (_DELIVERS, "delivery")) for m in pattern.finditer(before)]
    if found:
        return max(found)[1]
    for pattern, kind in ((_PAYS, "payment"), (_DELIVERS, "delivery")):
        if pattern.search(after):
            return kind
    return None
