"""What resolution makes of a document: the facts of the contract and its entities."""

from __future__ import annotations

from dataclasses import dataclass, field

from whereas.types.facts import Fact
from whereas.types.labels import Layer
from whereas.types.names import Party, RelatedName
from whereas.types.provisions import Clause, DefinedTerm
from whereas.types.text import Warning


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract facts of the public record. ``notice_deadline`` is the last day to refuse a renewal, where known.

    ``auto_renewal`` has the value True or False, with the words that say so; ``venue`` is the courts or the seat of arbitration, ``kind``
    "court" or "arbitration"; ``dates`` are all dates of the text and those that follow from them, ``kind`` what each is ("other" where the
    text does not say); ``amounts`` are sums, percentages and their like, ``kind`` what each is ("fee", "cap", "penalty", …).
    """

    title: Fact | None = None
    parties: tuple[Party, ...] = ()
    agreement_date: Fact | None = None
    effective_date: Fact | None = None
    expiration_date: Fact | None = None
    term: Fact | None = None
    renewal_term: Fact | None = None
    renewal_notice_period: Fact | None = None
    notice_deadline: Fact | None = None
    governing_law: tuple[Fact, ...] = ()
    auto_renewal: Fact | None = None
    venue: tuple[Fact, ...] = ()
    dates: tuple[Fact, ...] = ()
    amounts: tuple[Fact, ...] = ()
    related: tuple[RelatedName, ...] = ()
    definitions: tuple[DefinedTerm, ...] = ()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of the public record: a mention or role with its normalised value and canonical identity.

    ``target_ids`` are the sections that a CLAUSE_REF points at, where the contract has them; ``ocr_confidence`` as in ``Evidence``.
    """

    entity_id: str
    layer: Layer
    type: str
    text: str
    start: int
    end: int
    page: int | None
    boxes: tuple[tuple[float, float, float, float], ...]
    parent_id: str | None
    section_id: str | None
    score: float
    source: str
    normalized: object = None
    canonical_id: str | None = None
    target_ids: tuple[str, ...] = ()
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that resolution makes of a document: contract facts, entities sorted by start, warnings."""

    contract: Contract
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...] = field(default=())
