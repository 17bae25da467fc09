"""Chosen party names to parties: kind, aliases, roles, address, signatories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whereas.resolution.candidates import Candidate
from whereas.resolution.entities import Span
from whereas.resolution.facts import Locate, evidence, make_fact, source_of
from whereas.resolution.forms.windows import find_at
from whereas.resolution.parties.aliases import aliases_between, roles_of
from whereas.resolution.parties.blocks import signature_headings
from whereas.resolution.parties.descriptors import describe
from whereas.resolution.parties.details import Details, read_details
from whereas.resolution.parties.headings import Signer
from whereas.resolution.parties.nameparts import past_degrees
from whereas.resolution.parties.names import canonical_id, has_legal_form, kind_of, without_article
from whereas.resolution.parties.notices import notice_addresses
from whereas.resolution.parties.ranking import PartyCandidate
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.parties.signing import read_signings
from whereas.resolution.view import View
from whereas.types import Fact, Party, Signatory

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

_REACH = 700
_NEAR = 160
_INDIVIDUAL = re.compile(
    r"\s{0,3},?\s{0,3}(?:\([^()]{0,60}\)\s{0,3},?\s{0,3})?(?:an?\s+(?:\w+\s+){0,2}(?:individual|natural\s+person|person|resident|citizen)\b|"
    r"residing\b|individually\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class PartyDraft:
    """A party with the role and mention spans that it implies."""

    party: Party
    roles: list[Span]
    mentions: list[Span]


def _descriptor_end(view: View, candidate: PartyCandidate, following: PartyCandidate | None, preamble_end: int | None) -> int:
    limit = min(len(view.text), candidate.end + _REACH)
    if following and candidate.end <= following.start:
        limit = min(limit, following.start)
    if preamble_end and candidate.end < preamble_end:
        limit = min(limit, preamble_end)
    gap = view.shadow.find("\n\n", candidate.end, limit)
    return gap if gap > candidate.end + 3 else limit


def _address(view: View, found: Candidate | None, locate: Locate) -> Fact | None:
    if not found:
        return None
    value = " ".join(view.text[found.start : found.end].split())
    return make_fact(view.text, found, score=found.score, source=f"rule:{found.rule}", locate=locate, value=value)


def _signatory(signing: Signature, view: View, locate: Locate) -> Signatory:
    date = signing.date
    fact = make_fact(view.text, date, score=date.score, source=f"rule:{date.rule}", locate=locate) if date else None
    return Signatory(name=signing.name or "", title=signing.title, date=fact)


def _occurrences(view: View, candidate: PartyCandidate) -> list[tuple[int, int]]:
    """Every place where the whole name stands, without "The", in any case and spacing; one-word names are too common to follow."""
    words = without_article(view.shadow[candidate.start : candidate.end]).split()
    if len(words) < 2:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s{1,6}".join(map(re.escape, words)) + r"(?!\w)", re.I)
    return [match.span() for match in find_at(view, pattern, view.phrase_starts(words[0]))]


def _kind(view: View, candidate: PartyCandidate, limit: int) -> str:
    """Return the kind that what follows the name says, "an individual" or "a Nevada corporation", else that of the name's form."""
    if has_legal_form(candidate.name):
        return "organization"
    after = past_degrees(view, candidate.end)
    if _INDIVIDUAL.match(view.shadow, after, after + 80):
        return "person"
    if describe(view, candidate.end, min(limit, candidate.end + _NEAR)).form:
        return "organization"
    return kind_of(candidate.name)


def draft_parties(view: View, candidates: Sequence[PartyCandidate], reading: Reading, locate: Locate) -> list[PartyDraft]:
    """Return the parties in text order, with the spans of their names, aliases and signatories."""
    addresses = [c for c in reading.mentions if c.type == "ADDRESS"]
    ends, aliases = [], []
    for number, candidate in enumerate(candidates):
        following = candidates[number + 1] if number + 1 < len(candidates) else None
        ends.append(_descriptor_end(view, candidate, following, reading.preamble.end if reading.preamble else None))
        aliases.append(aliases_between(view, (candidate.start, candidate.end), ends[-1]) if candidate.origin != "party-signature" else [])
    signers = [Signer(c.name, tuple(dict.fromkeys(a for a, _, _ in found))) for c, found in zip(candidates, aliases, strict=True)]
    signings = read_signings(view, signers, reading.signatures, reading.dates)
    headings = signature_headings(view, signers, reading.signatures)
    notices = notice_addresses(view, signers, addresses)
    drafts = []
    for number, candidate in enumerate(candidates):
        kind = _kind(view, candidate, ends[number])
        own = next((a for a in addresses if candidate.end <= a.start and a.end <= ends[number]), None)
        details = read_details(
            view,
            start=candidate.end,
            end=ends[number],
            kind=kind,
            signer=signers[number],
            others=[s for n, s in enumerate(signers) if n != number],
            signed=[h.end for h in headings if h.owner == number],
            locate=locate,
        )
        signed = [s for s in signings if s.owner == number and not s.witness]
        drafts.append(_draft(view, candidate, ends[number], kind, aliases[number], own or notices.get(number), details, signed, locate))
    return drafts


def _draft(
    view: View,
    candidate: PartyCandidate,
    end: int,
    kind: str,
    aliases: Sequence[tuple[str, int, int]],
    address: Candidate | None,
    details: Details,
    signings: Sequence[Signature],
    locate: Locate,
) -> PartyDraft:
    identity = canonical_id(candidate.name, kind=kind)
    source = source_of(candidate.origin, score=candidate.score, rule_score=candidate.rule)
    unique: dict[str, Signatory] = {}
    for signing in signings:
        made = _signatory(signing, view, locate)
        unique[made.name] = made if made.title or made.name not in unique else unique[made.name]
    names = list(dict.fromkeys(a for a, _, _ in aliases))
    party = Party(
        name=candidate.name,
        canonical_id=identity,
        kind=kind,
        roles=roles_of(names, view.shadow[candidate.end : end]),
        aliases=tuple(names),
        evidence=(evidence(candidate.start, candidate.end, locate),),
        score=round(candidate.score, 4),
        source=source,
        rule=candidate.origin,
        rule_score=round(candidate.rule, 4),
        address=_address(view, address, locate),
        signatories=tuple(unique.values()),
        legal_form=details.legal_form,
        organized_in=details.organized_in,
        former_names=tuple(dict.fromkeys(o.name for o in details.others if o.former)),
        trade_names=tuple(dict.fromkeys(o.name for o in details.others if not o.former)),
    )
    roles = [Span("role", "PARTY", candidate.start, candidate.end, party.score, source, candidate.name, canonical=identity)]
    roles += [Span("role", "PARTY_ALIAS", a, b, party.score, "rule:definition", name, canonical=identity) for name, a, b in aliases]
    roles += [Span("role", "SIGNATORY", *s.span, 0.8, "rule:signature", s.name) for s in signings]
    return PartyDraft(party, roles, _mentions(view, candidate, party, details, signings))


def _mentions(view: View, candidate: PartyCandidate, party: Party, details: Details, signings: Sequence[Signature]) -> list[Span]:
    """Return the spans of the party's names wherever the whole name stands, and of those who sign for it."""
    entity = "PERSON" if party.kind == "person" else "ORGANIZATION"
    named = candidate.end - len(without_article(view.shadow[candidate.start : candidate.end]))
    found = [Span("mention", entity, named, candidate.end, party.score, party.source, candidate.name, canonical=party.canonical_id)]
    found += [
        Span("mention", entity, start, stop, 0.9, "rule:party-name", candidate.name, canonical=party.canonical_id)
        for start, stop in _occurrences(view, candidate)
        if start != named
    ]
    found += [
        Span("mention", entity, o.start, o.end, 0.85, "rule:other-name", o.name, canonical=party.canonical_id) for o in details.others
    ]
    found += [
        Span("mention", "PERSON", *s.span, 0.85, "rule:signature", s.name, canonical=canonical_id(s.name or "", kind="person"))
        for s in signings
        if party.kind != "person"
    ]
    return found
