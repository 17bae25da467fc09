"""HTTP request → answer: questions to the table put into the public record's shapes. Nothing is written but signed upload forms."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from whereas import codec
from whereas.aws import s3
from whereas.documents import identity
from whereas.errors import ArtefactError, InvalidRequestError, NotFoundError
from whereas.reading.repairs.undoing import before_repairs
from whereas.records import links, queries
from whereas.records.versions import VersionState
from whereas.records.views import Document
from whereas.records.walks import Documents
from whereas.resolution.parties.names import canonical_id as canonical_id_of
from whereas.settings import settings
from whereas.stages import answers, files, record
from whereas.stages.answers import (
    ContractAnswer,
    DocumentAnswer,
    DocumentsAnswer,
    EntitiesAnswer,
    Hit,
    Latest,
    Match,
    PagesAnswer,
    Span,
    Status,
    Summary,
    TextAnswer,
    UploadAnswer,
    UploadRequest,
)
from whereas.types import CleanedText, Layer

KINDS: Final = ("organization", "person", "place", "law")
"""What a name may be the name of; canonical ids differ by kind."""
UPLOAD_EXPIRES_S: Final = 900
MAX_KEY_BYTES: Final = 1024
"""Amazon S3 User Guide, "Naming Amazon S3 objects"."""


def documents(*, status: Status | None, limit: int, cursor: str | None) -> DocumentsAnswer:
    """Return documents by the status of their latest version."""
    return _hits(queries.by_status(status, limit=limit, cursor=cursor))


def document(document_id: str) -> DocumentAnswer:
    """Return a document: the record without contract and entities.

    Raises:
        NotFoundError: there is none of that id.
    """
    found = queries.get_document(document_id)
    seen = _seen(found)
    return DocumentAnswer(
        schema_version=record.SCHEMA_VERSION,
        document=seen["document"],
        latest=_latest(found.latest),
        lineage=seen["lineage"],
        run=found.run.run if found.run else None,  # type: ignore[arg-type]
        entity_counts=found.run.entity_counts if found.run else None,
    )


def contract(document_id: str) -> ContractAnswer:
    """Return a document's contract facts.

    Raises:
        NotFoundError: there is no such document, or it has no results.
    """
    found = queries.get_document(document_id)
    if found.run is None:
        what = f"it is {found.latest.status}" if found.latest.members is None else "it is a container, ask for its members"
        raise NotFoundError(f"document {document_id} has no results: {what}")
    return ContractAnswer.model_validate({"document": _seen(found)["document"], "contract": found.body["contract"]})


def entities(document_id: str, *, entity_type: str | None, layer: Layer | None, limit: int, cursor: str | None) -> EntitiesAnswer:
    """Return one page of a document's entities.

    Raises:
        NotFoundError: there is no such document, or it has no results.
        InvalidRequestError: the cursor is not of this query.
    """
    page = queries.entities(document_id, entity_type=entity_type, layer=layer, limit=limit, cursor=cursor)
    return EntitiesAnswer.model_validate(
        {"document_id": document_id, "run_id": page.run_id, "entities": page.entities, "cursor": page.cursor}
    )


def text(document_id: str, *, start: int, length: int) -> TextAnswer:
    """Return a part of a document's cleaned text with the entities that touch it.

    Args:
        document_id: of the document.
        start: first code point.
        length: code points at most.

    Raises:
        NotFoundError: there is no such document, it has no results, or its text is no longer kept.
    """
    run_id = queries.current_run(document_id)
    try:
        cleaned = codec.decode(s3.get_work(settings().work_bucket, files.text_key(run_id)), CleanedText)
    except ArtefactError as exc:
        raise NotFoundError(f"the text of document {document_id} is no longer kept; upload the document again") from exc
    whole = cleaned.text
    end = min(start + length, len(whole))
    spans = [one for one in queries.all_entities(document_id, run_id) if one["start"] < end and one["end"] > start]
    return TextAnswer(
        document_id=document_id,
        run_id=run_id,
        offset_unit="codepoint",
        start=start,
        end=max(start, end),
        length=len(whole),
        next_start=end if end < len(whole) else None,
        text=whole[start:end],
        as_read=before_repairs(cleaned, start, end),
        spans=[Span.model_validate(one) for one in spans],
    )


def pages(document_id: str) -> PagesAnswer:
    """Return how each page of a document was read.

    Raises:
        NotFoundError: there is no such document, or it has no results.
    """
    run_id = queries.current_run(document_id)
    whole = json.loads(gzip.decompress(s3.get_work(settings().work_bucket, files.record_key(run_id))))
    return PagesAnswer(document_id=document_id, run_id=run_id, pages=whole.get("pages_read", ()))


def page_image(document_id: str, page: int) -> bytes:
    """Return the picture of one page, ``reading.viewing`` says of what kind.

    Raises:
        NotFoundError: there is no such document, it has no results, or no picture of that page is kept.
    """
    run_id = queries.current_run(document_id)
    try:
        return s3.get_work(settings().work_bucket, files.page_image_key(run_id, page))
    except ArtefactError as exc:
        raise NotFoundError(f"no picture of page {page} of document {document_id} is kept; see its pages") from exc


def by_entity(*, name: str | None, canonical_id: str | None, entity_type: str | None, limit: int, cursor: str | None) -> DocumentsAnswer:
    """Return documents that name an entity, by its name or its canonical id.

    Raises:
        InvalidRequestError: not exactly one of name and canonical id is given, or the cursor is not of this query.
    """
    ids = _linked(_canonical_ids(name, canonical_id))
    return _hits(queries.by_entity(ids, entity_type=entity_type, limit=limit, cursor=cursor))


def by_party(
    *, name: str | None, canonical_id: str | None, match: Literal["words", "exact"], limit: int, cursor: str | None
) -> DocumentsAnswer:
    """Return contracts by party: every word of ``name`` in a party's name, or the exact canonical party.

    Raises:
        InvalidRequestError: not exactly one of name and canonical id is given, or the cursor is not of this query.
    """
    ids = _canonical_ids(name, canonical_id)
    if name is not None and match == "words":
        return _hits(queries.by_party_words(name, limit=limit, cursor=cursor))
    return _hits(queries.by_party(_linked(ids), limit=limit, cursor=cursor))


def expiring(first: date, last: date, *, limit: int, cursor: str | None) -> DocumentsAnswer:
    """Return contracts that expire from ``first`` to ``last``, both included.

    Raises:
        InvalidRequestError: the window is empty or too long, or the cursor is not of this query.
    """
    return _hits(queries.expiring(first.isoformat(), last.isoformat(), limit=limit, cursor=cursor))


def notice_due(first: date, last: date, *, limit: int, cursor: str | None) -> DocumentsAnswer:
    """Return contracts whose notice of non-renewal is due from ``first`` to ``last``, both included.

    Raises:
        InvalidRequestError: the window is empty or too long, or the cursor is not of this query.
    """
    return _hits(queries.notice_due(first.isoformat(), last.isoformat(), limit=limit, cursor=cursor))


def by_model(version: str, *, limit: int, cursor: str | None) -> DocumentsAnswer:
    """Return documents whose current results were made by a model version."""
    return _hits(queries.by_model(version, limit=limit, cursor=cursor))


def upload(request: UploadRequest) -> UploadAnswer:
    """Return a form that uploads one file without credentials.

    Raises:
        InvalidRequestError: the name cannot be a key, or the file is larger than documents may be.
    """
    max_bytes = settings().limits.max_bytes
    if request.size_bytes > max_bytes:
        raise InvalidRequestError(f"the file has {request.size_bytes} bytes, the limit is {max_bytes}: split it")
    segments = request.name.split("/")
    if len(request.name.encode()) > MAX_KEY_BYTES or not request.name.isprintable() or any(part in ("", ".", "..") for part in segments):
        raise InvalidRequestError(f"the name must be printable, {MAX_KEY_BYTES} bytes at most, and have no empty, '.' or '..' part")
    bucket = settings().upload_bucket
    form = s3.presign_upload(bucket, request.name, content_type=request.content_type.value, max_bytes=max_bytes, expires_s=UPLOAD_EXPIRES_S)
    return UploadAnswer(
        document_id=identity.document_id(bucket=bucket, key=request.name),
        url=form["url"],
        fields=form["fields"],
        expires_in_s=UPLOAD_EXPIRES_S,
        max_bytes=max_bytes,
    )


def _canonical_ids(name: str | None, canonical_id: str | None) -> tuple[str, ...]:
    if (name is None) == (canonical_id is None):
        raise InvalidRequestError("give either name or canonical_id")
    return (canonical_id,) if canonical_id is not None else tuple(canonical_id_of(name or "", kind=kind) for kind in KINDS)


def _linked(canonical_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids with those that are one with them by decision."""
    return tuple(dict.fromkeys(member for canonical_id in canonical_ids for member in links.group_of(canonical_id).members))


def _hits(page: Documents) -> DocumentsAnswer:
    return DocumentsAnswer(documents=[hit(found) for found in page.documents], cursor=page.cursor)


def hit(found: Document) -> Hit:
    """Return a document as lists show it."""
    if found.run is None:
        seen = record.of_unfinished(found.latest)["document"]
        listed = seen | {"warning_count": len(seen["warnings"])}
    else:
        listed = found.run.document | {"warning_count": found.run.warning_count}
    return Hit(
        document=answers.ListedDocument.model_validate(listed),
        latest=_latest(found.latest),
        summary=Summary.model_validate(found.run.summary) if found.run else None,
        match=Match.model_validate(found.match),
    )


def _seen(found: Document) -> Mapping[str, Any]:
    """Return ``document`` and ``lineage`` as readers see them: of the current run, or of a latest version without results."""
    if found.run is None:
        return record.of_unfinished(found.latest)
    return {"document": found.run.document | {"warnings": found.body["warnings"]}, "lineage": found.body["lineage"]}


def _latest(version: VersionState) -> Latest:
    reason = version.reason
    return Latest(
        version_id=version.version_id,
        status=version.status,
        reason=answers.Reason(code=reason.code, message=reason.message, page=reason.page) if reason else None,
    )
