"""How long: the term, its renewal, the notice that stops a renewal, and the day of expiry where the text names one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.durations import find_periods
from whereas.resolution.forms.windows import find_from
from whereas.resolution.marginals import Marginals
from whereas.resolution.provisions import termcues as cue
from whereas.resolution.provisions.renewalterms import ends_running, notice_rule, renewal_rule, sentence_parts
from whereas.resolution.tuning import EXPIRATION_DATE, NOTICE, RENEWAL, TERM, Knob, blend
from whereas.resolution.view import View, rx

_RECURS = rx(r"\b(?:renew\w*|extend\w*|anniversary|successive|(?:year|month)[ -]to[ -](?:year|month))\b")


@dataclass(frozen=True, slots=True)
class TermChoice:
    """A duration or date in the role of term, renewal, notice or expiry, with blended and rule scores."""

    found: Candidate
    score: float
    rule_score: float
    rule: str


def _heading_at(view: View, position: int) -> str:
    return (view.heading_at(position) or "").lower()


def _subject(before: str) -> float:
    """Who lasts that long: the term itself, the agreement, or only its obligations."""
    near = before[-320:]
    if cue.TERM_SUBJECT.search(near):
        return 0.5
    if cue.AGREEMENT_SUBJECT.search(near) or cue.EARLIER_OF.search(before) or cue.ALL_OBLIGATIONS.search(before):
        return 0.45
    return 0.3 if cue.OBLIGATIONS.search(near) else 0.05


def term_rule(view: View, found: Candidate) -> float:
    """The rules' score of a duration as the term of the agreement."""
    before, after = sentence_parts(view, found)
    score = _subject(before)
    anniversary = found.rule == "anniversary" or after[:13].strip().startswith("anniversary")
    score += 0.1 * bool(anniversary or cue.PERIOD_BEFORE.search(before[-70:]))
    score += 0.1 * bool(cue.HEADING.search(_heading_at(view, found.start)))
    if cue.FROM_LATER.match(view.lower, found.end, found.end + 110):
        score -= 0.25
    elif cue.FROM_START.match(view.lower, found.end, found.end + 80):
        score += 0.2
    score += 0.15 * bool(cue.BEGINS_AND_ENDS.search(before[-160:]))
    if cue.CALLED_TERM.match(view.lower, found.end, found.end + 60):
        score += 0.2
    elif cue.TERM_OF.search(before[-40:]):
        score += 0.15
    if cue.DURING_TERM.search(before[-120:]):
        score -= 0.5
    elif cue.SURVIVAL.search(before[-160:]):
        score -= 0.1
    if cue.RENEW_STRONG.search(before[-120:]) or cue.RENEW_STRONG.match(after.lstrip()[:12]):
        score -= 0.3
    if cue.PART_ONLY.search(before[-160:]):
        score -= 0.3
    if cue.AGAINST.search(before[-110:]) or cue.AS_NOTICE.match(after):
        score -= 0.3
    if str(found.value)[-1] in "DW":
        score -= 0.25
    if found.rule.startswith("period"):
        score -= 0.25
    return max(0.0, min(0.95, score))


def expiry_rule(view: View, found: Candidate) -> float:
    """The rules' score of a date as the day on which the agreement expires."""
    before, _ = sentence_parts(view, found)
    if cue.BEGINS.search(before[-45:]) or cue.REPORTING.search(before[-140:]):
        return 0.0
    score = 0.0
    if cue.EXPIRY.search(before[-110:]):
        score += 0.4
    if cue.ENDS_LABEL.search(before[-60:]):
        score += 0.25
    score += 0.25 * bool(
        cue.TERM_STRONG.search(before)
        or cue.AGREEMENT_SUBJECT.search(before[-300:])
        or re.search(r"\b(?:initial\s+)?term\b", before[-250:], re.I)
    )
    score += 0.12 * bool(cue.HEADING.search(_heading_at(view, found.start)))
    if cue.AGAINST.search(before[-120:]):
        score -= 0.2
    if found.precision != "day":
        score -= 0.2
    return max(0.0, min(0.95, score)) if score >= 0.4 else 0.0


def _rank(
    view: View,
    found: Sequence[Candidate],
    marginals: Marginals,
    rule_score: Callable[[View, Candidate], float | None],
    *,
    role: str,
    knob: Knob,
) -> list[TermChoice]:
    name = role.lower().replace("_", "-")
    choices = []
    for candidate in found:
        rule = rule_score(view, candidate)
        if rule is None:
            continue
        model = marginals.probability(role, candidate.start, candidate.end) if marginals.present else None
        choices.append(TermChoice(candidate, blend(rule, model, knob), rule, name))
    return sorted(choices, key=lambda c: (-c.score, c.found.start))


def _with_periods(view: View, durations: Sequence[Candidate]) -> list[Candidate]:
    """Durations, and the numberless ones ("an additional year") of sentences that speak of renewal or of an anniversary."""
    spans = sorted(
        {
            view.sentence(m.start(), reach=500)
            for m in find_from(view, _RECURS, "renew", "extend", "anniversary", "successive", "year", "month")
        }
    )
    taken = {n for d in durations for n in range(d.start, d.end)}
    extra = [p for start, end in spans for p in find_periods(view, start, end) if not taken.intersection(range(p.start, p.end))]
    unique = {(c.start, c.end): c for c in (*durations, *extra)}
    return sorted(unique.values(), key=lambda c: c.start)


def rank_terms(view: View, durations: Sequence[Candidate], marginals: Marginals) -> dict[str, list[TermChoice]]:
    """Return candidates for "term", "renewal" and "notice", each best first."""
    found = _with_periods(view, durations)
    return {
        "term": _rank(view, found, marginals, term_rule, role="TERM", knob=TERM),
        "renewal": _rank(view, found, marginals, renewal_rule, role="RENEWAL_TERM", knob=RENEWAL),
        "notice": _rank(view, found, marginals, notice_rule, role="NOTICE_PERIOD", knob=NOTICE),
    }


def needs_no_renewal(view: View, notices: Sequence[TermChoice]) -> bool:
    """Return whether the best notice stops a contract that no clause renews: one that runs on until somebody ends it."""
    return bool(notices) and ends_running(view, notices[0].found)


def rank_expiry(view: View, dates: Sequence[Candidate], marginals: Marginals) -> list[TermChoice]:
    """Return the dates as days of expiry, best first."""
    return _rank(view, dates, marginals, expiry_rule, role="EXPIRATION_DATE", knob=EXPIRATION_DATE)


def open_ended(view: View) -> Candidate | None:
    """Return the phrase that makes the term perpetual or run until terminated (``kind`` says which), or None.

    Only sentences about the term or the agreement itself count: "a perpetual licence" makes no contract perpetual.
    """
    for pattern, stems, kind in (
        (cue.PERPETUAL, cue.PERPETUAL_STEMS, "perpetual"),
        (cue.UNTIL, cue.UNTIL_STEMS, "until_terminated"),
    ):
        for match in find_from(view, pattern, *stems):
            start, end = view.sentence(match.start(), reach=400)
            before = view.lower[start : match.start()]
            about = cue.TERM_STRONG.search(before) or (cue.HEADING.search(_heading_at(view, start)) and cue.TERM.search(before))
            licence = re.search(
                r"\b(?:licen[sc]e|grant|right|royalty|confidential\w*|surviv\w+)\b",
                view.shadow[max(start, match.start() - 120) : min(end, match.end() + 40)],
                re.I,
            )
            if about and not licence and re.search(r"\bagreement|term\b", before, re.I):
                return Candidate("TERM", match.start(), match.end(), None, f"term-{kind.replace('_', '-')}", 0.6, kind=kind)
    return None
