"""Every failure is a problem document that tells nothing of what is stored."""

import json
from types import ModuleType
from typing import Any

import pytest
from query_records import CONTEXT, DOC, EVENTS, Call, record, version

from whereas.errors import ThrottledError
from whereas.records import items, queries, state


@pytest.mark.parametrize(
    ("name", "changes", "status"),
    [
        ("document", {"path": "/documents/none"}, 422),
        ("document", {"path": "/nowhere"}, 404),
        ("document", {}, 404),
        ("contract", {}, 404),
        ("text", {}, 404),
        ("entities-of-document", {}, 404),
        ("documents", {"query": {"limit": "0"}}, 422),
        ("documents", {"query": {"limit": "101"}}, 422),
        ("documents", {"query": {"status": "DONE"}}, 422),
        ("documents", {"query": {"cursor": "forged"}}, 400),
        ("entities", {"query": {}}, 400),
        ("entities", {"query": {"name": "a", "canonical_id": "0" * 24}}, 400),
        ("entities", {"query": {"name": ""}}, 422),
        ("parties", {"query": {"name": "--"}}, 400),
        ("expiring", {"query": {"from": "2027-01-01"}}, 422),
        ("expiring", {"query": {"from": "yesterday", "to": "2027-01-01"}}, 422),
        ("expiring", {"query": {"from": "2027-01-02", "to": "2027-01-01"}}, 400),
        ("upload", {"body": {"name": "a.exe", "content_type": "application/x-msdownload", "size_bytes": 1}}, 422),
        ("upload", {"body": {"name": "a.pdf", "content_type": "application/pdf", "size_bytes": 1, "more": 1}}, 422),
        ("upload", {"body": []}, 422),
    ],
)  # fmt: skip
def test_every_error_is_a_problem_document(name: str, changes: dict[str, Any], status: int, call: Call) -> None:
    answered, problem = call(name, **changes)
    assert answered == problem["status"] == status
    assert {"type", "title", "status", "detail"} <= set(problem) <= {"type", "title", "status", "detail", "errors"}
    assert (status == 422) == ("errors" in problem)


def test_a_body_that_is_no_json_is_a_problem_too(app: ModuleType) -> None:
    event = json.loads((EVENTS / "query-upload.json").read_text())
    for body, kind, status in (("{", "application/json", 422), ("a=b", "text/csv", 415)):
        event["body"], event["headers"]["content-type"] = body, kind
        answer = app.lambda_handler(event, CONTEXT)
        assert (answer["statusCode"], answer["headers"]["Content-Type"]) == (status, "application/problem+json")


def test_a_busy_service_asks_to_come_again(app: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise ThrottledError("slow down")

    monkeypatch.setattr(queries, "by_status", busy)
    answer = app.lambda_handler(json.loads((EVENTS / "query-documents.json").read_text()), CONTEXT)
    assert (answer["statusCode"], answer["headers"]["Retry-After"]) == (503, "1")


def test_a_defect_tells_neither_caller_nor_log_what_was_stored(
    call: Call, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("Acme owes 5")

    monkeypatch.setattr(queries, "by_status", broken)
    status, problem = call("documents")
    assert status == 500
    assert "ValueError at broken" in caplog.text
    assert "Acme" not in json.dumps(problem) + caplog.text


def test_a_stored_record_that_lost_its_shape_is_noticed(call: Call, caplog: pytest.LogCaptureFixture) -> None:
    made = record()
    del made["contract"]["governing_law"]
    made["contract"]["title"] = {"value": "Services Agreement"}
    state.create_version(version())
    items.put_record(made)
    state.complete(DOC, "v1", made["run"]["run_id"])
    assert call("contract")[0] == 500
    assert "ValidationError" in caplog.text
    assert "Services Agreement" not in caplog.text
