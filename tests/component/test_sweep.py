"""Sweep: every dead letter brings its document to an end or on its way; what stands still is sent again, not for ever."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chain import TABLE, WORK, Chain, chain, golden, notification, sqs_event
from contracts import agreement

from whereas.aws.clients import client
from whereas.errors import TransientError
from whereas.records import heads, state
from whereas.records.state import VersionState
from whereas.stages import joins, sweep, versions
from whereas.stages.messages import ChunkTask
from whereas.stages.model import model_card

KEY = "supply.txt"
QUEUES = ("page", "assemble", "chunk", "resolve")
LATER = timedelta(hours=2)


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    with chain(monkeypatch, TOKEN_BUDGET="300") as made:
        yield made


def carried(stack: Chain, queue: str) -> tuple[VersionState, list[str]]:
    """Carry a contract up to a queue; return its version and the bodies that wait there."""
    version_id = stack.upload(KEY, agreement())
    stack.pump(hold=(queue,))
    return stack.version(KEY, version_id), sorted(stack.waiting(queue))


def bury(stack: Chain, *bodies: str) -> None:
    assert stack.invoke("sweep", sqs_event(list(bodies), prefix="dead")) == {"batchItemFailures": []}


def reason(stack: Chain, version: VersionState) -> tuple[str, int | None] | None:
    found = stack.version(KEY, version.version_id).reason
    return (found.code, found.page) if found else None


@pytest.mark.parametrize(
    ("queue", "expected"), [("page", ("stage_failed", 1)), ("assemble", ("stage_failed", None)), ("resolve", ("stage_failed", None))]
)
def test_a_task_that_failed_every_time_ends_its_document(stack: Chain, queue: str, expected: tuple[str, int | None]) -> None:
    version, [body] = carried(stack, queue)
    bury(stack, body)
    assert reason(stack, version) == expected
    assert stack.announced()[-1]["status"] == "QUARANTINED"
    bury(stack, body)
    assert reason(stack, version) == expected


def test_a_chunk_group_gets_one_more_chance_alone(stack: Chain) -> None:
    version, bodies = carried(stack, "chunk")
    bury(stack, bodies[0])
    [again] = stack.waiting("chunk-solo")
    assert ChunkTask.parse(again) == ChunkTask.parse(bodies[0]).model_copy(update={"solo": True})
    assert reason(stack, version) is None
    bury(stack, again)
    assert reason(stack, version) == ("stage_failed", None)
    assert stack.waiting("chunk-solo") == []


def test_a_document_whose_model_is_no_longer_served_begins_anew(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(versions, "model_card", lambda: replace(model_card(), version="older", sha256="0" * 64))
        before, bodies = carried(stack, "chunk")
    assert before.model.version == "older"
    for body in bodies:
        stack.send("chunk", body)
    stack.pump()
    after = stack.version(KEY, before.version_id)
    assert after.status == "COMPLETE"
    assert after.run_id != before.run_id
    assert after.model == model_card()
    assert stack.record(after)["lineage"]["model"]["version"] == model_card().version
    assert stack.head(KEY)["current_run_id"]["S"] == after.run_id


def test_the_second_chance_completes_the_document_if_it_succeeds(stack: Chain) -> None:
    version, bodies = carried(stack, "chunk")
    bury(stack, *bodies)
    stack.pump()
    assert stack.version(KEY, version.version_id).status == "COMPLETE"


def test_a_dead_copy_of_a_task_that_succeeded_only_sends_the_document_on(stack: Chain) -> None:
    version_id = stack.upload(KEY, agreement())
    copies: dict[str, str] = {}
    for queue in QUEUES:
        stack.pump(hold=(queue,))
        waiting = stack.waiting(queue)
        copies[queue] = waiting[-1]
        for body in waiting:
            stack.send(queue, body)
        if queue != "page":
            bury(stack, copies[QUEUES[QUEUES.index(queue) - 1]])
    stack.pump()
    assert stack.version(KEY, version_id).status == "COMPLETE"
    bury(stack, *copies.values())
    assert stack.version(KEY, version_id).status == "COMPLETE"
    assert [stack.waiting(queue) for queue in QUEUES] == [[], [], [], []]


def test_a_complete_document_whose_head_was_not_told_is_made_good(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    version, [body] = carried(stack, "resolve")
    with monkeypatch.context() as patch:
        advance = heads.advance
        patch.setattr(heads, "advance", lambda state: None if state.status == "COMPLETE" else advance(state))
        stack.invoke("resolve", sqs_event([body]))
    assert stack.head(KEY)["status"]["S"] == "PROCESSING"
    bury(stack, body)
    assert stack.head(KEY)["status"]["S"] == "COMPLETE"
    assert stack.announced()[-1]["document_id"] == version.document_id


def test_an_upload_that_died_before_its_head_was_told_is_made_good(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    stack.upload(KEY, b"")
    [body] = stack.waiting("intake")
    with monkeypatch.context() as patch:

        def die(_: object) -> None:
            raise TransientError("cut short")

        patch.setattr(heads, "advance", die)
        assert stack.invoke("intake", sqs_event([body]))["batchItemFailures"]
    bury(stack, body)
    assert stack.head(KEY)["status"]["S"] == "QUARANTINED"


def test_the_dead_letter_of_a_replaced_run_is_dropped(stack: Chain) -> None:
    version, [body] = carried(stack, "page")
    bury(stack, json.dumps(json.loads(body) | {"run_id": "another"}))
    assert reason(stack, version) is None


def test_an_upload_that_intake_died_of_is_quarantined(stack: Chain) -> None:
    version_id = client("s3").put_object(Bucket="example-uploads", Key=KEY, Body=agreement())["VersionId"]
    body = notification(KEY, version_id)
    bury(stack, body)
    version = stack.version(KEY, version_id)
    assert reason(stack, version) == ("stage_failed", None)
    assert stack.announced()[-1]["document_id"] == version.document_id
    bury(stack, body)
    assert stack.version(KEY, version_id) == version


def test_an_upload_that_was_taken_in_after_all_is_sent_on(stack: Chain) -> None:
    version_id = stack.upload(KEY, agreement())
    [body] = stack.waiting("intake")
    stack.invoke("intake", sqs_event([body]))
    stack.waiting("page")
    bury(stack, body)
    stack.pump()
    assert stack.version(KEY, version_id).status == "COMPLETE"
    bury(stack, body)
    assert stack.version(KEY, version_id).status == "COMPLETE"


def test_what_no_stage_could_have_sent_is_kept_and_its_text_is_not_logged(stack: Chain, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        bury(stack, "Confidential nonsense")
    kept = client("s3").get_object(Bucket=WORK, Key="dead-letters/dead-0.json")["Body"].read()
    assert json.loads(kept)["body"] == "Confidential nonsense"
    assert "dead-0" in caplog.text
    assert "Confidential" not in caplog.text


def test_the_golden_dead_letters_of_an_unknown_version_are_kept(stack: Chain) -> None:
    event = golden("dead-letters")
    assert stack.invoke("sweep", event) == {"batchItemFailures": []}
    assert stack.work_keys() == sorted(f"dead-letters/{record['messageId']}.json" for record in event["Records"])


def test_a_dead_letter_that_sweep_cannot_handle_now_goes_back(stack: Chain) -> None:
    _, [body] = carried(stack, "page")
    client("dynamodb").delete_table(TableName=TABLE)
    assert stack.invoke("sweep", sqs_event([body])) == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


@pytest.mark.parametrize("queue", QUEUES)
def test_a_document_that_stands_still_is_sent_again_and_completes(stack: Chain, queue: str) -> None:
    version, _ = carried(stack, queue)
    assert sweep.run_schedule(datetime.now(UTC)) == 0
    assert sweep.run_schedule(datetime.now(UTC) + LATER) == 1
    stack.pump()
    assert stack.version(KEY, version.version_id).status == "COMPLETE"
    assert sweep.run_schedule(datetime.now(UTC) + LATER) == 0


@pytest.mark.parametrize("queue", QUEUES)
def test_a_document_that_stands_still_for_ever_is_quarantined(stack: Chain, queue: str) -> None:
    version, _ = carried(stack, queue)
    rounds = 0
    while stack.version(KEY, version.version_id).status == "PROCESSING":
        sweep.run_schedule(datetime.now(UTC) + LATER)
        stack.waiting(queue)
        rounds += 1
    assert rounds <= sweep.MAX_RESENDS + 2
    assert reason(stack, version) == ("stalled", None)
    assert stack.announced()[-1]["reason"] == "stalled"


def test_a_document_that_moves_is_not_standing_still(stack: Chain) -> None:
    version, bodies = carried(stack, "chunk")
    for group in range(len(bodies) - 1):
        state.join_chunks(version.document_id, version.version_id, version.run_id, group, ms=1)
        for _ in range(sweep.MAX_RESENDS):
            sweep.run_schedule(datetime.now(UTC) + LATER)
    assert stack.version(KEY, version.version_id).status == "PROCESSING"
    assert joins.progress(version) == len(bodies)


def test_a_document_that_ended_since_the_index_was_written_is_left_alone(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    version, bodies = carried(stack, "page")
    stack.send("page", bodies[0])
    stack.pump()
    monkeypatch.setattr(state, "stalled_versions", lambda before: iter([version]))
    sweep.run_schedule(datetime.now(UTC) + LATER)
    assert [stack.waiting(queue) for queue in QUEUES] == [[], [], [], []]
    assert stack.version(KEY, version.version_id).status == "COMPLETE"


def test_a_superseded_version_that_stands_still_ends_too(stack: Chain) -> None:
    version, _ = carried(stack, "page")
    newer = stack.upload(KEY, agreement(2))
    stack.pump()
    assert stack.version(KEY, newer).status == "COMPLETE"
    sweep.run_schedule(datetime.now(UTC) + LATER)
    stack.pump()
    assert stack.version(KEY, version.version_id).status == "COMPLETE"


def test_the_schedule_event_runs_the_schedule(stack: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[Any] = []
    monkeypatch.setattr(sweep, "run_schedule", ran.append)
    assert stack.invoke("sweep", golden("schedule")) == {"batchItemFailures": []}
    assert len(ran) == 1
