"""SQS: sending, with the entries that a batch lost sent again.

``SendMessageBatch`` answers 200 even where some of its entries failed (SQS API Reference), so a caller that looks at the
status alone loses messages.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

from whereas.aws.clients import client
from whereas.errors import ConfigurationError, TransientError

BATCH: Final = 10
"""Entries that SendMessageBatch takes (SQS API Reference). Bodies hold ids and counts, far below the limit of 256 KiB a batch."""
TRIES: Final = 4
BACKOFF_S: Final = 0.2


def send(queue_url: str, body: str) -> None:
    """Send one message."""
    client("sqs").send_message(QueueUrl=queue_url, MessageBody=body)


def send_batch(queue_url: str, bodies: Sequence[str]) -> None:
    """Send every body as a message, ten a call; a body may be sent twice when a try is repeated.

    Raises:
        TransientError: some were still not accepted after several tries.
        ConfigurationError: SQS refused some for good.
    """
    for first in range(0, len(bodies), BATCH):
        _send(queue_url, [{"Id": str(n), "MessageBody": body} for n, body in enumerate(bodies[first : first + BATCH])])


def _send(queue_url: str, entries: list[dict[str, str]]) -> None:
    for attempt in range(TRIES):
        failed: list[dict[str, Any]] = client("sqs").send_message_batch(QueueUrl=queue_url, Entries=entries).get("Failed", [])
        if not failed:
            return
        refused = [failure["Code"] for failure in failed if failure["SenderFault"]]
        if refused:
            raise ConfigurationError(
                f"SQS refused {len(refused)} of {len(entries)} messages with {refused[0]}; check the queue and its policy"
            )
        ids = {failure["Id"] for failure in failed}
        entries = [entry for entry in entries if entry["Id"] in ids]
        if attempt < TRIES - 1:
            time.sleep(BACKOFF_S * 2**attempt)
    raise TransientError(f"SQS did not accept {len(entries)} messages in {TRIES} tries; the task is tried again")
