"""The public record, version 1.0: one JSON object a contract version, the same from the chain, the API and the command line."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, Final

from whereas.codec import to_plain
from whereas.documents import identity
from whereas.documents.extensions import extension_warnings
from whereas.reading.repairs.counting import counts_by_page
from whereas.records.state import VersionMember, VersionState
from whereas.resolution import RULES_VERSION
from whereas.stages.files import OcrEngine
from whereas.types import CleanedText, Contract, Entity, MediaType, PageText, Resolution, Warning

SCHEMA_VERSION: Final = "1.0"

VOLATILE: Final = ("created_at", "stages")
"""The fields of ``run`` that may differ between two processings of the same version; all others are equal to the byte."""


def build(
    version: VersionState,
    *,
    cleaned: CleanedText,
    pages: Sequence[PageText],
    ocr: OcrEngine | None,
    resolution: Resolution,
    images: Set[int] = frozenset(),
    stages: Mapping[str, int],
    created_at: str,
) -> dict[str, Any]:
    """Return the record of a completed version.

    Args:
        version: the version item, with source, counts and pinned model.
        cleaned: the text that all offsets count in.
        pages: all pages in order, for how they were read and their warnings.
        ocr: what recognised the scanned pages; None where there were none.
        resolution: contract facts, entities, warnings.
        images: pages of which a picture is kept.
        stages: milliseconds spent in each stage, summed over its parts.
        created_at: ISO 8601 in UTC.
    """
    # Cleanup hands the warnings of its pages on: each is told once.
    warnings = dict.fromkeys([*(warning for page in pages for warning in page.warnings), *cleaned.warnings, *resolution.warnings])
    document = _document(version, status="COMPLETE", warnings=warnings)
    document["ocr_pages"] = sum(page.source == "ocr" for page in pages)
    document["text_sha256"] = hashlib.sha256(cleaned.text.encode()).hexdigest()
    repairs = counts_by_page(cleaned.repairs)
    return {
        "schema_version": SCHEMA_VERSION,
        "document": document,
        "pages_read": [_page(page, images, repairs.get(page.number, {})) for page in pages],
        "contract": to_plain(resolution.contract, Contract),
        "entities": to_plain(resolution.entities, tuple[Entity, ...]),
        "lineage": _lineage(version, ocr),
        "run": {"run_id": version.run_id, "created_at": created_at, "stages": {name: {"ms": ms} for name, ms in stages.items()}},
    }


def of_unfinished(version: VersionState) -> dict[str, Any]:
    """Return the record of a version without results: quarantined, still processing, or a container. Its facts are null."""
    return {
        "schema_version": SCHEMA_VERSION,
        "document": _document(version, status=version.status, warnings=_refused(version)),
        "pages_read": [],
        "contract": to_plain(Contract(), Contract),
        "entities": [],
        "lineage": _lineage(version, None),
        "run": {"run_id": version.run_id, "created_at": version.created_at.isoformat(timespec="milliseconds"), "stages": {}},
    }


def to_bytes(record: Mapping[str, Any]) -> bytes:
    """Return the record as gzipped JSON; equal records give equal bytes."""
    return gzip.compress(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode(), compresslevel=6, mtime=0)


def _page(page: PageText, images: Set[int], repairs: Mapping[str, int]) -> dict[str, Any]:
    """Return how a page was read, by which rule of the choice between text layer and OCR, in which language, and what was repaired."""
    return {
        "page": page.number,
        "source": page.source,
        "reason": page.reason,
        "confidence": page.confidence,
        "language": page.language,
        "image": page.number in images,
        "repairs": dict(repairs),
    }


def _document(version: VersionState, *, status: str, warnings: Iterable[Warning]) -> dict[str, Any]:
    """Return the record's ``document``. ``is_current`` is stored as true; readers set it from the document's head."""
    reason = None
    if version.reason is not None:
        reason = {"code": version.reason.code, "message": version.reason.message, "page": version.reason.page}
    return {
        "document_id": version.document_id,
        "version_id": version.version_id,
        "is_current": True,
        "source": version.key,
        "source_sha256": version.source_sha256,
        "media_type": version.media_type,
        "language": version.language,
        "pages": version.pages,
        "ocr_pages": None,
        "text_sha256": None,
        "offset_unit": "codepoint",
        "status": status,
        "reason": reason,
        "members": None if version.members is None else [_member(version, member) for member in version.members],
        "warnings": to_plain((*_named(version), *warnings), tuple[Warning, ...]),
    }


def _member(version: VersionState, member: VersionMember) -> dict[str, Any]:
    """Return a container's file as its record lists it: taken as a document of its own, or refused."""
    reason = member.reason
    return {
        "key": member.key,
        "document_id": None if reason else identity.document_id(bucket=version.bucket, key=member.key),
        "version_id": member.version_id,
        "status": "REFUSED" if reason else "TAKEN",
        "reason": {"code": reason.code, "message": reason.message, "page": None} if reason else None,
    }


def _refused(version: VersionState) -> list[Warning]:
    return [
        Warning("member_refused", f"{member.key}: {member.reason.message}") for member in version.members or () if member.reason is not None
    ]


def _named(version: VersionState) -> tuple[Warning, ...]:
    """Return the warning of a file whose name claims another format than it has."""
    return extension_warnings(version.key, MediaType(version.media_type)) if version.media_type else ()


def _lineage(version: VersionState, ocr: OcrEngine | None) -> dict[str, Any]:
    """Return what made the record; ``ocr`` has nulls where no page was recognised from an image."""
    card = version.model
    return {
        "model": {"name": card.name, "version": card.version, "sha256": card.sha256},
        "tokenizer_sha256": card.tokenizer_sha256,
        "label_schema": card.label_schema,
        "rules": RULES_VERSION,
        "ocr": {"engine": ocr.engine if ocr else None, "traineddata": ocr.traineddata if ocr else None},
        "pipeline": version.pipeline,
    }
