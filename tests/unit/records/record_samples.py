"""Invented records for the tests of items and queries."""

from datetime import UTC, datetime
from typing import Any

from whereas.records import items, state
from whereas.records.state import VersionState
from whereas.types import ModelCard

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def fact(value: object, text: str = "x") -> dict[str, Any]:
    return {
        "value": value,
        "text": text,
        "evidence": [{"page": 1, "start": 0, "end": 1, "boxes": [[0.1, 0.2, 0.3, 0.4]]}],
        "score": 0.875,
        "source": "model",
        "derivation": None,
        "precision": None,
        "kind": None,
        "code": None,
        "alternatives": [],
    }


def party(name: str, canonical_id: str) -> dict[str, Any]:
    return {
        "name": name,
        "canonical_id": canonical_id,
        "kind": "organization",
        "roles": ["supplier"],
        "aliases": [],
        "evidence": [],
        "score": 0.5,
        "source": "model",
        "address": None,
        "signatories": [],
    }


def entity(
    number: int, *, kind: str = "ORGANIZATION", text: str = "Acme", canonical_id: str | None = None, layer: str = "mention"
) -> dict[str, Any]:
    return {
        "entity_id": f"{number:024x}",
        "layer": layer,
        "type": kind,
        "text": text,
        "start": number * 10,
        "end": number * 10 + len(text),
        "page": 1,
        "boxes": [],
        "parent_id": None,
        "section_id": None,
        "score": 0.9,
        "source": "model",
        "normalized": None,
        "canonical_id": canonical_id,
    }


def record(
    document_id: str = "d" * 24,
    *,
    version_id: str = "v1",
    model: str = "1.0",
    parties: tuple[dict[str, Any], ...] = (),
    entities: tuple[dict[str, Any], ...] = (),
    expires: str | None = None,
    notice: str | None = None,
    warnings: tuple[dict[str, Any], ...] = (),
) -> dict[str, Any]:
    none = dict.fromkeys(("title", "agreement_date", "effective_date", "term", "renewal_term", "renewal_notice_period"))
    return {
        "schema_version": "1.0",
        "document": {
            "document_id": document_id,
            "version_id": version_id,
            "is_current": True,
            "source": "a b.pdf",
            "source_sha256": "00",
            "media_type": "application/pdf",
            "language": "en",
            "pages": 2,
            "ocr_pages": 0,
            "text_sha256": "11",
            "offset_unit": "codepoint",
            "status": "COMPLETE",
            "reason": None,
            "warnings": list(warnings),
        },
        "contract": {
            **none,
            "parties": list(parties),
            "expiration_date": fact(expires) if expires else None,
            "notice_deadline": fact(notice) if notice else None,
            "governing_law": [],
        },
        "entities": list(entities),
        "lineage": {
            "model": {"name": "ner", "version": model, "sha256": "aa"},
            "tokenizer_sha256": "bb",
            "label_schema": "1",
            "rules": "1",
            "ocr": {"engine": None, "traineddata": None},
            "pipeline": "1.0",
        },
        "run": {"run_id": f"run-{version_id}-{document_id}", "created_at": "2026-01-02T00:00:00+00:00", "stages": {"read": {"ms": 5}}},
    }


def version(document_id: str = "d" * 24, *, version_id: str = "v1", sequencer: str = "0A") -> VersionState:
    return VersionState(
        document_id=document_id,
        version_id=version_id,
        run_id=f"run-{version_id}-{document_id}",
        sequencer=sequencer,
        bucket="uploads",
        key="a b.pdf",
        model=ModelCard(name="ner", version="1.0", sha256="aa", tokenizer_sha256="bb", label_schema="1"),
        pipeline="1.0",
        status="PROCESSING",
        created_at=NOW,
        updated_at=NOW,
    )


def store(made: dict[str, Any], *, sequencer: str = "0A") -> None:
    """Take a record through the states that it has in the chain."""
    document = made["document"]
    state.create_version(version(document["document_id"], version_id=document["version_id"], sequencer=sequencer))
    items.put_record(made)
    state.complete(document["document_id"], document["version_id"], made["run"]["run_id"])
