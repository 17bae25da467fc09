"""Every date of a contract with what it is, and the dates that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from whereas.resolution.candidates import Candidate
from whereas.resolution.facts import Locate, make_fact
from whereas.resolution.provisions.datekinds import kind_of_date, kind_of_deadline
from whereas.resolution.provisions.relative import evaluate, find_anchors, find_relative_dates
from whereas.types import Contract, Fact

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading


def list_dates(reading: Reading, contract: Contract, locate: Locate) -> tuple[Fact, ...]:
    """Return all dates in text order, ``kind`` what each is.

    First those that are written, one fact a place; ``kind`` is "agreement", "effective", "expiration", "renewal", "termination",
    "notice_deadline", "signature", "amendment" or "prior_agreement" (the date of another paper that is cited), "payment", "delivery" or
    "other". A date that equals one of the contract's own facts carries that fact's kind where the words around it claim none of their own.
    Among them, by the place of the words that they follow from, are the derived ones: each has a ``derivation``, and a day that several
    phrases give for the same purpose is listed once.
    """
    signed = {s.date.start for s in reading.signatures if s.date}
    written = [_written(reading, date, contract, signed, locate) for date in reading.dates]
    derived = _unique(_derived(reading, contract, locate))
    return tuple(sorted((*written, *derived), key=lambda f: (f.evidence[0].start, f.evidence[0].end, str(f.value))))


def _own(contract: Contract) -> tuple[tuple[str, Fact], ...]:
    own = (
        ("agreement", contract.agreement_date),
        ("effective", contract.effective_date),
        ("expiration", contract.expiration_date),
        ("notice_deadline", contract.notice_deadline),
    )
    return tuple((kind, fact) for kind, fact in own if fact)


def _written(reading: Reading, date: Candidate, contract: Contract, signed: set[int], locate: Locate) -> Fact:
    return make_fact(
        reading.view.text,
        date,
        score=date.score,
        source=f"rule:{date.rule}",
        locate=locate,
        kind=_kind(reading, date, contract, signed),
    )


def _kind(reading: Reading, date: Candidate, contract: Contract, signed: set[int]) -> str:
    own = _own(contract)
    for kind, fact in own:
        if fact.derivation is None and fact.evidence[0].start == date.start:
            return kind
    said = kind_of_date(reading.view, date, signing=reading.region)
    if date.start in signed and said not in {"amendment", "prior_agreement"}:
        return "signature"
    if said not in {None, "effective"} or date.precision != "day":
        return said or "other"
    same = [kind for kind, fact in own if fact.value == date.value]
    return said if said and (said in same or not same) else same[0] if same else "other"


def _derived(reading: Reading, contract: Contract, locate: Locate) -> Iterator[Fact]:
    """Yield the dates that follow from others: expiry, deadline, renewal, then what the text counts from an anchor."""
    for kind, fact in _own(contract):
        if fact.derivation:
            yield replace(fact, kind=kind)
    expiry, renews = contract.expiration_date, contract.auto_renewal
    if expiry and renews and renews.value is True and expiry.precision == "day":
        score = round(expiry.score * renews.score, 4)
        yield Fact(
            value=expiry.value,
            text=renews.text,
            evidence=(*renews.evidence, *expiry.evidence),
            score=score,
            source="rule:renewal-date",
            derivation=f"It renews by itself where the running term ends, on {expiry.value}.",
            precision="day",
            kind="renewal",
            rule="renewal-date",
            rule_score=score,
        )
    anchors = find_anchors(reading.view, reading.dates, reading.signatures, contract, locate)
    for phrase in find_relative_dates(reading.view, reading.durations):
        date = evaluate(reading.view, phrase, anchors, locate)
        if date:
            same = [kind for kind, fact in _own(contract) if fact.derivation and fact.value == date.value]
            yield replace(date, kind=same[0] if same else kind_of_deadline(reading.view, phrase.start, phrase.end) or "other")


def _unique(dates: Iterator[Fact]) -> Iterator[Fact]:
    seen: set[tuple[object, str | None]] = set()
    for date in dates:
        if (date.value, date.kind) not in seen:
            seen.add((date.value, date.kind))
            yield date
