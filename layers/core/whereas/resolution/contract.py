"""From ranked candidates to the contract: the choice of each fact, and what follows from several of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whereas.resolution import tuning
from whereas.resolution.candidates import Candidate
from whereas.resolution.clauses.tree import find_clauses
from whereas.resolution.definitions.table import find_definitions
from whereas.resolution.entities import Span
from whereas.resolution.facts import Locate, add_duration, derived_date, make_fact, source_of
from whereas.resolution.marginals import Marginals
from whereas.resolution.parties.drafts import PartyDraft, draft_parties
from whereas.resolution.parties.preamble import Preamble, find_preamble
from whereas.resolution.parties.ranking import PartyCandidate, rank_parties
from whereas.resolution.parties.related import find_related
from whereas.resolution.parties.signatures import Signature, find_signatures, signature_region
from whereas.resolution.provisions.agreement_dates import DateChoice, last_signed, rank_agreement_dates, rank_effective_dates
from whereas.resolution.provisions.amounts import doubted_amounts, find_amounts
from whereas.resolution.provisions.calendar import list_dates
from whereas.resolution.provisions.conflicts import number_conflicts
from whereas.resolution.provisions.law import find_governing_law, same_clause
from whereas.resolution.provisions.relative import start_of_term
from whereas.resolution.provisions.renewal import find_auto_renewal, renewal_as_long_as_term
from whereas.resolution.provisions.takeseffect import effective_by_reference
from whereas.resolution.provisions.terms import TermChoice, needs_no_renewal, open_ended, rank_expiry, rank_terms
from whereas.resolution.provisions.title import find_title
from whereas.resolution.provisions.venue import find_venues
from whereas.resolution.tuning import Knob
from whereas.resolution.view import View
from whereas.types import Contract, Fact, Recognition, Warning


@dataclass(frozen=True)
class Reading:
    """All that the choices look at."""

    view: View
    recognition: Recognition
    marginals: Marginals
    dates: tuple[Candidate, ...]
    durations: tuple[Candidate, ...]
    mentions: tuple[Candidate, ...]
    preamble: Preamble | None
    region: int | None
    signatures: tuple[Signature, ...]

    @classmethod
    def of(cls, view: View, mentions: Sequence[Candidate], recognition: Recognition, marginals: Marginals) -> Reading:
        """Gather the reading of one document."""
        dates = tuple(c for c in mentions if c.type == "DATE")
        return cls(
            view=view,
            recognition=recognition,
            marginals=marginals,
            dates=dates,
            durations=tuple(c for c in mentions if c.type == "DURATION"),
            mentions=tuple(mentions),
            preamble=find_preamble(view),
            region=signature_region(view),
            signatures=tuple(find_signatures(view, list(dates))),
        )

    def floor(self, knob: Knob) -> float:
        """Return the floor of a choice, with or without a model."""
        return knob.floor_for(model=self.marginals.present)


@dataclass(frozen=True, slots=True)
class Choices:
    """Ranked candidates of every fact, floors applied to the first of each."""

    title: Candidate | None
    parties: list[PartyCandidate]
    agreement: list[DateChoice]
    effective: list[DateChoice]
    expiry: list[TermChoice]
    terms: dict[str, list[TermChoice]]
    laws: list[tuple[Candidate, float, float]]
    open_ended: Candidate | None


def read_contract(reading: Reading) -> Choices:
    """Rank the candidates of every fact."""
    view, marginals = reading.view, reading.marginals
    return Choices(
        title=find_title(view, preamble_start=reading.preamble.start if reading.preamble else None),
        parties=rank_parties(
            view,
            preamble=reading.preamble,
            region=reading.region,
            signatures=reading.signatures,
            mentions=reading.recognition.mentions,
            marginals=marginals,
        ),
        agreement=rank_agreement_dates(view, reading.dates, marginals, preamble=reading.preamble, signatures=reading.signatures),
        effective=rank_effective_dates(view, reading.dates, marginals, preamble=reading.preamble),
        expiry=rank_expiry(view, reading.dates, marginals),
        terms=rank_terms(view, reading.durations, marginals),
        laws=find_governing_law(view, marginals),
        open_ended=open_ended(view),
    )


class _Assembly:
    """Facts, role spans and warnings as they come together; lives for one call."""

    def __init__(self, reading: Reading, locate: Locate) -> None:
        self.reading = reading
        self.locate = locate
        self.roles: list[Span] = []
        self.mentions: list[Span] = []
        self.warnings: list[Warning] = []

    def choose(self, ranked: Sequence[DateChoice] | Sequence[TermChoice], knob: Knob, role: str, *, kind: str | None = None) -> Fact | None:
        """Return the fact of the best candidate, if it reaches the knob's floor, and note its role and warnings."""
        if not ranked or ranked[0].score < self.reading.floor(knob):
            return None
        best = ranked[0]
        found = best.date if isinstance(best, DateChoice) else best.found
        others = [(c.date if isinstance(c, DateChoice) else c.found, c.score) for c in ranked[1:6]]
        source = source_of(best.rule, score=best.score, rule_score=best.rule_score)
        fact = make_fact(
            self.reading.view.text, found, score=best.score, source=source, locate=self.locate, runners_up=others, kind=kind,
            rule=best.rule, rule_score=best.rule_score,
        )  # fmt: skip
        self.roles.append(Span("role", role, found.start, found.end, fact.score, source, found.value))
        if found.warning:
            page, _ = self.locate(found.start, found.end)
            self.warnings.append(Warning(found.warning, "Words and figures of a duration differ; the words were taken.", page))
        return fact

    def plain(self, found: Candidate | None, role: str) -> Fact | None:
        """Return the fact of a candidate that rules alone found."""
        if found is None:
            return None
        source = f"rule:{found.rule}"
        self.roles.append(Span("role", role, found.start, found.end, found.score, source, found.value))
        return make_fact(self.reading.view.text, found, score=found.score, source=source, locate=self.locate, kind=found.kind)

    def laws(self, ranked: Sequence[tuple[Candidate, float, float]]) -> tuple[Fact, ...]:
        """Return the governing law, and a second one only where the same clause names both."""
        facts: list[Fact] = []
        for place, score, rule in ranked:
            if facts and not same_clause(self.reading.view, ranked[0][0], place):
                continue
            source = source_of("governing-law", score=score, rule_score=rule)
            runners = [(p, s) for p, s, _ in ranked[1:]] if not facts else []
            facts.append(
                make_fact(
                    self.reading.view.text, place, score=score, source=source, locate=self.locate, runners_up=runners,
                    rule="governing-law", rule_score=rule,
                )
            )  # fmt: skip
            self.roles.append(Span("role", "GOVERNING_LAW", place.start, place.end, score, source, place.value, place.code))
        return tuple(facts)


def assemble_contract(reading: Reading, choices: Choices, locate: Locate) -> tuple[Contract, list[Span], list[Span], list[Warning]]:
    """Return the contract, the spans of its roles, the mentions that they imply, and warnings."""
    work = _Assembly(reading, locate)
    drafts: list[PartyDraft] = draft_parties(reading.view, choices.parties, reading, locate)
    for draft in drafts:
        work.roles += draft.roles
        work.mentions += draft.mentions
    agreement = work.choose(choices.agreement, tuning.AGREEMENT_DATE, "AGREEMENT_DATE")
    effective = work.choose(choices.effective, tuning.EFFECTIVE_DATE, "EFFECTIVE_DATE")
    signed = last_signed(reading.view, reading.signatures)
    if effective is None and signed:
        effective = work.choose([signed], tuning.EFFECTIVE_DATE, "EFFECTIVE_DATE")
    effective = effective or effective_by_reference(reading, agreement=agreement, locate=locate)
    term = work.choose(choices.terms["term"], tuning.TERM, "TERM", kind="fixed") or work.plain(choices.open_ended, "TERM")
    renewal = work.choose(choices.terms["renewal"], tuning.RENEWAL, "RENEWAL_TERM", kind="fixed")
    renewal = renewal or renewal_as_long_as_term(reading, term, locate)
    auto = find_auto_renewal(reading, locate)
    renews = renewal is not None or (auto is not None and auto.value is True) or needs_no_renewal(reading.view, choices.terms["notice"])
    notice = work.choose(choices.terms["notice"], tuning.NOTICE, "NOTICE_PERIOD", kind="fixed") if renews else None
    expiration = work.choose(choices.expiry, tuning.EXPIRATION_DATE, "EXPIRATION_DATE") or _expiration(
        start_of_term(reading, agreement=agreement, effective=effective, term=term, locate=locate), term
    )
    contract = Contract(
        title=work.plain(choices.title, "TITLE"),
        parties=tuple(d.party for d in drafts),
        agreement_date=agreement,
        effective_date=effective,
        expiration_date=expiration,
        term=term,
        renewal_term=renewal,
        renewal_notice_period=notice,
        notice_deadline=_deadline(expiration, notice),
        governing_law=work.laws(choices.laws),
        auto_renewal=auto,
        venue=find_venues(reading.view, locate),
        amounts=find_amounts(reading, locate),
        definitions=find_definitions(reading.view, [d.party for d in drafts], locate),
        related=find_related(reading, [d.party for d in drafts], locate),
        clauses=find_clauses(reading.view, locate),
    )
    contract = replace(contract, dates=list_dates(reading, contract, locate))
    work.warnings += doubted_amounts(reading, locate)
    work.warnings += number_conflicts(reading.view, locate, flagged={role.start for role in work.roles})
    return contract, work.roles, work.mentions, work.warnings


def _expiration(start: Fact | None, term: Fact | None) -> Fact | None:
    if not start or not term or start.precision != "day" or not isinstance(term.value, str):
        return None
    value = add_duration(str(start.value), term.value)
    return derived_date(value, parts=(start, term), sentence=f"Start {start.value} plus the term {term.value}.") if value else None


def _deadline(expiration: Fact | None, notice: Fact | None) -> Fact | None:
    if not expiration or not notice or expiration.precision != "day" or not isinstance(notice.value, str):
        return None
    value = add_duration(str(expiration.value), notice.value, sign=-1)
    return (
        derived_date(value, parts=(expiration, notice), sentence=f"Expiry {expiration.value} minus the notice period {notice.value}.")
        if value
        else None
    )
