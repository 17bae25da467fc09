"""The HTTP API from golden event to answer, over a table in moto."""

import copy
import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from moto import mock_aws

from whereas import settings as settings_module
from whereas.aws import clients
from whereas.errors import ThrottledError
from whereas.records import items, queries, state, table
from whereas.records.state import Reason, VersionState
from whereas.resolution.parties.names import canonical_id
from whereas.stages import files
from whereas.stages.record import build
from whereas.types import (
    CleanedText,
    Contract,
    Entity,
    Evidence,
    Fact,
    ModelCard,
    Party,
    Piece,
    Resolution,
    Warning,
)

ROOT = Path(__file__).parents[2]
EVENTS = ROOT / "events"
DOC = "d" * 24
TEXT = "Services Agreement between Acme Holdings, Inc. and Zebra GmbH. 𝒜 end."
ACME = canonical_id("Acme Holdings, Inc.", kind="organization")
DATE = datetime(2026, 1, 2, tzinfo=UTC)
CONTEXT = SimpleNamespace(
    function_name="query", memory_limit_in_mb=512, invoked_function_arn="arn:aws:lambda:eu-central-1:1:function:query", aws_request_id="r-1"
)

Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def app() -> ModuleType:
    spec = importlib.util.spec_from_file_location("query_app_under_test", ROOT / "functions/query/app.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module", autouse=True)
def fresh_clients() -> Iterator[None]:
    """Clients of this module's region; made once, as making them costs more than the calls."""
    clients.client.cache_clear()
    yield
    clients.client.cache_clear()


@pytest.fixture(autouse=True)
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    environment = {
        "AWS_DEFAULT_REGION": "eu-central-1",
        "WHEREAS_TABLE": "records",
        "WHEREAS_WORK_BUCKET": "work",
        "WHEREAS_UPLOAD_BUCKET": "uploads",
        "WHEREAS_MAX_BYTES": "50000",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings_module.settings.cache_clear()
    with mock_aws():
        for bucket in ("work", "uploads"):
            clients.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        clients.dynamodb().create_table(
            TableName="records",
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("PK", "SK", "GSI1PK", "GSI1SK")],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "GSI1",
                    "KeySchema": [{"AttributeName": "GSI1PK", "KeyType": "HASH"}, {"AttributeName": "GSI1SK", "KeyType": "RANGE"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
        )
        table.connect(clients.dynamodb)
        yield
    settings_module.settings.cache_clear()


@pytest.fixture
def call(app: ModuleType) -> Call:
    def ask(name: str, *, path: str | None = None, query: dict[str, str] | None = None, body: Any = None) -> tuple[int, dict[str, Any]]:
        event = copy.deepcopy(json.loads((EVENTS / f"query-{name}.json").read_text()))
        if path is not None:
            event["rawPath"] = event["requestContext"]["http"]["path"] = path
        if query is not None:
            event["queryStringParameters"] = query
        if body is not None:
            event["body"] = json.dumps(body)
        answer = app.lambda_handler(event, CONTEXT)
        kind = "application/json" if answer["statusCode"] < 400 else "application/problem+json"
        assert answer["headers"]["Content-Type"] == kind
        return answer["statusCode"], json.loads(answer["body"])

    return ask


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


def test_the_answers_together_are_the_record(call: Call) -> None:
    made = store()
    status, document = call("document")
    assert status == 200
    assert {name: document[name] for name in ("schema_version", "document", "lineage", "run")} == {
        name: made[name] for name in ("schema_version", "document", "lineage", "run")
    }
    assert document["latest"] == {"version_id": "v1", "status": "COMPLETE", "reason": None}
    assert document["entity_counts"] == {"MONEY": 1, "ORGANIZATION": 1, "PARTY": 1}
    assert call("contract") == (200, {"document": made["document"], "contract": made["contract"]})
    _, entities = call("entities-of-document", query={})
    assert sorted(entities["entities"], key=lambda one: one["entity_id"]) == made["entities"]
    assert (entities["run_id"], entities["cursor"]) == (made["run"]["run_id"], None)


def test_answers_are_plain_utf_8(app: ModuleType) -> None:
    store()
    answer = app.lambda_handler(json.loads((EVENTS / "query-text.json").read_text()) | {"queryStringParameters": {"start": "60"}}, CONTEXT)
    assert "𝒜 end." in answer["body"]
    assert not answer.get("isBase64Encoded")


def test_entities_of_one_type(call: Call) -> None:
    made = store()
    assert call("entities-of-document")[1]["entities"] == [made["entities"][0]]


def test_text_comes_with_its_spans_in_code_points(call: Call) -> None:
    store()
    status, part = call("text")
    assert status == 200
    assert (part["text"], part["start"], part["end"], part["length"], part["next_start"]) == (TEXT[:40], 0, 40, len(TEXT), 40)
    assert [span["entity_id"] for span in part["spans"]] == ["e1", "e2"]
    _, rest = call("text", query={"start": "60"})
    assert rest["text"] == TEXT[60:]
    assert (rest["next_start"], [span["entity_id"] for span in rest["spans"]]) == (None, ["e3"])
    span = rest["spans"][0]
    assert rest["text"][span["start"] - rest["start"] : span["end"] - rest["start"]] == TEXT[65:68]
    _, beyond = call("text", query={"start": "5000"})
    assert (beyond["text"], beyond["start"], beyond["end"], beyond["next_start"]) == ("", 5000, 5000, None)


@pytest.mark.parametrize("name", ["entities", "parties", "expiring", "notice-deadlines", "model-documents", "documents"])
def test_each_search_finds_the_document(name: str, call: Call) -> None:
    made = store()
    status, found = call(name)
    assert status == 200
    assert found["cursor"] is None or name == "documents"
    hit = found["documents"][0]
    warnings = made["document"].pop("warnings")
    assert hit["document"] == made["document"] | {"warning_count": len(warnings)}
    assert hit["summary"]["title"] == "Services Agreement"
    assert [party["name"] for party in hit["summary"]["parties"]] == ["Acme Holdings, Inc.", "Zebra GmbH"]
    match = {
        "entities": {"entity": {"canonical_id": ACME, "name": "Acme Holdings, Inc.", "types": ["ORGANIZATION", "PARTY"], "count": 2}},
        "parties": {"parties": [{"name": "Acme Holdings, Inc.", "canonical_id": ACME, "kind": "organization", "roles": ["customer"]}]},
        "expiring": {"date": "2027-05-31"},
        "notice-deadlines": {"date": "2027-03-01"},
    }.get(name, {})
    assert hit["match"] == {"entity": None, "parties": None, "date": None} | match


def test_a_party_is_found_exactly_and_by_id(call: Call) -> None:
    store()
    for query, count in (
        ({"name": "ACME HOLDINGS INC", "match": "exact"}, 1),
        ({"name": "Acme Widgets", "match": "exact"}, 0),
        ({"canonical_id": ACME}, 1),
        ({"name": "holdings zebra"}, 0),
    ):
        assert len(call("parties", query=query)[1]["documents"]) == count, query


def test_cursors_survive_paging(call: Call) -> None:
    ids = [f"{n:024x}" for n in range(7)]
    for n, document_id in enumerate(ids):
        store(document_id, expires=f"2027-05-{n + 1:02d}")
    for name, query in (
        ("documents", {"status": "COMPLETE"}),
        ("documents", {}),
        ("entities", {"name": "acme holdings"}),
        ("parties", {"name": "zebra"}),
        ("expiring", {"from": "2027-01-01", "to": "2027-12-31"}),
        ("model-documents", {}),
    ):
        found, cursor = [], ""
        while cursor is not None:
            _, page = call(name, query=query | {"limit": "3"} | ({"cursor": cursor} if cursor else {}))
            assert len(page["documents"]) <= 3
            found += [hit["document"]["document_id"] for hit in page["documents"]]
            cursor = page["cursor"]
        assert sorted(found) == ids, name
        assert name != "expiring" or found == ids


def test_a_document_without_results_says_why(call: Call) -> None:
    reason = Reason("encrypted", "The file is encrypted: remove the protection.", 1)
    state.create_version(version(status="QUARANTINED", reason=reason))
    status, document = call("document")
    assert status == 200
    assert document["document"]["status"] == "QUARANTINED"
    assert document["latest"]["reason"] == {"code": "encrypted", "message": reason.message, "page": 1}
    assert (document["run"], document["entity_counts"]) == (None, None)
    for name in ("contract", "text", "entities-of-document"):
        status, problem = call(name)
        assert (status, "QUARANTINED" in problem["detail"]) == (404, True)
    listed = call("documents", query={"status": "QUARANTINED"})[1]["documents"]
    assert [(hit["document"]["source"], hit["summary"]) for hit in listed] == [("msa.pdf", None)]


def test_an_earlier_result_stays_visible_while_a_new_version_is_processed(call: Call) -> None:
    store()
    state.create_version(version(version_id="v2", sequencer="0B", run_id="run-2"))
    _, document = call("document")
    assert (document["document"]["version_id"], document["document"]["status"]) == ("v1", "COMPLETE")
    assert (document["latest"]["version_id"], document["latest"]["status"]) == ("v2", "PROCESSING")


def test_an_upload_form_is_bound_to_what_was_asked_for(call: Call) -> None:
    status, form = call("upload")
    assert status == 201
    assert form["fields"]["key"] == "suppliers/msa.pdf"
    assert form["fields"]["Content-Type"] == "application/pdf"
    assert (form["expires_in_s"], form["max_bytes"], len(form["document_id"])) == (900, 50_000, 24)
    assert form["url"].startswith("https://")


@pytest.mark.parametrize("name", ["/msa.pdf", "a//b.pdf", "../a.pdf", "a/./b", "a\nb.pdf", "é" * 513])
def test_an_upload_name_must_be_a_plain_key(name: str, call: Call) -> None:
    status, problem = call("upload", body={"name": name, "content_type": "application/pdf", "size_bytes": 1})
    assert (status, problem["title"]) == (400, "Bad Request")


def test_an_upload_must_not_be_too_large(call: Call) -> None:
    status, problem = call("upload", body={"name": "a.pdf", "content_type": "application/pdf", "size_bytes": 50_001})
    assert (status, "50000" in problem["detail"]) == (400, True)


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


def test_a_text_that_is_no_longer_kept_is_not_found(call: Call) -> None:
    store()
    clients.client("s3").delete_object(Bucket="work", Key=files.text_key(f"run-{DOC}"))
    status, problem = call("text")
    assert (status, "no longer kept" in problem["detail"]) == (404, True)


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


def test_the_openapi_document_is_current(app: ModuleType, call: Call) -> None:
    status, served = call("openapi")
    assert status == 200
    kept = json.loads((ROOT / "docs/openapi.json").read_text())
    assert served == kept, "write it anew: .venv/bin/python -m whereas_local.openapi"


def test_every_route_has_a_golden_event(app: ModuleType) -> None:
    document = json.loads(app.openapi_document())
    paths = {
        json.loads(path.read_text())["rawPath"]
        .replace(DOC, "{document_id}")
        .replace("1.0", "{version}")
        .replace("c" * 24, "{canonical_id}")
        for path in EVENTS.glob("query-*.json")
    }
    assert set(document["paths"]) | {"/openapi.json"} == paths
