"""The answers about one document: record, contract, entities, text, and what stands there before and after."""

import json
from types import ModuleType

from query_records import CONTEXT, DOC, EVENTS, TEXT, Call, store, version

from whereas.aws import clients
from whereas.records import state
from whereas.records.state import Reason
from whereas.stages import files


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


def test_a_text_that_is_no_longer_kept_is_not_found(call: Call) -> None:
    store()
    clients.client("s3").delete_object(Bucket="work", Key=files.text_key(f"run-{DOC}"))
    status, problem = call("text")
    assert (status, "no longer kept" in problem["detail"]) == (404, True)
