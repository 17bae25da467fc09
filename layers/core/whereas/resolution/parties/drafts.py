"""Chosen party names to parties: kind, aliases, roles, address, signatories."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whereas.resolution.candidates import Candidate
from whereas.resolution.entities import Span
from whereas.resolution.facts import Locate, evidence, make_fact, source_of
from whereas.resolution.parties.aliases import aliases_between, roles_of
from whereas.resolution.parties.names import canonical_id, kind_of, normalise_name, without_article
from whereas.resolution.parties.ranking import PartyCandidate
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.view import View
from whereas.types import Fact, Party, Signatory

if TYPE_CHECKING:
    from whereas.resolution.contract import Reading

_REACH = 700
_INDIVIDUAL = re.compile(
    r"\s{0,3},?\s{0,3}(?:an?\s+(?:\w+\s+){0,2}(?:individual|person|resident|citizen)|residing|individually|Executive|Employee)\b", re.I
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


def _address(view: View, addresses: Sequence[Candidate], start: int, end: int, locate: Locate) -> tuple[Fact | None, Candidate | None]:
    found = next((a for a in addresses if start <= a.start and a.end <= end), None)
    if not found:
        return None, None
    value = " ".join(view.text[found.start : found.end].split())
    return make_fact(view.text, found, score=found.score, source=f"rule:{found.rule}", locate=locate, value=value), found


def _owner(view: View, signature: Signature, candidates: Sequence[PartyCandidate]) -> int | None:
    """Index of the party whose name stands last above the signature, or whose own name signed; None where neither does."""
    before = normalise_name(view.text[max(0, signature.anchor - 400) : signature.anchor]).replace(" ", "")
    best, at = None, -1
    for number, candidate in enumerate(candidates):
        place = before.rfind(normalise_name(candidate.name).replace(" ", ""))
        if place > at:
            best, at = number, place
    if signature.name:
        signed = normalise_name(signature.name)
        for number, candidate in enumerate(candidates):
            if normalise_name(candidate.name) == signed:
                return number
    return best


def _signatory(view: View, signature: Signature, locate: Locate) -> Signatory | None:
    if not signature.name:
        return None
    date = signature.date
    fact = make_fact(view.text, date, score=date.score, source=f"rule:{date.rule}", locate=locate) if date else None
    return Signatory(name=" ".join(signature.name.split()), title=" ".join(signature.title.split()) if signature.title else None, date=fact)


def _occurrences(view: View, candidate: PartyCandidate) -> list[tuple[int, int]]:
    """Every place where the whole name stands, without "The", in any case and spacing; one-word names are too common to follow."""
    words = without_article(view.shadow[candidate.start : candidate.end]).split()
    if len(words) < 2:
        return []
    pattern = re.compile(r"(?<!\w)" + r"\s{1,6}".join(map(re.escape, words)) + r"(?!\w)", re.I)
    return [match.span() for match in pattern.finditer(view.shadow)]


def _kind(view: View, candidate: PartyCandidate) -> str:
    return (
        "person"
        if _INDIVIDUAL.match(view.shadow, candidate.end, candidate.end + 80) and kind_of(candidate.name) == "person"
        else kind_of(candidate.name)
    )


def draft_parties(view: View, candidates: Sequence[PartyCandidate], reading: Reading, locate: Locate) -> list[PartyDraft]:
    """Return the parties in text order, with the spans of their names, aliases and signatories."""
    addresses = [c for c in reading.mentions if c.type == "ADDRESS"]
    signed: dict[int, list[Signature]] = {}
    for signature in reading.signatures:
        owner = _owner(view, signature, candidates)
        if owner is not None:
            signed.setdefault(owner, []).append(signature)
    drafts = []
    for number, candidate in enumerate(candidates):
        following = candidates[number + 1] if number + 1 < len(candidates) else None
        end = _descriptor_end(view, candidate, following, reading.preamble.end if reading.preamble else None)
        drafts.append(_draft(view, candidate, end, addresses, signed.get(number, []), locate))
    return drafts


def _draft(
    view: View, candidate: PartyCandidate, end: int, addresses: Sequence[Candidate], signatures: Sequence[Signature], locate: Locate
) -> PartyDraft:
    kind = _kind(view, candidate)
    identity = canonical_id(candidate.name, kind=kind)
    source = source_of(candidate.origin, score=candidate.score, rule_score=candidate.rule)
    aliases = aliases_between(view, candidate.end, end) if candidate.origin != "party-signature" else []
    address, _ = _address(view, addresses, candidate.end, end, locate)
    signatories = [(s, made) for s in signatures if (made := _signatory(view, s, locate))]
    unique = {made.name: made for _, made in reversed(signatories)}
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
        address=address,
        signatories=tuple(unique[n] for n in dict.fromkeys(made.name for _, made in signatories)),
    )
    roles = [Span("role", "PARTY", candidate.start, candidate.end, party.score, source, candidate.name, canonical=identity)]
    roles += [Span("role", "PARTY_ALIAS", a, b, party.score, "rule:definition", name, canonical=identity) for name, a, b in aliases]
    roles += [Span("role", "SIGNATORY", *s.name_span, 0.8, "rule:signature", made.name) for s, made in signatories if s.name_span]
    entity = "PERSON" if kind == "person" else "ORGANIZATION"
    named = candidate.end - len(without_article(view.shadow[candidate.start : candidate.end]))
    mentions = [Span("mention", entity, named, candidate.end, party.score, source, candidate.name, canonical=identity)]
    mentions += [
        Span("mention", entity, start, stop, 0.9, "rule:party-name", candidate.name, canonical=identity)
        for start, stop in _occurrences(view, candidate)
        if start != named
    ]
    mentions += [
        Span("mention", "PERSON", *s.name_span, 0.85, "rule:signature", made.name, canonical=canonical_id(made.name, kind="person"))
        for s, made in signatories
        if s.name_span and kind != "person"
    ]
    return PartyDraft(party, roles, mentions)
