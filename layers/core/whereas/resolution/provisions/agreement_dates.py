"""The agreement date and the effective date: which of the document's dates, by cue phrases, place and the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whereas.resolution.candidates import Candidate
from whereas.resolution.forms.windows import find_from
from whereas.resolution.marginals import Marginals
from whereas.resolution.parties.preamble import Preamble
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.provisions import datecues as cue
from whereas.resolution.tuning import AGREEMENT_DATE, EFFECTIVE_DATE, SIGNATURE_DATE, blend
from whereas.resolution.view import View


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
    if date.start < 1500 and cue.OWN_LINE.search(view.shadow[max(0, date.start - 40) : date.start]):
        return 0.3
    return 0.1 if date.start < 3000 else 0.0


def agreement_rule(view: View, date: Candidate, *, preamble: Preamble | None, first: bool) -> float:
    """The rules' score of ``date`` as the day the agreement bears."""
    before = view.lower[max(0, date.start - 160) : date.start]
    score = _position(view, date, preamble) + 0.08 * first
    if cue.SEC_LINE.search(before[-80:]):
        return 0.0
    if cue.MADE.search(before):
        score += 0.35
    elif cue.AS_OF.search(before[-30:]):
        score += 0.2
    if preamble is None and date.start < 2500:
        score += 0.15
    if cue.ANOTHER_PAPER.search(before) and not (preamble and abs(date.start - preamble.anchor) < 200):
        score -= 0.35
    if cue.OTHER_NAMED.match(view.lower, date.end, date.end + 110) and not cue.THIS.search(
        view.shadow[max(0, date.start - 160) : date.start]
    ):
        score -= 0.4
    if cue.EXPIRY_BEFORE.search(before[-60:]):
        score -= 0.3
    if cue.NAMED_OTHER.match(view.lower, date.end):
        score += 0.15
    if date.precision != "day":
        score -= 0.25
    return max(0.0, min(0.97, score))


def effective_rule(view: View, date: Candidate, *, preamble: Preamble | None) -> float:
    """The rules' score of ``date`` as the day on which the agreement takes effect."""
    before = view.lower[max(0, date.start - 120) : date.start]
    if cue.SEC_LINE.search(before[-80:]):
        return 0.0
    score = 0.6 * _position(view, date, preamble)
    if cue.NAMED_AFTER.match(view.lower, date.end, date.end + 90):
        score += 0.65
    elif cue.EFFECTIVE_STRONG.search(before[-70:]) or cue.DEFINED_BEFORE.search(before):
        score += 0.6
    elif cue.TERM_BEGINS.search(view.lower[max(0, date.start - 200) : date.start]):
        score += 0.52
    elif cue.EFFECTIVE_BEFORE.search(before[-70:]):
        score += 0.3
    if cue.EXPIRY_BEFORE.search(before[-40:]):
        score -= 0.3
    listed = preamble and preamble.start - 150 <= date.start < preamble.anchor + 400
    if not listed and (
        cue.ANOTHER_PAPER.search(before[-90:])
        or cue.TERMINATES.search(before[-90:])
        or cue.OTHER_NAMED.match(view.lower, date.end, date.end + 110)
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
) -> list[DateChoice]:
    """Return the dates as agreement dates, best first. Where nothing else is dated, the last signature makes the agreement."""
    signed = {s.date.start: str(s.date.value) for s in signatures if s.date} | _labelled(view, dates)
    last = max(signed.values(), default="")
    choices = []
    for number, date in enumerate(dates):
        rule = agreement_rule(view, date, preamble=preamble, first=number == 0)
        name = "agreement-date"
        if date.start in signed and not (preamble and date.start < preamble.end):
            rule, name = (0.45 if date.value == last else 0.25), "signature-date"
        elif _in_execution_clause(view, date):
            rule, name = max(rule, 0.5), "execution-clause"
        model = marginals.probability("AGREEMENT_DATE", date.start, date.end) if marginals.present else None
        knob = AGREEMENT_DATE if name == "agreement-date" else SIGNATURE_DATE
        choices.append(DateChoice(date, blend(rule, model, knob), rule, name))
    return sorted(choices, key=lambda c: (-c.score, c.date.start))


def _in_execution_clause(view: View, date: Candidate) -> bool:
    """Whether the parties sign "as of" this day where the text ends: a paper without a date at its head bears that one."""
    late = date.start > max(1500, 0.6 * len(view.text))
    return late and date.precision == "day" and bool(cue.EXECUTED.search(view.lower, max(0, date.start - 220), date.start))


def _labelled(view: View, dates: Sequence[Candidate]) -> dict[int, str]:
    """Days after a label "Date:" in the last tenth of the text, where no signing claims them."""
    return {
        d.start: str(d.value)
        for d in dates
        if d.precision == "day" and d.start > 0.9 * len(view.text) and cue.SIGNED_LABEL.search(view.shadow, max(0, d.start - 30), d.start)
    }


def last_signed(view: View, signatures: Sequence[Signature]) -> DateChoice | None:
    """Return the last signature's date where the text makes the agreement effective by it ("the date of last signature")."""
    dated = [s.date for s in signatures if s.date]
    if not dated or not any(find_from(view, cue.LAST_SIGNED, "effective")):
        return None
    return DateChoice(max(dated, key=lambda d: str(d.value)), 0.75, 0.75, "last-signature")


def rank_effective_dates(view: View, dates: Sequence[Candidate], marginals: Marginals, *, preamble: Preamble | None) -> list[DateChoice]:
    """Return the dates as effective dates, best first."""
    choices = []
    for date in dates:
        rule = effective_rule(view, date, preamble=preamble)
        model = marginals.probability("EFFECTIVE_DATE", date.start, date.end) if marginals.present else None
        choices.append(DateChoice(date, blend(rule, model, EFFECTIVE_DATE), rule, "effective-date"))
    return sorted(choices, key=lambda c: (-c.score, c.date.start))
