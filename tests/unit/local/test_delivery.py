"""Between a queue and a function: batches, events, answers, and what moto's queues do with failures."""

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from whereas_local import embedded
from whereas_local.delivery import failed_ids, lambda_event, receive, settle
from whereas_local.stack import EventSource, Stack, load_stack


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    for name, value in embedded.credentials().items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with embedded.in_process():
        loaded = load_stack()
        embedded.create(loaded, boto3.client)
        sqs = boto3.client("sqs")
        for queue in loaded.queues.values():
            sqs.purge_queue(QueueUrl=queue.url)
        yield loaded


def source(batch_size: int, window_s: float = 0.0) -> EventSource:
    return EventSource("F", "ChunkQueue", batch_size=batch_size, window_s=window_s, max_concurrency=2, reports_failures=True)


def send(stack: Stack, *bodies: str) -> Any:
    sqs = boto3.client("sqs")
    for body in bodies:
        sqs.send_message(QueueUrl=stack.queues["ChunkQueue"].url, MessageBody=body)
    return sqs


def test_a_batch_is_filled_past_what_one_call_gives(stack: Stack) -> None:
    sqs = send(stack, *map(str, range(12)))
    batch = receive(sqs, stack.queues["ChunkQueue"], source(12, 1.0), wait_s=0)
    assert sorted(int(message["Body"]) for message in batch) == list(range(12))


def test_a_batch_waits_no_longer_than_its_window(stack: Stack) -> None:
    sqs = send(stack, "a")
    started = time.monotonic()
    assert len(receive(sqs, stack.queues["ChunkQueue"], source(5, 0.2), wait_s=0)) == 1
    assert 0.2 <= time.monotonic() - started < 2


def test_no_message_is_no_batch(stack: Stack) -> None:
    assert receive(boto3.client("sqs"), stack.queues["ChunkQueue"], source(5, 5.0), wait_s=0) == []


def test_a_message_that_fails_too_often_lands_in_the_dead_letters(stack: Stack) -> None:
    sqs = send(stack, "poison")
    queue = stack.queues["ChunkQueue"]
    seen = 0
    while messages := receive(sqs, queue, source(1), wait_s=0):
        seen += 1
        settle(sqs, queue, messages, {messages[0]["MessageId"]}, retry_after_s=0)
    assert seen == queue.max_receives
    (dead,) = sqs.receive_message(QueueUrl=stack.queues["ChunkDeadLetters"].url)["Messages"]
    assert dead["Body"] == "poison"


def test_what_is_done_is_deleted_and_what_failed_stays_hidden(stack: Stack) -> None:
    sqs = send(stack, "good", "bad")
    queue = stack.queues["ChunkQueue"]
    messages = receive(sqs, queue, source(2), wait_s=0)
    bad = next(message["MessageId"] for message in messages if message["Body"] == "bad")
    settle(sqs, queue, messages, {bad}, retry_after_s=None)
    attributes = sqs.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])["Attributes"]
    assert (attributes["ApproximateNumberOfMessages"], attributes["ApproximateNumberOfMessagesNotVisible"]) == ("0", "1")


def test_the_event_has_lambdas_shape(stack: Stack) -> None:
    sqs = send(stack, "body")
    queue = stack.queues["ChunkQueue"]
    (record,) = lambda_event(receive(sqs, queue, source(1), wait_s=0), queue)["Records"]
    assert record["body"] == "body"
    assert record["eventSource"] == "aws:sqs"
    assert record["eventSourceARN"] == queue.arn
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert {"messageId", "receiptHandle", "md5OfBody", "awsRegion", "messageAttributes"} <= set(record)


@pytest.mark.parametrize(
    ("answer", "failed"),
    [
        (None, set()),
        ({}, set()),
        ({"batchItemFailures": []}, set()),
        ({"batchItemFailures": None}, set()),
        ({"batchItemFailures": [{"itemIdentifier": "b"}]}, {"b"}),
        ({"batchItemFailures": [{"itemIdentifier": "unknown"}]}, {"a", "b"}),
        ({"batchItemFailures": [{"itemIdentifier": ""}]}, {"a", "b"}),
        ({"batchItemFailures": [{"item": "b"}]}, {"a", "b"}),
        ({"batchItemFailures": "b"}, {"a", "b"}),
        ("done", {"a", "b"}),
    ],
)
def test_answers_are_read_as_lambda_reads_them(answer: object, failed: set[str]) -> None:
    assert failed_ids(answer, ["a", "b"], reports_failures=True) == failed


def test_without_reporting_an_answer_is_success() -> None:
    assert failed_ids({"batchItemFailures": [{"itemIdentifier": "a"}]}, ["a"], reports_failures=False) == set()


def test_notifications_name_version_and_sequencer(stack: Stack) -> None:
    import json

    s3, sqs = boto3.client("s3"), boto3.client("sqs")
    versions = [s3.put_object(Bucket=stack.refs["UploadBucket"], Key="a b+ü.pdf", Body=body)["VersionId"] for body in (b"1", b"2")]
    objects = []
    for _ in versions:
        (message,) = sqs.receive_message(QueueUrl=stack.queues["IntakeQueue"].url)["Messages"]
        objects += [record["s3"]["object"] for record in json.loads(message["Body"])["Records"]]
    assert [entry["versionId"] for entry in objects] == versions
    assert [entry["key"] for entry in objects] == ["a+b%2B%C3%BC.pdf"] * 2
    assert objects[0]["sequencer"] < objects[1]["sequencer"]
    assert len({len(entry["sequencer"]) for entry in objects}) == 1
    assert all(int(entry["sequencer"], 16) for entry in objects)


def test_making_the_resources_twice_changes_nothing(stack: Stack) -> None:
    send(stack, "kept")
    embedded.create(stack, boto3.client)
    assert len(boto3.client("sqs").receive_message(QueueUrl=stack.queues["ChunkQueue"].url)["Messages"]) == 1
