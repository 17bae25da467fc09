"""Messages: what the queues carry, and what they refuse without quoting it."""

import json
from pathlib import Path
from typing import Any

import pytest

from whereas.errors import InvalidRequestError
from whereas.stages.messages import AssembleTask, ChunkTask, PageTask, ResolveTask, Upload, parse_task, parse_uploads

EVENTS = Path(__file__).parents[3] / "events"
IDS = {"document_id": "d", "version_id": "v", "run_id": "r"}
TASKS = [
    PageTask(**IDS, batch=2, first_page=9, last_page=12),
    AssembleTask(**IDS),
    ChunkTask(**IDS, group=3),
    ChunkTask(**IDS, group=3, solo=True),
    ResolveTask(**IDS),
]


def bodies(name: str) -> list[str]:
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return [record["body"] for record in event["Records"]]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: f"{task.task}")
def test_a_task_comes_back_as_it_was_sent(task: PageTask) -> None:
    assert parse_task(task.body()) == task
    assert type(task).parse(task.body()) == task


def test_a_task_of_another_kind_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match="no PageTask"):
        PageTask.parse(AssembleTask(**IDS).body())


@pytest.mark.parametrize(
    "body",
    ["", "Confidential clause", '{"Confidential clause": 1}', '{"task": "Confidential clause"}', "[]", "null",
     json.dumps({"task": "page", **IDS, "batch": "Confidential clause", "first_page": 1, "last_page": 1}),
     json.dumps({"task": "assemble", **IDS, "Confidential clause": "x"})],
)  # fmt: skip
def test_what_is_no_task_is_refused_without_being_quoted(body: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        parse_task(body)
    assert "Confidential" not in str(caught.value)
    with pytest.raises(InvalidRequestError) as caught:
        AssembleTask.parse(body)
    assert "Confidential" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("page", [0, -1])
def test_pages_count_from_one(page: int) -> None:
    with pytest.raises(InvalidRequestError, match="first_page"):
        PageTask.parse(json.dumps({"task": "page", **IDS, "batch": 0, "first_page": page, "last_page": 1}))


def test_an_upload_has_its_key_decoded() -> None:
    [upload] = parse_uploads(bodies("s3-object-created")[0])
    assert upload == Upload(
        bucket="example-uploads",
        key="2026/Müller & Söhne + Acme – MSA (final).txt",
        version_id="3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY",
        sequencer="0055AED6DCD90281E5",
    )


def test_test_events_and_removals_report_nothing() -> None:
    assert parse_uploads(bodies("s3-test-event")[0]) == []
    assert parse_uploads(bodies("s3-object-removed")[0]) == []


def test_several_records_come_in_one_message() -> None:
    created, removed = (json.loads(bodies(name)[0])["Records"][0] for name in ("s3-object-created", "s3-object-removed"))
    assert len(parse_uploads(json.dumps({"Records": [created, removed, created]}))) == 2


def test_a_bucket_without_versions_names_none() -> None:
    event = json.loads(bodies("s3-object-created")[0])
    del event["Records"][0]["s3"]["object"]["versionId"]
    assert parse_uploads(json.dumps(event))[0].version_id is None


@pytest.mark.parametrize(
    "body", ["Confidential", "[]", "1", '{"Records": [{"eventName": "ObjectCreated:Put"}]}', '{"Records": "Confidential"}']
)
def test_what_is_no_notification_is_refused_without_being_quoted(body: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        parse_uploads(body)
    assert "Confidential" not in str(caught.value)
