"""What the HTTP API takes and gives, as pydantic models: the public record's own shapes, cut into answers.

The models make the OpenAPI document and check every answer, so that a stored record that lost its shape is noticed.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from whereas.types import Contract, Entity, Layer, MediaType, PageSource, Warning

Status = Literal["PROCESSING", "COMPLETE", "QUARANTINED"]


class Reason(BaseModel):
    """Why a version is quarantined; the message says what to do."""

    code: str
    message: str
    page: int | None = None


class _Document(BaseModel):
    document_id: str
    version_id: str
    is_current: bool
    source: str
    source_sha256: str | None
    media_type: str | None
    language: str | None
    pages: int | None
    ocr_pages: int | None
    text_sha256: str | None
    offset_unit: Literal["codepoint"]
    status: Status
    reason: Reason | None


class Member(BaseModel):
    """A file in a container: TAKEN as a document of its own, or REFUSED with its reason."""

    key: str
    document_id: str | None
    version_id: str | None
    status: Literal["TAKEN", "REFUSED"]
    reason: Reason | None


class Document(_Document):
    """The public record's ``document``."""

    members: list[Member] | None = Field(default=None, description="Of a ZIP archive or an e-mail message; null for a document.")
    warnings: list[Warning]


class ListedDocument(_Document):
    """The public record's ``document``, with the number of its warnings in place of them: a long scan may have thousands."""

    warning_count: int


class Latest(BaseModel):
    """The version that was uploaded last; it may still be processing while an earlier one's results are shown."""

    version_id: str
    status: Status
    reason: Reason | None


class Model(BaseModel):
    """The model that made a record."""

    name: str
    version: str
    sha256: str


class Ocr(BaseModel):
    """What recognised scanned pages; nulls where there were none."""

    engine: str | None
    traineddata: str | None


class Lineage(BaseModel):
    """The public record's ``lineage``."""

    model: Model
    tokenizer_sha256: str
    label_schema: str
    rules: str
    ocr: Ocr
    pipeline: str


class Stage(BaseModel):
    """Time spent in one stage, summed over its parts."""

    ms: int


class Run(BaseModel):
    """The public record's ``run``."""

    run_id: str
    created_at: str
    stages: dict[str, Stage]


class DocumentAnswer(BaseModel):
    """A document: the record without its contract and entities. ``run`` and counts are null until there are results."""

    schema_version: str
    document: Document
    latest: Latest
    lineage: Lineage
    run: Run | None
    entity_counts: dict[str, int] | None


class ContractAnswer(BaseModel):
    """A document's contract facts."""

    document: Document
    contract: Contract


class EntitiesAnswer(BaseModel):
    """One page of a document's entities, by type and then by start."""

    document_id: str
    run_id: str
    entities: list[Entity]
    cursor: str | None = Field(description="Hand it back for the next page; null at the end.")


class Span(BaseModel):
    """One entity as a span of the text."""

    entity_id: str
    layer: Layer
    type: str
    start: int
    end: int
    score: float
    source: str
    canonical_id: str | None


class TextAnswer(BaseModel):
    """A part of a document's cleaned text, with the entities that touch it. All offsets count from the start of the whole text."""

    document_id: str
    run_id: str
    offset_unit: Literal["codepoint"]
    start: int
    end: int
    length: int = Field(description="Code points of the whole text.")
    next_start: int | None = Field(description="Ask for this start to go on; null at the end.")
    text: str
    as_read: str | None = Field(description="The same part as its pages hold it, where cleanup changed any word; else null.")
    spans: list[Span]


class PageRead(BaseModel):
    """How a page was read."""

    page: int
    source: PageSource
    reason: str = Field(description="Id of the rule that chose between text layer and OCR, or what the page came from.")
    confidence: float | None = Field(description="Mean confidence of its words; null for what was not recognised from an image.")
    language: str | None
    image: bool = Field(description="Whether a picture of the page is kept.")
    repairs: dict[str, int] = Field(default={}, description="How many changes of which kind cleanup made; kinds are ids of rules.")


class PagesAnswer(BaseModel):
    """All pages of a document, in order. Formats without pages have one."""

    document_id: str
    run_id: str
    pages: list[PageRead]


class SummaryParty(BaseModel):
    """A party as lists show it."""

    name: str
    canonical_id: str
    kind: str
    roles: list[str]


class Summary(BaseModel):
    """The contract's values that lists show; null where absent."""

    title: str | None
    parties: list[SummaryParty]
    agreement_date: str | None
    effective_date: str | None
    expiration_date: str | None
    notice_deadline: str | None


class MatchedEntity(BaseModel):
    """An entity as one document names it: its commonest spelling there, its types, and how often it is named."""

    canonical_id: str
    name: str
    types: list[str]
    count: int


class Match(BaseModel):
    """What a search found in a document; the fields of other searches are null."""

    entity: MatchedEntity | None = None
    parties: list[SummaryParty] | None = None
    date: str | None = None


class Hit(BaseModel):
    """A document in a list."""

    document: ListedDocument
    latest: Latest
    summary: Summary | None = Field(description="Null until there are results.")
    match: Match


class DocumentsAnswer(BaseModel):
    """One page of documents. A page may be short, even empty, and still have a cursor."""

    documents: list[Hit]
    cursor: str | None = Field(description="Hand it back for the next page; null at the end.")


class UploadRequest(BaseModel):
    """What is to be uploaded. The same name again makes a new version of the same document."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1, max_length=1024, description="The object's key in the upload bucket, for example `suppliers/msa.pdf`.")
    content_type: MediaType
    size_bytes: int = Field(ge=1)


class UploadAnswer(BaseModel):
    """A form: POST ``fields``, and after them the field ``file``, to ``url`` as multipart/form-data."""

    document_id: str
    url: str
    fields: dict[str, Any]
    expires_in_s: int
    max_bytes: int


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = None
