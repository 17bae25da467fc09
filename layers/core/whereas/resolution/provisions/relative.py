"""Dates that the text gives by counting from another: "thirty (30) days after the Effective Date", "the second anniversary hereof".

A phrase is a duration, a direction and an anchor. Anchors are the contract's own dates (agreement, effective, expiration), the last
signature, and dates that the text names ("May 1, 2020 (the "Launch Date")"). Where the anchor's day is not known there is no date.
Time is counted as in ``facts.add_duration``: the anniversary of a day, not the day before it. Business days need a calendar of holidays
that no contract holds, and hours are no dates: neither is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whereas.resolution.candidates import Candidate
from whereas.resolution.facts import Locate, add_duration, evidence, make_fact
from whereas.resolution.forms.durations import find_periods
from whereas.resolution.forms.windows import find_from
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.view import View, rx
from whereas.types import Contract, Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

AGREEMENT, EFFECTIVE, EXPIRY, SIGNED = "agreement date", "effective date", "expiration date", "last signature"

_THIS = r"this (?:\w+ ){0,2}(?:agreement|contract|lease|letter|undertaking|amendment|license)"
_ANCHORS: Final = (
    (EFFECTIVE, rx(rf"(?:the )?effective date(?: of {_THIS}| hereof)?(?! of\b)(?!'s)")),
    (
        SIGNED,
        rx(
            r"(?:the )?(?:date of )?(?:the )?(?:last|latest|later|final) (?:date of )?(?:signature|signing|execution)"
            r"(?: (?:date|hereof))?"
        ),
    ),
    (
        AGREEMENT,
        rx(
            rf"(?:the )?(?:(?:date|day)(?: and year)? (?:hereof|of (?:its |the )?(?:execution|signing)"
            rf"(?: (?:and delivery )?of {_THIS}| hereof)?(?! of)|of {_THIS}|(?:first )?(?:(?:herein)?above )?written|"
            r"(?:first )?(?:set forth |stated |mentioned )?above(?: written)?)|"
            rf"(?:execution|signing)(?: and delivery)? (?:of {_THIS}|hereof)|(?:execution|signing) date hereof|hereof)\b"
        ),
    ),
    (
        EXPIRY,
        rx(
            r"(?:the )?(?:(?:expiration|expiry|end|last day)(?: date)? of (?:the|this|its)(?: then)?"
            r"(?:[- ](?:current|initial|original|primary)){0,2} (?:term|agreement|lease|contract|license)|expir(?:ation|y) date)\b(?! or\b)"
        ),
    ),
)  # fmt: skip
_NAME = r"([A-Z][\w-]{1,20}(?: [A-Z][\w-]{1,20}){0,2} Date)"
_NAMED_ANCHOR: Final = rx(rf"(?:[Tt]he )?{_NAME}\b(?! of\b)", 0)
_NAMED_AFTER: Final = rx(rf"[ ,]{{0,3}}\(?(?:[a-z]{{2,12}} ){{0,4}}\" ?{_NAME}[\",]", 0)
_NAMED_BEFORE: Final = rx(
    rf"(?:\"{_NAME}\"?,? ?(?:\)|:|(?:shall )?(?:means?|is|be)(?: the date of)?)|\b{_NAME} (?:shall be|means|is)|"
    r"(?:\A|\n) ?((?:Effective|Commencement|Start|Closing|Launch|Execution|Signing|Expiration|Termination) Date) ?:)(?: on)?[ :]{0,4}\Z",
    0,
)
_LATER: Final = rx(r",? (?:period )?(?:after|following|from(?: and after)?|of)(?: and including)? ")
_EARLIER: Final = rx(r",? (?:prior to|before|preceding) ")
_ANNIVERSARY: Final = rx(r"[ -]{0,2}(?:anniversary )?(?:of |(?=hereof))")
_WITHIN: Final = rx(r"\bwithin (?:an? )?(?:period of )?\Z")
_SPEAKS: Final = rx(r"\banniversary\b")
_UNCOUNTED: Final = rx(r"\b(?:business|working|trading|banking)\b")


@dataclass(frozen=True, slots=True)
class RelativeDate:
    """A phrase [start, end) that counts ``duration`` from the anchor of this name, back where ``sign`` is -1."""

    start: int
    end: int
    duration: str
    sign: int
    anchor: str


def anchor_at(view: View, position: int) -> tuple[str, int] | None:
    """Return the name of the anchor that the text names at ``position``, in lower case, and where its words end."""
    for name, pattern in _ANCHORS:
        match = pattern.match(view.shadow, position, position + 120)
        if match:
            return name, match.end()
    match = _NAMED_ANCHOR.match(view.shadow, position, position + 100)
    return (" ".join(match.group(1).lower().split()), match.end()) if match else None


def counted_from(view: View, found: Candidate) -> tuple[str, int, int] | None:
    """Return (anchor, sign, end of the phrase) where words after the duration say from when it counts, else None."""
    window = found.end + 40
    yearly = "anniversary" in view.shadow[found.start : found.end + 15].lower()
    for pattern, sign in ((_ANNIVERSARY, 1),) if yearly else ((_EARLIER, -1), (_LATER, 1)):
        match = pattern.match(view.shadow, found.end, window)
        anchor = anchor_at(view, match.end()) if match else None
        if match and anchor:
            of = match.group(0).strip(" ,\n") == "of" and pattern is _LATER
            if of and not _WITHIN.search(view.shadow, max(0, found.start - 40), found.start):
                return None
            return anchor[0], sign, anchor[1]
    return None


def find_relative_dates(view: View, durations: Sequence[Candidate]) -> Iterator[RelativeDate]:
    """Yield the phrases that count from an anchor, in text order."""
    taken = {d.start for d in durations}
    anniversaries = [
        p
        for m in find_from(view, _SPEAKS, "anniversary")
        for p in find_periods(view, max(0, m.start() - 60), m.end())
        if p.rule == "anniversary" and p.start not in taken
    ]
    for found in sorted((*durations, *anniversaries), key=lambda d: d.start):
        if "T" in str(found.value) or _UNCOUNTED.search(view.shadow, found.start, found.end):
            continue
        counted = counted_from(view, found)
        # What lies before the contract ("in the year prior to the date hereof") is a look back, no date of it.
        if counted and not (counted[1] < 0 and counted[0] in {AGREEMENT, EFFECTIVE}):
            yield RelativeDate(found.start, counted[2], str(found.value), counted[1], counted[0])


def named_dates(view: View, dates: Sequence[Candidate]) -> dict[str, Candidate]:
    """Return the days that the text gives a name ("the Launch Date"), by that name in lower case; the first naming counts."""
    named: dict[str, Candidate] = {}
    for date in dates:
        if date.precision != "day":
            continue
        match = _NAMED_AFTER.match(view.shadow, date.end, date.end + 90) or _NAMED_BEFORE.search(
            view.shadow, max(0, date.start - 90), date.start
        )
        if match:
            named.setdefault(" ".join(next(g for g in match.groups() if g).lower().split()), date)
    return named


def find_anchors(
    view: View, dates: Sequence[Candidate], signatures: Sequence[Signature], contract: Contract, locate: Locate
) -> dict[str, Fact]:
    """Return the days from which the contract's other dates are counted, by the anchor's name."""
    anchors = {name: make_fact(view.text, date, score=date.score, source="rule:named-date", locate=locate, rule="named-date")
               for name, date in named_dates(view, dates).items()}  # fmt: skip
    signed = [s.date for s in signatures if s.date]
    if signed:
        last = max(signed, key=lambda d: str(d.value))
        anchors[SIGNED] = make_fact(
            view.text, last, score=0.8 * last.score, source="rule:last-signature", locate=locate, rule="last-signature"
        )
    own = {
        EFFECTIVE: contract.effective_date,
        AGREEMENT: contract.agreement_date or contract.effective_date,
        EXPIRY: contract.expiration_date,
    }
    anchors |= {name: fact for name, fact in own.items() if fact}
    if contract.agreement_date:
        anchors |= {name: contract.agreement_date for name in ("execution date", "signing date") if name not in anchors}
    return {name: fact for name, fact in anchors.items() if fact.precision == "day"}


def evaluate(view: View, phrase: RelativeDate, anchors: Mapping[str, Fact], locate: Locate, *, kind: str | None = None) -> Fact | None:
    """Return the date of a phrase, with the evidence of phrase and anchor, or None where the anchor's day is not known."""
    anchor = anchors.get(phrase.anchor)
    value = add_duration(str(anchor.value), phrase.duration, sign=phrase.sign) if anchor else None
    if anchor is None or value is None:
        return None
    score = round(0.9 * anchor.score, 4)
    return Fact(
        value=value,
        text=view.text[phrase.start : phrase.end],
        evidence=(evidence(phrase.start, phrase.end, locate), *anchor.evidence),
        score=score,
        source="rule:relative-date",
        derivation=f"The {phrase.anchor} {anchor.value} {'plus' if phrase.sign > 0 else 'minus'} {phrase.duration}.",
        precision="day",
        kind=kind,
        rule="relative-date",
        rule_score=score,
    )


def start_of_term(reading: Reading, *, agreement: Fact | None, effective: Fact | None, term: Fact | None, locate: Locate) -> Fact | None:
    """Return the day from which the term counts: the one that its clause names ("from the Launch Date"), where the text dates it.

    Else the effective date, else the agreement date: a term that counts from an undated event is taken to run from there, as readers of
    contracts do.
    """
    default = effective or agreement
    if term is None or not isinstance(term.value, str):
        return default
    words = term.evidence[0]
    counted = counted_from(reading.view, Candidate("DURATION", words.start, words.end, term.value, "term", term.score))
    if counted is None or counted[1] < 0 or counted[0] in {AGREEMENT, EFFECTIVE}:
        return default
    dates = Contract(agreement_date=agreement, effective_date=effective)
    return find_anchors(reading.view, reading.dates, reading.signatures, dates, locate).get(counted[0], default)
