"""Canonical entities across contracts: their contracts, candidates for a link, and what people decided about them.

Decisions are the one thing that the API writes into the table, under keys of their own; records stay as the chain made them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

from whereas.errors import InvalidRequestError, NotFoundError
from whereas.records import decisions, links, names, queries
from whereas.resolution.linking.blocking import blocks
from whereas.resolution.linking.candidates import candidates as candidates_of
from whereas.resolution.parties.names import canonical_id as canonical_id_of
from whereas.stages import query
from whereas.stages.party_answers import Candidate, CandidatesAnswer, Decision, DecisionRequest, DecisionsAnswer, PartyAnswer

PARTY_KINDS: Final = ("organization", "person")


def party(canonical_id: str, *, limit: int, cursor: str | None) -> PartyAnswer:
    """Return the contracts of a canonical entity, with those of all that are one with it by decision.

    Raises:
        NotFoundError: no contract names any of them.
        InvalidRequestError: the cursor is not of this query, or a decision was made since the page before.
    """
    group = links.group_of(canonical_id)
    page = queries.by_party(group.members, limit=limit, cursor=cursor)
    return PartyAnswer(
        canonical_id=group.root,
        name=_name_of(group.members),
        merged=sorted(group.parents),
        split_from=sorted({other for _, other in group.splits}),
        documents=[query.hit(found) for found in page.documents],
        cursor=page.cursor,
    )


def candidates(*, name: str | None, canonical_id: str | None, limit: int) -> CandidatesAnswer:
    """Return parties of other contracts that may be the one of a name or canonical id.

    Raises:
        InvalidRequestError: not exactly one of name and canonical id is given, or there is no word in the name.
        NotFoundError: no contract names the canonical id.
    """
    if (name is None) == (canonical_id is None):
        raise InvalidRequestError("give either name or canonical_id")
    ids = (canonical_id,) if canonical_id else tuple(canonical_id_of(name or "", kind=kind) for kind in PARTY_KINDS)
    spelled = name or names.name_of(ids[0])
    shared = blocks(spelled)
    if not shared:
        raise InvalidRequestError("the name has no letters or digits to compare")
    pool = names.party_names(shared)
    found = candidates_of(spelled, pool.names, forbidden=_linked(ids))
    return CandidatesAnswer(
        name=spelled, canonical_ids=list(ids), candidates=[Candidate(**asdict(one)) for one in found[:limit]], complete=pool.complete
    )


def decide(request: DecisionRequest, *, who: str) -> Decision:
    """Merge or split two canonical entities.

    Raises:
        NotFoundError: no contract names one of the two.
        InvalidRequestError: the decision contradicts one that stands; the message says which.
        ThrottledError: others decided at the same time.
    """
    one, other = (links.Body(canonical_id, names.name_of(canonical_id)) for canonical_id in (request.one, request.other))
    act = decisions.merge if request.verb == "merge" else decisions.split
    return Decision.model_validate(asdict(act(one, other, reason=request.reason, who=who)))


def decided(*, limit: int, cursor: str | None) -> DecisionsAnswer:
    """Return decisions in the order in which they were made.

    Raises:
        InvalidRequestError: the cursor is not of this query.
    """
    page = links.decisions(limit=limit, cursor=cursor)
    return DecisionsAnswer(decisions=[Decision.model_validate(asdict(one)) for one in page.decisions], cursor=page.cursor)


def _linked(ids: Sequence[str]) -> set[str]:
    """Return the ids that are one with these by decision, or were held apart from them, alone or with what they were merged into."""
    found: set[str] = set()
    for group in map(links.group_of, ids):
        found |= set(group.members)
        for _, other in group.splits:
            found |= set(links.group_of(other).members)
    return found


def _name_of(members: Sequence[str]) -> str:
    for member in members:
        try:
            return names.name_of(member)
        except NotFoundError:
            continue
    raise NotFoundError(f"no contract names the canonical entity {members[0]}")
