"""What Lambda's poller does between a queue and a function: fill a batch, make the event, read the answer.

Sources: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS" (event shape, batching, partial batch responses).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from whereas_local.stack import REGION, EventSource, Queue

RECEIVE_MAX: Final = 10
"""Messages that one ReceiveMessage call gives at most (SQS API Reference)."""


def receive(
    sqs: Any, queue: Queue, source: EventSource, *, wait_s: int, stopping: Callable[[], bool] = lambda: False
) -> list[dict[str, Any]]:
    """Return a batch of messages: full, or what came in within the batching window after the first.

    Args:
        sqs: the client.
        queue: where from.
        source: batch size and window.
        wait_s: how long to wait for the first message, in seconds (0 to 20).
        stopping: asked while the window is open; True ends it early.
    """
    batch = _take(sqs, queue, source.batch_size, wait_s)
    end = time.monotonic() + source.window_s
    while batch and len(batch) < source.batch_size and time.monotonic() < end and not stopping():
        more = _take(sqs, queue, source.batch_size - len(batch), 0)
        batch += more
        if not more:
            time.sleep(min(0.05, source.window_s))
    return batch


def _take(sqs: Any, queue: Queue, count: int, wait_s: int) -> list[dict[str, Any]]:
    answer = sqs.receive_message(
        QueueUrl=queue.url, MaxNumberOfMessages=min(count, RECEIVE_MAX), WaitTimeSeconds=wait_s, MessageSystemAttributeNames=["All"]
    )
    messages: list[dict[str, Any]] = answer.get("Messages", [])
    return messages


def lambda_event(messages: Sequence[Mapping[str, Any]], queue: Queue) -> dict[str, Any]:
    """Return the event that Lambda hands to a function for these messages."""
    return {
        "Records": [
            {
                "messageId": message["MessageId"],
                "receiptHandle": message["ReceiptHandle"],
                "body": message["Body"],
                "attributes": dict(message.get("Attributes", {})),
                "messageAttributes": {},
                "md5OfBody": message["MD5OfBody"],
                "eventSource": "aws:sqs",
                "eventSourceARN": queue.arn,
                "awsRegion": REGION,
            }
            for message in messages
        ]
    }


def failed_ids(answer: object, sent: Sequence[str], *, reports_failures: bool) -> set[str]:
    """Return which of the messages ``sent`` a function that returned ``answer`` did not do.

    As in Lambda: no answer or an empty list is success of all; an answer that cannot be understood, an empty or an unknown
    id is failure of all.
    """
    if not reports_failures or answer is None or answer == {}:
        return set()
    everything = set(sent)
    failures = answer.get("batchItemFailures") if isinstance(answer, Mapping) else everything
    if failures is None:
        return set()
    if not isinstance(failures, list):
        return everything
    ids = {item.get("itemIdentifier") if isinstance(item, Mapping) else None for item in failures}
    return {str(name) for name in ids} if ids <= everything else everything


def settle(sqs: Any, queue: Queue, messages: Sequence[Mapping[str, Any]], failed: set[str], *, retry_after_s: int | None) -> None:
    """Delete what is done; make what failed visible again after ``retry_after_s`` (None: when its time-out has run out, as in AWS)."""
    for message in messages:
        handle = {"QueueUrl": queue.url, "ReceiptHandle": message["ReceiptHandle"]}
        if message["MessageId"] not in failed:
            sqs.delete_message(**handle)
        elif retry_after_s is not None:
            sqs.change_message_visibility(**handle, VisibilityTimeout=retry_after_s)
