"""What the tests of the HTTP API store and ask for: one contract, its version and its record."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from whereas.records import items, state
from whereas.records.state import VersionState
from whereas.resolution.parties.names import canonical_id
from whereas.stages import files
from whereas.stages.record import build
from whereas.types import CleanedText, Contract, Entity, Evidence, Fact, ModelCard, Party, Piece, Resolution, Warning

ROOT = Path(__file__).parents[3]
EVENTS = ROOT / "events"
DOC = "d" * 24
TEXT = "Services Agreement between Acme Holdings, Inc. and Zebra GmbH. 𝒜 end."
ACME = canonical_id("Acme Holdings, Inc.", kind="organization")
DATE = datetime(2026, 1, 2, tzinfo=UTC)
CONTEXT = SimpleNamespace(
    function_name="query", memory_limit_in_mb=512, invoked_function_arn="arn:aws:lambda:eu-central-1:1:function:query", aws_request_id="r-1"
)

Call = Callable[..., tuple[int, dict[str, Any]]]
"""Calls the API with golden event ``query-<name>.json``, changed as asked; returns status and body."""


def version(document_id: str = DOC, **changes: Any) -> VersionState:
    values: dict[str, Any] = {
        "document_id": document_id,
        "version_id": "v1",
        "run_id": f"run-{document_id}",
        "sequencer": "0A",
        "bucket": "uploads",
        "key": "msa.pdf",
        "model": ModelCard(name="ner", version="1.0", sha256="aa", tokenizer_sha256="bb", label_schema="1"),
        "pipeline": "1.0",
        "status": "PROCESSING",
        "created_at": DATE,
        "updated_at": DATE,
        "media_type": "application/pdf",
        "pages": 2,
    }
    return VersionState(**(values | changes))


def fact(value: str, text: str) -> Fact:
    start = max(TEXT.find(text), 0)
    return Fact(value, text, (Evidence(1, start, start + len(text), ((1.0, 2.0, 3.5, 4.0),)),), 0.75, "model", precision="day")


def record(document_id: str = DOC, *, expires: str = "2027-05-31") -> dict[str, Any]:
    parties = (
        Party("Acme Holdings, Inc.", ACME, "organization", ("customer",), ("Acme",), (Evidence(1, 27, 46),), 0.9, "model"),
        Party("Zebra GmbH", canonical_id("Zebra GmbH", kind="organization"), "organization", (), (), (), 0.8, "rule:preamble"),
    )
    contract = Contract(
        title=fact("Services Agreement", "Services Agreement"),
        parties=parties,
        expiration_date=fact(expires, "end"),
        notice_deadline=fact("2027-03-01", "end"),
    )
    entities = (
        Entity(
            "e1",
            "mention",
            "ORGANIZATION",
            "Acme Holdings, Inc.",
            27,
            46,
            1,
            ((1.0, 2.0, 3.0, 4.0),),
            None,
            "s1",
            0.99,
            "model",
            None,
            ACME,
        ),
        Entity("e2", "role", "PARTY", "Acme Holdings, Inc.", 27, 46, 1, (), None, "s1", 0.9, "model", None, ACME),
        Entity("e3", "mention", "MONEY", "end", 65, 68, 1, (), None, None, 0.5, "rule:money", {"amount": "1.00", "currency": "USD"}, None),
    )
    made = version(document_id)
    return build(
        made,
        cleaned=CleanedText(TEXT, (Piece(0, len(TEXT), 1, 0, len(TEXT)),)),
        pages=(),
        ocr=None,
        resolution=Resolution(contract, entities, (Warning("doubtful_date", "Two dates are possible.", 1),)),
        stages={"read": 840},
        created_at="2026-01-02T00:00:00.000+00:00",
    )


def store(document_id: str = DOC, **changes: Any) -> dict[str, Any]:
    made = record(document_id, **changes)
    state.create_version(version(document_id))
    files.save(files.text_key(f"run-{document_id}"), CleanedText(TEXT, (Piece(0, len(TEXT), 1, 0, len(TEXT)),)), CleanedText)
    items.put_record(made)
    state.complete(document_id, "v1", f"run-{document_id}")
    return json.loads(json.dumps(made))
