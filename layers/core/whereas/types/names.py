"""Those who stand in a contract: parties, who signed for them, and who is related to it."""

from __future__ import annotations

from dataclasses import dataclass

from whereas.types.facts import Evidence, Fact


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed for a party."""

    name: str
    title: str | None = None
    date: Fact | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the contract; ``kind`` is "organization" or "person"."""

    name: str
    canonical_id: str
    kind: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    score: float
    source: str
    address: Fact | None = None
    signatories: tuple[Signatory, ...] = ()
    legal_form: str | None = None
    organized_in: Fact | None = None
    former_names: tuple[str, ...] = ()
    trade_names: tuple[str, ...] = ()
    rule: str | None = None
    rule_score: float | None = None


@dataclass(frozen=True, slots=True)
class RelatedName:
    """One who stands in the contract without being a party to it: a guarantor, an affiliate, an agent, a witness.

    ``relation`` is "guarantor", "affiliate", "agent", "trustee", "beneficiary", "witness" or "representative".
    """

    name: str
    canonical_id: str
    relation: str
    evidence: tuple[Evidence, ...]
    score: float
    source: str
