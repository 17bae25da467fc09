"""Contracts that the project's own generator writes: rare roles (signatories, notices, amounts) whose labels are true by construction.

Their clauses are few and their style is one, so they make a small part of an epoch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whereas_local.samples.composing import KINDS, compose
from whereas_local.samples.markup import write_txt
from whereas_local.samples.truth import TrueParty, Truth
from whereas_training import values, voting, weak
from whereas_training.cuad import occurrences
from whereas_training.labels import Span, drop_overlaps

PER_KIND = 10
"""Contracts of each kind that an epoch holds."""


@dataclass(frozen=True, slots=True)
class Written:
    """One generated contract with its role and mention spans."""

    text: str
    roles: list[Span]
    mentions: list[Span]


def contracts(*, seed: int, per_kind: int = PER_KIND) -> Iterator[Written]:
    """Yield generated contracts, the kinds in turn; seeds of the demo and the tests (below 1,000) are not used."""
    for number in range(per_kind):
        for kind in KINDS:
            draft = compose(kind, seed=1000 + 100 * seed + number)
            text = write_txt(draft).decode()
            roles = _roles(text, draft.truth)
            yield Written(text, roles, _mentions(text, draft.truth))


def _roles(text: str, truth: Truth) -> list[Span]:
    signed = text.find("IN WITNESS")
    preamble = next((m.start() for m in re.finditer(r"WHEREAS|RECITALS|BACKGROUND|\bagree as follows", text)), 3000)
    spans: list[Span] = [Span(s, e, ("TITLE",)) for s, e in occurrences(text, truth.title, ignore_case=True)[:1]]
    for party in truth.parties:
        near = [(s, e) for s, e in occurrences(text, party.name) if s < preamble or s > signed > 0]
        spans += [Span(s, e, ("PARTY",)) for s, e in near]
        spans += [Span(s, e, ("PARTY",), outside=True) for s, e in occurrences(text, party.name, ignore_case=True)]
        spans += _aliases(text, party)
        spans += [Span(s, e, ("SIGNATORY",)) for s, e in occurrences(text, party.signatory.name) if s > signed > 0]
    spans += _days(text, truth, preamble=preamble)
    spans += _lengths(text, truth)
    for place in truth.governing_law:
        for s, e in occurrences(text, place.name):
            law = re.search(r"\blaws?\b[^.;]{0,60}\Z", text[max(0, s - 90) : s]) or re.match(r"[^.;]{0,12}\blaw\b", text[e : e + 20])
            spans.append(Span(s, e, ("GOVERNING_LAW",), outside=not law))
    return drop_overlaps(sorted(spans, key=lambda s: s.outside))


def _aliases(text: str, party: TrueParty) -> Iterator[Span]:
    for alias in party.aliases:
        places = occurrences(text, alias)
        defined = [(s, e) for s, e in places if text[s - 1 : s] == "“" and text[e : e + 1] == "”"]
        yield from (Span(s, e, ("PARTY_ALIAS",), outside=(s, e) not in defined[:1]) for s, e in places)


def _days(text: str, truth: Truth, *, preamble: int) -> Iterator[Span]:
    known = {"AGREEMENT_DATE": truth.agreement_date, "EFFECTIVE_DATE": truth.effective_date, "EXPIRATION_DATE": truth.expiration_date}
    for start, end, value in values.find_dates(text):
        kinds = tuple(kind for kind, day in known.items() if day and value == date.fromisoformat(day))
        if kinds:
            yield Span(start, end, kinds, outside=len(kinds) > 1 or (kinds[0] == "AGREEMENT_DATE" and start > preamble))


def _lengths(text: str, truth: Truth) -> Iterator[Span]:
    wanted = {"TERM": truth.term, "RENEWAL_TERM": truth.renewal_term, "NOTICE_PERIOD": truth.notice_period}
    cues = {
        "TERM": r"term of|period of|continue",
        "RENEWAL_TERM": r"renew|extend|further|successive",
        "NOTICE_PERIOD": r"notice|before|prior",
    }
    for start, end, size in values.find_durations(text):
        around = text[max(0, start - 120) : end + 60].lower()
        kinds = tuple(kind for kind, duration in wanted.items() if duration and size == values.length(_spoken(duration)))
        if kinds:
            said = [kind for kind in cues if re.search(cues[kind], around)]
            yield Span(start, end, kinds, outside=len(kinds) > 1 or kinds[0] not in said or (kinds[0] == "TERM" and len(said) > 1))


def _spoken(duration: str) -> str:
    count, unit = int(duration[1:-1]), {"Y": "years", "M": "months", "W": "weeks", "D": "days"}[duration[-1]]
    return f"{count} {unit}"


def _mentions(text: str, truth: Truth) -> list[Span]:
    spans = [Span(s, e, ("ORGANIZATION",)) for name in (*_companies(truth), *truth.third_parties) for s, e in occurrences(text, name)]
    people = [p.signatory.name for p in truth.parties] + [p.name for p in truth.parties if p.kind == "person"]
    spans += [Span(s, e, ("PERSON",)) for name in people for s, e in occurrences(text, name)]
    spans += [Span(s, e, ("ORGANIZATION",)) for p in truth.parties for a in p.aliases if a in p.name for s, e in occurrences(text, a)]
    found = [*spans, *values.values(text), *weak.names(text)]
    return voting.combine(drop_overlaps(s for s in found if not s.outside), (s for s in found if s.outside))


def _companies(truth: Truth) -> list[str]:
    return [p.name for p in truth.parties if p.kind == "organization"]
