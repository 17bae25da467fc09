"""Who the parties are: names proposed by rules and model, chosen by context and the model's marginal probability."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from whereas.resolution.marginals import Marginals
from whereas.resolution.parties import cues as cue
from whereas.resolution.parties.nameparts import past_degrees
from whereas.resolution.parties.names import has_legal_form, kind_of, normalise_name
from whereas.resolution.parties.preamble import Preamble
from whereas.resolution.parties.proposals import Proposal, from_definitions, from_labels, from_model, from_preamble, in_bracket
from whereas.resolution.parties.signatures import Signature
from whereas.resolution.parties.signers import OWN_SIGNATURE, from_signatures
from whereas.resolution.tuning import PARTY, PERSON, SECOND_SIDE, Knob, blend
from whereas.resolution.view import View
from whereas.types import Mention

_LISTED, _SIGNED = "party-preamble", "party-signature"
_SIGNS, _MENTIONED = 0.2, 0.12
_SECONDARY = frozenset({_SIGNED, OWN_SIGNATURE, "party-definition", "party-label"})


@dataclass(frozen=True, slots=True)
class PartyCandidate:
    """A name that may be a party's; ``rule`` is the rules' score, ``score`` the blend with the model's, both in 0..1."""

    start: int
    end: int
    name: str
    key: str
    rule: float
    score: float
    origin: str


@dataclass(frozen=True, slots=True)
class _Signing:
    """The signing, which bears out the names before it: where it begins, its words as a key, the keys of the names above signatures."""

    start: int
    words: str
    heads: frozenset[str]

    def agrees(self, key: str) -> float:
        """Return how much the signing adds to a name's score: more for one that signs than for one that is mentioned there."""
        if len(key) <= 3:
            return 0.0
        return _SIGNS if key in self.heads else _MENTIONED if f" {key} " in self.words else 0.0


def _signing(view: View, proposals: Sequence[Proposal], region: int | None) -> _Signing:
    start = region if region is not None else int(len(view.text) * 0.8)
    heads = (normalise_name(written_name(view.text[p.start : p.end])) for p in proposals if p.origin == _SIGNED)
    return _Signing(start, f" {normalise_name(view.text[start : start + 6000])} ", frozenset(heads))


def written_name(text: str) -> str:
    """Return a name on one line, without the stray blanks that text layers put before commas, full stops and hyphens."""
    return re.sub(r"\s+([.,]|-(?=\w))", r"\1", " ".join(text.split()))


def rank_parties(
    view: View,
    *,
    preamble: Preamble | None,
    region: int | None,
    signatures: tuple[Signature, ...],
    mentions: tuple[Mention, ...],
    marginals: Marginals,
) -> list[PartyCandidate]:
    """Return the parties in text order, one candidate a party.

    Names of the signature block and of early definitions stand back where the preamble lists two parties or more: they
    are affiliates and agents then; in letters and undertakings they are all there is.
    """
    floor = PARTY.floor_for(model=marginals.present)
    listed = from_preamble(view, preamble) if preamble else []
    proposals = [
        *listed,
        *from_definitions(view),
        *from_labels(view),
        *from_signatures(view, signatures, region),
        *from_model(view, mentions, marginals),
    ]
    best: dict[tuple[int, int], Proposal] = {}
    for proposal in proposals:  # what stands in the list of parties is judged by its place there
        span = (proposal.start, proposal.end)
        if span not in best or (proposal.score > best[span].score and best[span].origin != _LISTED):
            best[span] = proposal
    signing = _signing(view, proposals, region)
    scored = [_score(view, p, signing, marginals, PARTY) for p in best.values()]
    if len(_choose(scored, floor)) < 2:  # one side is missing: it may be a person of whom the model has not heard
        scored = [_score(view, p, signing, marginals, PERSON) for p in best.values()]
    certain = _choose([c for c in scored if c.origin == _LISTED], max(floor, 0.5))
    if len(certain) >= 2:
        scored = [_stand_back(view, c, preamble) for c in scored]
    return _with_another(_choose(scored, floor), scored, floor - SECOND_SIDE)


def _with_another(chosen: list[PartyCandidate], scored: list[PartyCandidate], floor: float) -> list[PartyCandidate]:
    """Give a lone party its other side, from a lower floor on: a contract has two."""
    others = [c for c in _choose(scored, floor) if c not in chosen] if len(chosen) == 1 else []
    return sorted([*chosen, *sorted(others, key=lambda c: (-c.score, c.start))[:1]], key=lambda c: c.start)


def _among_listed(view: View, candidate: PartyCandidate, preamble: Preamble) -> bool:
    return preamble.start <= candidate.start < preamble.end and not in_bracket(view, candidate.start, preamble.anchor)


def _stand_back(view: View, candidate: PartyCandidate, preamble: Preamble | None) -> PartyCandidate:
    """Lower a name from outside the list of parties, where there is such a list: an affiliate, an agent, a third party of a recital."""
    outside = candidate.origin == "party-context" and preamble is not None and not _among_listed(view, candidate, preamble)
    if candidate.origin in _SECONDARY or outside:
        return replace(candidate, score=candidate.score * 0.5, rule=candidate.rule * 0.5)
    return candidate


def _score(view: View, proposal: Proposal, signing: _Signing, marginals: Marginals, individuals: Knob) -> PartyCandidate:
    """Score a proposal; ``individuals`` is the knob of persons who sign or are named for themselves."""
    name = written_name(view.text[proposal.start : proposal.end])
    key = normalise_name(name)
    rule = proposal.score
    rule = max(0.0, min(0.98, rule + (signing.agrees(key) if proposal.origin != _SIGNED and proposal.start < signing.start else 0.0)))
    model = marginals.probability("PARTY", proposal.start, proposal.end) if marginals.present else None
    after = past_degrees(view, proposal.end)
    individual = kind_of(name) == "person" and (
        proposal.origin == OWN_SIGNATURE or bool(cue.INDIVIDUAL_NEXT.match(view.shadow, after, after + 90))
    )
    return PartyCandidate(
        proposal.start, proposal.end, name, key, rule, blend(rule, model, individuals if individual else PARTY), proposal.origin
    )


def _choose(scored: list[PartyCandidate], floor: float) -> list[PartyCandidate]:
    chosen: list[PartyCandidate] = []
    for candidate in sorted(scored, key=lambda c: (-c.score, -(c.end - c.start), c.start)):
        if candidate.score < floor:
            break
        if not any((candidate.start < c.end and c.start < candidate.end) or _same(candidate, c) for c in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _same(one: PartyCandidate, other: PartyCandidate) -> bool:
    """Say whether two names are one party's: spellings of one key, or a short name within a long one.

    Two names with legal forms are two bodies ("Oak Fund, L.P." and "Oak Fund GP, LLC" sign one below the other), unless the one is the
    end of the other, which a reader cut.
    """
    a, b = one.key, other.key
    formed = has_legal_form(one.name) and has_legal_form(other.name)
    if formed and one.origin == other.origin == _SIGNED:
        return re.sub(r"\W", "", one.name).upper() == re.sub(r"\W", "", other.name).upper()
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return True
    if one.origin == other.origin == _LISTED:
        return False
    if formed:
        return a.endswith(f" {b}") or b.endswith(f" {a}")
    return (f" {a} " in f" {b} " or f" {b} " in f" {a} ") and min(len(a), len(b)) >= 4 and kind_of(one.name) == kind_of(other.name)
