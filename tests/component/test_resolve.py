"""Resolve: the record, the order in which it appears, and its repeats."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from chain import TABLE, WORK, Chain, chain, golden, sqs_event
from contracts import agreement

from whereas.aws.clients import client
from whereas.errors import TransientError
from whereas.records import heads, items, state
from whereas.records.state import VersionState
from whereas.stages import endings, files, record, resolve
from whereas.types import CleanedText

KEY = "supply/2021 #1.txt"


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch) as made:
        yield made


def recognised(stack: Chain, *, data: bytes | None = None) -> tuple[VersionState, str]:
    """Carry a contract to the resolve queue; return its version and the task's body."""
    version_id = stack.upload(KEY, data or agreement())
    stack.pump(hold=("resolve",))
    [body] = stack.waiting("resolve")
    return stack.version(KEY, version_id), body


def deliver(stack: Chain, body: str) -> None:
    assert stack.invoke("resolve", sqs_event([body])) == {"batchItemFailures": []}


def stable(made: dict[str, Any]) -> dict[str, Any]:
    """Leave out what may differ between two processings."""
    return made | {"run": {name: value for name, value in made["run"].items() if name not in record.VOLATILE}}


def test_the_record_has_the_public_shape_and_holds_together(stack: Chain) -> None:
    version, body = recognised(stack)
    deliver(stack, body)
    made = stack.record(version)
    cleaned: CleanedText = files.load(files.text_key(version.run_id), CleanedText)
    assert list(made) == ["schema_version", "document", "pages_read", "contract", "entities", "lineage", "run"]
    assert made["schema_version"] == "1.0"
    document = made["document"]
    assert document | {"warnings": []} == {
        "document_id": version.document_id, "version_id": version.version_id, "is_current": True, "source": KEY,
        "source_sha256": hashlib.sha256(agreement()).hexdigest(), "media_type": "text/plain", "language": "en", "pages": 1, "ocr_pages": 0,
        "text_sha256": hashlib.sha256(cleaned.text.encode()).hexdigest(), "offset_unit": "codepoint", "status": "COMPLETE",
        "reason": None, "members": None, "warnings": [],
    }  # fmt: skip
    read = {
        "page": 1,
        "source": "plain_text",
        "reason": "encoding:utf-8",
        "confidence": None,
        "language": "en",
        "image": False,
        "repairs": {},
    }
    assert made["pages_read"] == [read]
    assert made["entities"]
    assert all(cleaned.text[entity["start"] : entity["end"]] == entity["text"] for entity in made["entities"])
    assert [entity["start"] for entity in made["entities"]] == sorted(entity["start"] for entity in made["entities"])
    assert made["lineage"]["model"]["sha256"] == version.model.sha256
    assert made["lineage"]["ocr"] == {"engine": None, "traineddata": None}
    assert made["lineage"]["rules"]
    assert made["lineage"]["pipeline"]
    assert made["run"]["run_id"] == version.run_id
    assert set(made["run"]["stages"]) == {"read", "assemble", "recognize", "resolve"}
    assert {party["name"] for party in made["contract"]["parties"]} == {"Harrowgate Instruments, Inc.", "Bellweather Foods Ltd."}


def test_the_document_is_complete_announced_and_current(stack: Chain) -> None:
    version, body = recognised(stack)
    deliver(stack, body)
    assert stack.version(KEY, version.version_id).status == "COMPLETE"
    assert stack.announced() == [
        {
            "document_id": version.document_id,
            "version_id": version.version_id,
            "run_id": version.run_id,
            "status": "COMPLETE",
            "reason": None,
        }
    ]


def test_a_repeat_announces_again_and_leaves_the_record_as_it_is(stack: Chain) -> None:
    version, body = recognised(stack)
    deliver(stack, body)
    first = stack.record(version)
    deliver(stack, body)
    assert stack.record(version) == first
    assert len(stack.announced()) == 2


def test_a_repeat_before_the_end_makes_the_same_record(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    version, body = recognised(stack)
    with monkeypatch.context() as patch:
        patch.setattr(state, "complete", lambda *ids: state.get_version(*ids[:2]))
        patch.setattr(endings, "announce", lambda _: None)
        deliver(stack, body)
        first = stack.record(version)
    deliver(stack, body)
    assert stable(stack.record(version)) == stable(first)
    assert stack.version(KEY, version.version_id).status == "COMPLETE"


@pytest.mark.parametrize(
    ("place", "cut"), [(resolve.s3, "put"), (items, "put_record"), (heads, "flip"), (state, "_finish"), (endings, "announce")]
)
def test_a_death_before_any_write_is_made_good(stack: Chain, monkeypatch: pytest.MonkeyPatch, place: Any, cut: str) -> None:
    version, body = recognised(stack)
    with monkeypatch.context() as patch:

        def die(*_: Any, **__: Any) -> None:
            raise TransientError("cut short")

        patch.setattr(place, cut, die)
        assert stack.invoke("resolve", sqs_event([body]))["batchItemFailures"]
    deliver(stack, body)
    assert stack.version(KEY, version.version_id).status == "COMPLETE"
    assert stack.record(version)["document"]["status"] == "COMPLETE"
    assert stack.announced()[-1]["status"] == "COMPLETE"


def test_a_late_success_completes_a_version_that_was_given_up(stack: Chain) -> None:
    version, body = recognised(stack)
    state.quarantine(version.document_id, version.version_id, code="stage_failed", message="m", page=None)
    deliver(stack, body)
    ended = stack.version(KEY, version.version_id)
    assert (ended.status, ended.reason) == ("COMPLETE", None)


def test_a_version_at_fault_stays_quarantined(stack: Chain) -> None:
    version, body = recognised(stack)
    state.quarantine(version.document_id, version.version_id, code="corrupt", message="m", page=1)
    deliver(stack, body)
    assert stack.version(KEY, version.version_id).status == "QUARANTINED"
    keys = [item["SK"]["S"] for item in client("dynamodb").scan(TableName=TABLE)["Items"]]
    assert [key for key in keys if key.startswith("RUN#")] == []
    assert stack.announced()[-1]["status"] == "QUARANTINED"


def test_a_missing_mentions_file_is_told_and_the_task_goes_back(stack: Chain) -> None:
    version, body = recognised(stack)
    client("s3").delete_object(Bucket=WORK, Key=files.mentions_key(version.run_id, 0))
    assert stack.invoke("resolve", sqs_event([body]))["batchItemFailures"]


def test_a_name_that_claims_another_format_is_warned_of(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    version_id = stack.upload("supply.pdf", agreement())
    stack.pump()
    made = stack.record(stack.version("supply.pdf", version_id))
    assert "extension_mismatch" in [warning["code"] for warning in made["document"]["warnings"]]


def test_a_text_without_facts_still_gets_the_whole_shape(stack: Chain) -> None:
    version, body = recognised(
        stack, data=b"Peel the apples, add the flour and the butter, and bake the cake for an hour until it is brown. Let it cool.\n"
    )
    deliver(stack, body)
    made = stack.record(version)
    assert "not_a_contract" in [warning["code"] for warning in made["document"]["warnings"]]
    assert made["contract"]["parties"] == []
    assert made["contract"]["effective_date"] is None


def test_the_record_of_a_quarantined_version_has_the_same_shape_and_its_reason(stack: Chain) -> None:
    version_id = stack.upload(KEY, b"")
    stack.pump()
    made = record.of_unfinished(stack.version(KEY, version_id))
    assert made["document"]["status"] == "QUARANTINED"
    assert made["document"]["reason"]["code"] == "empty"
    assert made["entities"] == []
    assert made["contract"]["parties"] == []


def test_the_task_of_an_unknown_version_goes_back(stack: Chain) -> None:
    assert stack.invoke("resolve", golden("resolve-task"))["batchItemFailures"]
