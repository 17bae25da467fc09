"""A contract's defined terms and clauses."""

from __future__ import annotations

from dataclasses import dataclass

from whereas.types.facts import Evidence


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term that the contract defines, and where it is used.

    ``kind`` is "party", "agreement", "term" or "acronym"; ``canonical_id`` that of the party which the term names. ``meaning`` is the
    stretch that defines it, None where the text does not tell it from what stands around. ``uses`` are later occurrences as (start, end).
    """

    term: str
    kind: str
    evidence: Evidence
    source: str
    score: float
    meaning: Evidence | None = None
    canonical_id: str | None = None
    uses: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseType:
    """What a clause is about ("assignment", "limitation_of_liability"), by which rule, with a score in 0..1."""

    type: str
    score: float
    source: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A section of the contract as the public record shows it; ``entity.section_id`` names the innermost one."""

    section_id: str
    number: str | None
    heading: str | None
    level: int
    parent_id: str | None
    evidence: Evidence
    types: tuple[ClauseType, ...] = ()
