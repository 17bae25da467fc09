"""What the HTTP API takes and gives about canonical entities across contracts: contracts, candidates for a link, decisions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from whereas.stages.answers import Hit

CanonicalId = Annotated[str, Field(pattern="^[0-9a-f]{24}$")]


class PartyAnswer(BaseModel):
    """One page of the contracts of a canonical entity and of all that were merged into it; roles are in each ``match``."""

    canonical_id: str = Field(description="The one that stands for all: what the id asked for was merged into, or itself.")
    name: str
    merged: list[str] = Field(description="Canonical ids that were merged into it by hand, directly or by way of others.")
    split_from: list[str] = Field(description="Canonical ids that were held apart from it by hand.")
    documents: list[Hit]
    cursor: str | None = Field(description="Hand it back for the next page; null at the end.")


class Candidate(BaseModel):
    """A canonical entity that may be the one asked for; only a decision links the two."""

    canonical_id: str
    name: str
    score: float
    reason: str


class CandidatesAnswer(BaseModel):
    """Candidates for a link, best first."""

    name: str
    canonical_ids: list[str] = Field(description="Of the name asked for; their links are no candidates.")
    candidates: list[Candidate]
    complete: bool = Field(description="False where more names share a block with this one than one call may compare.")


class Body(BaseModel):
    """A canonical entity as a decision names it."""

    canonical_id: str
    name: str


class Decision(BaseModel):
    """One decision: ``one`` is merged into ``other``, or the two are held apart. Later decisions about the same two overrule it."""

    number: int
    verb: Literal["merge", "split"]
    one: Body
    other: Body
    reason: str
    who: str
    at: str


class DecisionsAnswer(BaseModel):
    """One page of decisions, the first ones first."""

    decisions: list[Decision]
    cursor: str | None = Field(description="Hand it back for the next page; null at the end.")


class DecisionRequest(BaseModel):
    """What is to be decided. The same again changes nothing and gives the decision that stands."""

    model_config = ConfigDict(extra="forbid")

    verb: Literal["merge", "split"] = Field(description="merge: `one` is `other`. split: they are not one.")
    one: CanonicalId
    other: CanonicalId
    reason: str = Field(min_length=1, max_length=500, description="For those who read the decision later.")
