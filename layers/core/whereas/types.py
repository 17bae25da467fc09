"""The values that pass between rooms: frozen dataclasses, each serialisable by ``whereas.codec``.

All offsets are half-open ``[start, end)`` counts of Unicode code points. Page numbers count from 1. Boxes are in
PDF points (1/72 inch) with the origin in the page's top left corner, after the page's own rotation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Layer = Literal["mention", "role"]
PageSource = Literal["text_layer", "ocr", "markup", "plain_text"]

MENTION_TYPES: tuple[str, ...] = (
    "PERSON", "ORGANIZATION", "LOCATION", "ADDRESS", "DATE", "DURATION", "MONEY", "PERCENT", "QUANTITY", "LAW",
    "CLAUSE_REF", "EMAIL", "PHONE", "URL", "ID_NUMBER", "DEFINED_TERM",
)  # fmt: skip
ROLE_TYPES: tuple[str, ...] = (
    "TITLE", "PARTY", "PARTY_ALIAS", "SIGNATORY", "AGREEMENT_DATE", "EFFECTIVE_DATE", "EXPIRATION_DATE", "TERM",
    "RENEWAL_TERM", "NOTICE_PERIOD", "GOVERNING_LAW",
)  # fmt: skip


class MediaType(StrEnum):
    """The formats that are read, by their IANA media type; the public record's ``document.media_type``."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    WEBP = "image/webp"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    HTML = "text/html"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Warning:
    """Something skipped, doubted or repaired; part of the public record."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a page: ``page.text[start:end] == text``.

    ``box`` is (x0, y0, x1, y1) in points; None where the format has no layout. ``confidence`` is the OCR engine's,
    in 0..1; None for text that was not recognised from an image.
    """

    text: str
    start: int
    end: int
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read, before cleanup. Formats without pages (DOCX, HTML, TXT) give one page, ``number`` 1."""

    number: int
    text: str
    words: tuple[Word, ...]
    width: float | None
    height: float | None
    source: PageSource
    reason: str
    confidence: float | None = None
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of cleaned text and where it was read.

    Where ``end - start == source_end - source_start`` characters map one to one; else (a ligature spelled out, a run of
    white space made one) the whole run maps to the whole source. ``page`` is None for text that cleanup inserted
    (the break between two pages).
    """

    start: int
    end: int
    page: int | None
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered clause, heading or schedule of the cleaned text. ``parent_id`` is the enclosing section's id."""

    section_id: str
    number: str | None
    heading: str | None
    start: int
    end: int
    level: int
    parent_id: str | None = None


@dataclass(frozen=True, slots=True)
class CleanedText:
    """A document's text after cleanup, with the map back to its pages. ``pieces`` are sorted and cover the text."""

    text: str
    pieces: tuple[Piece, ...]
    sections: tuple[Section, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A window of the cleaned text: ``cleaned.text[start:end] == text``. Windows overlap and never cut a word.

    ``tokens`` is the window's length in model tokens, special tokens included.
    """

    index: int
    start: int
    end: int
    text: str
    tokens: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed span of the cleaned text. ``source`` is ``model`` or ``rule:<id>``; ``score`` is in 0..1."""

    layer: Layer
    type: str
    start: int
    end: int
    score: float
    source: str = "model"


@dataclass(frozen=True, slots=True)
class TokenScores:
    """The model's marginal role probabilities of one token, kept where P(no role) < 0.98.

    ``scores`` holds (role type, P(B-type) + P(I-type)) pairs, highest first, those under 0.01 left out. They let
    resolution ask how likely a span that a rule proposes is a party, an effective date, a term.
    """

    start: int
    end: int
    scores: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the model found in one or several chunks: mentions and sparse role scores, in document offsets.

    ``[start, end)`` is the text that was read; merging needs it to know how far a mention is from a window's edge.
    """

    mentions: tuple[Mention, ...]
    token_scores: tuple[TokenScores, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What lineage says of the model in ``layers/model``: names, versions, hashes."""

    name: str
    version: str
    sha256: str
    tokenizer_sha256: str
    label_schema: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read. ``page`` is None where the format has none; boxes as (x0, y0, x1, y1) in points."""

    page: int | None
    start: int
    end: int
    boxes: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """A runner-up value of a fact."""

    value: object
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a contract with its evidence; the public record's FACT.

    ``value`` is a str (date ISO 8601, duration ISO 8601, title), a dict (money, place), or None with ``kind``
    "perpetual" or "until_terminated". ``derivation`` says in a sentence how a computed value came about, else None.
    ``precision`` is "day", "month" or "year" for dates, else None. ``rule`` is the rule that proposed the value and ``rule_score`` what it
    alone would say; ``score`` pools that with the model's opinion, and ``source`` names the one that decided.
    """

    value: object
    text: str
    evidence: tuple[Evidence, ...]
    score: float
    source: str
    derivation: str | None = None
    precision: str | None = None
    kind: str | None = None
    code: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    rule: str | None = None
    rule_score: float | None = None


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

    ``target_ids`` are the sections that a CLAUSE_REF points at, where the contract has them.
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


@dataclass(frozen=True, slots=True)
class Resolution:
    """All that resolution makes of a document: contract facts, entities sorted by start, warnings."""

    contract: Contract
    entities: tuple[Entity, ...]
    warnings: tuple[Warning, ...] = field(default=())
